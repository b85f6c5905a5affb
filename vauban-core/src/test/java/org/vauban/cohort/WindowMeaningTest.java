package org.vauban.cohort;

import static org.vauban.cohort.CohortSpecification.given;

import org.junit.jupiter.api.Test;

/** Where a counted event must lie around an index event. Each outcome is checked with both evaluators. */
class WindowMeaningTest {
    private static final String TEN_YEARS = "1 | observation_period | | 2010-01-01 | 2019-12-31 | |\n";

    private static final String TWO_PERIODS = """
            1 | observation_period   |   | 2010-01-01 | 2010-12-31 | |
            1 | observation_period   |   | 2011-06-01 | 2012-12-31 | |
            1 | condition_occurrence | 1 | 2011-07-01 | 2011-07-10 | |
            1 | drug_exposure        | 2 | 2010-05-01 | 2010-05-10 | |
            """;

    @Test
    @Trap(13)
    void allDaysBeforeMeansInTheSameObservationPeriod() {
        given(TWO_PERIODS)
                .criterion(withDrug("Start: {Coeff: -1}, End: {Days: 0, Coeff: 1}", ""))
                .givesNothing();
    }

    @Test
    @Trap(13)
    void allDaysBeforeMeansEverWhenPeriodsAreIgnored() {
        given(TWO_PERIODS)
                .criterion(withDrug("Start: {Coeff: -1}, End: {Days: 0, Coeff: 1}", ", IgnoreObservationPeriod: true"))
                .starts("1 | 2011-07-01");
    }

    @Test
    @Trap(13)
    void aWindowCanCountFromTheIndexEventsEnd() {
        String trajectories = TEN_YEARS + """
                1 | condition_occurrence | 1 | 2011-07-01 | 2011-07-10 | |
                1 | drug_exposure        | 2 | 2011-07-12 | 2011-07-13 | |
                """;

        given(trajectories)
                .criterion(withDrug("Start: {Days: 0, Coeff: 1}, End: {Days: 5, Coeff: 1}", ""))
                .givesNothing();
        given(trajectories)
                .criterion(withDrug("Start: {Days: 0, Coeff: 1}, End: {Days: 5, Coeff: 1}, UseIndexEnd: true", ""))
                .starts("1 | 2011-07-01");
    }

    @Test
    @Trap(13)
    void anEndWindowLooksAtTheEventsEndUnlessItSaysOtherwise() {
        String trajectories = TEN_YEARS + """
                1 | condition_occurrence | 1 | 2011-07-01 | 2011-07-10 | |
                1 | drug_exposure        | 2 | 2011-06-01 | 2011-07-03 | |
                """;
        String before = "Start: {Coeff: -1}, End: {Days: 0, Coeff: 1}";
        String fromIndexOn = "{Start: {Days: 0, Coeff: 1}, End: {Coeff: 1}%s}";

        given(trajectories)
                .criterion(withDrug(before, ", EndWindow: " + fromIndexOn.formatted("")))
                .starts("1 | 2011-07-01");
        given(trajectories)
                .criterion(withDrug(before, ", EndWindow: " + fromIndexOn.formatted(", UseEventEnd: false")))
                .givesNothing();
        given(trajectories)
                .criterion(withDrug(before, ", EndWindow: " + fromIndexOn.formatted(", UseIndexEnd: true")))
                .givesNothing();
    }

    @Test
    void onlyEventsOfTheSameVisitCountWhenAskedFor() {
        String trajectories = TEN_YEARS + """
                1 | condition_occurrence | 1 | 2011-07-01 | | | visit_occurrence_id=5
                1 | condition_occurrence | 1 | 2012-07-01 | | |
                1 | drug_exposure        | 2 | 2011-07-01 | | | visit_occurrence_id=5
                1 | drug_exposure        | 2 | 2012-07-01 | | |
                """;
        String sameDay = "Start: {Days: 0, Coeff: 1}, End: {Days: 0, Coeff: 1}";

        given(trajectories).criterion(withDrug(sameDay, "")).starts("1 | 2011-07-01", "1 | 2012-07-01");
        given(trajectories)
                .criterion(withDrug(sameDay, ", RestrictVisit: true"))
                .starts("1 | 2011-07-01");
    }

    private static String withDrug(String window, String more) {
        return """
                ConditionOccurrence: {CodesetId: 1, CorrelatedCriteria: {Type: ALL, DemographicCriteriaList: [],
                  Groups: [], CriteriaList: [{Criteria: {DrugExposure: {CodesetId: 2}},
                  Occurrence: {Type: 2, Count: 1}, StartWindow: {%s}%s}]}}""".formatted(window, more);
    }
}
