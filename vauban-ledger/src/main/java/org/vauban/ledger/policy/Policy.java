package org.vauban.ledger.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.VerifierKey;

/**
 * Whose cosignatures a checkpoint needs: some logs, some witnesses, and how many of them are enough.
 *
 * <p>With more than half of the witnesses asked for, no two histories of one log can both be enough as long as no more witnesses lie
 * than the two majorities share. With half or fewer, two honest halves may each cosign another history.
 */
public final class Policy {

    /** Nobody is asked: {@code 0 of 0}, which is said as <em>not witnessed</em>. */
    public static final Policy NOBODY = new Policy(List.of(), List.of(), new Rule.Nobody());

    private static final int MOST_COMPARED = 20;

    private final List<VerifierKey> logs;
    private final List<KnownWitness> witnesses;
    private final Rule quorum;

    Policy(List<VerifierKey> logs, List<KnownWitness> witnesses, Rule quorum) {
        this.logs = List.copyOf(logs);
        this.witnesses = List.copyOf(witnesses);
        this.quorum = quorum;
    }

    /**
     * Reads a policy file.
     *
     * @throws MalformedPolicyException with the first line that is wrong
     */
    public static Policy parse(byte[] file) {
        return new PolicyParser().parse(file);
    }

    /** The logs that the policy knows; with none, which log is meant is known from elsewhere. */
    public List<VerifierKey> logs() {
        return logs;
    }

    /** The key of the log with this name, if the policy knows it. */
    public Optional<VerifierKey> log(String origin) {
        return logs.stream().filter(log -> log.name().equals(origin)).findFirst();
    }

    public List<KnownWitness> witnesses() {
        return witnesses;
    }

    /** True when no witness is asked for. */
    public boolean asksNobody() {
        return quorum instanceof Rule.Nobody;
    }

    /** The names of the policy's witnesses that cosigned. */
    public Set<String> cosigners(SignedCheckpoint checkpoint) {
        return witnesses.stream()
                .filter(witness -> checkpoint.note().isSignedBy(witness.key()))
                .map(KnownWitness::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether enough witnesses cosigned. Says nothing about the log's own signature. */
    public boolean isMetBy(SignedCheckpoint checkpoint) {
        return isMetBy(cosigners(checkpoint));
    }

    /** Whether these are enough of them, by name. */
    public boolean isMetBy(Set<String> cosigners) {
        return quorum.isMetBy(cosigners);
    }

    /**
     * Whether two sets of witnesses without a common member could each be enough: then honest witnesses alone do not keep a log
     * from showing two histories. Asked of at most 20 witnesses; of more, nothing is said.
     */
    public boolean canBeMetTwice() {
        if (asksNobody() || witnesses.size() > MOST_COMPARED) {
            return false;
        }
        for (int half = 0; half < 1 << witnesses.size(); half++) {
            if (quorum.isMetBy(namesIn(half)) && quorum.isMetBy(namesIn(~half))) {
                return true;
            }
        }
        return false;
    }

    private Set<String> namesIn(int members) {
        return IntStream.range(0, witnesses.size())
                .filter(index -> (members >>> index & 1) == 1)
                .mapToObj(index -> witnesses.get(index).name())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How many are asked for, such as {@code 2 of 3}. */
    @Override
    public String toString() {
        return quorum.toString();
    }
}
