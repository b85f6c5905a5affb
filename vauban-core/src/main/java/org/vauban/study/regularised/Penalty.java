package org.vauban.study.regularised;

/**
 * What large coefficients cost.
 *
 * @param lambda how much, against the log-likelihood per row
 * @param alpha 1 for the lasso, 0 for the ridge, between them the elastic net
 * @param standardised whether coefficients are measured in standard deviations of their column (divisor: the number of rows)
 */
public record Penalty(double lambda, double alpha, boolean standardised) {
    public Penalty {
        if (!(lambda >= 0) || !(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("A penalty is not negative, and its mix lies between 0 and 1");
        }
    }

    /** The lasso that a Laplace prior of this variance means, as OHDSI's Cyclops tells it. */
    public static Penalty laplace(double variance, int rows) {
        return new Penalty(Math.sqrt(2 / variance) / rows, 1, false);
    }

    /** The ridge that a normal prior of this variance means. */
    public static Penalty normal(double variance, int rows) {
        return new Penalty(1 / (variance * rows), 0, false);
    }

    Penalty with(double otherLambda) {
        return new Penalty(otherLambda, alpha, standardised);
    }
}
