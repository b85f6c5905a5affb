package org.vauban.synth;

import java.util.List;

/**
 * The days on which a drug is handed out, thirty days' supply each. Gaps stay within the thirty days of the era rule, so
 * that a schedule is one drug era.
 */
record RefillSchedule(List<Integer> days) {
    static final int DAYS_OF_SUPPLY = 30;

    RefillSchedule {
        days = List.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a schedule needs a first day");
        }
    }

    int firstDay() {
        return days.getFirst();
    }

    /** The last day supplied. */
    int lastDay() {
        return days.getLast() + DAYS_OF_SUPPLY - 1;
    }
}
