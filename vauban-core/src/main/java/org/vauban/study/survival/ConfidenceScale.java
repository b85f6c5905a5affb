package org.vauban.study.survival;

/** The scale on which a confidence interval of a survival probability is symmetric. */
public enum ConfidenceScale {
    /** Complementary log-log: keeps both limits between 0 and 1 and covers well in small samples. Our default. */
    LOG_LOG,
    /** Logarithm of survival: R's default; the upper limit is cut at 1. */
    LOG,
    /** Survival itself; cut at 0 and 1. */
    PLAIN,
    /** Logarithm of the odds. */
    LOGIT,
    /** Arcsine of the square root, whose variance does not depend on survival. */
    ARCSINE
}
