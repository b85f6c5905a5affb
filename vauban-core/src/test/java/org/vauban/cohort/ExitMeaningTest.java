package org.vauban.cohort;

import static org.vauban.cohort.CohortSpecification.given;

import org.junit.jupiter.api.Test;

/** When a stay ends, and which stays become one. Each outcome is checked with both evaluators. */
class ExitMeaningTest {
    private static final String TEN_YEARS = "1 | observation_period | | 2010-01-01 | 2019-12-31 | |\n";

    @Test
    void recordsWithoutAnEndEndTheNextDayAndDrugsByTheirSupply() {
        given(TEN_YEARS + """
                        1 | condition_occurrence | 1 | 2011-01-01 |            | |
                        1 | condition_occurrence | 1 | 2011-02-01 | 2011-02-01 | |
                        1 | drug_exposure        | 1 | 2011-03-01 |            | | days_supply=30
                        1 | drug_exposure        | 1 | 2011-05-01 |            | |
                        1 | drug_exposure        | 1 | 2011-06-01 | 2011-06-11 | | days_supply=30
                        1 | procedure_occurrence | 1 | 2011-07-01 |            | |
                        1 | death                | 1 | 2011-08-01 |            | |
                        """)
                .cohort("""
                        PrimaryCriteria:
                          CriteriaList:
                          - ConditionOccurrence: {CodesetId: 1}
                          - DrugExposure: {CodesetId: 1}
                          - ProcedureOccurrence: {CodesetId: 1}
                          - Death: {}
                          ObservationWindow: {PriorDays: 0, PostDays: 0}
                          PrimaryCriteriaLimit: {Type: All}
                        ExpressionLimit: {Type: All}
                        EndStrategy: {DateOffset: {DateField: EndDate, Offset: 0}}
                        """)
                .gives(
                        "1 | 2011-01-01 | 2011-01-02",
                        "1 | 2011-02-01 | 2011-02-01",
                        "1 | 2011-03-01 | 2011-03-31",
                        "1 | 2011-05-01 | 2011-05-02",
                        "1 | 2011-06-01 | 2011-06-11",
                        "1 | 2011-07-01 | 2011-07-02",
                        "1 | 2011-08-01 | 2011-08-02");
    }

    @Test
    void withoutAStrategyAStayEndsWithTheObservationPeriod() {
        given(TEN_YEARS + "1 | condition_occurrence | 1 | 2011-01-01 | | |")
                .criterion("ConditionOccurrence: {CodesetId: 1}", "EndStrategy: null")
                .gives("1 | 2011-01-01 | 2019-12-31");
    }

    @Test
    void aFixedOffsetIsCutAtTheEndOfObservation() {
        given(TEN_YEARS + "1 | condition_occurrence | 1 | 2019-12-01 | | |")
                .criterion(
                        "ConditionOccurrence: {CodesetId: 1}",
                        "EndStrategy: {DateOffset: {DateField: StartDate, Offset: 365}}")
                .gives("1 | 2019-12-01 | 2019-12-31");
    }

    @Test
    void anEndBeforeTheStartDropsTheEvent() {
        given(TEN_YEARS + "1 | condition_occurrence | 1 | 2011-12-01 | | |")
                .criterion(
                        "ConditionOccurrence: {CodesetId: 1}",
                        "EndStrategy: {DateOffset: {DateField: StartDate, Offset: -1}}")
                .givesNothing();
    }

    @Test
    void aVisitThatIsNotOverHasNoEndToCountFrom() {
        given(TEN_YEARS + "1 | visit_occurrence | 1 | 2011-12-01 | | |")
                .criterion(
                        "VisitOccurrence: {CodesetId: 1}", "EndStrategy: {DateOffset: {DateField: EndDate, Offset: 5}}")
                .givesNothing();
    }

    @Test
    void continuousExposureJoinsGapsAndKeepsItsOffset() {
        given(TEN_YEARS + """
                        1 | drug_exposure | 1 | 2011-01-01 | 2011-01-31 | |
                        1 | drug_exposure | 1 | 2011-02-10 | 2011-03-10 | |
                        1 | drug_exposure | 9 | 2011-03-15 | 2011-04-10 | | drug_source_concept_id=1
                        1 | drug_exposure | 1 | 2011-06-01 | 2011-06-30 | |
                        """)
                .criterion(
                        "DrugExposure: {CodesetId: 1, First: true}",
                        "EndStrategy: {CustomEra: {DrugCodesetId: 1, GapDays: 10, Offset: 5}}")
                .gives("1 | 2011-01-01 | 2011-04-15");
    }

    @Test
    void daysOfSupplyCanBeOverriddenEvenWhenThatIsShorter() {
        given(TEN_YEARS + "1 | drug_exposure | 1 | 2011-01-01 | 2011-03-31 | |")
                .criterion(
                        "DrugExposure: {CodesetId: 1}",
                        "EndStrategy: {CustomEra: {DrugCodesetId: 1, GapDays: 0, Offset: 0, DaysSupplyOverride: 7}}")
                .gives("1 | 2011-01-01 | 2011-01-08");
    }

    @Test
    void anEventOutsideAnyExposureStaysToTheEndOfObservation() {
        given(TEN_YEARS + """
                        1 | condition_occurrence | 2 | 2011-01-01 |            | |
                        1 | drug_exposure        | 1 | 2011-02-01 | 2011-03-31 | |
                        """)
                .criterion(
                        "ConditionOccurrence: {CodesetId: 2}",
                        "EndStrategy: {CustomEra: {DrugCodesetId: 1, GapDays: 0, Offset: 0}}")
                .gives("1 | 2011-01-01 | 2019-12-31");
    }

    @Test
    void aCensoringEventOfTheSameDayEndsTheStayAtOnce() {
        String sameDay = TEN_YEARS + """
                1 | condition_occurrence | 1 | 2011-01-01 | | |
                1 | condition_occurrence | 2 | 2010-12-31 | | |
                1 | condition_occurrence | 2 | 2011-01-01 | | |
                1 | condition_occurrence | 2 | 2011-01-05 | | |
                """;

        given(sameDay)
                .criterion(
                        "ConditionOccurrence: {CodesetId: 1}",
                        "EndStrategy: null",
                        "CensoringCriteria: [{ConditionOccurrence: {CodesetId: 2}}]")
                .gives("1 | 2011-01-01 | 2011-01-01");
    }

    @Test
    void aCensoringEventStandsInForAnEndThatWouldLieBeforeTheStart() {
        given(TEN_YEARS + """
                        1 | condition_occurrence | 1 | 2011-01-01 | | |
                        1 | death                |   | 2011-01-05 | | |
                        """)
                .criterion(
                        "ConditionOccurrence: {CodesetId: 1}",
                        "EndStrategy: {DateOffset: {DateField: StartDate, Offset: -5}}",
                        "CensoringCriteria: [{Death: {}}]")
                .gives("1 | 2011-01-01 | 2011-01-05");
    }

    @Test
    void staysJoinWhenTheNextBeginsOnTheLastDayAndNotOnTheDayAfter() {
        given(TEN_YEARS + """
                        1 | condition_occurrence | 1 | 2011-01-01 | 2011-01-05 | |
                        1 | condition_occurrence | 1 | 2011-01-05 | 2011-01-10 | |
                        1 | condition_occurrence | 1 | 2011-01-11 | 2011-01-12 | |
                        """)
                .criterion(
                        "ConditionOccurrence: {CodesetId: 1}",
                        "EndStrategy: {DateOffset: {DateField: EndDate, Offset: 0}}")
                .gives("1 | 2011-01-01 | 2011-01-10", "1 | 2011-01-11 | 2011-01-12");
    }

    @Test
    void aPadJoinsStaysAcrossObservationPeriodsAndIsTakenOffAgain() {
        given("""
                1 | observation_period   |   | 2011-01-01 | 2011-01-31 | |
                1 | observation_period   |   | 2011-02-10 | 2011-03-31 | |
                1 | condition_occurrence | 1 | 2011-01-10 |            | |
                1 | condition_occurrence | 1 | 2011-02-10 |            | |
                """)
                .criterion(
                        "ConditionOccurrence: {CodesetId: 1}",
                        "EndStrategy: null",
                        "CollapseSettings: {CollapseType: ERA, EraPad: 10}")
                .gives("1 | 2011-01-10 | 2011-03-31");
    }

    @Test
    void theCensorWindowCutsAfterJoiningAndEmptiedStaysVanish() {
        given(TEN_YEARS + """
                        1 | condition_occurrence | 1 | 2011-01-01 | 2011-02-05 | |
                        1 | condition_occurrence | 1 | 2011-04-01 | 2011-04-10 | |
                        1 | condition_occurrence | 1 | 2010-04-01 | 2010-04-10 | |
                        """)
                .criterion(
                        "ConditionOccurrence: {CodesetId: 1}",
                        "EndStrategy: {DateOffset: {DateField: EndDate, Offset: 0}}",
                        "CensorWindow: {StartDate: '2011-01-15', EndDate: '2011-04-05'}")
                .gives("1 | 2011-01-15 | 2011-02-05", "1 | 2011-04-01 | 2011-04-05");
    }
}
