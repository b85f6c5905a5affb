package org.vauban.study.survival;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The robust variance of log survival and of the cumulative hazard: the sum over rows of the squared derivative by the row's weight,
 * times the weight. Running sums over the rows that are still there keep the work proportional to the rows.
 */
final class WeightedCurve {
    private final SurvivalCurve curve;
    private final KaplanMeier.Times times;
    private final int rows;
    /** The row of the curve at which each one leaves, and the first at which each is at risk. */
    private final int[] last;

    private final int[] first;

    private WeightedCurve(SurvivalCurve curve, KaplanMeier.Times times) {
        this.curve = curve;
        this.times = times;
        this.rows = curve.rows();
        double[] time = IntStream.range(0, rows).mapToDouble(curve::time).toArray();
        this.last = new int[times.stop().length];
        this.first = new int[last.length];
        for (int each = 0; each < last.length; each++) {
            last[each] = Arrays.binarySearch(time, times.stop()[each]);
            int entered = Arrays.binarySearch(time, times.start(each));
            first[each] = entered >= 0 ? entered + 1 : -entered - 1;
        }
    }

    static SurvivalCurve of(SurvivalCurve curve, KaplanMeier.Times times) {
        return new WeightedCurve(curve, times).robust();
    }

    private SurvivalCurve robust() {
        double[] slope = new double[rows];
        double[] own = new double[rows];
        double[] hazardSlope = new double[rows];
        double[] hazardOwn = new double[rows];
        for (int row = 0; row < rows; row++) {
            double atRisk = curve.weightAtRisk(row);
            double having = curve.weightOfEvents(row);
            double surviving = SurvivalCurve.remaining(atRisk, having);
            slope[row] = having == 0 ? 0 : having / (atRisk * surviving);
            own[row] = 1 / surviving;
            hazardSlope[row] = having / (atRisk * atRisk);
            hazardOwn[row] = 1 / atRisk;
        }
        return curve.withVariances(variance(slope, own), variance(hazardSlope, hazardOwn));
    }

    /**
     * Variance of a sum of steps. One who stays moves the estimate at each step by the step's slope, one who has the event less by
     * what is its own.
     *
     * @param step the slope at each row of the curve
     * @param own what an event at this row takes
     */
    private double[] variance(double[] step, double[] own) {
        double[] slope = new double[rows + 1];
        for (int row = 0; row < rows; row++) {
            slope[row + 1] = slope[row] + step[row];
        }
        // Of those who are there after a row: weight squared, with the slope at entry to the powers 0, 1 and 2.
        double[] square = new double[rows + 1];
        double[] squareSlope = new double[rows + 1];
        double[] squareSlopeSquare = new double[rows + 1];
        double[] gone = new double[rows];
        for (int each = 0; each < last.length; each++) {
            double weight = times.weight(each);
            double atEntry = slope[first[each]];
            boolean event = times.event()[each];
            double moved = slope[last[each] + 1] - atEntry - (event ? own[last[each]] : 0);
            double influence = weight * moved;
            gone[last[each]] += event || slope[last[each] + 1] > atEntry ? influence * influence : 0;
            int[] places = {first[each], last[each]};
            double[] signs = {1, -1};
            for (int end = 0; end < 2; end++) {
                double value = signs[end] * weight * weight;
                square[places[end]] += value;
                squareSlope[places[end]] += value * atEntry;
                squareSlopeSquare[places[end]] += value * atEntry * atEntry;
            }
        }
        double[] variance = new double[rows];
        double there = 0;
        double thereSlope = 0;
        double thereSlopeSquare = 0;
        double before = 0;
        for (int row = 0; row < rows; row++) {
            there += square[row];
            thereSlope += squareSlope[row];
            thereSlopeSquare += squareSlopeSquare[row];
            before += gone[row];
            double now = slope[row + 1];
            double staying = now == 0 ? 0 : now * now * there - 2 * now * thereSlope + thereSlopeSquare;
            variance[row] = Double.isFinite(now) && Double.isFinite(before)
                    ? Math.max(0, staying) + before
                    : Double.POSITIVE_INFINITY;
        }
        return variance;
    }
}
