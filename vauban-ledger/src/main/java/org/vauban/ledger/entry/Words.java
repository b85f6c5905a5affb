package org.vauban.ledger.entry;

import java.util.regex.Pattern;

/**
 * The words a header may hold. Names, addresses and free text do not fit their form, and neither does a French national
 * health number (NIR) or a telephone number. The messages never repeat what was refused.
 */
final class Words {

    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}");
    private static final Pattern SEPARATORS = Pattern.compile("[._:/-]");
    private static final Pattern NIR = Pattern.compile("[1-478][0-9]{4}(?:[0-9]{2}|2[ABab])[0-9]{6}(?:[0-9]{2})?");
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{9,}");

    private Words() {}

    /** A word of a fixed list: an act, a result, a purpose. */
    static String requireCode(String field, String value) {
        if (!CODE.matcher(value).matches()) {
            throw new IllegalArgumentException("The " + field
                    + " of an entry is a code of at most 64 letters, digits, '.', '_' or '-', beginning with a letter.");
        }
        return value;
    }

    /** A pseudonym or an identifier that the hub made: of an actor, an object, a permit. */
    static String requireReference(String field, String value) {
        if (!REFERENCE.matcher(value).matches()) {
            throw new IllegalArgumentException("The " + field
                    + " of an entry is an identifier of at most 128 letters, digits, '.', '_', ':', '/' or '-'.");
        }
        if (LONG_NUMBER.matcher(value).matches()
                || NIR.matcher(SEPARATORS.matcher(value).replaceAll("")).matches()) {
            throw new IllegalArgumentException(
                    "The " + field + " of an entry looks like a number that belongs to a person; use the hub's own identifier.");
        }
        return value;
    }
}
