package org.vauban.ledger.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.ledger.witness.WitnessFixture.submission;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.ledger.History;
import org.vauban.ledger.note.InMemorySigner;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.policy.Policy;
import org.vauban.ledger.tree.Hash;

/**
 * An operator who holds the log's key shows each witness another history, in every way that came to mind. Witnesses that lag behind sign
 * what each of them can still believe; no two histories ever have two of three.
 */
class ForksTest {

    private static final int FORKS = Integer.getInteger("vauban.forks", 40);
    private static final long SEED = Long.getLong("vauban.forks.seed", 57);
    private static final int WITNESSES = 3;
    private static final int TRIES = 24;

    @TempDir
    private Path temporary;

    private final List<Witness> witnesses = new ArrayList<>();
    private Policy twoOfThree = Policy.NOBODY;
    private Policy oneOfThree = Policy.NOBODY;

    /** One log in the hands of its operator: three histories, and what witnesses cosigned of them. */
    private final class Fork {
        private final Random random;
        private final List<History> histories = new ArrayList<>();
        private final int[] seen = new int[WITNESSES];
        private final Map<String, SignedCheckpoint> cosigned = new HashMap<>();

        Fork(InMemorySigner log, Random random) {
            this.random = random;
            History first = History.random(log, random, 40 + random.nextInt(260));
            histories.add(first);
            for (int other = 1; other < WITNESSES; other++) {
                int shared = random.nextInt(first.size());
                histories.add(first.continued(shared, shared + 1 + random.nextInt(100), random));
            }
        }

        void attack() {
            for (int witness = 0; witness < WITNESSES; witness++) {
                offer(
                        witness,
                        histories.getFirst(),
                        random.nextInt(histories.getFirst().size()) + 1);
            }
            for (int round = 0; round < TRIES; round++) {
                History shown = histories.get(random.nextInt(histories.size()));
                offer(random.nextInt(WITNESSES), shown, 1 + random.nextInt(shown.size()));
            }
        }

        private void offer(int witness, History shown, int size) {
            int known = seen[witness];
            int old = Math.min(known, size);
            SignedCheckpoint checkpoint = shown.checkpoint(size);
            byte[] body = switch (random.nextInt(6)) {
                case 0 -> submission(0, shown, 0, size, checkpoint);
                case 1 -> submission(known, histories.getFirst(), 0, 1, checkpoint);
                case 2 ->
                    new Submission(known, List.of(randomHash(), randomHash(), randomHash()), checkpoint.note())
                            .encode();
                default -> submission(known, shown, old, size, checkpoint);
            };
            if (witnesses.get(witness).answer(body) instanceof Answer.Cosigned(var signature)) {
                seen[witness] = size;
                cosigned.merge(
                        checkpoint.checkpoint().text(),
                        checkpoint.with(signature),
                        (known1, _) -> known1.with(signature));
            }
        }

        private Hash randomHash() {
            byte[] bytes = new byte[Hash.LENGTH];
            random.nextBytes(bytes);
            return Hash.of(bytes);
        }

        /** Whether checkpoints that no one history has are each enough for the policy. */
        boolean succeedsAgainst(Policy policy) {
            List<SignedCheckpoint> enough =
                    cosigned.values().stream().filter(policy::isMetBy).toList();
            return histories.stream().noneMatch(history -> enough.stream().allMatch(each -> has(history, each)));
        }

        private static boolean has(History history, SignedCheckpoint checkpoint) {
            int size = (int) checkpoint.checkpoint().size();
            return size <= history.size()
                    && Hash.root(history.leaves().subList(0, size))
                            .equals(checkpoint.checkpoint().root());
        }
    }

    @Test
    void noForkReachesAQuorumOfTwoOfThree() throws IOException {
        List<InMemorySigner> logs = IntStream.range(0, FORKS)
                .mapToObj(number -> InMemorySigner.ofSeed(
                        "log-" + number + ".example",
                        Hash.leaf(("seed " + number).getBytes(UTF_8)).bytes()))
                .toList();
        openWitnesses(logs);
        int reached = 0;
        int reachedOneOfThree = 0;
        int cosignatures = 0;
        int quorate = 0;

        for (int number = 0; number < FORKS; number++) {
            var fork = new Fork(logs.get(number), new Random(SEED + number));
            fork.attack();
            reached += fork.succeedsAgainst(twoOfThree) ? 1 : 0;
            reachedOneOfThree += fork.succeedsAgainst(oneOfThree) ? 1 : 0;
            cosignatures += fork.cosigned.size();
            quorate += fork.cosigned.values().stream().anyMatch(twoOfThree::isMetBy) ? 1 : 0;
        }

        witnesses.forEach(Witness::close);
        System.out.println(FORKS + " forks, seed " + SEED + ": " + cosignatures + " checkpoints cosigned, " + reached
                + " forks reached 2 of 3, " + reachedOneOfThree + " reached 1 of 3 (the control)");
        assertThat(reached).isZero();
        // The control: where one witness is enough the same attack succeeds, so it is one.
        assertThat(reachedOneOfThree).isGreaterThan(FORKS / 3);
        assertThat(quorate).isPositive();
    }

    private void openWitnesses(List<InMemorySigner> logs) throws IOException {
        VerifierKey[] keys = logs.stream().map(VerifierKey::of).toArray(VerifierKey[]::new);
        var lines = new StringBuilder();
        for (int number = 0; number < WITNESSES; number++) {
            Path folder = temporary.resolve("w" + number);
            witnesses.add(WitnessFixture.create(folder, "witness.example/w" + number, keys));
            lines.append("witness w%d %s\n".formatted(number, WitnessFolder.keyOf(folder)));
        }
        twoOfThree = policy(lines + "group G 2 w0 w1 w2\nquorum G\n");
        oneOfThree = policy(lines + "group G 1 w0 w1 w2\nquorum G\n");
    }

    private static Policy policy(String text) {
        return Policy.parse(text.getBytes(UTF_8));
    }
}
