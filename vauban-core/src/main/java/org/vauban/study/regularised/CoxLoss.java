package org.vauban.study.regularised;

import java.util.DoubleSummaryStatistics;
import java.util.stream.IntStream;

/** The loss of survival: Cox's partial likelihood with Breslow's ties, over all rows. */
final class CoxLoss implements Loss {
    private final double[] time;
    private final boolean[] event;
    /** Rows by falling time: who is at risk at a time comes before who is not any more. */
    private final int[] order;

    CoxLoss(double[] time, boolean[] event) {
        this.time = time;
        this.event = event;
        this.order = IntStream.range(0, time.length)
                .boxed()
                .sorted((left, right) -> Double.compare(time[right], time[left]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Override
    public int rows() {
        return time.length;
    }

    @Override
    public boolean hasIntercept() {
        return false;
    }

    @Override
    public double value(double[] predictor) {
        double shift = largest(predictor);
        double atRisk = 0;
        // Compensated, for the reason that the logistic loss is.
        var sum = new DoubleSummaryStatistics();
        int next = 0;
        while (next < order.length) {
            double now = time[order[next]];
            int events = 0;
            for (; next < order.length && time[order[next]] == now; next++) {
                int row = order[next];
                atRisk += Math.exp(predictor[row] - shift);
                if (event[row]) {
                    events++;
                    sum.accept(shift - predictor[row]);
                }
            }
            if (events > 0) {
                sum.accept(events * Math.log(atRisk));
            }
        }
        return sum.getSum() / order.length;
    }

    /**
     * The matrix of second derivatives is the diagonal of each row's accumulated hazard less something positive: the diagonal bounds it,
     * and away from the common shift, which changes nothing, it is nearly all of it.
     */
    @Override
    public void derivatives(double[] predictor, double[] slope, double[] curvature) {
        int rows = order.length;
        double shift = largest(predictor);
        double[] step = new double[rows];
        double atRisk = 0;
        int next = 0;
        while (next < rows) {
            double now = time[order[next]];
            int events = 0;
            for (; next < rows && time[order[next]] == now; next++) {
                atRisk += Math.exp(predictor[order[next]] - shift);
                events += event[order[next]] ? 1 : 0;
            }
            step[next - 1] = events / atRisk;
        }
        double hazard = 0;
        int position = rows - 1;
        while (position >= 0) {
            double now = time[order[position]];
            hazard += step[position];
            for (; position >= 0 && time[order[position]] == now; position--) {
                int row = order[position];
                double expected = Math.exp(predictor[row] - shift) * hazard;
                slope[row] = (expected - (event[row] ? 1 : 0)) / rows;
                curvature[row] = expected / rows;
            }
        }
    }

    private static double largest(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    @Override
    public Loss where(int[] kept) {
        double[] someTimes = new double[kept.length];
        boolean[] someEvents = new boolean[kept.length];
        for (int index = 0; index < kept.length; index++) {
            someTimes[index] = time[kept[index]];
            someEvents[index] = event[kept[index]];
        }
        return new CoxLoss(someTimes, someEvents);
    }
}
