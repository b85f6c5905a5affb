package org.vauban.study;

/** Days counted from the day of entry, first and last included: -365 to -1 is the year before. */
public record DayWindow(int fromDay, int toDay) {
    public DayWindow {
        if (toDay < fromDay) {
            throw new IllegalArgumentException("A window does not end before it begins");
        }
    }

    boolean holds(int days) {
        return fromDay <= days && days <= toDay;
    }
}
