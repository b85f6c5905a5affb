package org.vauban.study.regression;

import java.util.List;

/** What became of a regression: a fit, or the reason why there is none. */
public sealed interface ModelResult permits ModelFit, ModelResult.NoEstimate {

    /**
     * The likelihood has no maximum that could be reported.
     *
     * @param terms those concerned
     */
    record NoEstimate(Reason reason, List<String> terms) implements ModelResult {
        public NoEstimate {
            terms = List.copyOf(terms);
        }
    }

    /** Why there is no estimate. */
    enum Reason {
        /** The likelihood rises for ever as a coefficient grows: the covariates separate the outcomes. */
        SEPARATED,
        /** A covariate is constant, or a sum of others. */
        COLLINEAR,
        /** The iteration found no maximum. */
        NOT_CONVERGED
    }

    /** The fit, for callers who cannot go on without one. */
    default ModelFit orThrow() {
        return switch (this) {
            case ModelFit fit -> fit;
            case NoEstimate none ->
                throw new IllegalStateException("The model has no estimate: " + none.reason() + " " + none.terms());
        };
    }
}
