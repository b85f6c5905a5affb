package org.vauban.disclosure;

import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Why something is withheld, where, and what to change. The words name no number and no bound: "fewer than so many" or
 * "more than so much per cent" would tell about the very figure that is withheld.
 *
 * @param code the stable code
 * @param place the arm, step, row or cell, in the output's own labels; empty for the whole output
 */
public record Reason(Code code, String place) {
    static Reason of(Code code) {
        return new Reason(code, "");
    }

    static Reason of(Code code, String place) {
        return new Reason(code, place);
    }

    /** Codes that programs rely on; each has a sentence and a remedy in both languages. */
    public enum Code {
        NOTHING_LEFT,
        TOTAL_NOT_SUM,
        TABLE_TOO_LARGE,
        GROUP_TOO_SMALL,
        OUTCOME_TOO_RARE,
        LEVEL_TOO_RARE,
        MODEL_TOO_RICH,
        NOT_ESTIMABLE,
        ALMOST_THE_SAME_PERSONS,
        PERSON_TWICE
    }

    /** What is the matter. */
    public String sentence(Locale language) {
        String sentence = text(code.name(), language);
        return place.isEmpty() ? sentence : place + ": " + sentence;
    }

    /** What to change. */
    public String remedy(Locale language) {
        return text(code.name() + ".remedy", language);
    }

    @Override
    public String toString() {
        return code + ": " + sentence(Locale.ENGLISH);
    }

    private static String text(String key, Locale language) {
        return ResourceBundle.getBundle(
                        "org.vauban.disclosure.reasons",
                        "fr".equals(language.getLanguage()) ? Locale.FRENCH : Locale.ENGLISH,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
    }
}
