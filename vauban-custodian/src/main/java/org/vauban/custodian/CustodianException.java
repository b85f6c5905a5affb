package org.vauban.custodian;

import org.jspecify.annotations.Nullable;

/** A custodian did not do what was asked. The message says why and holds neither key bytes nor content. */
public final class CustodianException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    CustodianException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Why. Switch on it without a default. */
    public Kind kind() {
        return kind;
    }

    /** The four ways in which a custodian fails a caller. */
    public enum Kind {
        /** Nobody answers: not started, stopped, too slow, or not reachable. */
        ABSENT(0),
        /** The custodian answers, and says no. */
        REFUSED(1),
        /** A tag does not match: the bytes were changed, or belong to another key or another place. */
        BROKEN(2),
        /** The two sides do not speak the same language, or a bound was exceeded. */
        PROTOCOL(3);

        /** The status in an answer's first byte; 0 is never sent as a failure, for the absent do not answer. */
        private final int number;

        Kind(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        static Kind of(int number) {
            return switch (number) {
                case 1 -> REFUSED;
                case 2 -> BROKEN;
                default -> PROTOCOL;
            };
        }
    }

    static CustodianException absent(String message, @Nullable Throwable cause) {
        return new CustodianException(Kind.ABSENT, message, cause);
    }

    static CustodianException refused(String message) {
        return new CustodianException(Kind.REFUSED, message, null);
    }

    static CustodianException refused(String message, Throwable cause) {
        return new CustodianException(Kind.REFUSED, message, cause);
    }

    static CustodianException broken(String message) {
        return new CustodianException(Kind.BROKEN, message, null);
    }

    static CustodianException protocol(String message) {
        return new CustodianException(Kind.PROTOCOL, message, null);
    }
}
