package org.vauban.cohort;

import java.util.OptionalInt;

/**
 * Calendar days, either bound open.
 *
 * @param startDay days since 1970-01-01
 * @param endDay days since 1970-01-01
 */
public record CalendarWindow(OptionalInt startDay, OptionalInt endDay) {
    public static CalendarWindow open() {
        return new CalendarWindow(OptionalInt.empty(), OptionalInt.empty());
    }

    public boolean isOpen() {
        return startDay.isEmpty() && endDay.isEmpty();
    }
}
