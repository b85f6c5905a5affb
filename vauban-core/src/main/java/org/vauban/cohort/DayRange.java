package org.vauban.cohort;

/** A range of days since 1970-01-01; {@code extent} as in {@link NumberRange}. */
public record DayRange(Comparison comparison, int value, int extent) {
    public boolean contains(int day) {
        return comparison.holds(day, value, extent);
    }
}
