package org.vauban.identity.linkage;

import java.util.Locale;
import java.util.Optional;

/**
 * A French national identification number (NIR, INS): 13 characters whose two-digit key was checked, and which names its person
 * for good. Corsica's 2A and 2B stand in the département; 99 is a birth abroad.
 *
 * @param text the 13 characters, capitals
 */
public record Nir(String text) {

    private static final int LENGTH = 13;
    private static final int LENGTH_WITH_KEY = 15;
    private static final int KEY_MODULUS = 97;
    /** Ten digits, and Corsica's A and B. */
    private static final int RADIX = 12;
    /** Months of birth, and the numbers that stand for unknown ones. */
    private static final int MONTH_MAX = 12;

    public Nir {
        if (!wellFormed(text)) {
            throw new IllegalArgumentException("A NIR has 13 characters of a certain form.");
        }
    }

    /**
     * The number, when all of it can be trusted: 15 characters whose key is right, of a person registered for good. Numbers that begin
     * with 3, 4, 7 or 8 are provisional: they are replaced one day, and say neither who is one person nor who is not.
     */
    public static Optional<Nir> certain(String written) {
        String text = written.replace(" ", "").toUpperCase(Locale.ROOT);
        if (text.length() != LENGTH_WITH_KEY) {
            return Optional.empty();
        }
        String number = text.substring(0, LENGTH);
        return wellFormed(number) && text.substring(LENGTH).equals(key(number))
                ? Optional.of(new Nir(number))
                : Optional.empty();
    }

    /**
     * Whether it can be this person's, by at least two of sex, year and month of birth. Children stand under a parent's number in
     * many a hospital.
     *
     * @param birthDate as written; unknown ones speak neither for nor against
     * @param sex 1 or 2; anything else is unknown
     */
    public boolean fits(String birthDate, String sex) {
        String date = BirthDates.digits(birthDate);
        int doubts = 0;
        doubts += (sex.equals("1") || sex.equals("2")) && !text.startsWith(sex) ? 1 : 0;
        doubts += date.length() >= 4 && !text.startsWith(date.substring(2, 4), 1) ? 1 : 0;
        int month = Integer.parseInt(text.substring(3, 5));
        boolean known = month >= 1 && month <= MONTH_MAX;
        doubts += known && date.length() == 8 && !text.startsWith(date.substring(4, 6), 3) ? 1 : 0;
        return doubts <= 1;
    }

    /** A number for it, never 0; different for different NIRs. */
    public long number() {
        return Long.parseLong(text, RADIX);
    }

    @Override
    public String toString() {
        return "Nir[not shown]";
    }

    private static boolean wellFormed(String text) {
        if (text.length() != LENGTH || (text.charAt(0) != '1' && text.charAt(0) != '2')) {
            return false;
        }
        for (int at = 1; at < LENGTH; at++) {
            boolean digit = text.charAt(at) >= '0' && text.charAt(at) <= '9';
            boolean corsica = at == 6 && text.charAt(5) == '2' && (text.charAt(at) == 'A' || text.charAt(at) == 'B');
            if (!digit && !corsica) {
                return false;
            }
        }
        return true;
    }

    private static String key(String number) {
        long digits = Long.parseLong(number.replace("2A", "19").replace("2B", "18"));
        return String.format(Locale.ROOT, "%02d", KEY_MODULUS - digits % KEY_MODULUS);
    }
}
