package org.vauban.ledger.verify;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vauban.ledger.tree.Hash;

/**
 * What the verifier found.
 *
 * @param size number of entries that the checkpoint speaks of; 0 when there is no readable checkpoint
 * @param root the root that the checkpoint speaks of; empty when there is no readable checkpoint
 * @param origin the log's name in the checkpoint; empty text when there is no readable checkpoint
 * @param firstBadIndex the lowest index that the files and signatures do not vouch for; empty when the log is whole
 * @param problem what is wrong at that index; empty text when the log is whole
 * @param unconcluded indexes of begun acts that no entry concludes: worth asking about, not an error of the log
 * @param witnesses names of the known witnesses that cosigned the checkpoint
 * @param quorum what the auditor's policy asks for and found; empty when it asks for no witness
 * @param remarks what an auditor should know that is no error
 */
public record VerificationReport(
        long size,
        Optional<Hash> root,
        String origin,
        OptionalLong firstBadIndex,
        String problem,
        List<Long> unconcluded,
        List<String> witnesses,
        Optional<Quorum> quorum,
        List<String> remarks) {

    /**
     * Witnesses, asked for and found.
     *
     * @param asked how many are asked for, such as {@code 2 of 3}
     * @param entries so many entries stand under a checkpoint that as many cosigned
     */
    public record Quorum(String asked, long entries) {}

    public VerificationReport {
        if (firstBadIndex.isPresent() == problem.isEmpty()) {
            throw new IllegalArgumentException("A bad index comes with its problem, and a problem with its index.");
        }
        unconcluded = List.copyOf(unconcluded);
        witnesses = List.copyOf(witnesses);
        remarks = List.copyOf(remarks);
    }

    /** Whether every file agrees with the checkpoint, and the checkpoint with every key and older checkpoint that was given. */
    public boolean isWhole() {
        return firstBadIndex.isEmpty();
    }
}
