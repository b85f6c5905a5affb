package org.vauban.study.synthesis;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** Estimates of several studies, combined by inverse variance. Estimates are on a scale on which they are about normal. */
public final class MetaAnalysis {
    private static final int ITERATIONS_MAX = 10_000;

    private final double[] estimates;
    private final double[] variances;

    private MetaAnalysis(double[] estimates, double[] variances) {
        this.estimates = estimates;
        this.variances = variances;
    }

    /**
     * From the studies.
     *
     * @param variances squares of the standard errors, above 0
     */
    public static MetaAnalysis of(double[] estimates, double[] variances) {
        if (estimates.length != variances.length || estimates.length == 0) {
            throw new IllegalArgumentException("Each study has an estimate and a variance");
        }
        for (double each : variances) {
            if (!(each > 0)) {
                throw new IllegalArgumentException("A variance is above 0");
            }
        }
        return new MetaAnalysis(estimates.clone(), variances.clone());
    }

    /** How the variance between studies is estimated. */
    public enum Between {
        /** There is none: one true effect. */
        NONE,
        /** DerSimonian and Laird 1986: by moments. */
        DER_SIMONIAN_LAIRD,
        /** Restricted maximum likelihood. */
        RESTRICTED_LIKELIHOOD,
        /** Paule and Mandel 1982: the value at which Cochran's statistic is what is expected. */
        PAULE_MANDEL
    }

    /**
     * A combined estimate.
     *
     * @param betweenVariance tau squared
     * @param studies how many there are
     * @param inconsistency I squared, in percent
     * @param excess H squared
     */
    public record Combined(
            double estimate,
            double standardError,
            double betweenVariance,
            int studies,
            double inconsistency,
            double excess) {

        /** Wald's interval. */
        public double[] interval(double level) {
            double half = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2) * standardError;
            return new double[] {estimate - half, estimate + half};
        }

        /** Where a further study's true effect would lie (Higgins, Thompson and Spiegelhalter 2009); from three studies on. */
        public double[] prediction(double level) {
            if (studies < 3) {
                return new double[] {Double.NaN, Double.NaN};
            }
            double half = TDistribution.of(studies - 2.0).inverseSurvivalProbability((1 - level) / 2)
                    * Math.sqrt(betweenVariance + standardError * standardError);
            return new double[] {estimate - half, estimate + half};
        }
    }

    /** Combines the studies. */
    public Combined combine(Between between) {
        double tau = switch (between) {
            case NONE -> 0;
            case DER_SIMONIAN_LAIRD -> moments();
            case RESTRICTED_LIKELIHOOD -> restrictedLikelihood();
            case PAULE_MANDEL -> pauleMandel();
        };
        double[] weights = weights(tau);
        double[] plain = weights(0);
        double sum = Arrays.stream(plain).sum();
        double squares = Arrays.stream(plain).map(each -> each * each).sum();
        int freedom = estimates.length - 1;
        // The variance of a typical study (Higgins and Thompson 2002).
        double typical = freedom * sum / (sum * sum - squares);
        boolean fixed = between == Between.NONE;
        double inconsistency =
                fixed ? 100 * Math.max(0, (heterogeneity() - freedom) / heterogeneity()) : 100 * tau / (tau + typical);
        double excess = fixed ? heterogeneity() / freedom : (tau + typical) / typical;
        return new Combined(
                mean(weights),
                1 / Math.sqrt(Arrays.stream(weights).sum()),
                tau,
                estimates.length,
                inconsistency,
                excess);
    }

    /** Cochran's Q. */
    public double heterogeneity() {
        return heterogeneity(0);
    }

    public double heterogeneityP() {
        return ChiSquaredDistribution.of(estimates.length - 1.0).survivalProbability(heterogeneity());
    }

    /**
     * Hartung and Knapp's error and interval (2001): from the spread of the estimates themselves, with Student's distribution.
     *
     * @param lower lower limit
     * @param upper upper limit
     */
    public record HartungKnapp(double estimate, double standardError, double lower, double upper) {}

    public HartungKnapp hartungKnapp(Between between, double level) {
        Combined combined = combine(between);
        double[] weights = weights(combined.betweenVariance());
        int freedom = estimates.length - 1;
        double error = Math.sqrt(heterogeneity(combined.betweenVariance())
                / freedom
                / Arrays.stream(weights).sum());
        double half = TDistribution.of(freedom).inverseSurvivalProbability((1 - level) / 2) * error;
        return new HartungKnapp(combined.estimate(), error, combined.estimate() - half, combined.estimate() + half);
    }

    private double[] weights(double tau) {
        return Arrays.stream(variances).map(each -> 1 / (each + tau)).toArray();
    }

    private double mean(double[] weights) {
        double sum = 0;
        double all = 0;
        for (int study = 0; study < weights.length; study++) {
            sum += weights[study] * estimates[study];
            all += weights[study];
        }
        return sum / all;
    }

    private double heterogeneity(double tau) {
        double[] weights = weights(tau);
        double mean = mean(weights);
        double sum = 0;
        for (int study = 0; study < weights.length; study++) {
            sum += weights[study] * (estimates[study] - mean) * (estimates[study] - mean);
        }
        return sum;
    }

    private double moments() {
        double[] weights = weights(0);
        double sum = Arrays.stream(weights).sum();
        double squares = Arrays.stream(weights).map(each -> each * each).sum();
        return Math.max(0, (heterogeneity() - (estimates.length - 1)) / (sum - squares / sum));
    }

    /** Cochran's statistic falls as tau grows: halve until nothing is between. */
    private double pauleMandel() {
        int freedom = estimates.length - 1;
        if (heterogeneity(0) <= freedom) {
            return 0;
        }
        double low = 0;
        double high = 1;
        while (heterogeneity(high) > freedom) {
            low = high;
            high *= 2;
        }
        for (int halving = 0; halving < ITERATIONS_MAX; halving++) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                break;
            }
            if (heterogeneity(middle) > freedom) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Fisher's scoring (Viechtbauer 2005), from the moments' answer. */
    private double restrictedLikelihood() {
        double tau = moments();
        for (int iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
            double[] weights = weights(tau);
            double mean = mean(weights);
            double sum = 0;
            double squares = 0;
            double cubes = 0;
            double spread = 0;
            for (int study = 0; study < weights.length; study++) {
                double weight = weights[study];
                sum += weight;
                squares += weight * weight;
                cubes += weight * weight * weight;
                spread += weight * weight * (estimates[study] - mean) * (estimates[study] - mean);
            }
            double score = spread - (sum - squares / sum);
            double information = squares - 2 * cubes / sum + squares * squares / (sum * sum);
            double next = Math.max(0, tau + score / information);
            if (Math.abs(next - tau) <= 1e-14 * (1 + tau)) {
                return next;
            }
            tau = next;
        }
        return tau;
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "MetaAnalysis[" + estimates.length + " studies]";
    }
}
