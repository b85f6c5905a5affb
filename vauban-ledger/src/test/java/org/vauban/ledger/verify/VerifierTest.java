package org.vauban.ledger.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vauban.ledger.SampleEntries.KEY;
import static org.vauban.ledger.SampleEntries.ORIGIN;
import static org.vauban.ledger.SampleEntries.SIGNER;
import static org.vauban.ledger.SampleEntries.entries;
import static org.vauban.ledger.SampleEntries.entry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.ledger.entry.Commitment;
import org.vauban.ledger.entry.Header;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.ledger.entry.Phase;
import org.vauban.ledger.log.TileLog;
import org.vauban.ledger.note.InMemorySigner;
import org.vauban.ledger.note.NoteSignature;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.VerifierKey;

class VerifierTest {

    @TempDir
    private Path folder;

    @Test
    void aSoundLogIsWholeAtEverySize() throws IOException {
        try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER)) {
            for (long end : new long[] {0, 1, 2, 255, 256, 257, 511, 512, 900}) {
                log.append(entries(log.size(), end));

                VerificationReport report = verify(Trust.in(KEY));

                assertThat(report.problem()).isEmpty();
                assertThat(report.size()).isEqualTo(end);
                assertThat(report.origin()).isEqualTo(ORIGIN);
                assertThat(report.root()).contains(log.checkpoint().checkpoint().root());
                assertThat(report.remarks()).isEmpty();
                assertThat(report.witnesses()).isEmpty();
            }
        }
    }

    @Test
    void actsThatWereBegunAndNotConcludedAreListedAndNoError() throws IOException {
        append(begun("study.run"), entered(), begun("ingest.omop"), concluded("study.run", 0), begun("study.run"));

        VerificationReport report = verify(Trust.in(KEY));

        assertThat(report.isWhole()).isTrue();
        assertThat(report.unconcluded()).containsExactly(2L, 4L);
    }

    @Test
    void aConclusionOfNothingTwiceOrOfAnotherActIsFound() throws IOException {
        List<List<byte[]>> stories = List.of(
                List.of(entered(), entered(), concluded("study.run", 1)),
                List.of(begun("study.run"), concluded("study.run", 0), concluded("study.run", 0)),
                List.of(entered(), begun("study.run"), concluded("ingest.omop", 1)),
                List.of(entered(), begun("study.run"), concluded("study.run", 2)),
                List.of(entered(), entered(), "no entry".getBytes(UTF_8)));
        for (List<byte[]> story : stories) {
            Path other = folder.resolve("story-" + stories.indexOf(story));
            try (TileLog log = TileLog.open(other, ORIGIN, SIGNER)) {
                log.append(story);
            }

            assertThat(new Verifier(Trust.in(KEY)).verify(other).firstBadIndex())
                    .hasValue(2);
        }
    }

    @Test
    void aLogRewrittenWithTheStolenKeyIsFoundByWhoeverKeptACheckpoint() throws IOException {
        SignedCheckpoint kept = appendUpTo(300);
        deleteTheLog();
        try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER)) {
            log.append(entries(0, 299));
            log.append(List.of(entered(), entered(), entered()));
        }

        assertThat(verify(Trust.in(KEY)).isWhole()).isTrue();
        VerificationReport report = verify(Trust.in(KEY).since(kept));
        assertThat(report.firstBadIndex()).hasValue(0);
        assertThat(report.problem()).contains("did not grow");
    }

    @Test
    void aLogThatWasRolledBackIsFoundByWhoeverKeptACheckpoint() throws IOException {
        appendUpTo(300);
        byte[] older = Files.readAllBytes(folder.resolve("checkpoint"));
        SignedCheckpoint kept = appendUpTo(310);
        Files.write(folder.resolve("checkpoint"), older);

        VerificationReport unaware = verify(Trust.in(KEY));
        VerificationReport report = verify(Trust.in(KEY).since(kept));

        assertThat(unaware.isWhole()).isTrue();
        assertThat(unaware.remarks()).singleElement().asString().contains("2 files lie beyond the checkpoint");
        assertThat(report.firstBadIndex()).hasValue(300);
        assertThat(report.problem()).contains("rolled back");
    }

    @Test
    void aLogThatGrewFromTheKeptCheckpointIsWhole() throws IOException {
        for (long size : new long[] {0, 1, 256, 300, 512}) {
            SignedCheckpoint kept = appendUpTo(size);
            appendUpTo(size + 5);

            assertThat(verify(Trust.in(KEY).since(kept)).problem()).isEmpty();
        }
    }

    @Test
    void whatAKeptCheckpointVouchesForIsNotSuspectedWhenTheEndWasRewritten() throws IOException {
        SignedCheckpoint kept = appendUpTo(600);
        appendUpTo(650);
        replaceEverywhere(640, entered());

        assertThat(verify(Trust.in(KEY)).firstBadIndex()).hasValue(0);
        assertThat(verify(Trust.in(KEY).since(kept)).firstBadIndex()).hasValue(600);
    }

    @Test
    void anEntryAndItsLeafHashReplacedTogetherAreFoundByTheHashAbove() throws IOException {
        appendUpTo(700);
        replaceEverywhere(300, entered());

        assertThat(verify(Trust.in(KEY)).firstBadIndex()).hasValue(256);
    }

    @Test
    void aLogSignedByAnotherKeyIsBroken() throws IOException {
        appendUpTo(3);
        VerifierKey other = VerifierKey.of(InMemorySigner.ofSeed(ORIGIN, new byte[32]));

        assertThat(verify(Trust.in(other)).firstBadIndex()).hasValue(0);
        assertThat(verify(Trust.nothing()).isWhole()).isTrue();
        assertThat(verify(Trust.nothing()).remarks()).singleElement().asString().contains("signature was not checked");
    }

    @Test
    void aKeptCheckpointThatTheLogDidNotSignIsNoEvidence() throws IOException {
        InMemorySigner other = InMemorySigner.ofSeed(ORIGIN, new byte[32]);
        SignedCheckpoint forged = SignedCheckpoint.sign(appendUpTo(3).checkpoint(), other);

        assertThatThrownBy(() -> Trust.in(KEY).since(forged)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void filesBeyondTheCheckpointAreCountedAndFilesOfOthersAreNamed() throws IOException {
        appendUpTo(700);
        Files.copy(folder.resolve("tile/entries/000"), folder.resolve("tile/entries/002"));
        Files.copy(folder.resolve("tile/entries/000"), folder.resolve("tile/entries/005"));
        Files.writeString(folder.resolve("tile/.DS_Store"), "x");

        VerificationReport report = verify(Trust.in(KEY));

        assertThat(report.firstBadIndex())
                .as("the full form of the last bundle contradicts it")
                .hasValue(512);

        Files.delete(folder.resolve("tile/entries/002"));
        assertThat(verify(Trust.in(KEY)).remarks())
                .satisfiesExactly(
                        beyond -> assertThat(beyond).startsWith("1 files lie beyond"),
                        foreign -> assertThat(foreign).contains("tile/.DS_Store"));
    }

    @Test
    void aPartialTileThatTheFullOneReplacedWhileTheLogGrewIsNotMissed() throws IOException {
        appendUpTo(500);
        byte[] checkpoint = Files.readAllBytes(folder.resolve("checkpoint"));
        appendUpTo(520);
        Files.write(folder.resolve("checkpoint"), checkpoint);

        VerificationReport report = verify(Trust.in(KEY));

        assertThat(folder.resolve("tile/0/001.p")).doesNotExist();
        assertThat(report.problem()).isEmpty();
        assertThat(report.size()).isEqualTo(500);
    }

    @Test
    void aCheckpointThatPromisesMoreEntriesThanThereAreEndsTheCheckAtTheFirstMissingTile() throws IOException {
        appendUpTo(700);
        String checkpoint = Files.readString(folder.resolve("checkpoint"));
        Files.writeString(folder.resolve("checkpoint"), checkpoint.replace("\n700\n", "\n999999999999999999\n"));

        VerificationReport report = verify(Trust.nothing());

        assertThat(report.problem()).isEqualTo("A file is missing: tile/1/000.");
        assertThat(report.firstBadIndex()).hasValue(0);
        assertThat(verify(Trust.in(KEY)).problem()).contains("not signed");
    }

    @Test
    void theCommandSaysWhatItFoundAndExitsAsPromised() throws IOException {
        SignedCheckpoint kept = appendUpTo(100);
        Path keptFile = Files.write(folder.resolve("kept"), kept.encode());
        append(begun("study.run"));
        String directory = folder.toString();

        assertThat(run(Verify.WHOLE, directory, "--key", KEY.toString(), "--pinned", keptFile.toString()))
                .contains(
                        "log: " + ORIGIN,
                        "size: 101",
                        "witnesses: not witnessed (0 of 0)",
                        "begun and not concluded: 99, 100",
                        "whole: ")
                .doesNotContain("remark");
        assertThat(run(Verify.WHOLE, directory)).contains("remark: The signature was not checked");
        run(Verify.WRONG_USAGE);
        run(Verify.WRONG_USAGE, directory, "--key");
        run(Verify.WRONG_USAGE, directory, "--key", "nonsense");
        run(Verify.WRONG_USAGE, directory, "--loudly");
        run(Verify.WRONG_USAGE, folder.resolve("nowhere").toString());
        run(Verify.UNREADABLE, directory, "--pinned", folder.resolve("nowhere").toString());
        replaceEverywhere(7, entered());
        assertThat(run(Verify.BROKEN, directory, "--key", KEY.toString())).contains("BROKEN: first bad index 0.");
    }

    @Test
    void witnessesThatCosignedAreNamed() throws IOException {
        SignedCheckpoint signed = appendUpTo(10);
        InMemorySigner witness = InMemorySigner.ofSeed("witness.example/w1", new byte[32]);
        VerifierKey first = new VerifierKey(witness.name(), VerifierKey.Kind.COSIGNATURE, witness.publicKey());
        VerifierKey second = new VerifierKey("witness.example/w2", VerifierKey.Kind.COSIGNATURE, SIGNER.publicKey());
        Files.write(
                folder.resolve("checkpoint"),
                signed.note()
                        .with(cosignature(witness, first, signed.note().text()))
                        .encode());

        String found = run(
                Verify.WHOLE,
                folder.toString(),
                "--key",
                KEY.toString(),
                "--witness",
                first.toString(),
                "--witness",
                second.toString());

        assertThat(found).contains("witnesses: 1 of 2 (witness.example/w1)");
        try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER)) {
            assertThat(log.checkpoint().note().signatures())
                    .as("a cosigned log opens with its cosignature")
                    .hasSize(2);
        }
    }

    private static NoteSignature cosignature(InMemorySigner witness, VerifierKey key, String text) {
        long time = Instant.parse("2026-11-21T09:00:00Z").getEpochSecond();
        byte[] signature = witness.sign(("cosignature/v1\ntime " + time + "\n" + text).getBytes(UTF_8));
        byte[] line = ByteBuffer.allocate(Integer.BYTES + Long.BYTES + signature.length)
                .putInt(key.id())
                .putLong(time)
                .put(signature)
                .array();
        return new NoteSignature(witness.name(), Base64.getEncoder().encodeToString(line));
    }

    private SignedCheckpoint appendUpTo(long size) {
        try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER)) {
            log.append(entries(log.size(), size));
            return log.checkpoint();
        }
    }

    private void append(byte[]... more) {
        try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER)) {
            log.append(List.of(more));
        }
    }

    /** Replaces an entry in its bundle and its leaf hash in its tile, by writing a false log and taking them from there. */
    private void replaceEverywhere(int index, byte[] replacement) throws IOException {
        Path falseLog = folder.resolveSibling(folder.getFileName() + "-false");
        List<byte[]> all = new ArrayList<>();
        try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER)) {
            for (long next = 0; next < log.size(); next++) {
                all.add(next == index ? replacement : log.read(next));
            }
        }
        try (TileLog log = TileLog.open(falseLog, ORIGIN, SIGNER)) {
            log.append(all);
        }
        int tile = index / 256;
        int width = Math.min(256, all.size() - tile * 256);
        String name = width == 256 ? "/00" + tile : "/00" + tile + ".p/" + width;
        for (String place : List.of("tile/0" + name, "tile/entries" + name)) {
            byte[] before = Files.readAllBytes(folder.resolve(place));
            byte[] after = Files.readAllBytes(falseLog.resolve(place));
            assertThat(Arrays.equals(before, after)).isFalse();
            Files.write(folder.resolve(place), after);
        }
        delete(falseLog);
    }

    private void deleteTheLog() throws IOException {
        delete(folder.resolve("tile"));
        Files.delete(folder.resolve("checkpoint"));
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList().reversed()) {
                Files.delete(path);
            }
        }
    }

    private VerificationReport verify(Trust trust) throws IOException {
        return new Verifier(trust).verify(folder);
    }

    private static String run(int expectedExit, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, UTF_8);

        int exit = Verify.run(List.of(arguments), stream, stream);

        assertThat(exit).as(out.toString(UTF_8)).isEqualTo(expectedExit);
        return out.toString(UTF_8);
    }

    private static byte[] begun(String act) {
        return entryOf(act, new Phase.Begun());
    }

    private static byte[] concluded(String act, long begun) {
        return entryOf(act, new Phase.Concluded(begun, "done"));
    }

    private static byte[] entered() {
        return entryOf("login", new Phase.Entered("done"));
    }

    private static byte[] entryOf(String act, Phase phase) {
        Header header = Header.of(Instant.parse("2026-11-21T08:00:00Z"), act, phase, "a-1");
        return new LogEntry(header, Commitment.of(new byte[Commitment.LENGTH], entry(0))).encode();
    }
}
