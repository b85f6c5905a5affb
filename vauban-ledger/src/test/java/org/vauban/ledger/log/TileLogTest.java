package org.vauban.ledger.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.vauban.ledger.SampleEntries.KEY;
import static org.vauban.ledger.SampleEntries.ORIGIN;
import static org.vauban.ledger.SampleEntries.SIGNER;
import static org.vauban.ledger.SampleEntries.entries;
import static org.vauban.ledger.SampleEntries.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.ledger.log.LogUnwritableException.Reason;
import org.vauban.ledger.note.InMemorySigner;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.Signer;
import org.vauban.ledger.tree.Hash;

class TileLogTest {

    private static final long SEED = 256;

    @TempDir
    private Path temporary;

    @Test
    void aNewLogIsEmptyAndSigned() throws IOException {
        Path folder = temporary.resolve("a/new/log");

        try (TileLog log = open(folder)) {
            assertThat(log.size()).isZero();
            assertThat(log.checkpoint().checkpoint().root()).isEqualTo(Hash.EMPTY_TREE);
        }

        SignedCheckpoint published = SignedCheckpoint.parse(Files.readAllBytes(folder.resolve("checkpoint")));
        assertThat(published.isFrom(KEY)).isTrue();
    }

    @Test
    void entriesGetConsecutiveIndexesAndAreReadBack() {
        try (TileLog log = open(temporary)) {
            assertThat(log.append(entries(0, 3))).isZero();
            assertThat(log.append(entries(3, 300))).isEqualTo(3);
            assertThat(log.append(List.of())).isEqualTo(300);

            for (long index = 0; index < 300; index++) {
                assertThat(log.read(index)).isEqualTo(entry(index));
            }
            assertThatThrownBy(() -> log.read(300)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.read(-1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void everyEntryAndEveryEarlierSizeIsProven() {
        Random random = new Random(SEED);
        Map<Long, Hash> roots = new HashMap<>();
        try (TileLog log = open(temporary)) {
            roots.put(0L, log.checkpoint().checkpoint().root());
            while (log.size() < 1_200) {
                log.append(entries(log.size(), log.size() + 1 + random.nextInt(200)));
                roots.put(log.size(), log.checkpoint().checkpoint().root());
            }
            Hash root = log.checkpoint().checkpoint().root();

            for (long index = 0; index < log.size(); index++) {
                assertThat(log.inclusionProof(index).proves(Hash.leaf(entry(index)), root))
                        .isTrue();
            }
            roots.forEach(
                    (size, oldRoot) -> assertThat(log.consistencyProof(size).proves(oldRoot, root))
                            .as("from %d", size)
                            .isTrue());
        }
    }

    @Test
    void theFilesDoNotDependOnHowTheEntriesWereGroupedIntoAppends() throws IOException {
        try (TileLog atOnce = open(temporary.resolve("at-once"));
                TileLog oneByOne = TileLog.open(temporary.resolve("one-by-one"), ORIGIN, SIGNER, FaultyDisk.sound())) {
            atOnce.append(entries(0, 600));
            for (long index = 0; index < 600; index++) {
                oneByOne.append(List.of(entry(index)));
            }
        }

        for (Path file : filesUnder(temporary.resolve("at-once"))) {
            assertThat(temporary.resolve("one-by-one").resolve(file))
                    .hasSameBinaryContentAs(temporary.resolve("at-once").resolve(file));
        }
    }

    @Test
    void theFolderHasTheTilesOfTheSpecificationAndPartialFormsOfFullTilesAreGone() throws IOException {
        try (TileLog log = open(temporary)) {
            log.append(entries(0, 200));
            log.append(entries(200, 520));
            log.append(entries(520, 525));
        }

        assertThat(filesUnder(temporary).stream().map(Path::toString))
                .containsExactlyInAnyOrder(
                        "checkpoint",
                        "lock",
                        "tile/0/000",
                        "tile/0/001",
                        "tile/0/002.p/8",
                        "tile/0/002.p/13",
                        "tile/1/000.p/2",
                        "tile/entries/000",
                        "tile/entries/001",
                        "tile/entries/002.p/8",
                        "tile/entries/002.p/13");
        assertThat(temporary.resolve("tile/0/000.p")).doesNotExist();
    }

    @Test
    void aLogOpenedAgainGoesOnWhereItEnded() {
        for (long size : new long[] {0, 1, 255, 256, 257, 512, 700}) {
            Path folder = temporary.resolve("size-" + size);
            SignedCheckpoint before;
            try (TileLog log = open(folder)) {
                log.append(entries(0, size));
                before = log.checkpoint();
            }

            try (TileLog log = open(folder)) {
                assertThat(log.checkpoint()).isEqualTo(before);
                assertThat(log.append(entries(size, size + 2))).isEqualTo(size);
                assertThat(log.read(size + 1)).isEqualTo(entry(size + 1));
                assertThat(log.consistencyProof(size)
                                .proves(
                                        before.checkpoint().root(),
                                        log.checkpoint().checkpoint().root()))
                        .isTrue();
            }
        }
    }

    @Test
    void anEntryMayBeEmptyOrAsLongAsTheFormatAllowsButNotLonger() {
        try (TileLog log = open(temporary)) {
            log.append(List.of(new byte[0], new byte[65_535]));

            assertThat(log.read(0)).isEmpty();
            assertThat(log.read(1)).hasSize(65_535);
            List<byte[]> tooLong = List.of(entry(0), new byte[65_536]);
            assertThatThrownBy(() -> log.append(tooLong)).hasMessageContaining("65535");
            assertThat(log.size()).isEqualTo(2);
        }
    }

    @Test
    void aSecondWriterIsRefusedUntilTheFirstIsGone() {
        try (TileLog first = open(temporary)) {
            first.append(entries(0, 1));

            LogUnwritableException refusal = catchThrowableOfType(
                    LogUnwritableException.class, () -> open(temporary).close());

            assertThat(refusal.reason()).isEqualTo(Reason.IN_USE);
        }

        try (TileLog second = open(temporary)) {
            assertThat(second.size()).isEqualTo(1);
        }
    }

    @Test
    void aClosedLogTakesNothing() {
        TileLog log = open(temporary);
        log.close();

        assertThatThrownBy(() -> log.append(entries(0, 1))).isInstanceOf(LogUnwritableException.class);
    }

    @Test
    void whenTheSignerIsAwayNothingHasHappened() {
        FlakySigner signer = new FlakySigner();
        try (TileLog log = TileLog.open(temporary, ORIGIN, signer)) {
            log.append(entries(0, 10));
            signer.away = true;

            LogUnwritableException failure =
                    catchThrowableOfType(LogUnwritableException.class, () -> log.append(entries(10, 20)));

            assertThat(failure.reason()).isEqualTo(Reason.SIGNER);
            assertThat(log.size()).isEqualTo(10);
            signer.away = false;
            assertThat(log.append(entries(10, 12))).isEqualTo(10);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefused() throws IOException {
        Path file = Files.writeString(temporary.resolve("a-file"), "not a folder", UTF_8);

        LogUnwritableException refusal =
                catchThrowableOfType(LogUnwritableException.class, () -> open(file.resolve("log")));

        assertThat(refusal.reason()).isEqualTo(Reason.STORAGE);
    }

    @Test
    void aLogWithADamagedEndIsNotWrittenOn() throws IOException {
        try (TileLog log = open(temporary)) {
            log.append(entries(0, 700));
        }
        for (String name : List.of("checkpoint", "tile/0/002.p/188", "tile/1/000.p/2", "tile/entries/002.p/188")) {
            Path file = temporary.resolve(name);
            byte[] good = Files.readAllBytes(file);
            byte[] bad = good.clone();
            bad[bad.length / 2] ^= 1;
            Files.write(file, bad);

            assertThatThrownBy(() -> open(temporary)).as(name).isInstanceOf(LogDamagedException.class);

            Files.delete(file);
            assertThatThrownBy(() -> open(temporary)).as(name).isInstanceOf(LogDamagedException.class);
            Files.write(file, good);
        }
        open(temporary).close();
    }

    @Test
    void aLogOfAnotherKeyOrNameIsNotWrittenOn() {
        open(temporary).close();
        InMemorySigner other = InMemorySigner.ofSeed(ORIGIN, new byte[32]);

        assertThatThrownBy(() -> TileLog.open(temporary, ORIGIN, other)).isInstanceOf(LogDamagedException.class);
        assertThatThrownBy(() -> TileLog.open(temporary, "other.example/log", SIGNER))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TileLog open(Path folder) {
        return TileLog.open(folder, ORIGIN, SIGNER);
    }

    private static List<Path> filesUnder(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).map(folder::relativize).toList();
        }
    }

    /** A signer whose process may be down. */
    private static final class FlakySigner implements Signer {
        private boolean away;

        @Override
        public String name() {
            return SIGNER.name();
        }

        @Override
        public byte[] publicKey() {
            return SIGNER.publicKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            if (away) {
                throw new IllegalStateException("The custodian does not answer.");
            }
            return SIGNER.sign(message);
        }
    }
}
