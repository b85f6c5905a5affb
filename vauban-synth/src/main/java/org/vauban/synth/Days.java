package org.vauban.synth;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** The calendar by day number, looked up instead of computed: dates are written millions of times. */
final class Days {
    private static final int FROM = (int) LocalDate.of(1900, 1, 1).toEpochDay();
    private static final int TO = (int) LocalDate.of(2030, 1, 1).toEpochDay();
    private static final byte[][] WRITTEN = new byte[TO - FROM][];
    private static final short[] YEARS = new short[TO - FROM];
    private static final byte[] MONTHS = new byte[TO - FROM];

    static {
        LocalDate date = LocalDate.ofEpochDay(FROM);
        for (int day = FROM; day < TO; day++) {
            WRITTEN[day - FROM] = date.toString().getBytes(StandardCharsets.US_ASCII);
            YEARS[day - FROM] = (short) date.getYear();
            MONTHS[day - FROM] = (byte) date.getMonthValue();
            date = date.plusDays(1);
        }
    }

    private Days() {}

    /** The day as in 2016-02-29, in ASCII; the array is shared and not to be changed. */
    static byte[] written(int day) {
        return WRITTEN[day - FROM];
    }

    static int year(int day) {
        return YEARS[day - FROM];
    }

    static int month(int day) {
        return MONTHS[day - FROM];
    }

    /** The first day of the month that begins so many months after the month of a day. */
    static int firstOfMonthAfter(int day, int months) {
        int count = year(day) * 12 + month(day) - 1 + months;
        return (int) LocalDate.of(count / 12, count % 12 + 1, 1).toEpochDay();
    }

    /** Whether day and month can change places and give another date. */
    static boolean canSwapDayAndMonth(int day) {
        int dayOfMonth = LocalDate.ofEpochDay(day).getDayOfMonth();
        return dayOfMonth <= 12 && dayOfMonth != month(day);
    }

    static int withDayAndMonthSwapped(int day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return (int) LocalDate.of(date.getYear(), date.getDayOfMonth(), date.getMonthValue())
                .toEpochDay();
    }
}
