package org.vauban.study.competing;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * When and why persons left.
 *
 * @param time each person's time at risk, finite
 * @param cause 0 when censored, otherwise the cause from 1
 */
@SuppressWarnings("ArrayRecordComponent")
public record CompetingTimes(double[] time, int[] cause) {
    public CompetingTimes {
        if (time.length != cause.length || time.length == 0) {
            throw new IllegalArgumentException("Each time has one cause, and there is one at least");
        }
        for (int row = 0; row < time.length; row++) {
            if (!Double.isFinite(time[row]) || cause[row] < 0) {
                throw new IllegalArgumentException("A time is finite and a cause is 0 or more");
            }
        }
        time = time.clone();
        cause = cause.clone();
    }

    public int rows() {
        return time.length;
    }

    /** The largest cause that anybody had. */
    public int causes() {
        return Arrays.stream(cause).max().orElse(0);
    }

    /** The persons of one group. */
    public CompetingTimes where(int[] group, int wanted) {
        int[] kept = IntStream.range(0, time.length)
                .filter(row -> group[row] == wanted)
                .toArray();
        return new CompetingTimes(
                Arrays.stream(kept).mapToDouble(row -> time[row]).toArray(),
                Arrays.stream(kept).map(row -> cause[row]).toArray());
    }

    /** The distinct times, ascending. */
    double[] distinctTimes() {
        return Arrays.stream(time).sorted().distinct().toArray();
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "CompetingTimes[" + rows() + " rows]";
    }
}
