package org.vauban.study.regression;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;

/** The distribution of an outcome with its canonical link: how a mean follows from a linear predictor, and how it varies. */
public enum Family {
    /** A number with one variance for all; the predictor is the mean. */
    GAUSSIAN {
        @Override
        double mean(double predictor) {
            return predictor;
        }

        @Override
        double variance(double mean) {
            return 1;
        }

        @Override
        double link(double mean) {
            return mean;
        }

        @Override
        double deviance(double outcome, double mean) {
            return (outcome - mean) * (outcome - mean);
        }

        @Override
        double logDensity(double outcome, double mean, double weight) {
            throw new IllegalStateException("A normal outcome's likelihood needs its variance");
        }
    },
    /** Yes or no, or a share of yes; the predictor is the logarithm of the odds. */
    BINOMIAL {
        @Override
        double mean(double predictor) {
            return 1 / (1 + Math.exp(-predictor));
        }

        @Override
        double variance(double mean) {
            return mean * (1 - mean);
        }

        @Override
        double link(double mean) {
            return Math.log(mean / (1 - mean));
        }

        @Override
        double deviance(double outcome, double mean) {
            return 2 * (entropy(outcome, mean) + entropy(1 - outcome, 1 - mean));
        }

        @Override
        double logDensity(double outcome, double mean, double weight) {
            // A whole weight is a number of trials; any other weighs a single yes or no.
            boolean trials = weight == Math.rint(weight) && outcome * weight == Math.rint(outcome * weight);
            return trials && mean > 0 && mean < 1
                    ? BinomialDistribution.of((int) weight, mean).logProbability((int) (outcome * weight))
                    : weight * (part(outcome, mean) + part(1 - outcome, 1 - mean));
        }
    },
    /** A count; the predictor is the logarithm of the mean. */
    POISSON {
        @Override
        double mean(double predictor) {
            return Math.exp(predictor);
        }

        @Override
        double variance(double mean) {
            return mean;
        }

        @Override
        double link(double mean) {
            return Math.log(mean);
        }

        @Override
        double deviance(double outcome, double mean) {
            return 2 * (entropy(outcome, mean) - (outcome - mean));
        }

        @Override
        double logDensity(double outcome, double mean, double weight) {
            return outcome == Math.rint(outcome)
                    ? weight * PoissonDistribution.of(mean).logProbability((int) outcome)
                    : Double.NaN;
        }
    };

    /** The mean that a linear predictor stands for. */
    abstract double mean(double predictor);

    /** The variance at a mean; with the canonical link also the derivative of the mean. */
    abstract double variance(double mean);

    abstract double link(double mean);

    /** Twice the log-likelihood that an outcome loses against a mean of its own. */
    abstract double deviance(double outcome, double mean);

    abstract double logDensity(double outcome, double mean, double weight);

    private static double entropy(double outcome, double mean) {
        return outcome == 0 ? 0 : outcome * Math.log(outcome / mean);
    }

    private static double part(double count, double probability) {
        return count == 0 ? 0 : count * Math.log(probability);
    }
}
