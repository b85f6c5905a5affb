package org.vauban.study.propensity;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vauban.study.regression.Family;
import org.vauban.study.regression.GeneralisedLinearModel;
import org.vauban.study.regression.ModelFit;
import org.vauban.study.regression.ModelResult;
import org.vauban.study.regression.ModelRows;

/** The probability of being in the first arm, given what was known before (Rosenbaum and Rubin 1983). */
public final class PropensityScores {
    private PropensityScores() {}

    /**
     * By logistic regression on a few columns.
     *
     * @param columns covariates, one array each, every value known; no intercept
     * @param treated whether the person is in the first arm
     * @return a score for each person, strictly between 0 and 1; empty when there is none: an arm is empty, a column is a sum of others,
     *     or the arms are separated
     */
    public static Optional<double[]> logistic(List<double[]> columns, boolean[] treated) {
        double[] arm = new double[treated.length];
        for (int person = 0; person < arm.length; person++) {
            arm[person] = treated[person] ? 1 : 0;
        }
        double first = Arrays.stream(arm).sum();
        if (first == 0 || first == arm.length) {
            return Optional.empty();
        }
        ModelRows rows = ModelRows.of(arm);
        for (int column = 0; column < columns.size(); column++) {
            rows = rows.covariate("x" + column, columns.get(column));
        }
        return switch (GeneralisedLinearModel.fit(rows, Family.BINOMIAL)) {
            case ModelFit fit -> Optional.of(fit.fitted()).filter(PropensityScores::areInside);
            case ModelResult.NoEstimate _ -> Optional.empty();
        };
    }

    /** A score that rounds to 0 or 1 separates the arms for every purpose. */
    private static boolean areInside(double[] scores) {
        return Arrays.stream(scores).allMatch(score -> score > 0 && score < 1);
    }
}
