package org.vauban.ledger.entry;

import java.util.regex.Pattern;

/**
 * The words a header may hold. Names, addresses and free text do not fit their form, and neither does a French national
 * health number (NIR) or a telephone number. The messages never repeat what was refused.
 */
final class Words {

    private static final int LONGEST_CODE = 64;
    private static final int LONGEST_REFERENCE = 128;
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{9,}");

    /** Thirteen or fifteen digits, department 2A or 2B included, with or without separators. */
    private static final Pattern NIR = Pattern.compile(
            "[1-478] [0-9]{2} [0-9]{2} (?:[0-9]{2}|2[ABab]) [0-9]{3} [0-9]{3}(?: [0-9]{2})?".replace(" ", "[._:/-]?"));

    private Words() {}

    /** A word of a fixed list: an act, a result, a purpose. */
    static String requireCode(String field, String value) {
        boolean isCode = consistsOf(value, LONGEST_CODE, "._-") && isLetter(value.charAt(0));
        if (!isCode) {
            throw new IllegalArgumentException("The " + field + " of an entry is a code of at most " + LONGEST_CODE
                    + " letters, digits, '.', '_' or '-', beginning with a letter.");
        }
        return value;
    }

    /** A pseudonym or an identifier that the hub made: of an actor, an object, a permit. */
    static String requireReference(String field, String value) {
        boolean isReference = consistsOf(value, LONGEST_REFERENCE, "._:/-")
                && (isLetter(value.charAt(0)) || isDigit(value.charAt(0)));
        if (!isReference) {
            throw new IllegalArgumentException(
                    "The " + field + " of an entry is an identifier of at most " + LONGEST_REFERENCE
                            + " letters, digits, '.', '_', ':', '/' or '-', beginning with a letter or a digit.");
        }
        if (LONG_NUMBER.matcher(value).matches() || NIR.matcher(value).matches()) {
            throw new IllegalArgumentException("The " + field
                    + " of an entry looks like a number that belongs to a person; use the hub's own identifier.");
        }
        return value;
    }

    /** Not empty, not too long, and nothing but ASCII letters, digits and these signs. */
    private static boolean consistsOf(String value, int longest, String signs) {
        if (value.isEmpty() || value.length() > longest) {
            return false;
        }
        for (int place = 0; place < value.length(); place++) {
            char character = value.charAt(place);
            if (!isLetter(character) && !isDigit(character) && signs.indexOf(character) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
