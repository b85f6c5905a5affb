package org.vauban.ledger.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.vauban.ledger.SampleEntries.KEY;
import static org.vauban.ledger.SampleEntries.ORIGIN;
import static org.vauban.ledger.SampleEntries.SIGNER;
import static org.vauban.ledger.SampleEntries.entries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.ledger.log.TileLog;
import org.vauban.ledger.note.Cosigner;
import org.vauban.ledger.note.InMemorySigner;
import org.vauban.ledger.note.SignedCheckpoint;

/**
 * A second verifier, in another language and without a line of ours, agrees with what the writer writes: {@code tools/verify-log}. Where
 * there is no Python these tests do not run, and are counted so.
 */
class SecondVerifierTest {

    private static final Path PROGRAM = Path.of("..", "tools", "verify-log");
    private static final long SEED = 2;
    private static final int MUTATIONS = 24;
    private static final int WHOLE = 0;
    private static final int WRONG_USAGE = 2;
    private static final int BROKEN = 4;
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path temporary;

    private final List<Cosigner> witnesses = List.of(witness(1), witness(2), witness(3));
    private Path folder;
    private Path policy;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(isPythonThere(), "not run: there is no python3");
        folder = temporary.resolve("log");
        var lines = new StringBuilder("log " + KEY + "\n");
        for (Cosigner witness : witnesses) {
            lines.append("witness %s %s%n".formatted(witness.key().name(), witness.key()));
        }
        lines.append("group G 2 witness.example/w1 witness.example/w2 witness.example/w3\nquorum G\n");
        policy = Files.writeString(temporary.resolve("policy"), lines);
    }

    @Test
    void aLogOfThreeLevelsIsWholeToBoth() throws Exception {
        write(300, 512, 65_800);

        assertThat(run("--policy", policy.toString())).isEqualTo(WHOLE);
        assertThat(Verify.run(List.of(folder.toString(), "--policy", policy.toString()), System.out, System.err))
                .isEqualTo(Verify.WHOLE);
    }

    @Test
    void whatWasChangedIsFoundByTheSecondToo() throws Exception {
        write(100, 300, 700);
        var random = new Random(SEED);
        List<Path> needed = filesOf(700);
        for (int round = 0; round < MUTATIONS; round++) {
            Path file = needed.get(round % needed.size());
            byte[] original = Files.readAllBytes(file);
            byte[] changed = original.clone();
            changed[random.nextInt(file.endsWith("checkpoint") ? 40 : changed.length)] ^=
                    (byte) (1 << random.nextInt(8));
            Files.write(file, changed);

            assertThat(run("--policy", policy.toString()))
                    .as("seed %d, round %d: %s", SEED, round, file)
                    .isEqualTo(BROKEN);
            Files.write(file, original);
        }
        assertThat(run("--policy", policy.toString())).isEqualTo(WHOLE);
    }

    @Test
    void aHistoryThatTheStolenKeySignedIsNotWitnessed() throws Exception {
        write(700);
        SignedCheckpoint seen = SignedCheckpoint.parse(Files.readAllBytes(folder.resolve("checkpoint")));
        Path kept = Files.write(temporary.resolve("kept"), seen.encode());
        folder = temporary.resolve("forged");
        try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER)) {
            log.append(entries(1, 702));
        }

        assertThat(run("--key", KEY.toString())).isEqualTo(WHOLE);
        assertThat(run("--policy", policy.toString())).isEqualTo(BROKEN);
        assertThat(run("--key", KEY.toString(), "--pinned", kept.toString())).isEqualTo(BROKEN);
    }

    @Test
    void withoutAFolderItSaysHowItIsUsed() throws Exception {
        folder = temporary.resolve("nowhere");

        assertThat(run()).isEqualTo(WRONG_USAGE);
    }

    private void write(long... sizes) {
        try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER)) {
            for (long size : sizes) {
                log.append(entries(log.size(), size));
                SignedCheckpoint cosigned = log.checkpoint();
                for (Cosigner witness : witnesses.subList(0, 2)) {
                    cosigned = cosigned.with(witness.cosign(cosigned.note().text(), NOON));
                }
                log.keep(cosigned, true);
            }
        }
    }

    private List<Path> filesOf(long size) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("lock"))
                    .filter(file -> !file.toString().contains(".p/")
                            || file.toString().endsWith(".p/" + size % 256)
                            || file.toString().endsWith("1/000.p/2"))
                    .sorted()
                    .toList();
        }
    }

    private int run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", PROGRAM.toString(), folder.toString()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static boolean isPythonThere() {
        try {
            return new ProcessBuilder("python3", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException _) {
            return false;
        }
    }

    private static Cosigner witness(int number) {
        return new Cosigner(InMemorySigner.ofSeed(
                "witness.example/w" + number, ("a seed of thirty-two bytes, no " + number).getBytes(UTF_8)));
    }
}
