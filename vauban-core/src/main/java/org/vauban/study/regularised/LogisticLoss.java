package org.vauban.study.regularised;

import java.util.stream.IntStream;

/** The loss of a yes-or-no outcome. */
final class LogisticLoss implements Loss {
    private final boolean[] outcome;

    LogisticLoss(boolean[] outcome) {
        this.outcome = outcome;
    }

    @Override
    public int rows() {
        return outcome.length;
    }

    @Override
    public boolean hasIntercept() {
        return true;
    }

    @Override
    public double value(double[] predictor) {
        // The stream's sum is compensated: a step near the optimum changes the loss by less than a plain sum loses.
        return IntStream.range(0, outcome.length)
                        .mapToDouble(row -> loss(outcome[row] ? -predictor[row] : predictor[row]))
                        .sum()
                / outcome.length;
    }

    /** A loss keeps no more digits than this has; log1p would cost ten times as much. */
    private static double loss(double against) {
        return Math.max(against, 0) + Math.log(1 + Math.exp(-Math.abs(against)));
    }

    @Override
    public void derivatives(double[] predictor, double[] slope, double[] curvature) {
        double share = 1.0 / outcome.length;
        for (int row = 0; row < outcome.length; row++) {
            double probability = 1 / (1 + Math.exp(-predictor[row]));
            slope[row] = share * (probability - (outcome[row] ? 1 : 0));
            curvature[row] = share * probability * (1 - probability);
        }
    }

    @Override
    public Loss where(int[] kept) {
        boolean[] some = new boolean[kept.length];
        for (int index = 0; index < kept.length; index++) {
            some[index] = outcome[kept[index]];
        }
        return new LogisticLoss(some);
    }
}
