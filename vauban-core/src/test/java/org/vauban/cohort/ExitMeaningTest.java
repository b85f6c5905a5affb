package org.vauban.cohort;

import static org.vauban.cohort.CohortSpecification.given;

import org.junit.jupiter.api.Test;

/** When a stay ends, and which stays become one. Each outcome is checked with both evaluators. */
class ExitMeaningTest {
    private static final String TEN_YEARS = "1 | observation_period | | 2010-01-01 | 2019-12-31 | |\n";

    @Test
    @Trap(12)
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
    @Trap(7)
    void aFixedOffsetIsCutAtTheEndOfObservation() {
        given(TEN_YEARS + "1 | condition_occurrence | 1 | 2019-12-01 | | |")
                .criterion(
                        "ConditionOccurrence: {CodesetId: 1}",
                        "EndStrategy: {DateOffset: {DateField: StartDate, Offset: 365}}")
                .gives("1 | 2019-12-01 | 2019-12-31");
    }

    @Test
    @Trap(7)
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
    @Trap(8)
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
    @Trap(8)
    void daysOfSupplyCanBeOverriddenEvenWhenThatIsShorter() {
        given(TEN_YEARS + "1 | drug_exposure | 1 | 2011-01-01 | 2011-03-31 | |")
                .criterion(
                        "DrugExposure: {CodesetId: 1}",
                        "EndStrategy: {CustomEra: {DrugCodesetId: 1, GapDays: 0, Offset: 0, DaysSupplyOverride: 7}}")
                .gives("1 | 2011-01-01 | 2011-01-08");
    }

    @Test
    @Trap(8)
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
    @Trap(9)
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
    @Trap(10)
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
    @Trap(10)
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
    @Trap(11)
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

    @Test
    @Trap(7)
    void aStayEndsWithTheFirstOfStrategyCensoringAndObservation() {
        String censored = TEN_YEARS + """
                1 | condition_occurrence | 1 | 2011-01-01 | | |
                1 | condition_occurrence | 1 | 2015-01-01 | | |
                1 | condition_occurrence | 1 | 2019-12-20 | | |
                1 | condition_occurrence | 2 | 2011-01-10 | | |
                """;

        given(censored)
                .criterion(
                        "ConditionOccurrence: {CodesetId: 1}",
                        "EndStrategy: {DateOffset: {DateField: StartDate, Offset: 30}}",
                        "CensoringCriteria: [{ConditionOccurrence: {CodesetId: 2}}]")
                .gives("1 | 2011-01-01 | 2011-01-10", "1 | 2015-01-01 | 2015-01-31", "1 | 2019-12-20 | 2019-12-31");
    }

    @Test
    @Trap(8)
    void anExposureWithoutAnEndLastsItsSupplyOrADay() {
        given(TEN_YEARS + """
                        1 | drug_exposure | 1 | 2011-01-01 | | | days_supply=30
                        1 | drug_exposure | 1 | 2012-01-01 | | |
                        """)
                .criterion(
                        "DrugExposure: {CodesetId: 1}",
                        "EndStrategy: {CustomEra: {DrugCodesetId: 1, GapDays: 0, Offset: 0}}")
                .gives("1 | 2011-01-01 | 2011-01-31", "1 | 2012-01-01 | 2012-01-02");
    }

    @Test
    @Trap(9)
    void aCensoringEventAfterTheObservationPeriodIsNotSeen() {
        given("""
                1 | observation_period   |   | 2010-01-01 | 2011-12-31 | |
                1 | condition_occurrence | 1 | 2011-01-01 |            | |
                1 | condition_occurrence | 2 | 2012-01-01 |            | |
                """)
                .criterion(
                        "ConditionOccurrence: {CodesetId: 1}",
                        "EndStrategy: {DateOffset: {DateField: StartDate, Offset: -5}}",
                        "CensoringCriteria: [{ConditionOccurrence: {CodesetId: 2}}]")
                .givesNothing();
    }

    /** Day 14994 is 20 January 2011. */
    @Test
    @Trap(12)
    void theEndsOfProceduresAreNotUsedAndDevicesEndLikeConditions() {
        given(TEN_YEARS + """
                        1 | procedure_occurrence | 1 | 2011-01-01 |            | | procedure_end_date=14994
                        1 | device_exposure      | 1 | 2011-02-01 | 2011-02-20 | |
                        1 | device_exposure      | 1 | 2011-03-01 |            | |
                        1 | measurement          | 1 | 2011-04-01 |            | |
                        1 | observation          | 1 | 2011-05-01 |            | |
                        1 | specimen             | 1 | 2011-06-01 |            | |
                        """)
                .cohort("""
                        PrimaryCriteria:
                          CriteriaList:
                          - ProcedureOccurrence: {CodesetId: 1}
                          - DeviceExposure: {CodesetId: 1}
                          - Measurement: {CodesetId: 1}
                          - Observation: {CodesetId: 1}
                          - Specimen: {CodesetId: 1}
                          ObservationWindow: {PriorDays: 0, PostDays: 0}
                          PrimaryCriteriaLimit: {Type: All}
                        ExpressionLimit: {Type: All}
                        EndStrategy: {DateOffset: {DateField: EndDate, Offset: 0}}
                        """)
                .gives(
                        "1 | 2011-01-01 | 2011-01-02",
                        "1 | 2011-02-01 | 2011-02-20",
                        "1 | 2011-03-01 | 2011-03-02",
                        "1 | 2011-04-01 | 2011-04-02",
                        "1 | 2011-05-01 | 2011-05-02",
                        "1 | 2011-06-01 | 2011-06-02");
    }

    /** In SQL a computed end is a point in time; here it is a day like one that was written. */
    @Test
    @Trap(23)
    void aComputedEndIsTheSameDayAsAWrittenOne() {
        given(TEN_YEARS + """
                        1 | drug_exposure | 1 | 2011-01-01 |            | | days_supply=30
                        1 | drug_exposure | 1 | 2011-01-31 | 2011-02-10 | |
                        1 | drug_exposure | 1 | 2012-01-01 |            | | days_supply=30
                        1 | drug_exposure | 1 | 2012-02-01 | 2012-02-10 | |
                        """)
                .criterion("DrugExposure: {CodesetId: 1}", "EndStrategy: {DateOffset: {DateField: EndDate, Offset: 0}}")
                .gives("1 | 2011-01-01 | 2011-02-10", "1 | 2012-01-01 | 2012-01-31", "1 | 2012-02-01 | 2012-02-10");
    }
}
