package org.vauban.ledger.entry;

/** The bytes are not an entry in its one canonical form. The message quotes none of them. */
public final class MalformedEntryException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    MalformedEntryException(String message) {
        super(message);
    }

    MalformedEntryException(String message, Throwable cause) {
        super(message, cause);
    }
}
