package org.vauban.study.regularised;

import java.util.Arrays;

/**
 * A regularised fit, in the units of the columns.
 *
 * @param penalty what it was fitted with
 * @param intercept 0 where the model has none
 * @param coefficients one for each column, most of them 0 under a lasso
 * @param objective minus the log-likelihood per row, plus the penalty
 * @param residual how far the conditions of an optimum (Karush, Kuhn, Tucker) are from holding: the largest excess of a slope
 * @param iterations quadratic approximations that were solved
 */
@SuppressWarnings("ArrayRecordComponent")
public record RegularisedFit(
        Penalty penalty, double intercept, double[] coefficients, double objective, double residual, int iterations) {

    /** How many columns are in the model. */
    public int chosen() {
        return (int) Arrays.stream(coefficients).filter(each -> each != 0).count();
    }

    /** The predictor of each row: the logarithm of its odds, or of its hazard ratio. */
    public double[] predictors(SparseColumns columns) {
        double[] predictors = new double[columns.rows()];
        Arrays.fill(predictors, intercept);
        for (int column = 0; column < coefficients.length; column++) {
            if (coefficients[column] != 0) {
                for (int cell = columns.begin(column); cell < columns.begin(column + 1); cell++) {
                    predictors[columns.row(cell)] += coefficients[column] * columns.value(cell);
                }
            }
        }
        return predictors;
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "RegularisedFit[" + penalty + ", " + chosen() + " chosen]";
    }
}
