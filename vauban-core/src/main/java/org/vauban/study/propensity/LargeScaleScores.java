package org.vauban.study.propensity;

import java.util.List;
import org.vauban.study.regularised.Penalty;
import org.vauban.study.regularised.RegularisedFit;
import org.vauban.study.regularised.RegularisedRegression;
import org.vauban.study.regularised.SparseColumns;

/**
 * A propensity score from everything recorded before: logistic regression with a lasso, so that the data choose among thousands of
 * covariates (Schneeweiss and others 2009; Tian, Schuemie and Suchard 2018).
 *
 * @param scores the probability of the first arm, one for each person
 * @param chosen how many covariates are in the model
 * @param lambda the penalty it was fitted with
 */
@SuppressWarnings("ArrayRecordComponent")
public record LargeScaleScores(double[] scores, int chosen, double lambda) {
    private static final int LAMBDAS = 20;
    private static final double SMALLEST_LAMBDA_SHARE = 0.01;

    /** How much large coefficients cost. */
    public sealed interface Cost {
        /** What predicts best the persons who were left out; the same seed gives the same parts. */
        record CrossValidated(int folds, long seed) implements Cost {}

        /** The lasso that a Laplace prior of this variance means. */
        record Prior(double variance) implements Cost {}
    }

    /** Fits the score; both arms have somebody and there is at least one column. */
    public static LargeScaleScores fit(List<CovariateColumn> columns, boolean[] treated, Cost cost) {
        SparseColumns sparse = sparse(columns, treated.length);
        var regression = RegularisedRegression.logistic(sparse, treated);
        RegularisedFit fit = regression.fit(
                switch (cost) {
                    case Cost.Prior prior -> Penalty.laplace(prior.variance(), treated.length);
                    case Cost.CrossValidated validated -> {
                        double[] lambdas = regression.lambdas(LAMBDAS, SMALLEST_LAMBDA_SHARE, 1, true);
                        int best = regression
                                .crossValidate(lambdas, 1, true, validated.folds(), validated.seed())
                                .best();
                        yield new Penalty(lambdas[best], 1, true);
                    }
                });
        double[] scores = fit.predictors(sparse);
        for (int person = 0; person < scores.length; person++) {
            scores[person] = 1 / (1 + Math.exp(-scores[person]));
        }
        return new LargeScaleScores(scores, fit.chosen(), fit.penalty().lambda());
    }

    private static SparseColumns sparse(List<CovariateColumn> columns, int persons) {
        int[] begin = new int[columns.size() + 1];
        for (int column = 0; column < columns.size(); column++) {
            begin[column + 1] = begin[column] + columns.get(column).rows().length;
        }
        int[] row = new int[begin[columns.size()]];
        double[] value = new double[row.length];
        for (int column = 0; column < columns.size(); column++) {
            CovariateColumn one = columns.get(column);
            System.arraycopy(one.rows(), 0, row, begin[column], one.rows().length);
            for (int cell = begin[column]; cell < begin[column + 1]; cell++) {
                value[cell] = one.value(cell - begin[column]);
            }
        }
        return SparseColumns.of(persons, begin, row, value);
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "LargeScaleScores[" + chosen + " chosen]";
    }
}
