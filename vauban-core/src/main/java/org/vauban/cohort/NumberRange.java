package org.vauban.cohort;

/**
 * A range of numbers, as compared: whole numbers are cut to whole and others rounded to four decimals, as OHDSI's tools write them
 * into their queries.
 *
 * @param extent the second bound where the comparison has one, otherwise the same as {@code value}
 */
public record NumberRange(Comparison comparison, double value, double extent) {
    /** Whether a number that exists is in the range. */
    public boolean contains(double found) {
        return comparison.holds(found, value, extent);
    }
}
