package org.vauban.app.terminal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The two languages of the program. Written without streams, because every start passes here. */
public final class Languages {
    private static final List<String> VARIABLES = List.of("VAUBAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG");

    private Languages() {}

    /** French when {@code --lang}, {@code VAUBAN_LANG} or the system's locale says so, in that order; else English. */
    public static Locale choose(Optional<String> asked, Map<String, String> environment) {
        if (asked.isPresent()) {
            return of(asked.get());
        }
        for (String variable : VARIABLES) {
            String value = environment.getOrDefault(variable, "");
            if (!value.isBlank()) {
                return of(value);
            }
        }
        return Locale.ENGLISH;
    }

    public static Locale of(String name) {
        return name.startsWith("fr") ? Locale.FRENCH : Locale.ENGLISH;
    }
}
