package org.vauban.study.propensity;

import java.util.Arrays;

/**
 * How alike the arms are in one covariate: the difference of its means, measured in standard deviations (Austin 2009). Which deviation
 * is a choice that papers seldom tell; each common one is here under its name. Rows of weight 0 are not there.
 */
public final class Balance {
    private final Arm treated;
    private final Arm others;
    private final boolean binary;

    private Balance(Arm treated, Arm others, boolean binary) {
        this.treated = treated;
        this.others = others;
        this.binary = binary;
    }

    /** The balance among persons who count alike. */
    public static Balance of(double[] covariate, boolean[] treated) {
        double[] ones = new double[covariate.length];
        Arrays.fill(ones, 1);
        return of(covariate, treated, ones);
    }

    /** The balance under weights, none below 0. */
    public static Balance of(double[] covariate, boolean[] treated, double[] weights) {
        if (covariate.length != treated.length || covariate.length != weights.length) {
            throw new IllegalArgumentException("Each person has one value, one arm and one weight");
        }
        boolean binary = true;
        for (double value : covariate) {
            binary &= value == 0 || value == 1;
        }
        return new Balance(
                Arm.of(covariate, treated, weights, true), Arm.of(covariate, treated, weights, false), binary);
    }

    public double meanTreated() {
        return treated.mean;
    }

    public double meanOthers() {
        return others.mean;
    }

    public double difference() {
        return treated.mean - others.mean;
    }

    /** Against the mean of the arms' weighted sample variances (divisor n - 1, or its like for reliability weights). */
    public double byWeightedSampleVariance() {
        return over((treated.sampleVariance + others.sampleVariance) / 2);
    }

    /** Against the mean of the arms' weighted variances with the sum of weights as divisor. */
    public double byWeightedVariance() {
        return over((treated.variance + others.variance) / 2);
    }

    /** Against the mean of the arms' sample variances, not weighted: a yardstick that weighting does not move. */
    public double byUnweightedVariance() {
        return over((treated.plainVariance + others.plainVariance) / 2);
    }

    /** Against the sample variance of the treated, not weighted: for effects in the treated. */
    public double byTreatedDeviation() {
        return over(treated.plainVariance);
    }

    /** For a yes or no, against the variance that its share has; NaN for any other covariate. */
    public double byShare() {
        double variance = (treated.mean * (1 - treated.mean) + others.mean * (1 - others.mean)) / 2;
        return binary ? over(variance) : Double.NaN;
    }

    /** The treated's weighted sample variance over the others'. */
    public double varianceRatio() {
        return treated.sampleVariance / others.sampleVariance;
    }

    private double over(double variance) {
        return difference() / Math.sqrt(variance);
    }

    /** One arm's mean and variances. */
    private record Arm(double mean, double sampleVariance, double variance, double plainVariance) {
        static Arm of(double[] covariate, boolean[] treated, double[] weights, boolean arm) {
            double all = 0;
            double squares = 0;
            double sum = 0;
            double plainSum = 0;
            int persons = 0;
            for (int row = 0; row < covariate.length; row++) {
                if (treated[row] == arm && weights[row] > 0) {
                    all += weights[row];
                    squares += weights[row] * weights[row];
                    sum += weights[row] * covariate[row];
                    plainSum += covariate[row];
                    persons++;
                }
            }
            double mean = sum / all;
            double plainMean = plainSum / persons;
            double deviations = 0;
            double plainDeviations = 0;
            for (int row = 0; row < covariate.length; row++) {
                if (treated[row] == arm && weights[row] > 0) {
                    deviations += weights[row] * (covariate[row] - mean) * (covariate[row] - mean);
                    plainDeviations += (covariate[row] - plainMean) * (covariate[row] - plainMean);
                }
            }
            return new Arm(mean, deviations / (all - squares / all), deviations / all, plainDeviations / (persons - 1));
        }
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "Balance[]";
    }
}
