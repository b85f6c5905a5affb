package org.vauban.ledger.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.vauban.ledger.note.Cosigner;
import org.vauban.ledger.note.Note;
import org.vauban.ledger.note.NoteSignature;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.tree.ConsistencyProof;
import org.vauban.ledger.tree.Hash;

/**
 * One log as this witness knows it: its key, and the last checkpoint that was cosigned. The promise of the whole package is kept in
 * {@link #answer}: compare with what was cosigned last, sign, make it durable, answer; one submission at a time.
 *
 * <p>What was cosigned last is kept as the cosigned note itself, so that what is read back after a restart is what this witness's own
 * signature vouches for. A log that nothing was cosigned of has an empty file: one that is missing was taken away, and a witness
 * that has forgotten what it signed would sign another history.
 */
final class KnownLog {

    private static final String KEY = "key";
    private static final String CHECKPOINT = "checkpoint";

    private final Path folder;
    private final VerifierKey key;
    private Optional<Note> latest;
    /** After a write that failed nobody knows what is on the disk; a new start reads it. */
    private boolean stopped;

    private KnownLog(Path folder, VerifierKey key, Optional<Note> latest) {
        this.folder = folder;
        this.key = key;
        this.latest = latest;
    }

    /** Begins to know a log. */
    static KnownLog add(Path logs, VerifierKey key) throws IOException {
        Path folder = logs.resolve(nameOf(key.name()));
        Path unfinished = logs.resolve(folder.getFileName() + ".new");
        PrivateFiles.createFolder(unfinished);
        PrivateFiles.replace(unfinished.resolve(KEY), (key + "\n").getBytes(UTF_8));
        PrivateFiles.replace(unfinished.resolve(CHECKPOINT), new byte[0]);
        PrivateFiles.moveFolder(unfinished, folder);
        return new KnownLog(folder, key, Optional.empty());
    }

    /** Reads back what is known of a log, and refuses what this witness's own signature does not vouch for. */
    static KnownLog open(Path folder, VerifierKey own) throws IOException {
        try {
            VerifierKey key =
                    VerifierKey.parse(Files.readString(folder.resolve(KEY)).strip());
            byte[] bytes = Files.readAllBytes(folder.resolve(CHECKPOINT));
            Optional<Note> latest = bytes.length == 0 ? Optional.empty() : Optional.of(Note.parse(bytes));
            boolean vouched = latest.isEmpty()
                    || (latest.get().isSignedBy(own)
                            && latest.get().isSignedBy(key)
                            && TreeHead.in(latest.get()).origin().equals(key.name()));
            if (!vouched || !folder.endsWith(nameOf(key.name()))) {
                throw new WitnessException(WitnessException.Code.WITNESS_STATE_BROKEN, folder);
            }
            return new KnownLog(folder, key, latest);
        } catch (NoSuchFileException | IllegalArgumentException broken) {
            throw new WitnessException(WitnessException.Code.WITNESS_STATE_BROKEN, folder, broken);
        }
    }

    /** The name under which a log's files lie, and are asked for: SHA-256 of its origin. */
    static String nameOf(String origin) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(origin.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", impossible);
        }
    }

    VerifierKey key() {
        return key;
    }

    /** The last cosigned checkpoint, with the log's signature and this witness's. */
    synchronized Optional<Note> latest() {
        return latest;
    }

    /** The size that was cosigned last; 0 before the first time. */
    synchronized long size() {
        return latest.map(note -> TreeHead.in(note).size()).orElse(0L);
    }

    synchronized Answer answer(Submission submission, Cosigner cosigner, Clock clock) {
        TreeHead head = submission.head();
        Optional<NoteSignature> byLog = submission.checkpoint().signatureBy(key);
        if (byLog.isEmpty()) {
            return new Answer.NotSigned();
        }
        if (submission.oldSize() > head.size()) {
            return new Answer.Malformed("The old size is larger than the checkpoint's.");
        }
        if (submission.oldSize() != size()) {
            return new Answer.OtherSize(size());
        }
        Hash oldRoot = latest.map(note -> TreeHead.in(note).root()).orElse(Hash.EMPTY_TREE);
        var proof = new ConsistencyProof(submission.oldSize(), head.size(), submission.path());
        if (!proof.proves(oldRoot, head.root())) {
            return new Answer.Inconsistent();
        }
        String text = submission.checkpoint().text();
        NoteSignature cosignature = cosigner.cosign(text, clock.instant());
        keep(new Note(text, List.of(byLog.get(), cosignature)));
        return new Answer.Cosigned(cosignature);
    }

    private void keep(Note cosigned) {
        if (stopped) {
            throw new UncheckedIOException(new IOException("an earlier write failed; start the witness again"));
        }
        stopped = true;
        try {
            PrivateFiles.replace(folder.resolve(CHECKPOINT), cosigned.encode());
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
        stopped = false;
        latest = Optional.of(cosigned);
    }
}
