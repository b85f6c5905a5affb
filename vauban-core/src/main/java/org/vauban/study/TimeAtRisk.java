package org.vauban.study;

/**
 * The days on which an outcome counts, first and last included, never beyond the end of observation.
 *
 * @param startAnchor from which day of the exposure the start is counted
 * @param startDays days added to it
 * @param endAnchor from which day the end is counted
 * @param endDays days added to it
 * @param leastDays fewest days at risk a person must have
 */
public record TimeAtRisk(Anchor startAnchor, int startDays, Anchor endAnchor, int endDays, int leastDays) {
    public TimeAtRisk {
        if (leastDays < 1) {
            throw new IllegalArgumentException("Time at risk is at least one day");
        }
    }

    /** A day of the exposure. */
    public enum Anchor {
        COHORT_START,
        COHORT_END
    }

    int firstDay(int cohortStart, int cohortEnd) {
        return anchor(startAnchor, cohortStart, cohortEnd) + startDays;
    }

    int lastDay(int cohortStart, int cohortEnd) {
        return anchor(endAnchor, cohortStart, cohortEnd) + endDays;
    }

    private static int anchor(Anchor anchor, int cohortStart, int cohortEnd) {
        return switch (anchor) {
            case COHORT_START -> cohortStart;
            case COHORT_END -> cohortEnd;
        };
    }
}
