package org.vauban.study.rates;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A confidence interval.
 *
 * @param lower lower limit
 * @param upper upper limit, perhaps infinite
 */
public record Interval(double lower, double upper) {

    /** The interval divided by a positive number. */
    Interval over(double divisor) {
        return new Interval(lower / divisor, upper / divisor);
    }

    /** A number more or less a standard error. */
    static Interval around(double estimate, double standardError, double level) {
        double half = quantile(level) * standardError;
        return new Interval(estimate - half, estimate + half);
    }

    /** A ratio times or divided by a factor: symmetric on the logarithmic scale. */
    static Interval ofRatio(double ratio, double standardErrorOfLog, double level) {
        double factor = Math.exp(quantile(level) * standardErrorOfLog);
        return new Interval(ratio / factor, ratio * factor);
    }

    /** How many standard errors hold a share of the normal distribution. */
    static double quantile(double level) {
        return NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
    }
}
