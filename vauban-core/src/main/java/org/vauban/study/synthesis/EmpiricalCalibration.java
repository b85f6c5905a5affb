package org.vauban.study.synthesis;

import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The error that a design makes beyond chance, learnt from negative controls: pairs of exposure and outcome whose true ratio is 1
 * (Schuemie and others 2014). Systematic errors are taken as normal; their mean and deviation are those of largest likelihood.
 *
 * @param mean of the systematic error, as a logarithm of a ratio
 * @param deviation its standard deviation, not below 0
 * @param logLikelihood of the controls
 */
public record EmpiricalCalibration(double mean, double deviation, double logLikelihood) {
    private static final int STEPS = 400;
    private static final int HALVINGS_MAX = 200;

    /** Learns from negative controls: logarithms of their ratios with standard errors. */
    public static EmpiricalCalibration learn(double[] logRatios, double[] standardErrors) {
        if (logRatios.length != standardErrors.length || logRatios.length == 0) {
            throw new IllegalArgumentException("Each negative control has an estimate and a standard error");
        }
        double[] squares = new double[standardErrors.length];
        double widest = 0;
        for (int each = 0; each < squares.length; each++) {
            squares[each] = standardErrors[each] * standardErrors[each];
            widest = Math.max(widest, Math.abs(logRatios[each]));
        }
        // With the mean profiled out one number is left: the best of a grid, then its slope halved to nothing.
        int best = 0;
        double step = 2 * widest / STEPS;
        for (int each = 1; each <= STEPS; each++) {
            if (logLikelihood(logRatios, squares, square(each * step))
                    > logLikelihood(logRatios, squares, square(best * step))) {
                best = each;
            }
        }
        double low = square(Math.max(0, best - 1) * step);
        double high = square((best + 1) * step);
        double variance = slope(logRatios, squares, low) <= 0 ? low : root(logRatios, squares, low, high);
        return new EmpiricalCalibration(
                mean(logRatios, squares, variance), Math.sqrt(variance), logLikelihood(logRatios, squares, variance));
    }

    /** The two-sided p-value of an estimate when its error is like those of the controls. */
    public double p(double logRatio, double standardError) {
        double z = (logRatio - mean) / Math.hypot(deviation, standardError);
        return 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z));
    }

    /** The estimate with the mean error taken out. */
    public double calibrated(double logRatio) {
        return logRatio - mean;
    }

    /** Limits that hold the systematic error as well, if errors are as large where the truth is not 1. */
    public double[] interval(double logRatio, double standardError, double level) {
        double half = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2)
                * Math.hypot(deviation, standardError);
        return new double[] {logRatio - mean - half, logRatio - mean + half};
    }

    /** The expected size of the systematic error, whatever its sign, as a logarithm of a ratio. */
    public double expectedError() {
        if (deviation == 0) {
            return Math.abs(mean);
        }
        double ratio = mean / deviation;
        return deviation * Math.sqrt(2 / Math.PI) * Math.exp(-square(ratio) / 2)
                + mean * (1 - 2 * NormalDistribution.of(0, 1).cumulativeProbability(-ratio));
    }

    private static double square(double value) {
        return value * value;
    }

    private static double mean(double[] values, double[] squares, double variance) {
        double sum = 0;
        double all = 0;
        for (int each = 0; each < values.length; each++) {
            sum += values[each] / (squares[each] + variance);
            all += 1 / (squares[each] + variance);
        }
        return sum / all;
    }

    private static double logLikelihood(double[] values, double[] squares, double variance) {
        double mean = mean(values, squares, variance);
        return IntStream.range(0, values.length)
                .mapToDouble(each -> {
                    double total = squares[each] + variance;
                    return -(Math.log(2 * Math.PI * total) + square(values[each] - mean) / total) / 2;
                })
                .sum();
    }

    /** Of the profile log-likelihood, by the variance. */
    private static double slope(double[] values, double[] squares, double variance) {
        double mean = mean(values, squares, variance);
        double sum = 0;
        for (int each = 0; each < values.length; each++) {
            double total = squares[each] + variance;
            sum += (square((values[each] - mean) / total) - 1 / total) / 2;
        }
        return sum;
    }

    private static double root(double[] values, double[] squares, double from, double to) {
        double low = from;
        double high = to;
        for (int halving = 0; halving < HALVINGS_MAX; halving++) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                break;
            }
            if (slope(values, squares, middle) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
