package org.vauban.study;

/**
 * Ages in whole years, first and last included. A person's age is the calendar year less the year of birth, as everywhere in a study: of
 * a birthday only the year is read, so everybody is a year older on 1 January.
 */
public record AgeGroup(int from, int to) {
    public static final int AGE_MAX = 150;

    public AgeGroup {
        if (from < 0 || to < from || to > AGE_MAX) {
            throw new IllegalArgumentException("An age group ascends from 0 to at most " + AGE_MAX);
        }
    }

    boolean holds(int age) {
        return from <= age && age <= to;
    }

    boolean meets(AgeGroup other) {
        return from <= other.to && other.from <= to;
    }

    /** What readers see, such as {@code 40-64}. */
    public String label() {
        return from + "-" + to;
    }
}
