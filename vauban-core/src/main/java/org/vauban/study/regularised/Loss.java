package org.vauban.study.regularised;

/** Minus the log-likelihood per row as a function of the rows' predictors: its value, its slope and a bound on its curvature. */
sealed interface Loss permits LogisticLoss, CoxLoss {
    int rows();

    /** Whether the predictor has an intercept; where it has none, a shift of all predictors changes nothing. */
    boolean hasIntercept();

    double value(double[] predictor);

    /**
     * Fills in derivatives by each row's predictor.
     *
     * @param slope the first
     * @param curvature a diagonal that is not below the matrix of the second
     */
    void derivatives(double[] predictor, double[] slope, double[] curvature);

    /** The same loss on some of the rows. */
    Loss where(int[] kept);
}
