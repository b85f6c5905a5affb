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
    public static final String EVERYBODY = "Everybody";
    public static final String IN_THE_DATA = "In the data";
    public static final String SEX_KNOWN = "Sex is known";
    public static final String BIRTH_KNOWN = "Year of birth is known";
    public static final String OBSERVED_SOME_DAY = "Observed on some day of the study";
    public static final String OF_AN_AGE = "Of an age asked for";
    public static final String IN_TARGET = "In the target cohort";
    public static final String AT_RISK = "At risk of the outcome";
    public static final String IN_AN_INTERVAL = "In an interval that is shown";

    public static final String OUTCOME_OBSERVED = "Outcome on an observed day of the study";
    public static final String OTHER_DAYS = "Other days of the same persons";

    public static final String NOT_EXPOSED_BEFORE = "Not exposed before";
    public static final String NOT_EXPOSED = "Not exposed";

    public static final String EXPOSED = "With an exposure";
    public static final String EXPOSED_OBSERVED = "Exposure on a day of observation";
    public static final String FIRST_OF_ALL = "No exposure ever before";

    public static final String IN_THE_STUDY = "In the study";
    public static final String SCORED = "Covariates of the score known";
    public static final String TRIMMED = "Score within the limits";
    public static final String MATCHED = "Matched by the score";
    public static final String IN_COMMON_STRATA = "In a stratum with both exposures";

    private StepLabels() {}

    static String priorObservation(int days) {
        return days == 0 ? OBSERVED : days + " days of observation before";
    }

    static String noPriorOutcome(OptionalInt lookbackDays) {
        return lookbackDays.isEmpty()
                ? NO_PRIOR_OUTCOME
                : "No outcome in the " + lookbackDays.getAsInt() + " days before";
    }

    static String afterNaive(int days) {
        return "Outcome after the first " + days + " days of observation";
    }

    static String newUser(OptionalInt washoutDays) {
        return washoutDays.isEmpty() ? FIRST_OF_ALL : "No exposure in the " + washoutDays.getAsInt() + " days before";
    }

    static String atRisk(int days) {
        return "At least " + days + (days == 1 ? " day at risk" : " days at risk");
    }
}
