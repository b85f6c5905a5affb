package org.vauban.ledger.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vauban.ledger.SampleEntries.KEY;
import static org.vauban.ledger.SampleEntries.ORIGIN;
import static org.vauban.ledger.SampleEntries.SIGNER;
import static org.vauban.ledger.witness.WitnessFixture.submission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.ledger.History;
import org.vauban.ledger.note.Cosigner;
import org.vauban.ledger.note.InMemorySigner;
import org.vauban.ledger.note.Note;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.VerifierKey;

/** Each answer that C2SP tlog-witness asks for, and what stays true over restarts, races and lost files. */
class WitnessTest {

    private static final long SEED = 62;

    @TempDir
    private Path temporary;

    private final History history = History.random(SIGNER, new Random(SEED), 600);
    private Path folder;
    private Witness witness;

    @BeforeEach
    void create() {
        folder = temporary.resolve("witness");
        witness = WitnessFixture.create(folder, "witness.example/w1", KEY);
    }

    @AfterEach
    void close() {
        witness.close();
    }

    @Test
    void aLogThatOnlyGrowsIsCosignedEachTime() throws IOException {
        int[] sizes = {0, 0, 1, 255, 256, 256, 300, 600};
        int old = 0;
        for (int size : sizes) {
            Answer answer = witness.answer(submission(history, old, size));

            assertThat(cosigned(answer, history.checkpoint(size)))
                    .as("from %d to %d", old, size)
                    .isTrue();
            old = size;
        }
        assertThat(latest().text()).isEqualTo(history.checkpoint(600).note().text());
    }

    @Test
    void aCheckpointSignedByNobodyThatIsTrustedForItsLogIsForbidden() {
        var stranger = InMemorySigner.ofSeed(ORIGIN, new byte[32]);
        History strange = new History(stranger, history.leaves());

        assertThat(witness.answer(submission(strange, 0, 10))).isEqualTo(new Answer.NotSigned());
    }

    @Test
    void aFalseSignatureUnderTheLogsKeyIsForbiddenWhateverStandsBesideIt() {
        SignedCheckpoint good = history.checkpoint(10);
        SignedCheckpoint other = history.checkpoint(11);
        var spoiled = new Note(
                good.note().text(),
                List.of(
                        good.note().signatures().getFirst(),
                        other.note().signatures().getFirst()));

        assertThat(witness.answer(new Submission(0, List.of(), spoiled).encode()))
                .isEqualTo(new Answer.NotSigned());
    }

    @Test
    void aLogThatWasNotAddedIsUnknown() {
        History other = new History(InMemorySigner.ofSeed("other.example/log", new byte[32]), history.leaves());

        assertThat(witness.answer(submission(other, 0, 10))).isEqualTo(new Answer.UnknownLog());
    }

    @Test
    void anOldSizeBeyondTheCheckpointIsMalformed() {
        assertThat(witness.answer(submission(11, history, 10, 10, history.checkpoint(10))))
                .isInstanceOf(Answer.Malformed.class);
    }

    @Test
    void whoDoesNotKnowHowFarThisWitnessIsIsTold() {
        assertThat(witness.answer(submission(history, 5, 10))).isEqualTo(new Answer.OtherSize(0));
        witness.answer(submission(history, 0, 300));

        assertThat(witness.answer(submission(history, 0, 400))).isEqualTo(new Answer.OtherSize(300));
        assertThat(witness.answer(submission(history, 200, 250))).isEqualTo(new Answer.OtherSize(300));
    }

    @Test
    void aProofThatProvesNothingIsInconsistent() throws IOException {
        witness.answer(submission(history, 0, 300));
        History fork = history.continued(299, 600, new Random(1));
        List<byte[]> wrong = List.of(
                submission(fork, 300, 400),
                submission(300, history, 299, 400, history.checkpoint(400)),
                submission(300, fork, 299, 400, fork.checkpoint(400)),
                submission(fork, 300, 300),
                new Submission(300, List.of(), history.checkpoint(400).note()).encode(),
                new Submission(
                                300,
                                history.proof(300, 400).path(),
                                history.checkpoint(401).note())
                        .encode());
        for (byte[] submission : wrong) {
            assertThat(witness.answer(submission)).isEqualTo(new Answer.Inconsistent());
        }
        assertThat(latest().text()).isEqualTo(history.checkpoint(300).note().text());
    }

    @Test
    void aTreeOfNothingHasTheRootOfNothingAndNoProofLeadsFromIt() {
        String wrongRoot = ORIGIN + "\n0\n" + history.leaves().getFirst().base64() + "\n";
        byte[] empty = new Submission(0, List.of(), Note.sign(wrongRoot, SIGNER)).encode();
        byte[] proofFromNothing = new Submission(
                        0,
                        List.of(history.leaves().getFirst()),
                        history.checkpoint(10).note())
                .encode();

        assertThat(witness.answer(empty)).isEqualTo(new Answer.Inconsistent());
        assertThat(witness.answer(proofFromNothing)).isEqualTo(new Answer.Inconsistent());
    }

    @Test
    void linesBehindTheThirdAreSignedAlong() {
        String text = history.checkpoint(10).note().text() + "more 1\nmore 2\n";
        Note note = Note.sign(text, SIGNER);

        assertThat(witness.answer(new Submission(0, List.of(), note).encode()))
                .isInstanceOfSatisfying(
                        Answer.Cosigned.class,
                        answer -> assertThat(note.with(answer.signature()).isSignedBy(key()))
                                .isTrue());
    }

    @Test
    void bytesThatAreNoSubmissionAreMalformed() {
        String good = new String(submission(history, 0, 10), UTF_8);
        String note = new String(history.checkpoint(10).note().encode(), UTF_8);
        String hash = history.leaves().getFirst().base64() + "\n";

        List<String> bad = List.of(
                "",
                "\n\n",
                note,
                good.replace("old 0", "old 00"),
                good.replace("old 0", "old -1"),
                good.replace("old 0", "old 1000000000000000000"),
                good.replace("old 0", "Old 0"),
                good.replace("old 0\n", "old 0"),
                good.replace("old 0\n", "old 0\r\n"),
                good.replace("old 0\n", "old 0\nAAAA\n"),
                good.replace("old 0\n", "old 0\n" + hash.replace("=", "")),
                good.replace("old 0\n", "old 0\n" + hash.repeat(64)),
                "old 0\n\n" + note.replace("\n10\n", "\n010\n"),
                "old 0\n\n" + note.substring(0, 40),
                good.substring(0, good.length() - 1));
        for (String body : bad) {
            assertThat(witness.answer(body.getBytes(UTF_8))).as(body).isInstanceOf(Answer.Malformed.class);
        }
    }

    @Test
    void randomBytesAreAnsweredAndNothingIsCosigned() throws IOException {
        var random = new Random(SEED);
        byte[] good = submission(history, 0, 300);
        for (int round = 0; round < 2_000; round++) {
            byte[] body = good.clone();
            for (int change = 0; change <= random.nextInt(4); change++) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            if (!Arrays.equals(body, good)) {
                assertThat(witness.answer(body)).isNotInstanceOf(Answer.Cosigned.class);
            }
        }
        assertThat(Files.size(checkpointFile())).isZero();
    }

    @Test
    void ofTwoHistoriesThatComeAtOneMomentOneIsCosigned() throws Exception {
        List<InMemorySigner> logs = IntStream.range(0, 20)
                .mapToObj(number -> InMemorySigner.ofSeed("log-" + number + ".example", new byte[32]))
                .toList();
        try (Witness busy = WitnessFixture.create(
                        temporary.resolve("busy"),
                        "witness.example/w2",
                        logs.stream().map(VerifierKey::of).toArray(VerifierKey[]::new));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (InMemorySigner log : logs) {
                List<Callable<Answer>> both = new ArrayList<>();
                for (int side = 0; side < 2; side++) {
                    byte[] submission = submission(History.random(log, new Random(side), 20 + side), 0, 20 + side);
                    both.add(() -> busy.answer(submission));
                }

                List<Answer> answers = new ArrayList<>();
                for (Future<Answer> answer : threads.invokeAll(both)) {
                    answers.add(answer.get());
                }

                assertThat(answers)
                        .filteredOn(Answer.Cosigned.class::isInstance)
                        .hasSize(1);
                assertThat(answers)
                        .filteredOn(Answer.OtherSize.class::isInstance)
                        .hasSize(1);
            }
        }
    }

    @Test
    void whatWasCosignedIsRememberedOverAStart() {
        witness.answer(submission(history, 0, 300));

        witness.close();
        witness = WitnessFixture.open(folder);

        assertThat(witness.answer(submission(history, 0, 400))).isEqualTo(new Answer.OtherSize(300));
        assertThat(cosigned(witness.answer(submission(history, 300, 400)), history.checkpoint(400)))
                .isTrue();
    }

    @Test
    void aWitnessThatCannotKeepWhatItSignsDoesNotAnswerWithIt() throws IOException {
        witness.answer(submission(history, 0, 300));
        Path inTheWay = checkpointFile().resolveSibling("checkpoint.new");
        Files.createDirectories(inTheWay.resolve("something"));

        assertThatThrownBy(() -> witness.answer(submission(history, 300, 400)))
                .isInstanceOf(UncheckedIOException.class);
        Files.delete(inTheWay.resolve("something"));
        Files.delete(inTheWay);
        assertThatThrownBy(() -> witness.answer(submission(history, 300, 400)))
                .isInstanceOf(UncheckedIOException.class);
        witness.close();
        witness = WitnessFixture.open(folder);

        assertThat(cosigned(witness.answer(submission(history, 300, 400)), history.checkpoint(400)))
                .isTrue();
    }

    @Test
    void aWitnessWhoseMemoryWasTakenAwayOrChangedDoesNotStart() throws IOException {
        witness.answer(submission(history, 0, 300));
        witness.close();
        byte[] kept = Files.readAllBytes(checkpointFile());
        byte[] unsigned = history.checkpoint(200).note().encode();
        byte[] foreign = history.checkpoint(200)
                .with(new Cosigner(InMemorySigner.ofSeed("witness.example/w1", new byte[32]))
                        .cosign(history.checkpoint(200).note().text(), WitnessFixture.NOON.instant()))
                .encode();

        for (byte[] changed : List.of(unsigned, foreign, "nothing".getBytes(UTF_8))) {
            Files.write(checkpointFile(), changed);
            refusesToStart();
        }
        Files.delete(checkpointFile());
        refusesToStart();

        Files.write(checkpointFile(), kept);
        witness = WitnessFixture.open(folder);
    }

    @Test
    void aFolderIsOneProcessesAndItsOwnersAlone() throws IOException {
        assertThatThrownBy(() -> WitnessFixture.open(folder))
                .isInstanceOfSatisfying(
                        WitnessException.class,
                        e -> assertThat(e.code()).isEqualTo(WitnessException.Code.WITNESS_IN_USE));
        witness.close();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
        assertThatThrownBy(() -> WitnessFixture.open(folder))
                .isInstanceOfSatisfying(
                        WitnessException.class,
                        e -> assertThat(e.code()).isEqualTo(WitnessException.Code.WITNESS_FOLDER));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        witness = WitnessFixture.open(folder);
    }

    @Test
    void theKeyIsSealedAndOnlyItsPassphraseOpensIt() throws IOException {
        witness.close();
        assertThatThrownBy(() -> Witness.open(folder, "another passphrase".toCharArray(), WitnessFixture.NOON))
                .isInstanceOfSatisfying(
                        WitnessException.class,
                        e -> assertThat(e.code()).isEqualTo(WitnessException.Code.WITNESS_PASSPHRASE));
        byte[] sealed = Files.readAllBytes(folder.resolve("witness.key"));
        sealed[sealed.length - 40] ^= 1;
        Files.write(folder.resolve("witness.key"), sealed);
        assertThatThrownBy(() -> WitnessFixture.open(folder)).isInstanceOf(WitnessException.class);
        sealed[sealed.length - 40] ^= 1;
        Files.write(folder.resolve("witness.key"), sealed);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("witness.key"))))
                .isEqualTo("rw-------");
        witness = WitnessFixture.open(folder);
    }

    @Test
    void aFolderOfANewerProgramIsRefused() throws IOException {
        witness.close();
        String about = Files.readString(folder.resolve("witness"));
        Files.writeString(folder.resolve("witness"), "vauban-witness 2\nsomething else\n");
        assertThatThrownBy(() -> WitnessFixture.open(folder))
                .isInstanceOfSatisfying(
                        WitnessException.class,
                        e -> assertThat(e.code()).isEqualTo(WitnessException.Code.WITNESS_TOO_NEW));
        Files.writeString(folder.resolve("witness"), about);
        witness = WitnessFixture.open(folder);
    }

    private void refusesToStart() {
        assertThatThrownBy(() -> WitnessFixture.open(folder))
                .isInstanceOfSatisfying(
                        WitnessException.class,
                        e -> assertThat(e.code()).isEqualTo(WitnessException.Code.WITNESS_STATE_BROKEN));
    }

    private Path checkpointFile() {
        return folder.resolve("logs").resolve(KnownLog.nameOf(ORIGIN)).resolve("checkpoint");
    }

    private Note latest() throws IOException {
        Note kept = Note.parse(Files.readAllBytes(checkpointFile()));
        assertThat(witness.latest(KnownLog.nameOf(ORIGIN))).contains(kept);
        assertThat(kept.isSignedBy(KEY)).isTrue();
        assertThat(kept.isSignedBy(key())).isTrue();
        return kept;
    }

    private VerifierKey key() {
        try {
            return WitnessFolder.keyOf(folder);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private boolean cosigned(Answer answer, SignedCheckpoint checkpoint) {
        return answer instanceof Answer.Cosigned(var signature)
                && checkpoint.with(signature).note().isSignedBy(key());
    }
}
