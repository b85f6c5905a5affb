package org.vauban.trajectory;

import java.time.LocalDate;

/**
 * A stretch of days, both ends counted. Events that start outside it are not read, and observation is cut to it.
 *
 * @param from the first day
 * @param to the last day
 */
public record Period(LocalDate from, LocalDate to) {
    /** Every day that a health record can name. */
    public static final Period ALWAYS = new Period(LocalDate.of(1600, 1, 1), LocalDate.of(2999, 12, 31));

    public Period {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A period does not end before it begins");
        }
    }

    public boolean contains(Period other) {
        return !other.from.isBefore(from) && !other.to.isAfter(to);
    }

    @Override
    public String toString() {
        return from + " – " + to;
    }
}
