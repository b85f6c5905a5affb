package org.vauban.study.survival;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A survival curve as a step function: one row for each distinct time, in ascending order. Survival holds from its row's time on;
 * before the first row it is 1.
 */
public final class SurvivalCurve {
    /** Two probabilities closer than this are the same when a quantile is read off; rounding must not move it by a step. */
    private static final double SAME = 1e-8;

    private final int persons;
    private final double[] time;
    private final int[] atRisk;
    private final int[] events;
    private final int[] censored;
    private final double[] survival;
    private final double[] varianceLog;

    private SurvivalCurve(int persons, double[] time, int[] atRisk, int[] events, int[] censored) {
        this(persons, time, atRisk, events, censored, new double[time.length], new double[time.length]);
        double survivalSoFar = 1;
        double sum = 0;
        for (int row = 0; row < time.length; row++) {
            double remaining = (double) atRisk[row] - events[row];
            survivalSoFar *= remaining / atRisk[row];
            sum += events[row] == 0 ? 0 : events[row] / (atRisk[row] * remaining);
            survival[row] = survivalSoFar;
            varianceLog[row] = sum;
        }
    }

    private SurvivalCurve(
            int persons,
            double[] time,
            int[] atRisk,
            int[] events,
            int[] censored,
            double[] survival,
            double[] varianceLog) {
        this.persons = persons;
        this.time = time;
        this.atRisk = atRisk;
        this.events = events;
        this.censored = censored;
        this.survival = survival;
        this.varianceLog = varianceLog;
    }

    /** A curve whose persons stand for unequal numbers: the counts are those of persons, the rest is given. */
    static SurvivalCurve weighted(SurvivalCurve counts, double[] survival, double[] varianceLog) {
        return new SurvivalCurve(
                counts.persons, counts.time, counts.atRisk, counts.events, counts.censored, survival, varianceLog);
    }

    static SurvivalCurve of(int persons, double[] time, int[] atRisk, int[] events, int[] censored) {
        return new SurvivalCurve(persons, time, atRisk, events, censored);
    }

    /**
     * A curve from counts per time, as in a table: the rows' times ascend, and who is at risk follows from the counts.
     *
     * @param persons persons at risk at the beginning
     */
    public static SurvivalCurve ofCounts(int persons, double[] time, int[] events, int[] censored) {
        int[] atRisk = new int[time.length];
        int remaining = persons;
        for (int row = 0; row < time.length; row++) {
            if (row > 0 && !(time[row] > time[row - 1])) {
                throw new IllegalArgumentException("The times of a curve ascend");
            }
            atRisk[row] = remaining;
            remaining -= events[row] + censored[row];
        }
        if (remaining < 0) {
            throw new IllegalArgumentException("Nobody leaves who was not at risk");
        }
        return new SurvivalCurve(persons, time.clone(), atRisk, events.clone(), censored.clone());
    }

    public int persons() {
        return persons;
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

    public int events(int row) {
        return events[row];
    }

    public int censored(int row) {
        return censored[row];
    }

    public double survival(int row) {
        return survival[row];
    }

    /** Greenwood's standard error of the survival probability; NaN once survival is 0. */
    public double standardError(int row) {
        return survival[row] * standardErrorLog(row);
    }

    /** Standard error of the logarithm of survival; infinite once survival is 0. */
    public double standardErrorLog(int row) {
        return Math.sqrt(varianceLog[row]);
    }

    /** The cumulative hazard by Nelson and Aalen. */
    public double[] cumulativeHazard() {
        double[] hazard = new double[time.length];
        double sum = 0;
        for (int row = 0; row < time.length; row++) {
            sum += (double) events[row] / atRisk[row];
            hazard[row] = sum;
        }
        return hazard;
    }

    /** Confidence limits of one row. */
    public Limits limits(int row, ConfidenceScale scale, double level) {
        double probability = survival[row];
        double error = standardErrorLog(row);
        if (probability == 1) {
            return new Limits(1, 1);
        }
        if (probability == 0) {
            return new Limits(Double.NaN, Double.NaN);
        }
        double z = NormalDistribution.of(0, 1).inverseCumulativeProbability(1 - (1 - level) / 2);
        return switch (scale) {
            case LOG -> new Limits(probability * Math.exp(-z * error), Math.min(1, probability * Math.exp(z * error)));
            case PLAIN ->
                new Limits(
                        Math.max(0, probability - z * error * probability),
                        Math.min(1, probability + z * error * probability));
            case LOG_LOG -> {
                double logarithm = Math.log(probability);
                double half = z * error / logarithm;
                double centre = Math.log(-logarithm);
                yield new Limits(Math.exp(-Math.exp(centre - half)), Math.exp(-Math.exp(centre + half)));
            }
        };
    }

    /** Survival at any time. */
    public double survivalAt(double when) {
        int row = lastRowUntil(when);
        return row < 0 ? 1 : survival[row];
    }

    /** Persons at risk just before any time: those whose own time is not shorter. */
    public int atRiskAt(double when) {
        int first = 0;
        while (first < time.length && time[first] < when) {
            first++;
        }
        return first < time.length ? atRisk[first] : 0;
    }

    /** Numbers at risk at the times asked, with what happened since the time before: the table under a curve. */
    public List<RiskRow> riskTable(double... times) {
        List<RiskRow> table = new ArrayList<>();
        int row = 0;
        for (int index = 0; index < times.length; index++) {
            if (index > 0 && !(times[index] > times[index - 1])) {
                throw new IllegalArgumentException("The times of a risk table ascend");
            }
            int eventsSince = 0;
            int censoredSince = 0;
            while (row < time.length && time[row] <= times[index]) {
                eventsSince += events[row];
                censoredSince += censored[row];
                row++;
            }
            table.add(new RiskRow(times[index], atRiskAt(times[index]), eventsSince, censoredSince));
        }
        return List.copyOf(table);
    }

    /**
     * The time by which a share of the persons has had the event: the first time at which survival is at most {@code 1 - share},
     * or the middle of the step when survival stays exactly there. Empty when the curve does not come down so far.
     */
    public OptionalDouble quantile(double share) {
        return crossing(survival, 1 - share);
    }

    /** Confidence limits of a quantile (Brookmeyer and Crowley 1982): where the curve's own limits cross. NaN = open. */
    public Limits quantileLimits(double share, ConfidenceScale scale, double level) {
        double[] lower = new double[time.length];
        double[] upper = new double[time.length];
        for (int row = 0; row < time.length; row++) {
            Limits limits = limits(row, scale, level);
            lower[row] = limits.lower();
            upper[row] = limits.upper();
        }
        return new Limits(
                crossing(lower, 1 - share).orElse(Double.NaN),
                crossing(upper, 1 - share).orElse(Double.NaN));
    }

    /** The mean time without event up to a horizon: the area under the curve, with its standard error. */
    public RestrictedMean restrictedMean(double horizon) {
        int rows = Math.max(0, lastRowUntil(horizon) + 1);
        double area = 0;
        double end = horizon;
        double variance = 0;
        for (int row = rows - 1; row >= 0; row--) {
            area += survival[row] * (end - time[row]);
            end = time[row];
            double remaining = (double) atRisk[row] - events[row];
            if (events[row] > 0 && remaining > 0) {
                variance += area * area * events[row] / (atRisk[row] * remaining);
            }
        }
        return new RestrictedMean(horizon, area + end, Math.sqrt(variance));
    }

    private OptionalDouble crossing(double[] curve, double level) {
        for (int row = 0; row < time.length; row++) {
            // A limit is not known once survival is 0.
            if (Double.isNaN(curve[row])) {
                return OptionalDouble.empty();
            }
            if (Math.abs(curve[row] - level) < SAME) {
                int next = row + 1;
                while (next < time.length && Math.abs(curve[next] - level) < SAME) {
                    next++;
                }
                boolean falls = next < time.length && curve[next] < level;
                return OptionalDouble.of(falls ? (time[row] + time[next]) / 2 : time[row]);
            }
            if (curve[row] < level) {
                return OptionalDouble.of(time[row]);
            }
        }
        return OptionalDouble.empty();
    }

    private int lastRowUntil(double when) {
        int found = Arrays.binarySearch(time, when);
        return found >= 0 ? found : -found - 2;
    }

    /** Lower and upper confidence limit; NaN where none exists. */
    public record Limits(double lower, double upper) {}

    /** An area under the curve up to a horizon. */
    public record RestrictedMean(double horizon, double mean, double standardError) {}

    /**
     * Numbers at risk at one time.
     *
     * @param time the time
     * @param atRisk persons at risk just before it
     * @param eventsSince events after the time before and until this one
     * @param censoredSince persons censored in the same stretch
     */
    public record RiskRow(double time, int atRisk, int eventsSince, int censoredSince) {}
}
