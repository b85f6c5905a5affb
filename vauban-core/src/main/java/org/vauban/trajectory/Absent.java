package org.vauban.trajectory;

/** The values that stand for "no value" in primitive columns. None of them occurs as a concept, a day, an identifier or a measure. */
public final class Absent {
    /** No concept, count or day. */
    public static final int INT = Integer.MIN_VALUE;

    /** No identifier. */
    public static final long LONG = Long.MIN_VALUE;

    /** No number. Test it with {@link Double#isNaN(double)}. */
    public static final double DOUBLE = Double.NaN;

    private Absent() {}

    public static boolean is(int value) {
        return value == INT;
    }

    public static boolean is(long value) {
        return value == LONG;
    }

    public static boolean is(double value) {
        return Double.isNaN(value);
    }
}
