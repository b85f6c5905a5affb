package org.vauban.study.survival;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.vauban.study.matrix.PositiveMatrix;

/**
 * The errors of a Cox regression that do not trust the model: the sum of squares of what each row, or each cluster of rows that
 * belong together, moves the coefficients (Lin and Wei 1989; with several rows per person Wei, Lin and Weissfeld 1989). Weights are
 * counted in them as known, as in R's {@code survival}.
 */
public final class RobustErrors {
    private final double[] coefficients;
    private final double[][] covariance;
    private final double scoreTest;

    /**
     * From each row's weighted moves.
     *
     * @param dfbeta by row or cluster, at the estimate
     * @param scores by row or cluster, with all coefficients zero
     */
    RobustErrors(double[] coefficients, double[][] dfbeta, double[][] scores) {
        int size = coefficients.length;
        this.coefficients = coefficients;
        this.covariance = PositiveMatrix.squares(dfbeta, size);
        double[] total = new double[size];
        for (double[] row : scores) {
            for (int covariate = 0; covariate < size; covariate++) {
                total[covariate] += row[covariate];
            }
        }
        // Fewer clusters than covariates leave no test: NaN, and not a number.
        this.scoreTest = PositiveMatrix.of(PositiveMatrix.squares(scores, size))
                .map(squares -> squares.squaredLength(total))
                .orElse(Double.NaN);
    }

    public double covariance(int left, int right) {
        return covariance[left][right];
    }

    public double standardError(int covariate) {
        return Math.sqrt(covariance[covariate][covariate]);
    }

    /** Wald's two-sided p-value of one coefficient. */
    public double p(int covariate) {
        double z = Math.abs(coefficients[covariate]) / standardError(covariate);
        return 2 * NormalDistribution.of(0, 1).survivalProbability(z);
    }

    /** Wald's interval of a coefficient, on the log scale. */
    public CoxFit.Interval interval(int covariate, double level) {
        double half =
                NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2) * standardError(covariate);
        return new CoxFit.Interval(coefficients[covariate] - half, coefficients[covariate] + half);
    }

    /** Wald's statistic of all coefficients together; NaN when there are too few clusters for one. */
    public double waldTest() {
        return PositiveMatrix.of(covariance)
                .map(matrix -> matrix.squaredLength(coefficients))
                .orElse(Double.NaN);
    }

    /** The robust score statistic of all coefficients together; NaN when there are too few clusters for one. */
    public double scoreTest() {
        return scoreTest;
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "RobustErrors[" + coefficients.length + "]";
    }
}
