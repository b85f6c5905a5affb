package org.vauban.study;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** How a calendar is cut. Intervals are numbered; numbers ascend with time. */
public enum CalendarInterval {
    /** ISO weeks, from Monday to Sunday. */
    WEEKS {
        @Override
        int of(int day) {
            return Math.floorDiv(day + MONDAY_BEFORE_1970, DAYS_PER_WEEK);
        }

        @Override
        int first(int interval) {
            return interval * DAYS_PER_WEEK - MONDAY_BEFORE_1970;
        }

        @Override
        public String label(int interval) {
            LocalDate monday = LocalDate.ofEpochDay(first(interval));
            return String.format(
                    Locale.ROOT,
                    "%d-W%02d",
                    monday.get(IsoFields.WEEK_BASED_YEAR),
                    monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        }
    },
    MONTHS {
        @Override
        int of(int day) {
            return month(day);
        }

        @Override
        int first(int interval) {
            return firstOfMonth(interval);
        }

        @Override
        public String label(int interval) {
            return String.format(
                    Locale.ROOT,
                    "%d-%02d",
                    Math.floorDiv(interval, MONTHS_PER_YEAR),
                    Math.floorMod(interval, MONTHS_PER_YEAR) + 1);
        }
    },
    QUARTERS {
        @Override
        int of(int day) {
            return Math.floorDiv(month(day), MONTHS_PER_QUARTER);
        }

        @Override
        int first(int interval) {
            return firstOfMonth(interval * MONTHS_PER_QUARTER);
        }

        @Override
        public String label(int interval) {
            int quarters = MONTHS_PER_YEAR / MONTHS_PER_QUARTER;
            return Math.floorDiv(interval, quarters) + "-Q" + (Math.floorMod(interval, quarters) + 1);
        }
    },
    YEARS {
        @Override
        int of(int day) {
            return Math.floorDiv(month(day), MONTHS_PER_YEAR);
        }

        @Override
        int first(int interval) {
            return firstOfMonth(interval * MONTHS_PER_YEAR);
        }

        @Override
        public String label(int interval) {
            return String.valueOf(interval);
        }
    },
    /** All days of the study in one. Its label names no day: the first and the last would be somebody's. */
    OVERALL {
        @Override
        int of(int day) {
            return 0;
        }

        @Override
        int first(int interval) {
            return interval == 0 ? FIRST_DAY : LAST_DAY + 1;
        }

        @Override
        public String label(int interval) {
            return "Whole period";
        }
    };

    private static final int DAYS_PER_WEEK = 7;
    /** 1 January 1970 was a Thursday. */
    private static final int MONDAY_BEFORE_1970 = 3;

    private static final int MONTHS_PER_YEAR = 12;
    private static final int MONTHS_PER_QUARTER = 3;
    private static final int FIRST_DAY = -1_000_000;
    private static final int LAST_DAY = 1_000_000;

    /** The interval that holds a day. */
    abstract int of(int day);

    /** Its first day. */
    abstract int first(int interval);

    /** What readers see; alphabetical order is that of time. */
    public abstract String label(int interval);

    /** Its last day. */
    final int last(int interval) {
        return first(interval + 1) - 1;
    }

    private static int month(int day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return date.getYear() * MONTHS_PER_YEAR + date.getMonthValue() - 1;
    }

    private static int firstOfMonth(int month) {
        return (int) LocalDate.of(Math.floorDiv(month, MONTHS_PER_YEAR), Math.floorMod(month, MONTHS_PER_YEAR) + 1, 1)
                .toEpochDay();
    }
}
