package org.vauban.identity.protocol;

import org.jspecify.annotations.Nullable;

/** The identity zone did not do what was asked. The message says why and holds nothing of a person. */
public final class IdentityException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public IdentityException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Why. Switch on it without a default. */
    public Kind kind() {
        return kind;
    }

    /** The ways in which the zone fails a caller. */
    public enum Kind {
        /** Nobody answers: not started, stopped, or too slow. */
        ABSENT(0),
        /** The zone answers, and says no. */
        REFUSED(1),
        /** Sealed bytes were changed, cut, or are for another zone. */
        BROKEN(2),
        /** A message is none, or beyond a bound. */
        PROTOCOL(3),
        /** The zone failed: its disk or its custodian. */
        FAILED(4);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        /** The status in an answer's first byte; 0 is never sent as a failure, for the absent do not answer. */
        public int number() {
            return number;
        }

        static Kind of(int number) {
            return switch (number) {
                case 1 -> REFUSED;
                case 2 -> BROKEN;
                case 4 -> FAILED;
                default -> PROTOCOL;
            };
        }
    }

    public static IdentityException refused(String message) {
        return new IdentityException(Kind.REFUSED, message, null);
    }

    public static IdentityException broken(String message) {
        return new IdentityException(Kind.BROKEN, message, null);
    }

    public static IdentityException protocol(String message) {
        return new IdentityException(Kind.PROTOCOL, message, null);
    }
}
