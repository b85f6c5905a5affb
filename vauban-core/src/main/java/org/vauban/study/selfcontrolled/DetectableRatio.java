package org.vauban.study.selfcontrolled;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** What so many events of a case series can show: the signed root of the likelihood ratio (Musonda, Farrington and Whitaker 2006, 3.2). */
public final class DetectableRatio {
    private static final double TWO_SIDED = 0.05;
    private static final double POWER = 0.8;
    private static final double LOGARITHM_MAX = 20;
    private static final int HALVINGS = 100;

    private DetectableRatio() {}

    /**
     * The smallest rate ratio above 1 that a test at 5 % finds four times in five.
     *
     * @param events of all series
     * @param exposed the share of observed days that are exposed
     * @return infinite when no ratio would do
     */
    public static double of(int events, double exposed) {
        if (!(exposed > 0 && exposed < 1) || events < 1 || neededEvents(LOGARITHM_MAX, exposed) > events) {
            return Double.POSITIVE_INFINITY;
        }
        double low = 0;
        double high = LOGARITHM_MAX;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (low + high) / 2;
            if (middle > 0 && neededEvents(middle, exposed) <= events) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Math.exp(high);
    }

    /** The events needed to find a ratio, given as its logarithm. */
    static double neededEvents(double logRatio, double exposed) {
        double risk = Math.exp(logRatio) * exposed;
        double all = risk + 1 - exposed;
        double twice = 2 * (risk / all * logRatio - Math.log(all));
        double variance = logRatio * logRatio / twice * risk * (1 - exposed) / (all * all);
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double both = normal.inverseSurvivalProbability(TWO_SIDED / 2)
                + normal.inverseCumulativeProbability(POWER) * Math.sqrt(variance);
        return both * both / twice;
    }
}
