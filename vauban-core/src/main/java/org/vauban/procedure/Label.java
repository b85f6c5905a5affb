package org.vauban.procedure;

import java.util.Locale;
import java.util.Map;

/** A text in the hub's two languages. */
public record Label(String french, String english) {
    public String in(Locale language) {
        return "fr".equals(language.getLanguage()) ? french : english;
    }

    /** Both texts by the codes of their languages. */
    public Map<String, String> byLanguage() {
        return Map.of("fr", french, "en", english);
    }
}
