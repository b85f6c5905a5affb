package org.vauban.ledger.log;

/**
 * The log cannot take an entry, so the act that the entry stands for must not happen.
 *
 * <p>Except for {@link Reason#BROKEN}, nothing has changed: the same append may be tried again later.
 */
public final class LogUnwritableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why, and what may be done about it. */
    public enum Reason {
        /** Another writer has the log open. */
        IN_USE,
        /** The file system is full, read-only or failing. */
        STORAGE,
        /** The log's key could not be reached or did not sign. */
        SIGNER,
        /**
         * The disk did not confirm what it was given, or gave back something else. What is on it is unknown, so this writer
         * stops for good. Open the log again and look at its size: the append is either whole in it or absent.
         */
        BROKEN
    }

    private final Reason reason;

    LogUnwritableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    LogUnwritableException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
