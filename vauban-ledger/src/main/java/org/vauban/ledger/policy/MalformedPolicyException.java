package org.vauban.ledger.policy;

/** The file is no policy in the form that C2SP tlog-policy allows. Says in which line and what was expected. */
public final class MalformedPolicyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int line;

    MalformedPolicyException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** The line, counted from 1; the number of lines when something is missing at the end. */
    public int line() {
        return line;
    }
}
