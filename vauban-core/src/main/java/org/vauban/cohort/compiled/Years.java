package org.vauban.cohort.compiled;

import java.time.LocalDate;

/** The calendar year of a day, without going through a date: this is asked of every event whose person's age matters. */
final class Years {
    private static final int FIRST = 1800;
    private static final int LAST = 2200;
    private static final double DAYS_IN_A_YEAR = 365.2425;
    private static final int[] STARTS = starts();

    private Years() {}

    static int of(int day) {
        if (day < STARTS[0] || day >= STARTS[LAST - FIRST]) {
            return LocalDate.ofEpochDay(day).getYear();
        }
        int year = (int) ((day - STARTS[0]) / DAYS_IN_A_YEAR);
        if (day < STARTS[year]) {
            return FIRST + year - 1;
        }
        return FIRST + year + (day >= STARTS[year + 1] ? 1 : 0);
    }

    private static int[] starts() {
        int[] starts = new int[LAST - FIRST + 1];
        for (int year = FIRST; year <= LAST; year++) {
            starts[year - FIRST] = Math.toIntExact(LocalDate.of(year, 1, 1).toEpochDay());
        }
        return starts;
    }
}
