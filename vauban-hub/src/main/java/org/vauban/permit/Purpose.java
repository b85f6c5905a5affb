package org.vauban.permit;

import java.util.Locale;

/** Why data may be used: the purposes of Regulation (EU) 2025/327, article 53. What it forbids is no purpose here. */
public enum Purpose {
    PUBLIC_HEALTH,
    POLICY,
    STATISTICS,
    EDUCATION,
    RESEARCH,
    CARE_IMPROVEMENT;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
