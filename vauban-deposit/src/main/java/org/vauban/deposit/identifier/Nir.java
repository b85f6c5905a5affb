package org.vauban.deposit.identifier;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The French number of social security: sex, year, month, département, commune, order, and a key of two digits. */
final class Nir {
    static final int DIGITS = 13;
    static final int DIGITS_WITH_KEY = 15;

    private static final int KEY_MODULUS = 97;

    /** Groups may be set apart as people write them: 1 85 05 78 006 084 36. */
    static final Pattern WRITTEN =
            Pattern.compile("(?<![0-9A-Za-z]|\\d[.,])([1-478])([ .-]?)(\\d\\d)\\2(\\d\\d)\\2(\\d\\d|2[ABab])"
                    + "\\2(\\d{3})\\2(\\d{3})(?:[ .-]?(\\d\\d))?(?![0-9A-Za-z])");

    private Nir() {}

    /** Whether so many digits (or a Corsican A or B) stand in one piece; a day and an hour are shorter pieces. */
    static boolean isInOnePiece(String value) {
        int run = 0;
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            boolean belongs = character >= '0' && character <= '9'
                    || run > 0 && (character == 'A' || character == 'B' || character == 'a' || character == 'b');
            run = belongs ? run + 1 : 0;
            if (run >= DIGITS) {
                return true;
            }
        }
        return false;
    }

    /** The thirteen characters of a match. */
    static String digits(Matcher match) {
        return (match.group(1) + match.group(3) + match.group(4) + match.group(5) + match.group(6) + match.group(7))
                .toUpperCase(Locale.ROOT);
    }

    /** Whether the key of a match, if it has one, is the right one. */
    static boolean hasRightKey(Matcher match) {
        return match.group(8) != null && Integer.parseInt(match.group(8)) == key(digits(match));
    }

    /** Whether the match has a key at all. */
    static boolean hasKey(Matcher match) {
        return match.group(8) != null;
    }

    static int key(String digits) {
        String number = digits.replace("2A", "19").replace("2B", "18");
        return KEY_MODULUS - (int) (Long.parseLong(number) % KEY_MODULUS);
    }

    /**
     * Without a key to check, a sex of 1 or 2, a month of the calendar (or 20, unknown), a département, a commune and an order must be
     * there. The codes of medicines have thirteen digits too; they begin with 3400, which is no sex.
     */
    static boolean isPlausible(String digits) {
        char sex = digits.charAt(0);
        int month = Integer.parseInt(digits, 3, 5, 10);
        String department = digits.substring(5, 7);
        return (sex == '1' || sex == '2')
                && ((month >= 1 && month <= 12) || month == 20)
                && !department.equals("00")
                && !digits.startsWith("000", 7)
                && !digits.startsWith("000", 10);
    }
}
