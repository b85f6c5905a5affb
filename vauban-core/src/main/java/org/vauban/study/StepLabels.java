package org.vauban.study;

import java.util.OptionalInt;

/** The words for the steps of a design, as they stand in outputs. Reports translate them by their pattern. */
public final class StepLabels {
    public static final String ORIGINAL = "Original cohort";
    public static final String NOT_IN_BOTH = "Not in both cohorts";
    public static final String FIRST_OF_BOTH = "Began the other exposure later or never";
    public static final String FIRST_EXPOSURE = "First exposure only";
    public static final String STUDY_PERIOD = "Start within the study period";
    public static final String OBSERVED = "Observed at the start";
    public static final String COMMON_PERIOD = "Calendar period common to both cohorts";
    public static final String NO_PRIOR_OUTCOME = "No outcome before";

    private StepLabels() {}

    static String priorObservation(int days) {
        return days == 0 ? OBSERVED : days + " days of observation before";
    }

    static String noPriorOutcome(OptionalInt lookbackDays) {
        return lookbackDays.isEmpty()
                ? NO_PRIOR_OUTCOME
                : "No outcome in the " + lookbackDays.getAsInt() + " days before";
    }

    static String atRisk(int days) {
        return "At least " + days + (days == 1 ? " day at risk" : " days at risk");
    }
}
