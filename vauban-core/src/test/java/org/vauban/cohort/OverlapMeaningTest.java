package org.vauban.cohort;

import static org.vauban.cohort.CohortSpecification.given;

import org.junit.jupiter.api.Test;

/** What overlapping observation periods do to conditions around a record. Each outcome is checked with both evaluators. */
class OverlapMeaningTest {
    /** An index record that is seen from two observation periods is judged once, with its matches counted together. */
    private static final String TWO_OVERLAPPING_PERIODS = """
            1 | observation_period   |   | 2010-01-01 | 2012-12-31 | 1 |
            1 | observation_period   |   | 2010-06-01 | 2014-12-31 | 2 |
            1 | condition_occurrence | 1 | 2011-01-01 |            | 3 |
            1 | drug_exposure        | 2 | 2011-02-01 |            | 4 |
            """;

    @Test
    @Trap({14, 16})
    void matchesOfBothPeriodsAreCountedTogetherAndAllIsThenMissed() {
        given(TWO_OVERLAPPING_PERIODS)
                .criterion(withDrug("ALL", "Type: 2, Count: 1"))
                .givesNothing();
        given(TWO_OVERLAPPING_PERIODS)
                .criterion(withDrug("ANY", "Type: 2, Count: 2"))
                .starts("1 | 2011-01-01");
        given(TWO_OVERLAPPING_PERIODS)
                .criterion(withDrug("ANY", "Type: 1, Count: 3"))
                .givesNothing();
        given(TWO_OVERLAPPING_PERIODS)
                .criterion(withDrug("ANY", "Type: 1, Count: 4"))
                .starts("1 | 2011-01-01");
    }

    private static String withDrug(String type, String occurrence) {
        return """
                ConditionOccurrence: {CodesetId: 1, CorrelatedCriteria: {Type: %s, DemographicCriteriaList: [],
                  Groups: [], CriteriaList: [{Criteria: {DrugExposure: {CodesetId: 2}}, Occurrence: {%s},
                  StartWindow: {Start: {Days: 0, Coeff: 1}, End: {Days: 365, Coeff: 1}}}]}}""".formatted(type, occurrence);
    }
}
