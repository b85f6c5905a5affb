package org.vauban.study.survival;

import java.util.stream.IntStream;

/**
 * The mean time without event up to a horizon, of a population in which each row stands for as many as its weight says, with the robust
 * error that takes the weights as known: what each row moves the area under the curve, squared and added up.
 */
final class WeightedMean {
    private final SurvivalCurve curve;
    private final double horizon;

    private WeightedMean(SurvivalCurve curve, double horizon) {
        this.curve = curve;
        this.horizon = horizon;
    }

    static SurvivalCurve.RestrictedMean of(int[] days, boolean[] events, double[] weights, double horizon) {
        double[] times = IntStream.of(days).asDoubleStream().toArray();
        KaplanMeier.Times rows = KaplanMeier.Times.of(times, events).weighted(weights);
        return new WeightedMean(KaplanMeier.estimate(rows), horizon).of(days, events, weights);
    }

    private SurvivalCurve.RestrictedMean of(int[] days, boolean[] events, double[] weights) {
        int rows = curve.rows();
        // To be read from the horizon back: the area that comes after a row of the curve.
        double[] after = new double[rows + 1];
        for (int row = rows - 1; row >= 0; row--) {
            after[row] = after[row + 1] + curve.survival(row) * length(row);
        }
        double mean = Math.min(horizon, rows == 0 ? horizon : curve.time(0)) + after[0];
        // A row at risk moves the logarithm of survival at each step by slope; the area follows by what is left of it.
        double[] moved = new double[rows + 1];
        double[] own = new double[rows];
        for (int row = 0; row < rows; row++) {
            double atRisk = curve.weightAtRisk(row);
            double having = curve.weightOfEvents(row);
            double surviving = SurvivalCurve.remaining(atRisk, having);
            boolean ends = surviving <= 0;
            moved[row + 1] = moved[row] + (having == 0 || ends ? 0 : having / (atRisk * surviving) * after[row]);
            own[row] = ends ? 0 : after[row] / surviving;
        }
        double variance = 0;
        for (int each = 0; each < days.length; each++) {
            int last = curve.rowAt(days[each]);
            double influence = weights[each] * (moved[last + 1] - (events[each] ? own[last] : 0));
            variance += influence * influence;
        }
        return new SurvivalCurve.RestrictedMean(horizon, mean, Math.sqrt(variance));
    }

    /** How long a row's survival holds before the horizon. */
    private double length(int row) {
        double end = row + 1 < curve.rows() ? Math.min(horizon, curve.time(row + 1)) : horizon;
        return Math.max(0, end - Math.min(horizon, curve.time(row)));
    }
}
