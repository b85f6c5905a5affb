package org.vauban.identity.linkage;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Brings texts to one spelling: capitals without accents, words apart by single spaces, French particles aside. */
final class Spelling {

    /** What programs write where there is nothing. */
    private static final Set<String> NOTHING = Set.of("", "NA", "N/A", "NULL", "NAN", "NONE");

    /** A particle says little and comes and goes between files. */
    private static final Set<String> PARTICLES = Set.of("DE", "DU", "DES", "D", "VAN", "VON", "DER", "DEN");

    /** Halves of names that are written apart or together: LE GOFF, LEGOFF. */
    private static final Set<String> HALVES = Set.of("LE", "LA", "L", "O", "MC");

    private static final String[] NO_WORDS = {};

    private Spelling() {}

    static boolean missing(String value) {
        return value.length() <= 4 && NOTHING.contains(value.strip().toUpperCase(Locale.ROOT));
    }

    /** Letters and digits in capitals; everything else parts words. Empty for a missing value. */
    static String plain(String value) {
        if (missing(value)) {
            return "";
        }
        String apart = isAscii(value) ? value : unaccented(value);
        var plain = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); i++) {
            char letter = Character.toUpperCase(apart.charAt(i));
            if (Character.isLetterOrDigit(letter)) {
                plain.append(letter);
            } else if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != ' ') {
                plain.append(' ');
            }
        }
        return plain.toString().stripTrailing();
    }

    static String[] words(String value) {
        String plain = plain(value);
        return plain.isEmpty() ? NO_WORDS : plain.split(" ", -1);
    }

    /** The words of a surname without its particles, unless nothing else would be left; LE GOFF and LEGOFF are one. */
    static String[] surname(String value) {
        String[] words = words(value);
        List<String> kept = new ArrayList<>(words.length);
        for (int i = 0; i < words.length; i++) {
            boolean half = HALVES.contains(words[i]);
            if (half && i + 1 < words.length) {
                words[i + 1] = words[i] + words[i + 1];
            } else if (!PARTICLES.contains(words[i])) {
                kept.add(words[i].equals("SAINT") ? "ST" : words[i].equals("SAINTE") ? "STE" : words[i]);
            }
        }
        return kept.isEmpty() ? words : kept.toArray(String[]::new);
    }

    static String digits(String value) {
        var digits = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= '0' && value.charAt(i) <= '9') {
                digits.append(value.charAt(i));
            }
        }
        return digits.toString();
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String unaccented(String value) {
        String ligatures = value.replace("œ", "oe")
                .replace("Œ", "OE")
                .replace("æ", "ae")
                .replace("Æ", "AE")
                .replace("ß", "ss");
        String decomposed = Normalizer.normalize(ligatures, Normalizer.Form.NFD);
        var letters = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            if (Character.getType(decomposed.charAt(i)) != Character.NON_SPACING_MARK) {
                letters.append(decomposed.charAt(i));
            }
        }
        return letters.toString();
    }
}
