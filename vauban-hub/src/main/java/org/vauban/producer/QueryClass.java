package org.vauban.producer;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What kind of question read rows; what was asked is not told. */
public enum QueryClass {
    /** A study: cohorts, time at risk, estimates. */
    STUDY,
    /** Rows looked at inside the project space. */
    EXPLORE,
    /** Persons counted by columns. */
    TABULATE,
    /** Nobody can tell any more: what the log was told has been erased. */
    ERASED;

    /** The word in lists: {@code study}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By what the log was told when the analysis began. */
    static QueryClass of(Optional<Map<String, String>> said) {
        return said.map(QueryClass::of).orElse(ERASED);
    }

    private static QueryClass of(Map<String, String> said) {
        return switch (said.getOrDefault("sql", "")) {
            case "explore" -> EXPLORE;
            case "tabulate" -> TABULATE;
            default -> STUDY;
        };
    }
}
