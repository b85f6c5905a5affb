package org.vauban.deposit;

import java.util.List;
import java.util.Optional;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.deposit.envelope.Kind;
import org.vauban.problem.Problem;

/**
 * What came of a deposit.
 *
 * @param persons whose identities are in the identity part
 * @param isSealed whether there are envelopes to send: false when no file could be taken
 * @param bytes of both envelopes
 */
public record SplitReport(
        DepositId deposit,
        String producer,
        Kind kind,
        List<FileReport> files,
        long persons,
        boolean isSealed,
        long bytes) {

    /** What came of a file. */
    public enum Outcome {
        TAKEN,
        /** Kept back whole, because of the problem told. */
        QUARANTINED,
        /** Nothing of this kind, or nothing that is health data. */
        LEFT_OUT
    }

    /**
     * One file.
     *
     * @param rows that were taken
     * @param rejected rows in the rejects file
     * @param problem why it is in quarantine
     */
    public record FileReport(
            String file, String table, Outcome outcome, long rows, long rejected, Optional<Problem> problem) {}

    public SplitReport {
        files = List.copyOf(files);
    }

    public long rows() {
        return files.stream().mapToLong(FileReport::rows).sum();
    }

    public long rejected() {
        return files.stream().mapToLong(FileReport::rejected).sum();
    }

    public List<FileReport> with(Outcome outcome) {
        return files.stream().filter(file -> file.outcome() == outcome).toList();
    }
}
