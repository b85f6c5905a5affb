package org.vauban.ledger.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vauban.ledger.note.Checkpoint;
import org.vauban.ledger.note.MalformedNoteException;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.VerifierKey;

/**
 * Checks a log's folder, offline and without writing to it.
 *
 * <p>Every entry is hashed again, every stored hash compared, the root compared with the one the log signed, and the whole with
 * an older checkpoint when the auditor brings one. Then the entries are read: each must be in its canonical form, and each
 * conclusion must end an act that was begun before it. A log that is being written while it is checked is checked up to the
 * checkpoint that was read first.
 */
public final class Verifier {

    private final Trust trust;

    public Verifier(Trust trust) {
        this.trust = trust;
    }

    /** Throws {@code IOException} when a file is there and cannot be read, which says nothing about the log. */
    public VerificationReport verify(Path folder) throws IOException {
        LogFiles files = new LogFiles(folder);
        SignedCheckpoint signed;
        try {
            signed = checkpointIn(files);
        } catch (Fault e) {
            return new VerificationReport(
                    0, Optional.empty(), "", OptionalLong.of(e.index()), e.problem(), List.of(), List.of(), List.of());
        }
        List<String> remarks = new ArrayList<>();
        if (trust.log().isEmpty()) {
            remarks.add("The signature was not checked: no key was given.");
        }
        try {
            List<Long> unconcluded = check(files, signed, remarks);
            return report(signed, Optional.empty(), unconcluded, remarks);
        } catch (Fault e) {
            return report(signed, Optional.of(e), List.of(), remarks);
        }
    }

    private List<Long> check(LogFiles files, SignedCheckpoint signed, List<String> remarks) throws IOException, Fault {
        requireRightLog(signed);
        Checkpoint checkpoint = signed.checkpoint();
        Recomputation recomputation =
                new Recomputation(files, checkpoint, trust.pinned().map(SignedCheckpoint::checkpoint));
        OtherFiles others = new OtherFiles(files, checkpoint.size());
        requireNoFault(recomputation::run, others::run);
        remarks.addAll(others.remarks());
        recomputation.requireStory();
        return recomputation.unconcluded();
    }

    private interface Step {
        void run() throws IOException, Fault;
    }

    /** Takes all steps, whatever they find, and throws the lowest fault. */
    private static void requireNoFault(Step... steps) throws IOException, Fault {
        List<Fault> faults = new ArrayList<>();
        for (Step step : steps) {
            try {
                step.run();
            } catch (Fault e) {
                faults.add(e);
            }
        }
        if (!faults.isEmpty()) {
            throw Collections.min(faults, Comparator.comparingLong(Fault::index));
        }
    }

    private void requireRightLog(SignedCheckpoint signed) throws Fault {
        if (trust.log().isPresent() && !signed.isFrom(trust.log().get())) {
            throw new Fault(0, "The checkpoint is not signed by the log's key.");
        }
        if (trust.pinned().isPresent()
                && !trust.pinned()
                        .get()
                        .checkpoint()
                        .origin()
                        .equals(signed.checkpoint().origin())) {
            throw new Fault(0, "The pinned checkpoint is of another log.");
        }
    }

    private VerificationReport report(
            SignedCheckpoint signed, Optional<Fault> fault, List<Long> unconcluded, List<String> remarks) {
        Checkpoint checkpoint = signed.checkpoint();
        return new VerificationReport(
                checkpoint.size(),
                Optional.of(checkpoint.root()),
                checkpoint.origin(),
                fault.map(found -> OptionalLong.of(found.index())).orElse(OptionalLong.empty()),
                fault.map(Fault::problem).orElse(""),
                unconcluded,
                trust.witnesses().stream()
                        .filter(signed.note()::isSignedBy)
                        .map(VerifierKey::name)
                        .toList(),
                remarks);
    }

    private static SignedCheckpoint checkpointIn(LogFiles files) throws IOException, Fault {
        Optional<byte[]> bytes = files.checkpoint();
        if (bytes.isEmpty()) {
            throw new Fault(0, "A file is missing: checkpoint.");
        }
        try {
            return SignedCheckpoint.parse(bytes.get());
        } catch (MalformedNoteException e) {
            throw new Fault(0, "The file checkpoint is none. " + e.getMessage());
        }
    }
}
