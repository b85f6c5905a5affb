package org.vauban.ledger.witness;

import org.vauban.ledger.note.NoteSignature;

/** What a witness says to a submission: C2SP tlog-witness has a status for each. */
sealed interface Answer {

    /** 200: the log only grew, and this says so. It is on the disk. */
    record Cosigned(NoteSignature signature) implements Answer {}

    /** 400: no submission, or one whose old size is beyond its own checkpoint. */
    record Malformed(String why) implements Answer {}

    /** 403: the key that belongs to this log did not sign. */
    record NotSigned() implements Answer {}

    /** 404: this witness does not know the log. */
    record UnknownLog() implements Answer {}

    /** 409: the sender believes that this witness is at another size than it is. */
    record OtherSize(long size) implements Answer {}

    /** 422: the proof does not show that the log only grew. Where the log's key signed this, it is evidence against the log. */
    record Inconsistent() implements Answer {}
}
