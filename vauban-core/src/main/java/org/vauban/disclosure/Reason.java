package org.vauban.disclosure;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * Why something is withheld, where, and what to change. The words name no number and no bound: "fewer than so many" or
 * "more than so much per cent" would tell about the very figure that is withheld.
 *
 * @param code the stable code
 * @param place the arm, step, row or cell, in the output's own labels; empty for the whole output
 * @param merging categories that would have to become one for the output to pass, where that is known
 */
public record Reason(Code code, String place, Optional<Merging> merging) {
    static Reason of(Code code) {
        return of(code, "");
    }

    static Reason of(Code code, String place) {
        return new Reason(code, place, Optional.empty());
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
        PERSON_TWICE,
        NEGATIVE_VALUE
    }

    /** What is the matter. */
    public String sentence(Locale language) {
        String sentence = text(code.name(), language);
        return place.isEmpty() ? sentence : place + ": " + sentence;
    }

    /** What to change. */
    public String remedy(Locale language) {
        String remedy = text(code.name() + ".remedy", language);
        return merging.map(categories -> remedy + " "
                        + new MessageFormat(text("merging", language), language)
                                .format(new Object[] {categories.text()}))
                .orElse(remedy);
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
