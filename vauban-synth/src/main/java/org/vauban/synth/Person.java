package org.vauban.synth;

import java.util.Optional;
import org.vauban.synth.PlantedModel.Baseline;
import org.vauban.synth.PlantedModel.Treatment;

/**
 * Who a person is and what was planted, before anything is recorded. Days are days since 1970-01-01.
 *
 * @param number from 1
 * @param firstDay first day of observation
 * @param lastDay last day of observation, unless a bleeding kills earlier
 * @param diesOnLastDay whether observation ends by death
 * @param baseline covariates on the day the course begins, or on some day for those who never use either drug
 * @param baselineDay that day
 * @param course the first course of either drug, if there is one
 */
record Person(
        long number,
        boolean male,
        int birthDay,
        int firstDay,
        int lastDay,
        boolean diesOnLastDay,
        Baseline baseline,
        int baselineDay,
        Optional<FirstCourse> course) {
    Person {
        if (number < 1 || birthDay > firstDay || baselineDay < firstDay || baselineDay > lastDay) {
            throw new IllegalArgumentException("a life's days are out of order");
        }
    }

    /** Days from the first to the last day at risk in the first course if nothing happens; 0 without a course. */
    int plannedDaysAtRisk() {
        return course.map(first ->
                        Math.min(first.schedule().lastDay() + PlantedModel.DAYS_AT_RISK_AFTER_TREATMENT, lastDay)
                                - baselineDay)
                .orElse(0);
    }

    /**
     * A person's first use of either drug, with both potential outcomes.
     *
     * @param received the drug that was chosen
     * @param schedule when it is handed out if no bleeding stops it; the same for both drugs
     * @param patience a standard exponential draw: bleeding comes when the cumulated hazard reaches it, so that both
     *     potential outcomes belong to one person
     */
    record FirstCourse(Treatment received, RefillSchedule schedule, double patience) {
        /**
         * Days from the start to bleeding if the person took {@code treatment} for ever, at least 1.
         */
        int daysToBleeding(Baseline baseline, Treatment treatment) {
            double days = patience / PlantedModel.dailyHazard(baseline, treatment);
            return 1 + (int) Math.min(days, 1_000_000);
        }
    }
}
