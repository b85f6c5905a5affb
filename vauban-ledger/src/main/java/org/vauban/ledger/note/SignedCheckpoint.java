package org.vauban.ledger.note;

import java.util.ArrayList;
import java.util.List;

/**
 * A checkpoint and the note that carries its signatures: what the file {@code checkpoint} holds and what is published.
 *
 * @param checkpoint what the note's text says
 * @param note the text with its signatures, the log's first, then those of witnesses
 */
public record SignedCheckpoint(Checkpoint checkpoint, Note note) {

    public SignedCheckpoint {
        if (!note.text().equals(checkpoint.text())) {
            throw new MalformedNoteException("The note's text is not this checkpoint.");
        }
    }

    public static SignedCheckpoint sign(Checkpoint checkpoint, Signer signer) {
        return new SignedCheckpoint(checkpoint, Note.sign(checkpoint.text(), signer));
    }

    public static SignedCheckpoint parse(byte[] bytes) {
        Note note = Note.parse(bytes);
        return new SignedCheckpoint(Checkpoint.parse(note.text()), note);
    }

    /** Whether the log whose name and key this is signed it. A key speaks only for the log that bears its name. */
    public boolean isFrom(VerifierKey log) {
        return checkpoint.origin().equals(log.name()) && note.isSignedBy(log);
    }

    /** The same checkpoint with a witness's signature; one by the same key gives way to it. */
    public SignedCheckpoint with(NoteSignature cosignature) {
        List<NoteSignature> signatures = new ArrayList<>(note.signatures());
        signatures.removeIf(known -> known.name().equals(cosignature.name()) && known.keyId() == cosignature.keyId());
        signatures.add(cosignature);
        return new SignedCheckpoint(checkpoint, new Note(note.text(), signatures));
    }

    public byte[] encode() {
        return note.encode();
    }
}
