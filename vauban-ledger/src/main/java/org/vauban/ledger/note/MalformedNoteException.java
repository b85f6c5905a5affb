package org.vauban.ledger.note;

/** The bytes are not a note, a checkpoint or a key in the one form that C2SP allows. Says what was expected, quotes nothing. */
public final class MalformedNoteException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    MalformedNoteException(String message) {
        super(message);
    }
}
