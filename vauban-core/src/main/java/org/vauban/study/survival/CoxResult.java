package org.vauban.study.survival;

import java.util.List;

/** What became of a Cox regression: a fit, or the reason why there is none. */
public sealed interface CoxResult permits CoxFit, CoxResult.NoEstimate {

    /**
     * The partial likelihood has no maximum that could be reported.
     *
     * @param reason why
     * @param covariates the covariates concerned
     */
    record NoEstimate(Reason reason, List<String> covariates) implements CoxResult {
        public NoEstimate {
            covariates = List.copyOf(covariates);
        }
    }

    /** Why there is no estimate. */
    enum Reason {
        /** Nobody had the event while comparable with another row. */
        NO_EVENTS,
        /** The likelihood rises for ever as a coefficient grows: the data separate the events. */
        MONOTONE_LIKELIHOOD,
        /** A covariate is constant, or a sum of others. */
        COLLINEAR,
        /** The iteration found no maximum. */
        NOT_CONVERGED,
        /** The weights do not exist: the covariates separate the arms or repeat each other. */
        NO_PROPENSITY_SCORE,
        /** An arm has nobody left to compare. */
        NOBODY_LEFT,
        /** No one of an arm is followed to the day asked. */
        HORIZON_TOO_LATE
    }

    /** The fit, for callers who cannot go on without one. */
    default CoxFit orThrow() {
        return switch (this) {
            case CoxFit fit -> fit;
            case NoEstimate none ->
                throw new IllegalStateException(
                        "The model has no estimate: " + none.reason() + " " + none.covariates());
        };
    }
}
