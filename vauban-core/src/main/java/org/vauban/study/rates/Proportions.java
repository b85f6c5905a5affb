package org.vauban.study.rates;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/** The share of trials that succeeded. */
public final class Proportions {
    /** Probabilities this close are the same: an outcome as likely as the one seen is not lost to rounding. */
    private static final double SAME = 1 + 1e-7;

    private Proportions() {}

    /** Clopper and Pearson 1934. */
    public static Interval exact(int successes, int trials, double level) {
        double tail = (1 - level) / 2;
        double lower = successes == 0
                ? 0
                : BetaDistribution.of(successes, trials - successes + 1.0).inverseCumulativeProbability(tail);
        double upper = successes == trials
                ? 1
                : BetaDistribution.of(successes + 1.0, trials - successes).inverseSurvivalProbability(tail);
        return new Interval(lower, upper);
    }

    /** Wilson 1927: the shares that the score test does not reject. */
    public static Interval wilson(int successes, int trials, double level) {
        double z = Interval.quantile(level);
        double share = (double) successes / trials;
        double divisor = 1 + z * z / trials;
        double centre = share + z * z / (2 * trials);
        double half = z * Math.sqrt(share * (1 - share) / trials + z * z / (4.0 * trials * trials));
        return new Interval((centre - half) / divisor, (centre + half) / divisor);
    }

    /** Symmetric around the share; poor near 0 and 1. */
    public static Interval normal(int successes, int trials, double level) {
        double share = (double) successes / trials;
        return Interval.around(share, Math.sqrt(share * (1 - share) / trials), level);
    }

    /** The probability of an outcome at most as likely as the one seen. */
    public static double exactP(int successes, int trials, double share) {
        var binomial = BinomialDistribution.of(trials, share);
        double seen = binomial.probability(successes) * SAME;
        double sum = 0;
        for (int each = 0; each <= trials; each++) {
            double probability = binomial.probability(each);
            sum += probability <= seen ? probability : 0;
        }
        return Math.min(1, sum);
    }
}
