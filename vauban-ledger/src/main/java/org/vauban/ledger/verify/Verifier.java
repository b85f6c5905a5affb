package org.vauban.ledger.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.vauban.ledger.note.Checkpoint;
import org.vauban.ledger.note.MalformedNoteException;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.policy.KnownWitness;

/**
 * Checks a log's folder, offline and without writing to it.
 *
 * <p>Every entry is hashed again, every stored hash compared, the root compared with the one the log signed, and the whole with
 * an older checkpoint when the auditor brings one, and with what witnesses cosigned. Then the entries are read: each must be in its canonical form, and each
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
        Head head;
        try {
            head = headIn(files);
        } catch (Fault e) {
            return new VerificationReport(
                    0,
                    Optional.empty(),
                    "",
                    OptionalLong.of(e.index()),
                    e.problem(),
                    List.of(),
                    List.of(),
                    quorum(0),
                    List.of());
        }
        List<String> remarks = new ArrayList<>();
        if (keyOf(head.signed()).isEmpty()) {
            remarks.add("The signature was not checked: no key was given.");
        }
        try {
            List<Long> unconcluded = check(files, head, remarks);
            return report(head, Optional.empty(), unconcluded, remarks);
        } catch (Fault e) {
            return report(head, Optional.of(e), List.of(), remarks);
        }
    }

    /**
     * A checkpoint, and the names of the policy's witnesses who truly cosigned it: signatures are dear, and are looked at once.
     *
     * @param cosigners the names
     */
    private record Cosigned(SignedCheckpoint signed, Set<String> cosigners) {}

    /**
     * What the log says of itself.
     *
     * @param last the last checkpoint
     * @param witnessed the last one that enough witnesses cosigned, as the log's writer says; the log may have grown since
     */
    private record Head(Cosigned last, Optional<Cosigned> witnessed) {
        SignedCheckpoint signed() {
            return last.signed();
        }
    }

    private List<Long> check(LogFiles files, Head head, List<String> remarks) throws IOException, Fault {
        requireRightLog(head);
        Checkpoint checkpoint = head.signed().checkpoint();
        List<Checkpoint> earlier = Stream.concat(
                        trust.pinned().stream(), head.witnessed().stream().map(Cosigned::signed))
                .map(SignedCheckpoint::checkpoint)
                .toList();
        Recomputation recomputation = new Recomputation(files, checkpoint, earlier);
        OtherFiles others = new OtherFiles(files, checkpoint.size());
        requireNoFault(recomputation::run, others::run, () -> requireQuorum(head));
        remarks.addAll(others.remarks());
        recomputation.requireStory();
        return recomputation.unconcluded();
    }

    /** The key given, or else the one that the policy names for this log. */
    private Optional<VerifierKey> keyOf(SignedCheckpoint signed) {
        return trust.log().or(() -> trust.policy().log(signed.checkpoint().origin()));
    }

    /** So many entries stand under a checkpoint that enough witnesses cosigned. */
    private long entriesUnderQuorum(Head head) {
        return Stream.concat(Stream.of(head.last()), head.witnessed().stream())
                .filter(cosigned -> trust.policy().isMetBy(cosigned.cosigners()))
                .mapToLong(cosigned -> cosigned.signed().checkpoint().size())
                .max()
                .orElse(0);
    }

    private Optional<VerificationReport.Quorum> quorum(long entries) {
        return trust.policy().asksNobody()
                ? Optional.empty()
                : Optional.of(new VerificationReport.Quorum(trust.policy().toString(), entries));
    }

    private void requireQuorum(Head head) throws Fault {
        long entries = entriesUnderQuorum(head);
        if (entries < head.signed().checkpoint().size()) {
            throw new Fault(
                    entries,
                    "From this entry on the log stands under no checkpoint that witnesses cosigned: " + trust.policy()
                            + " are asked for.");
        }
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

    private void requireRightLog(Head head) throws Fault {
        Optional<VerifierKey> key = keyOf(head.signed());
        if (key.isEmpty() && !trust.policy().logs().isEmpty()) {
            throw new Fault(0, "The policy does not know this log.");
        }
        if (key.isPresent() && !head.signed().isFrom(key.get())) {
            throw new Fault(0, "The checkpoint is not signed by the log's key.");
        }
        String origin = head.signed().checkpoint().origin();
        if (trust.pinned().isPresent()
                && !trust.pinned().get().checkpoint().origin().equals(origin)) {
            throw new Fault(0, "The pinned checkpoint is of another log.");
        }
        requireNoFalseCosignature(head.last());
        if (head.witnessed().isPresent() && !head.witnessed().get().equals(head.last())) {
            requireNoFalseCosignature(head.witnessed().get());
            requireRightWitnessed(head.witnessed().get().signed(), origin, key);
        }
        if (head.witnessed().isPresent()
                && !trust.policy().isMetBy(head.witnessed().get().cosigners())) {
            throw new Fault(0, "The file witnessed is not cosigned by " + trust.policy() + ".");
        }
    }

    private void requireNoFalseCosignature(Cosigned checkpoint) throws Fault {
        for (KnownWitness witness : trust.policy().witnesses()) {
            if (checkpoint.signed().note().names(witness.key())
                    && !checkpoint.cosigners().contains(witness.name())) {
                throw new Fault(0, "A signature under the name and key of witness " + witness.name() + " is not its.");
            }
        }
    }

    private void requireRightWitnessed(SignedCheckpoint witnessed, String origin, Optional<VerifierKey> key)
            throws Fault {
        if (!witnessed.checkpoint().origin().equals(origin) || (key.isPresent() && !witnessed.isFrom(key.get()))) {
            throw new Fault(0, "The file witnessed is not signed by the log's key.");
        }
    }

    private VerificationReport report(Head head, Optional<Fault> fault, List<Long> unconcluded, List<String> remarks) {
        Checkpoint checkpoint = head.signed().checkpoint();
        Stream<String> given = trust.witnesses().stream()
                .filter(head.signed().note()::isSignedBy)
                .map(VerifierKey::name);
        return new VerificationReport(
                checkpoint.size(),
                Optional.of(checkpoint.root()),
                checkpoint.origin(),
                fault.map(found -> OptionalLong.of(found.index())).orElse(OptionalLong.empty()),
                fault.map(Fault::problem).orElse(""),
                unconcluded,
                Stream.concat(given, head.last().cosigners().stream().sorted()).toList(),
                quorum(entriesUnderQuorum(head)),
                remarks);
    }

    /** The witnessed checkpoint is read first: while a log grows, the other one is never the older of the two. */
    private Head headIn(LogFiles files) throws IOException, Fault {
        Optional<byte[]> witnessed = files.witnessed();
        Optional<byte[]> checkpoint = files.checkpoint();
        if (checkpoint.isEmpty()) {
            throw new Fault(0, "A file is missing: checkpoint.");
        }
        Cosigned last = cosigned(parsed("checkpoint", checkpoint.get()));
        if (witnessed.isEmpty()) {
            return new Head(last, Optional.empty());
        }
        SignedCheckpoint other = parsed("witnessed", witnessed.get());
        return new Head(last, Optional.of(other.equals(last.signed()) ? last : cosigned(other)));
    }

    private Cosigned cosigned(SignedCheckpoint signed) {
        return new Cosigned(signed, trust.policy().cosigners(signed));
    }

    private static SignedCheckpoint parsed(String name, byte[] bytes) throws Fault {
        try {
            return SignedCheckpoint.parse(bytes);
        } catch (MalformedNoteException e) {
            throw new Fault(0, "The file " + name + " is none. " + e.getMessage());
        }
    }
}
