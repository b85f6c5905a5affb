package org.vauban.permit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why data may be used: the purposes of Regulation (EU) 2025/327, article 53. What it forbids is no purpose here. */
public enum Purpose {
    PUBLIC_HEALTH,
    POLICY,
    STATISTICS,
    EDUCATION,
    RESEARCH,
    CARE_IMPROVEMENT;

    public static Optional<Purpose> named(String word) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.word().equals(word))
                .findFirst();
    }

    /** All words, for messages. */
    public static String words() {
        return Arrays.stream(values()).map(Purpose::word).collect(Collectors.joining(", "));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
