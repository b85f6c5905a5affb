package org.vauban.cohort;

import static org.vauban.cohort.CohortSpecification.given;

import org.junit.jupiter.api.Test;

/** Which of a person's events stay, and when that is decided. Each outcome is checked with both evaluators. */
class LimitMeaningTest {
    private static final String TEN_YEARS = "1 | observation_period | | 2010-01-01 | 2019-12-31 | |\n";

    private static final String TWO_EVENTS_ONE_WITH_A_DRUG_AFTER = TEN_YEARS + """
            1 | condition_occurrence | 1 | 2011-01-01 | | |
            1 | condition_occurrence | 1 | 2012-01-01 | | |
            1 | drug_exposure        | 2 | 2012-01-10 | | |
            """;

    private static final String A_DRUG_WITHIN_30_DAYS = """
            {Type: ALL, DemographicCriteriaList: [], Groups: [], CriteriaList: [
              {Criteria: {DrugExposure: {CodesetId: 2}}, Occurrence: {Type: 2, Count: 1},
               StartWindow: {Start: {Days: 0, Coeff: 1}, End: {Days: 30, Coeff: 1}}}]}""";

    @Test
    @Trap(6)
    void rulesComeBeforeTheExpressionLimit() {
        given(TWO_EVENTS_ONE_WITH_A_DRUG_AFTER)
                .criterion(
                        "ConditionOccurrence: {CodesetId: 1}",
                        "InclusionRules: [{name: treated, expression: " + A_DRUG_WITHIN_30_DAYS + "}]")
                .starts("1 | 2012-01-01");
    }

    @Test
    @Trap(5)
    void theQualifiedLimitCountsOnlyWithAdditionalCriteria() {
        String without = """
                PrimaryCriteria:
                  CriteriaList: [{ConditionOccurrence: {CodesetId: 1}}]
                  ObservationWindow: {PriorDays: 0, PostDays: 0}
                  PrimaryCriteriaLimit: {Type: All}
                QualifiedLimit: {Type: First}
                ExpressionLimit: {Type: All}
                EndStrategy: {DateOffset: {DateField: StartDate, Offset: 0}}
                """;

        given(TWO_EVENTS_ONE_WITH_A_DRUG_AFTER).cohort(without).starts("1 | 2011-01-01", "1 | 2012-01-01");
        given(TWO_EVENTS_ONE_WITH_A_DRUG_AFTER)
                .cohort(
                        without
                                + "AdditionalCriteria: {Type: ALL, CriteriaList: [], DemographicCriteriaList: [], Groups: []}\n")
                .starts("1 | 2011-01-01");
    }

    @Test
    @Trap(6)
    void theQualifiedLimitComesBeforeTheRules() {
        given(TWO_EVENTS_ONE_WITH_A_DRUG_AFTER)
                .cohort("""
                        PrimaryCriteria:
                          CriteriaList: [{ConditionOccurrence: {CodesetId: 1}}]
                          ObservationWindow: {PriorDays: 0, PostDays: 0}
                          PrimaryCriteriaLimit: {Type: All}
                        QualifiedLimit: {Type: First}
                        ExpressionLimit: {Type: All}
                        AdditionalCriteria: {Type: ALL, CriteriaList: [], DemographicCriteriaList: [], Groups: []}
                        InclusionRules: [{name: treated, expression: %s}]
                        """.formatted(A_DRUG_WITHIN_30_DAYS))
                .givesNothing();
    }

    @Test
    @Trap(2)
    void ofTwoEventsOfOneDayTheOneThatEnteredFirstStays() {
        given(TEN_YEARS + """
                        1 | condition_occurrence | 1 | 2011-01-01 | 2011-01-09 | 4 |
                        1 | condition_occurrence | 1 | 2011-01-01 | 2011-01-05 | 6 |
                        """).cohort("""
                        PrimaryCriteria:
                          CriteriaList: [{ConditionOccurrence: {CodesetId: 1}}]
                          ObservationWindow: {PriorDays: 0, PostDays: 0}
                          PrimaryCriteriaLimit: {Type: All}
                        ExpressionLimit: {Type: Last}
                        EndStrategy: {DateOffset: {DateField: EndDate, Offset: 0}}
                        """).gives("1 | 2011-01-01 | 2011-01-09");
    }

    @Test
    @Trap(2)
    void theQualifiedLimitBreaksTiesByTheOrderOfEntranceToo() {
        given(TEN_YEARS + """
                        1 | condition_occurrence | 1 | 2011-01-01 | 2011-01-09 | 4 |
                        1 | condition_occurrence | 1 | 2011-01-01 | 2011-01-05 | 6 |
                        """).cohort("""
                        PrimaryCriteria:
                          CriteriaList: [{ConditionOccurrence: {CodesetId: 1}}]
                          ObservationWindow: {PriorDays: 0, PostDays: 0}
                          PrimaryCriteriaLimit: {Type: All}
                        QualifiedLimit: {Type: First}
                        ExpressionLimit: {Type: All}
                        AdditionalCriteria: {Type: ALL, CriteriaList: [], DemographicCriteriaList: [], Groups: []}
                        EndStrategy: {DateOffset: {DateField: EndDate, Offset: 0}}
                        """).gives("1 | 2011-01-01 | 2011-01-09");
    }
}
