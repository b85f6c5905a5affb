package org.vauban.problem;

import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The sentences, remedies and phrases in French for French, in English for all else. */
final class ProblemTexts {
    private ProblemTexts() {}

    static String text(String key, Locale language) {
        try {
            return in(language).getString(key);
        } catch (MissingResourceException missing) {
            return key;
        }
    }

    static ResourceBundle in(Locale language) {
        return ResourceBundle.getBundle(
                "org.vauban.problem.problems",
                "fr".equals(language.getLanguage()) ? Locale.FRENCH : Locale.ENGLISH,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
