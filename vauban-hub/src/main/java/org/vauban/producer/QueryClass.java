package org.vauban.producer;

import java.util.Locale;
import java.util.Map;

/** What kind of question read rows; what was asked is not told. */
public enum QueryClass {
    /** A study: cohorts, time at risk, estimates. */
    STUDY,
    /** Rows looked at inside the project space. */
    EXPLORE,
    /** Persons counted by columns. */
    TABULATE;

    /** The word in lists: {@code study}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By what the log was told when the analysis began. */
    static QueryClass of(Map<String, String> said) {
        return switch (said.getOrDefault("sql", "")) {
            case "explore" -> EXPLORE;
            case "tabulate" -> TABULATE;
            default -> STUDY;
        };
    }
}
