package org.vauban.study.competing;

import java.util.Arrays;

/**
 * The probability to have left by each cause, and to be still there, at each time (Aalen and Johansen 1978), with two variances.
 *
 * <p>The infinitesimal jackknife sums the squared derivative of the estimate by each person's weight, as R's {@code survfit} does for
 * several causes. Aalen's 1978 variance, in the form of Marubini and Valsecchi (1995), is the one that R's {@code cuminc} prints; it
 * divides by one less than the number at risk and so is a little larger.
 */
public final class AalenJohansen {
    private final double[] time;
    private final int[] atRisk;
    private final int[][] events;
    private final int[] censored;
    private final double[] free;
    private final double[][] incidence;
    private final double[] freeError;
    private final double[][] incidenceError;

    private AalenJohansen(CompetingTimes times, int causes) {
        this.time = times.distinctTimes();
        int size = time.length;
        this.atRisk = new int[size];
        this.events = new int[causes][size];
        this.censored = new int[size];
        this.free = new double[size];
        this.incidence = new double[causes][size];
        this.freeError = new double[size];
        this.incidenceError = new double[causes][size];
        count(times);
        estimate();
        jackknife(times);
    }

    /** Estimates for all causes that anybody had. */
    public static AalenJohansen estimate(CompetingTimes times) {
        return new AalenJohansen(times, times.causes());
    }

    /** The same for a number of causes of which some may not have happened. */
    public static AalenJohansen estimate(CompetingTimes times, int causes) {
        if (causes < times.causes()) {
            throw new IllegalArgumentException("There are more causes than asked for");
        }
        return new AalenJohansen(times, causes);
    }

    public int rows() {
        return time.length;
    }

    public double time(int row) {
        return time[row];
    }

    /** Persons at risk just before the row's time. */
    public int atRisk(int row) {
        return atRisk[row];
    }

    public int events(int cause, int row) {
        return events[cause - 1][row];
    }

    public int censored(int row) {
        return censored[row];
    }

    /** The probability to be still there. */
    public double free(int row) {
        return free[row];
    }

    /** The probability to have left by a cause: its cumulative incidence. */
    public double incidence(int cause, int row) {
        return incidence[cause - 1][row];
    }

    /** The jackknife's standard error of {@link #free}. */
    public double freeError(int row) {
        return freeError[row];
    }

    /** The jackknife's standard error of {@link #incidence}. */
    public double incidenceError(int cause, int row) {
        return incidenceError[cause - 1][row];
    }

    /** The row that holds at a time; -1 before the first. */
    public int rowAt(double when) {
        int found = Arrays.binarySearch(time, when);
        return found >= 0 ? found : -found - 2;
    }

    /** The cumulative incidence at any time. */
    public double incidenceAt(int cause, double when) {
        int row = rowAt(when);
        return row < 0 ? 0 : incidence[cause - 1][row];
    }

    /** Aalen's variance of a cumulative incidence at any time. */
    public double aalenVariance(int cause, double when) {
        int last = rowAt(when);
        double[] own = incidence[cause - 1];
        double sum = 0;
        double before = 1;
        for (int row = 0; row <= last; row++) {
            double n = atRisk[row];
            double all = leaving(row);
            double having = events[cause - 1][row];
            double ahead = own[last] - own[row];
            if (n > 1) {
                if (n > all) {
                    sum += ahead * ahead * all / ((n - 1) * (n - all));
                    sum -= 2 * ahead * before * having * (n - having) / (n * (n - all) * (n - 1));
                }
                sum += before * before * having * (n - having) / (n * n * (n - 1));
            }
            before = free[row];
        }
        return sum;
    }

    private int leaving(int row) {
        int all = 0;
        for (int[] each : events) {
            all += each[row];
        }
        return all;
    }

    private void count(CompetingTimes times) {
        for (int person = 0; person < times.rows(); person++) {
            int row = Arrays.binarySearch(time, times.time()[person]);
            atRisk[row]++;
            if (times.cause()[person] == 0) {
                censored[row]++;
            } else {
                events[times.cause()[person] - 1][row]++;
            }
        }
        for (int row = time.length - 2; row >= 0; row--) {
            atRisk[row] += atRisk[row + 1];
        }
    }

    private void estimate() {
        double before = 1;
        for (int row = 0; row < time.length; row++) {
            for (int cause = 0; cause < events.length; cause++) {
                double so = row == 0 ? 0 : incidence[cause][row - 1];
                incidence[cause][row] = so + before * events[cause][row] / atRisk[row];
            }
            before *= (double) (atRisk[row] - leaving(row)) / atRisk[row];
            free[row] = before;
        }
    }

    /** Follows the derivative of every probability by every person's weight through time. */
    private void jackknife(CompetingTimes times) {
        int persons = times.rows();
        double[] moveFree = new double[persons];
        double[][] moves = new double[events.length][persons];
        double before = 1;
        for (int row = 0; row < time.length; row++) {
            double n = atRisk[row];
            double rate = leaving(row) / n;
            for (int person = 0; person < persons; person++) {
                boolean there = times.time()[person] >= time[row];
                int left = times.time()[person] == time[row] ? times.cause()[person] : 0;
                for (int cause = 0; cause < events.length; cause++) {
                    double causeRate = events[cause][row] / n;
                    double own = there ? ((left == cause + 1 ? 1 : 0) - causeRate) / n : 0;
                    moves[cause][person] += moveFree[person] * causeRate + before * own;
                    incidenceError[cause][row] += moves[cause][person] * moves[cause][person];
                }
                double own = there ? ((left > 0 ? 1 : 0) - rate) / n : 0;
                moveFree[person] = moveFree[person] * (1 - rate) - before * own;
                freeError[row] += moveFree[person] * moveFree[person];
            }
            freeError[row] = Math.sqrt(freeError[row]);
            for (double[] each : incidenceError) {
                each[row] = Math.sqrt(each[row]);
            }
            before = free[row];
        }
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "AalenJohansen[" + rows() + " rows, " + events.length + " causes]";
    }
}
