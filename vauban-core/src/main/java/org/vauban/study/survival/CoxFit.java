package org.vauban.study.survival;

import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.vauban.study.matrix.PositiveMatrix;

/** A fitted Cox regression. Coefficients are logarithms of hazard ratios, in the caller's units. */
public final class CoxFit implements CoxResult {
    /** A profile limit further than this many standard errors away is called infinite. */
    private static final double PROFILE_REACH = 60;

    private final CoxData data;
    private final List<String> names;
    private final int rows;
    private final int events;
    private final Ties ties;
    private final PartialLikelihood likelihood;
    private final CoxRegression.Search.Found found;
    private final double[] coefficients;
    private final double[][] covariance;
    private final double logLikelihoodNull;
    private final double scoreTest;

    CoxFit(
            CoxData data,
            Ties ties,
            PartialLikelihood likelihood,
            CoxRegression.Search.Found found,
            double logLikelihoodNull,
            double scoreTest) {
        this.data = data;
        this.names = data.names();
        this.rows = data.rows();
        this.events = data.events();
        this.ties = ties;
        this.likelihood = likelihood;
        this.found = found;
        this.logLikelihoodNull = logLikelihoodNull;
        this.scoreTest = scoreTest;
        int size = names.size();
        this.coefficients = new double[size];
        this.covariance = CoxRegression.inverse(found.evaluation().information());
        for (int row = 0; row < size; row++) {
            coefficients[row] = found.coefficients()[row] / likelihood.scale(row);
            for (int column = 0; column < size; column++) {
                covariance[row][column] /= likelihood.scale(row) * likelihood.scale(column);
            }
        }
    }

    public List<String> names() {
        return names;
    }

    public int rows() {
        return rows;
    }

    public int events() {
        return events;
    }

    public Ties ties() {
        return ties;
    }

    public double coefficient(int covariate) {
        return coefficients[covariate];
    }

    public double hazardRatio(int covariate) {
        return Math.exp(coefficients[covariate]);
    }

    /** Model-based standard error of a coefficient. */
    public double standardError(int covariate) {
        return Math.sqrt(covariance[covariate][covariate]);
    }

    public double covariance(int left, int right) {
        return covariance[left][right];
    }

    public double logLikelihood() {
        return found.evaluation().logLikelihood();
    }

    /** The log-likelihood with all coefficients zero. */
    public double logLikelihoodNull() {
        return logLikelihoodNull;
    }

    public int iterations() {
        return found.iterations();
    }

    /** Wald's two-sided p-value of one coefficient. */
    public double p(int covariate) {
        double z = Math.abs(coefficients[covariate]) / standardError(covariate);
        return 2 * NormalDistribution.of(0, 1).survivalProbability(z);
    }

    /** Likelihood-ratio statistic of all coefficients together. */
    public double likelihoodRatioTest() {
        return 2 * (logLikelihood() - logLikelihoodNull);
    }

    /** Score statistic of all coefficients together; the log-rank test when the only covariate is the arm. */
    public double scoreTest() {
        return scoreTest;
    }

    /** Wald statistic of all coefficients together. */
    public double waldTest() {
        double sum = 0;
        double[] scaled = found.coefficients();
        double[][] information = found.evaluation().information();
        for (int row = 0; row < scaled.length; row++) {
            for (int column = 0; column < scaled.length; column++) {
                sum += scaled[row] * information[row][column] * scaled[column];
            }
        }
        return sum;
    }

    /** P-value of one of the three statistics of all coefficients together. */
    public double pOfAll(double statistic) {
        return ChiSquaredDistribution.of(names.size()).survivalProbability(statistic);
    }

    /**
     * The logarithm of each row's hazard against a row at the mean of the covariates, in the caller's order. A covariate with no other
     * values than -1, 0 and 1 is measured from 0, as in R.
     */
    public double[] linearPredictors() {
        double[] predictors = new double[rows];
        for (int row = 0; row < rows; row++) {
            predictors[row] = data.offset == null ? 0 : data.offset[row];
        }
        for (int covariate = 0; covariate < names.size(); covariate++) {
            double from = isIndicator(covariate) ? 0 : likelihood.centre(covariate);
            for (int row = 0; row < rows; row++) {
                predictors[row] += coefficients[covariate] * (data.value(covariate, row) - from);
            }
        }
        return predictors;
    }

    private boolean isIndicator(int covariate) {
        for (int row = 0; row < rows; row++) {
            double value = data.value(covariate, row);
            if (value != 0 && Math.abs(value) != 1) {
                return false;
            }
        }
        return true;
    }

    public CoxResiduals residuals() {
        return residuals(found.coefficients());
    }

    public BaselineHazard baseline() {
        var times = new EventTimes(data, likelihood, found.coefficients());
        return new BaselineHazard(data, times, likelihood, coefficients, covariance);
    }

    public ProportionalHazards proportionalHazards() {
        return new ProportionalHazards(data, new EventTimes(data, likelihood, found.coefficients()));
    }

    /** Errors that do not trust the model, each row by itself. */
    public RobustErrors robust() {
        return robust(Concordance.eachAlone(rows));
    }

    /** Errors that do not trust the model, with rows of one cluster taken together. */
    public RobustErrors robust(int[] clusters) {
        double[][] dfbeta = weighted(residuals().dfbeta());
        double[][] scores = weighted(residuals(new double[names.size()]).score());
        return new RobustErrors(
                coefficients, PositiveMatrix.sumByGroup(dfbeta, clusters), PositiveMatrix.sumByGroup(scores, clusters));
    }

    public Concordance concordance() {
        return concordance(Concordance.eachAlone(rows));
    }

    /** The same with the error that takes rows of one cluster together. */
    public Concordance concordance(int[] clusters) {
        return Concordance.of(data, linearPredictors(), clusters);
    }

    private CoxResiduals residuals(double[] scaled) {
        return new CoxResiduals(data, new EventTimes(data, likelihood, scaled), likelihood, covariance);
    }

    private double[][] weighted(double[][] residuals) {
        for (int row = 0; row < rows; row++) {
            for (int covariate = 0; covariate < names.size(); covariate++) {
                residuals[row][covariate] *= data.weight(row);
            }
        }
        return residuals;
    }

    /** Wald's interval of a coefficient, on the log scale. */
    public Interval waldInterval(int covariate, double level) {
        double z = NormalDistribution.of(0, 1).inverseCumulativeProbability(1 - (1 - level) / 2);
        double half = z * standardError(covariate);
        return new Interval(coefficients[covariate] - half, coefficients[covariate] + half);
    }

    /**
     * The profile-likelihood interval of a coefficient, on the log scale: the values that a likelihood-ratio test does not reject
     * when the other coefficients are fitted again at each value. A side on which the likelihood never falls so far is infinite.
     */
    public Interval profileInterval(int covariate, double level) {
        double allowed = ChiSquaredDistribution.of(1).inverseCumulativeProbability(level) / 2;
        return new Interval(
                profileLimit(covariate, -1, allowed) / likelihood.scale(covariate),
                profileLimit(covariate, 1, allowed) / likelihood.scale(covariate));
    }

    /** An interval on the log scale. */
    public record Interval(double lower, double upper) {}

    private double profileLimit(int covariate, int side, double allowed) {
        double maximum = found.coefficients()[covariate];
        double error = standardError(covariate) * likelihood.scale(covariate);
        var profile = new Profile(covariate, logLikelihood() - allowed);
        double inside = maximum;
        double insideExcess = allowed;
        double outside = maximum + side * error * Math.sqrt(2 * allowed);
        double outsideExcess = profile.excess(outside);
        while (outsideExcess > 0) {
            if (Math.abs(outside - maximum) > PROFILE_REACH * error) {
                return side * Double.POSITIVE_INFINITY;
            }
            inside = outside;
            insideExcess = outsideExcess;
            outside = maximum + 2 * (outside - maximum);
            outsideExcess = profile.excess(outside);
        }
        return profile.root(inside, insideExcess, outside, outsideExcess);
    }

    /** The profile log-likelihood of one coefficient above a level, fitted from the last point on. */
    private final class Profile {
        private static final int STEPS_MAX = 200;

        private final int covariate;
        private final double level;
        private final boolean[] free;
        private double[] last = found.coefficients();

        Profile(int covariate, double level) {
            this.covariate = covariate;
            this.level = level;
            this.free = CoxRegression.all(names.size());
            this.free[covariate] = false;
        }

        double excess(double value) {
            double[] from = last.clone();
            from[covariate] = value;
            return switch (CoxRegression.maximise(likelihood, from, free)) {
                case CoxRegression.Search.Found there -> {
                    last = there.coefficients();
                    yield there.evaluation().logLikelihood() - level;
                }
                // Far out another coefficient may have no maximum: that value is outside the interval or never reached.
                case CoxRegression.Search.Infinite _, CoxRegression.Search.Lost _ -> Double.NEGATIVE_INFINITY;
            };
        }

        /** False position with the Illinois correction, and bisection where a value is not finite. */
        double root(double from, double fromExcess, double to, double toExcess) {
            double inside = from;
            double insideExcess = fromExcess;
            double outside = to;
            double outsideExcess = toExcess;
            int lastMoved = 0;
            for (int step = 0; step < STEPS_MAX; step++) {
                double middle = Double.isInfinite(outsideExcess)
                        ? (inside + outside) / 2
                        : outside - outsideExcess * (inside - outside) / (insideExcess - outsideExcess);
                double excess = excess(middle);
                if (Math.abs(excess) < 1e-12 || Math.abs(outside - inside) < 1e-13 * Math.max(1, Math.abs(middle))) {
                    return middle;
                }
                if (excess > 0) {
                    inside = middle;
                    insideExcess = excess;
                    outsideExcess = lastMoved == 1 ? outsideExcess / 2 : outsideExcess;
                    lastMoved = 1;
                } else {
                    outside = middle;
                    outsideExcess = excess;
                    insideExcess = lastMoved == -1 ? insideExcess / 2 : insideExcess;
                    lastMoved = -1;
                }
            }
            return (inside + outside) / 2;
        }
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "CoxFit[" + names + ", " + ties + "]";
    }
}
