package org.vauban.ledger.log;

/** The files are not what the log's last checkpoint signed. Nothing is written on top of damage; run the verifier. */
public final class LogDamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogDamagedException(String message) {
        super(message);
    }

    LogDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
