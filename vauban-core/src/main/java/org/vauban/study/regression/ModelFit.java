package org.vauban.study.regression;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.vauban.study.matrix.PositiveMatrix;

/** A fitted generalised linear model. Term 0 is the intercept; coefficients are in the caller's units, on the scale of the link. */
public final class ModelFit implements ModelResult {
    private final ModelRows rows;
    private final Family family;
    private final LaidOut laidOut;
    private final double[] laidOutCoefficients;
    private final double[] coefficients;
    private final double[][] bread;
    private final double[] mean;
    private final double nullDeviance;

    ModelFit(
            ModelRows rows,
            Family family,
            LaidOut laidOut,
            double[] laidOutCoefficients,
            double[][] bread,
            double[] mean,
            double nullDeviance) {
        this.rows = rows;
        this.family = family;
        this.laidOut = laidOut;
        this.laidOutCoefficients = laidOutCoefficients;
        this.coefficients = laidOut.back(laidOutCoefficients);
        this.bread = bread;
        this.mean = mean;
        this.nullDeviance = nullDeviance;
    }

    /** The intercept and the covariates, in order. */
    public List<String> terms() {
        return rows.terms();
    }

    public int rows() {
        return rows.rows();
    }

    public double coefficient(int term) {
        return coefficients[term];
    }

    /** The coefficients of the laid-out columns. */
    double[] laidOutCoefficients() {
        return laidOutCoefficients.clone();
    }

    /** The fitted mean of each row: a probability, a count or a number. */
    public double[] fitted() {
        return mean.clone();
    }

    /** The mean of a row that was not fitted; an array of all covariates without the intercept. */
    public double predict(double[] covariates) {
        double predictor = coefficients[0];
        for (int covariate = 0; covariate < covariates.length; covariate++) {
            predictor += coefficients[covariate + 1] * covariates[covariate];
        }
        return family.mean(predictor);
    }

    /** Errors that trust the model. */
    public Errors errors() {
        double dispersion = family == Family.GAUSSIAN ? deviance() / (rows.rows() - coefficients.length) : 1;
        return errors(bread, dispersion);
    }

    /** Huber and White's sandwich (HC0): errors that do not trust the model's variance. */
    public Errors robust() {
        return errors(PositiveMatrix.sandwich(bread, scores()), 1);
    }

    /** The sandwich times rows over rows less terms (HC1). */
    public Errors robustForSmallSamples() {
        double size = rows.rows();
        return errors(PositiveMatrix.sandwich(bread, scores()), size / (size - coefficients.length));
    }

    /** The sandwich with rows of one cluster taken together (Liang and Zeger 1986), without a correction. */
    public Errors clustered(int[] clusters) {
        return errors(PositiveMatrix.sandwich(bread, PositiveMatrix.sumByGroup(scores(), clusters)), 1);
    }

    /**
     * The errors of a sample survey: the sandwich times clusters over clusters less one (R's {@code svyglm}, each row its own cluster
     * when the clusters are all different).
     */
    public Errors ofSurvey(int[] clusters) {
        double[][] sums = PositiveMatrix.sumByGroup(scores(), clusters);
        return errors(PositiveMatrix.sandwich(bread, sums), sums.length / (sums.length - 1.0));
    }

    public double deviance() {
        double sum = 0;
        for (int row = 0; row < mean.length; row++) {
            sum += rows.weight(row) * family.deviance(rows.outcome(row), mean[row]);
        }
        return sum;
    }

    /** The deviance of the model with the intercept alone. */
    public double nullDeviance() {
        return Double.isNaN(nullDeviance) ? deviance() : nullDeviance;
    }

    public double logLikelihood() {
        double size = rows.rows();
        double sum = 0;
        for (int row = 0; row < mean.length; row++) {
            sum += family == Family.GAUSSIAN
                    ? Math.log(rows.weight(row)) / 2
                    : family.logDensity(rows.outcome(row), mean[row], rows.weight(row));
        }
        return family == Family.GAUSSIAN ? sum - size / 2 * (Math.log(2 * Math.PI * deviance() / size) + 1) : sum;
    }

    /** Akaike's criterion; a normal model's variance counts as a parameter. */
    public double akaike() {
        return -2 * logLikelihood() + 2.0 * (coefficients.length + (family == Family.GAUSSIAN ? 1 : 0));
    }

    private Errors errors(double[][] covariance, double factor) {
        double[][] back = laidOut.back(covariance);
        for (double[] row : back) {
            for (int column = 0; column < row.length; column++) {
                row[column] *= factor;
            }
        }
        return new Errors(coefficients.clone(), back);
    }

    /** Each row's part in the score. */
    private double[][] scores() {
        double[][] scores = new double[mean.length][laidOut.terms()];
        for (int row = 0; row < mean.length; row++) {
            double residual = rows.weight(row) * (rows.outcome(row) - mean[row]);
            for (int term = 0; term < scores[row].length; term++) {
                scores[row][term] = residual * laidOut.value(row, term);
            }
        }
        return scores;
    }

    /** The errors of a model's coefficients, of one kind. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Errors(double[] coefficients, double[][] covariance) {
        public double standardError(int term) {
            return Math.sqrt(covariance[term][term]);
        }

        public double z(int term) {
            return coefficients[term] / standardError(term);
        }

        /** Wald's two-sided p-value by the normal distribution. */
        public double p(int term) {
            return 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z(term)));
        }

        /** Lower and upper limit on the scale of the link. */
        public double[] interval(int term, double level) {
            double half = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2) * standardError(term);
            return new double[] {coefficients[term] - half, coefficients[term] + half};
        }

        /** Shows shape only. */
        @Override
        public String toString() {
            return "Errors[" + coefficients.length + "]";
        }
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "ModelFit" + Arrays.toString(terms().toArray());
    }
}
