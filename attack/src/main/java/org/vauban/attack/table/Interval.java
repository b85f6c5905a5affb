package org.vauban.attack.table;

/**
 * What an attacker could find out about one hidden cell.
 *
 * @param cell its place in the table
 * @param status its status
 * @param low the least value that fits everything known
 * @param high the largest; may be infinite
 */
public record Interval(int cell, PublishedTable.Status status, double low, double high) {
    private static final double TOLERANCE = 1e-6;
    /** The narrowest interval that a cell hidden for others must keep. */
    private static final double WIDTH_LEAST = 10;

    public double width() {
        return high - low;
    }

    /** Whether the cell's promise is broken: a small count with a value excluded, or another one bounded too closely. */
    public boolean isBroken(int threshold) {
        return status == PublishedTable.Status.PRIMARY
                ? low > 1 + TOLERANCE || high < threshold - 1 - TOLERANCE
                : width() < WIDTH_LEAST - TOLERANCE;
    }

    /** Whether the count is known exactly. */
    public boolean isExact() {
        return width() < 1 - TOLERANCE;
    }
}
