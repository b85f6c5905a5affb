package org.vauban.output;

import java.util.Locale;

/**
 * Labels that a study's author wrote in both languages, English first: {@code Kidney disease | Maladie rénale}. A label without the bar is
 * the same in both.
 */
public final class TwoLanguages {
    private static final String BAR = " | ";

    private TwoLanguages() {}

    /** The part of a label that readers of this language see; files for programs have the English one. */
    public static String in(String label, Locale language) {
        int bar = label.indexOf(BAR);
        if (bar < 0) {
            return label;
        }
        return language.getLanguage().equals("fr") ? label.substring(bar + BAR.length()) : label.substring(0, bar);
    }
}
