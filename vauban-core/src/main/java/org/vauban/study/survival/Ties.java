package org.vauban.study.survival;

/** How events at the same time share the partial likelihood. */
public enum Ties {
    /** Efron 1977: close to the exact likelihood. Our default, and R's. */
    EFRON,
    /** Breslow 1974: the default of SAS and of OHDSI's Cyclops. */
    BRESLOW,
    /**
     * Cox 1972 for discrete time: which of those at risk had the event, given how many did (R's {@code exact}). With one time and
     * strata it is conditional logistic regression. Takes no weights, and has no residuals.
     */
    EXACT
}
