package org.vauban.deposit.identifier;

/**
 * Something that tells who somebody is.
 *
 * @param what what it is
 * @param shape the value with letters as A and digits as 9
 */
public record Finding(What what, String shape) {
    /** What was found. */
    public enum What {
        /** The French number of social security. */
        NIR,
        /** A name of a person in this deposit. */
        NAME,
        /** The number under which the producer knows a person of this deposit. */
        LOCAL_NUMBER,
        /** Street and number of a person in this deposit. */
        ADDRESS,
        E_MAIL,
        TELEPHONE
    }
}
