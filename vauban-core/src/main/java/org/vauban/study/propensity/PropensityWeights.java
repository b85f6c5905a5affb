package org.vauban.study.propensity;

import java.util.List;
import java.util.Optional;

/**
 * Stabilised inverse-probability-of-treatment weights: under them both arms have the covariates of everybody (Robins, Hernán and
 * Brumback 2000). The estimand is the effect in all persons of the study.
 */
public final class PropensityWeights {
    private PropensityWeights() {}

    /**
     * A weight for each person: the share of the arm over the probability of the arm given the covariates.
     *
     * @param columns covariates, one array each, every value known; no intercept
     * @param treated whether the person is in the first arm
     * @return empty when there is no such score: an arm is empty, a column is a sum of others, or the arms are separated
     */
    public static Optional<double[]> stabilised(List<double[]> columns, boolean[] treated) {
        return PropensityScores.logistic(columns, treated)
                .map(scores -> BalancingWeights.ALL_STABILISED.of(scores, treated));
    }
}
