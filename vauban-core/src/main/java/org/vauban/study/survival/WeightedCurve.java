package org.vauban.study.survival;

import java.util.stream.IntStream;

/** Survival and its robust variance from weighted persons, on the rows of the unweighted curve. */
final class WeightedCurve {
    private final SurvivalCurve counts;
    private final int[] rowOf;
    private final boolean[] events;
    private final double[] weights;

    private WeightedCurve(SurvivalCurve counts, int[] rowOf, boolean[] events, double[] weights) {
        this.counts = counts;
        this.rowOf = rowOf;
        this.events = events;
        this.weights = weights;
    }

    static SurvivalCurve of(SurvivalCurve counts, int[] days, boolean[] events, double[] weights) {
        if (weights.length != days.length) {
            throw new IllegalArgumentException("Each time has one weight");
        }
        double[] times =
                IntStream.range(0, counts.rows()).mapToDouble(counts::time).toArray();
        int[] rowOf = IntStream.of(days)
                .map(day -> java.util.Arrays.binarySearch(times, day))
                .toArray();
        return new WeightedCurve(counts, rowOf, events, weights).curve();
    }

    private SurvivalCurve curve() {
        int rows = counts.rows();
        double[] leaving = new double[rows];
        double[] having = new double[rows];
        for (int person = 0; person < weights.length; person++) {
            leaving[rowOf[person]] += weights[person];
            if (events[person]) {
                having[rowOf[person]] += weights[person];
            }
        }
        double[] atRisk = new double[rows];
        double sum = 0;
        for (int row = rows - 1; row >= 0; row--) {
            sum += leaving[row];
            atRisk[row] = sum;
        }
        double[] survival = new double[rows];
        double[] slope = new double[rows];
        double so = 1;
        double slopeSo = 0;
        for (int row = 0; row < rows; row++) {
            double surviving = remaining(atRisk[row], having[row]);
            so *= surviving / atRisk[row];
            slopeSo += having[row] == 0 ? 0 : having[row] / (atRisk[row] * surviving);
            survival[row] = so;
            slope[row] = slopeSo;
        }
        return SurvivalCurve.weighted(counts, survival, variance(atRisk, having, slope));
    }

    /**
     * The derivative of log survival at a row by one person's weight is the slope up to the row or the person's last day, whichever
     * comes first, less what the person's own event took; its weighted square summed over persons is the variance.
     */
    private double[] variance(double[] atRisk, double[] having, double[] slope) {
        int rows = atRisk.length;
        double[] stillThere = new double[rows + 1];
        double[] gone = new double[rows];
        for (int person = 0; person < weights.length; person++) {
            int row = rowOf[person];
            double own = events[person] ? 1 / remaining(atRisk[row], having[row]) : 0;
            double influence = weights[person] * (slope[row] - own);
            gone[row] += events[person] || slope[row] > 0 ? influence * influence : 0;
            stillThere[row] += weights[person] * weights[person];
        }
        double[] variance = new double[rows];
        double later = 0;
        for (int row = rows - 1; row >= 0; row--) {
            variance[row] = slope[row] == 0 ? 0 : later * slope[row] * slope[row];
            later += stillThere[row];
        }
        double before = 0;
        for (int row = 0; row < rows; row++) {
            before += gone[row];
            variance[row] = Double.isNaN(before) ? Double.POSITIVE_INFINITY : variance[row] + before;
        }
        return variance;
    }

    /** Nothing remains when all at risk had the event; a sum of weights may miss that by a rounding. */
    private static double remaining(double atRisk, double having) {
        double rest = atRisk - having;
        return rest < 1e-12 * atRisk ? 0 : rest;
    }
}
