package org.vauban.procedure;

import java.time.LocalDate;

/**
 * How long somebody may take.
 *
 * @param amount how many of the unit; at least one
 */
public record Term(int amount, Unit unit) {
    /** What a term is counted in. */
    public enum Unit {
        /** Days that are neither Saturday, Sunday nor a French public holiday. */
        WORKING_DAYS,
        DAYS,
        MONTHS
    }

    public Term {
        if (amount < 1) {
            throw new IllegalArgumentException("A term lasts");
        }
    }

    /** The last day of the term; the day on which it begins is not counted. */
    public LocalDate lastDay(LocalDate from) {
        return switch (unit) {
            case WORKING_DAYS -> WorkingDays.after(from, amount);
            case DAYS -> from.plusDays(amount);
            case MONTHS -> from.plusMonths(amount);
        };
    }

    /** The last day on which something that must be done this long before an end can be done. */
    public LocalDate lastDayBefore(LocalDate end) {
        return switch (unit) {
            case WORKING_DAYS -> throw new IllegalArgumentException("Counted back in days or months only");
            case DAYS -> end.minusDays(amount);
            case MONTHS -> end.minusMonths(amount);
        };
    }
}
