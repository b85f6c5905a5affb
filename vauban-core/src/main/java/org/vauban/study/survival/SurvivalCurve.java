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
    private final double[] weightAtRisk;
    private final double[] weightOfEvents;
    private final double[] weightCensored;
    private final double[] survival;
    private final double[] varianceLog;
    private final double[] varianceHazard;

    private SurvivalCurve(
            int persons,
            double[] time,
            int[] atRisk,
            int[] events,
            int[] censored,
            double[] weightAtRisk,
            double[] weightOfEvents,
            double[] weightCensored) {
        this(
                persons,
                time,
                atRisk,
                events,
                censored,
                weightAtRisk,
                weightOfEvents,
                weightCensored,
                new double[time.length],
                new double[time.length],
                new double[time.length]);
        double survivalSoFar = 1;
        double sum = 0;
        double hazardSum = 0;
        for (int row = 0; row < time.length; row++) {
            double having = weightOfEvents[row];
            double all = weightAtRisk[row];
            double remaining = remaining(all, having);
            survivalSoFar *= having == 0 ? 1 : remaining / all;
            sum += having == 0 ? 0 : having / (all * remaining);
            hazardSum += having == 0 ? 0 : having / (all * all);
            survival[row] = survivalSoFar;
            varianceLog[row] = sum;
            varianceHazard[row] = hazardSum;
        }
    }

    private SurvivalCurve(
            int persons,
            double[] time,
            int[] atRisk,
            int[] events,
            int[] censored,
            double[] weightAtRisk,
            double[] weightOfEvents,
            double[] weightCensored,
            double[] survival,
            double[] varianceLog,
            double[] varianceHazard) {
        this.persons = persons;
        this.time = time;
        this.atRisk = atRisk;
        this.events = events;
        this.censored = censored;
        this.weightAtRisk = weightAtRisk;
        this.weightOfEvents = weightOfEvents;
        this.weightCensored = weightCensored;
        this.survival = survival;
        this.varianceLog = varianceLog;
        this.varianceHazard = varianceHazard;
    }

    /** The same curve with variances that somebody else computed. */
    SurvivalCurve withVariances(double[] ofLog, double[] ofHazard) {
        return new SurvivalCurve(
                persons,
                time,
                atRisk,
                events,
                censored,
                weightAtRisk,
                weightOfEvents,
                weightCensored,
                survival,
                ofLog,
                ofHazard);
    }

    static SurvivalCurve of(KaplanMeier.Times rows) {
        double[] time = Arrays.stream(rows.stop()).sorted().distinct().toArray();
        int distinct = time.length;
        int[] atRisk = new int[distinct + 1];
        int[] eventsAt = new int[distinct];
        int[] censoredAt = new int[distinct];
        double[] weightAtRisk = new double[distinct + 1];
        double[] weightOfEvents = new double[distinct];
        double[] weightCensored = new double[distinct];
        for (int row = 0; row < rows.stop().length; row++) {
            int last = Arrays.binarySearch(time, rows.stop()[row]);
            int entered = Arrays.binarySearch(time, rows.start(row));
            int first = entered >= 0 ? entered + 1 : -entered - 1;
            double weight = rows.weight(row);
            atRisk[last]++;
            weightAtRisk[last] += weight;
            if (first > 0) {
                atRisk[first - 1]--;
                weightAtRisk[first - 1] -= weight;
            }
            if (rows.event()[row]) {
                eventsAt[last]++;
                weightOfEvents[last] += weight;
            } else {
                censoredAt[last]++;
                weightCensored[last] += weight;
            }
        }
        for (int row = distinct - 1; row >= 0; row--) {
            atRisk[row] += atRisk[row + 1];
            weightAtRisk[row] += weightAtRisk[row + 1];
        }
        return new SurvivalCurve(
                rows.stop().length,
                time,
                Arrays.copyOf(atRisk, distinct),
                eventsAt,
                censoredAt,
                Arrays.copyOf(weightAtRisk, distinct),
                weightOfEvents,
                weightCensored);
    }

    /** Nothing remains when all at risk had the event; a sum of weights may miss that by a rounding. */
    static double remaining(double atRisk, double having) {
        double rest = atRisk - having;
        return rest < 1e-12 * atRisk ? 0 : rest;
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
        return new SurvivalCurve(
                persons,
                time.clone(),
                atRisk,
                events.clone(),
                censored.clone(),
                asWeights(atRisk),
                asWeights(events),
                asWeights(censored));
    }

    private static double[] asWeights(int[] counts) {
        return Arrays.stream(counts).asDoubleStream().toArray();
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

    /** What the rows at risk just before the row's time stand for: their number, or the sum of their weights. */
    public double weightAtRisk(int row) {
        return weightAtRisk[row];
    }

    public double weightOfEvents(int row) {
        return weightOfEvents[row];
    }

    public double weightCensored(int row) {
        return weightCensored[row];
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
            sum += weightOfEvents[row] == 0 ? 0 : weightOfEvents[row] / weightAtRisk[row];
            hazard[row] = sum;
        }
        return hazard;
    }

    /** The cumulative hazard's standard error: the square root of the sum of events over the square of those at risk. */
    public double standardErrorHazard(int row) {
        return Math.sqrt(varianceHazard[row]);
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
            case LOGIT -> {
                double centre = Math.log(probability / (1 - probability));
                double half = z * error / (1 - probability);
                yield new Limits(1 / (1 + Math.exp(half - centre)), 1 / (1 + Math.exp(-half - centre)));
            }
            case ARCSINE -> {
                double centre = Math.asin(Math.sqrt(probability));
                double half = z * error * Math.sqrt(probability / (1 - probability)) / 2;
                double lower = Math.sin(Math.max(0, centre - half));
                double upper = Math.sin(Math.min(Math.PI / 2, centre + half));
                yield new Limits(lower * lower, upper * upper);
            }
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
        int row = rowAt(when);
        return row < 0 ? 1 : survival[row];
    }

    /** Survival just before any time. */
    public double survivalBefore(double when) {
        int row = rowAt(when);
        int before = row >= 0 && time[row] == when ? row - 1 : row;
        return before < 0 ? 1 : survival[before];
    }

    /** Persons at risk just before any time: those whose own time is not shorter. */
    public int atRiskAt(double when) {
        int first = firstRowFrom(when);
        return first < time.length ? atRisk[first] : 0;
    }

    private int firstRowFrom(double when) {
        int found = Arrays.binarySearch(time, when);
        return found >= 0 ? found : -found - 1;
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
            double weightOfEventsSince = 0;
            double weightCensoredSince = 0;
            while (row < time.length && time[row] <= times[index]) {
                eventsSince += events[row];
                censoredSince += censored[row];
                weightOfEventsSince += weightOfEvents[row];
                weightCensoredSince += weightCensored[row];
                row++;
            }
            int next = firstRowFrom(times[index]);
            table.add(new RiskRow(
                    times[index],
                    next < time.length ? atRisk[next] : 0,
                    eventsSince,
                    censoredSince,
                    next < time.length ? weightAtRisk[next] : 0,
                    weightOfEventsSince,
                    weightCensoredSince));
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

    /**
     * The mean time without event up to a horizon: the area under the curve, with the standard error that Greenwood's formula gives
     * from the numbers at risk, as R prints it. Weights are frequencies in it.
     */
    public RestrictedMean restrictedMean(double horizon) {
        int rows = Math.max(0, rowAt(horizon) + 1);
        double area = 0;
        double end = horizon;
        double variance = 0;
        for (int row = rows - 1; row >= 0; row--) {
            area += survival[row] * (end - time[row]);
            end = time[row];
            double remaining = remaining(weightAtRisk[row], weightOfEvents[row]);
            if (events[row] > 0 && remaining > 0) {
                variance += area * area * weightOfEvents[row] / (weightAtRisk[row] * remaining);
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

    /** The row that holds at a time; -1 before the first. */
    public int rowAt(double when) {
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
     * @param weightAtRisk what those at risk stand for; their number without weights
     */
    public record RiskRow(
            double time,
            int atRisk,
            int eventsSince,
            int censoredSince,
            double weightAtRisk,
            double weightOfEventsSince,
            double weightCensoredSince) {}
}
