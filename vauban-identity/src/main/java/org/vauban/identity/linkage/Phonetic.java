package org.vauban.identity.linkage;

/**
 * How a name sounds to a French ear, roughly: words that are pronounced alike get one code. Used to propose pairs, never to
 * decide on them, so it may err towards sameness.
 */
final class Phonetic {

    private static final int LENGTH_MAX = 5;

    /** Spellings and their sound, longest first; digits stand for sounds without a letter of their own. */
    private static final String[][] SOUNDS = {
        {"EAU", "O"},
        {"AUX", "O"},
        {"TIO", "SO"},
        {"SCH", "C"},
        {"TCH", "C"},
        {"OEU", "E"},
        {"AU", "O"},
        {"OU", "U"},
        {"AI", "E"},
        {"EI", "E"},
        {"AY", "E"},
        {"EY", "E"},
        {"OE", "E"},
        {"EU", "E"},
        {"PH", "F"},
        {"QU", "K"},
        {"CH", "C"},
        {"SH", "C"},
        {"GU", "G"},
        {"GN", "N"},
        {"CK", "K"},
        {"TH", "T"},
        {"GE", "JE"},
        {"GI", "JI"},
        {"GY", "JI"},
        {"CE", "SE"},
        {"CI", "SI"},
        {"CY", "SI"},
        {"DG", "J"},
        {"AM", "AN"},
        {"EM", "AN"},
        {"EN", "AN"},
        {"IM", "IN"},
        {"OM", "ON"},
        {"YM", "IN"},
        {"YN", "IN"},
        {"C", "K"},
        {"Q", "K"},
        {"W", "V"},
        {"Y", "I"},
        {"Z", "S"},
        {"X", "S"},
        {"H", ""},
    };

    private Phonetic() {}

    /** The code of one word in capitals: its first sound, then its consonants; empty for an empty word. */
    static String of(String word) {
        if (word.isEmpty()) {
            return "";
        }
        String sounds = sounds(silentEndDropped(word));
        var code = new StringBuilder(LENGTH_MAX);
        char last = 0;
        for (int i = 0; i < sounds.length() && code.length() < LENGTH_MAX; i++) {
            char sound = sounds.charAt(i);
            boolean vowel = "AEIOU".indexOf(sound) >= 0;
            if (i == 0 || (!vowel && sound != last)) {
                code.append(vowel ? 'A' : sound);
            }
            last = sound;
        }
        return code.toString();
    }

    private static String silentEndDropped(String word) {
        int end = word.length();
        while (end > 3 && "STXDEZP".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(0, end);
    }

    private static String sounds(String word) {
        var sounds = new StringBuilder(word.length());
        int at = 0;
        while (at < word.length()) {
            int length = 1;
            String sound = word.substring(at, at + 1);
            for (String[] rule : SOUNDS) {
                if (word.startsWith(rule[0], at)) {
                    length = rule[0].length();
                    sound = rule[1];
                    break;
                }
            }
            sounds.append(sound);
            at += length;
        }
        return sounds.isEmpty() ? word : sounds.toString();
    }
}
