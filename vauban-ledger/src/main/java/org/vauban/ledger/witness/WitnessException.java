package org.vauban.ledger.witness;

import java.util.Locale;
import java.util.ResourceBundle;

/** Why a witness does not do what its operator asks, as a stable code with a sentence and a remedy in both languages. */
public final class WitnessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;
    private static final int INTEGRITY_BROKEN = 4;

    /** The codes, each with the exit status of the command line. */
    public enum Code {
        WITNESS_USAGE(WRONG_INPUT),
        WITNESS_FOLDER(WRONG_INPUT),
        WITNESS_ABSENT(WRONG_INPUT),
        WITNESS_EXISTS(WRONG_INPUT),
        WITNESS_NAME(WRONG_INPUT),
        WITNESS_TOO_NEW(WRONG_INPUT),
        WITNESS_PASSPHRASE(WRONG_INPUT),
        WITNESS_PASSPHRASE_FILE(WRONG_INPUT),
        WITNESS_LOG_KEY(WRONG_INPUT),
        WITNESS_LOG_KNOWN(WRONG_INPUT),
        WITNESS_IN_USE(FAILED),
        WITNESS_PORT(FAILED),
        WITNESS_DISK(FAILED),
        WITNESS_STATE_BROKEN(INTEGRITY_BROKEN);

        private final int exitStatus;

        Code(int exitStatus) {
            this.exitStatus = exitStatus;
        }

        int exitStatus() {
            return exitStatus;
        }
    }

    private final Code code;
    private final String found;

    WitnessException(Code code, Object found) {
        super(code + ": " + found);
        this.code = code;
        this.found = String.valueOf(found);
    }

    WitnessException(Code code, Object found, Throwable cause) {
        super(code + ": " + found, cause);
        this.code = code;
        this.found = String.valueOf(found);
    }

    public Code code() {
        return code;
    }

    /** One line for people: code, sentence, remedy. */
    String line(Locale language) {
        ResourceBundle words = Words.in(language);
        return code + ": " + words.getString(code.name()).replace("{found}", found) + " \u2192 "
                + words.getString(code + ".remedy").replace("{found}", found);
    }
}
