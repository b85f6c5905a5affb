package org.vauban.output;

/**
 * An exact result. It stays inside the project space until disclosure control has cleared it and two people have released
 * it. Each kind has its own checks, so a new kind is a new case everywhere that matters.
 */
public sealed interface RawOutput
        permits FrequencyTable,
                MagnitudeTable,
                AttritionFlow,
                SurvivalCurves,
                EffectEstimates,
                CovariateBalance,
                Occurrences,
                Features,
                Distributions,
                Pathways,
                DesignChecks {
    /** A name that is unique inside its request, in the letters of a file name: {@code kaplan-meier}. */
    String name();
}
