package org.vauban.procedure;

import java.util.Locale;

/** A name in the hub's two languages. */
public record Label(String french, String english) {
    public String in(Locale language) {
        return "fr".equals(language.getLanguage()) ? french : english;
    }
}
