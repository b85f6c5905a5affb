package org.vauban.study.propensity;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Persons in strata of a score, and the difference between arms within them (Rosenbaum and Rubin 1984). */
public final class ScoreStrata {
    private final double[] breaks;
    private final int[] stratum;

    private ScoreStrata(double[] breaks, int[] stratum) {
        this.breaks = breaks;
        this.stratum = stratum;
    }

    /** Strata of equal size among all. */
    public static ScoreStrata ofAll(double[] scores, int number) {
        return cut(scores, scores, number);
    }

    /** Strata with equally many treated. */
    public static ScoreStrata ofTreated(double[] scores, boolean[] treated, int number) {
        return cut(scores, of(scores, treated, true), number);
    }

    /** The inner limits between strata; a score at a limit is in the stratum below. */
    public double[] breaks() {
        return breaks.clone();
    }

    /** The stratum of a person, from 0. */
    public int stratum(int person) {
        return stratum[person];
    }

    /**
     * One stratum's outcome.
     *
     * @param difference the treated's mean less the others'; NaN when an arm is empty
     * @param variance of the difference; NaN when an arm has fewer than two
     */
    public record Row(
            int treated, int others, double meanTreated, double meanOthers, double difference, double variance) {}

    /** What happened in each stratum. */
    public List<Row> rows(double[] outcome, boolean[] treated) {
        return IntStream.rangeClosed(0, breaks.length)
                .mapToObj(each -> row(each, outcome, treated))
                .toList();
    }

    /** An average over strata, with its standard error; NaN when a stratum has none. */
    public record Effect(double estimate, double standardError) {}

    /** The effect in all: strata count by their persons. */
    public static Effect inAll(List<Row> rows) {
        return average(
                rows,
                rows.stream()
                        .mapToDouble(each -> each.treated() + each.others())
                        .toArray());
    }

    /** The effect in the treated: strata count by their treated. */
    public static Effect inTreated(List<Row> rows) {
        return average(rows, rows.stream().mapToDouble(Row::treated).toArray());
    }

    private static Effect average(List<Row> rows, double[] sizes) {
        double all = Arrays.stream(sizes).sum();
        double estimate = 0;
        double variance = 0;
        for (int each = 0; each < sizes.length; each++) {
            double weight = sizes[each] / all;
            estimate += weight * rows.get(each).difference();
            variance += weight * weight * rows.get(each).variance();
        }
        return new Effect(estimate, Math.sqrt(variance));
    }

    private Row row(int each, double[] outcome, boolean[] treated) {
        double[] one = inStratum(each, outcome, treated, true);
        double[] two = inStratum(each, outcome, treated, false);
        double mean = mean(one);
        double other = mean(two);
        double variance = variance(one) / one.length + variance(two) / two.length;
        return new Row(one.length, two.length, mean, other, mean - other, variance);
    }

    private double[] inStratum(int each, double[] outcome, boolean[] treated, boolean arm) {
        return IntStream.range(0, outcome.length)
                .filter(person -> stratum[person] == each && treated[person] == arm)
                .mapToDouble(person -> outcome[person])
                .toArray();
    }

    private static ScoreStrata cut(double[] scores, double[] measured, int number) {
        double[] breaks = IntStream.range(1, number)
                .mapToDouble(each -> quantile(measured, (double) each / number))
                .toArray();
        int[] stratum = Arrays.stream(scores)
                .mapToInt(score -> (int)
                        Arrays.stream(breaks).filter(limit -> score > limit).count())
                .toArray();
        return new ScoreStrata(breaks, stratum);
    }

    /** The quantile between neighbouring values by the straight line (R's type 7). */
    static double quantile(double[] values, double share) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        double place = (sorted.length - 1) * share;
        // A place that is whole but for rounding is whole.
        double nearest = Math.rint(place);
        if (Math.abs(place - nearest) < 4 * Math.ulp(Math.max(1, place))) {
            return sorted[(int) nearest];
        }
        int low = (int) Math.floor(place);
        return sorted[low] + (place - low) * (sorted[low + 1] - sorted[low]);
    }

    static double[] of(double[] values, boolean[] treated, boolean arm) {
        return IntStream.range(0, values.length)
                .filter(person -> treated[person] == arm)
                .mapToDouble(person -> values[person])
                .toArray();
    }

    static double mean(double[] values) {
        return values.length == 0 ? Double.NaN : Arrays.stream(values).sum() / values.length;
    }

    /** The sample variance; NaN with fewer than two values. */
    static double variance(double[] values) {
        double mean = mean(values);
        double sum =
                Arrays.stream(values).map(each -> (each - mean) * (each - mean)).sum();
        return values.length < 2 ? Double.NaN : sum / (values.length - 1);
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "ScoreStrata[" + (breaks.length + 1) + "]";
    }
}
