package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.cohort.CohortSpecification.given;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What definitions mean, as tables. Each outcome is checked with both evaluators. */
class CohortMeaningTest {
    private static final String TEN_YEARS = "1 | observation_period | | 2010-01-01 | 2019-12-31 | |\n";

    @Nested
    class Entry {
        @Test
        void anEventEntersWhenItStartsInAnObservationPeriod() {
            given("""
                    1 | observation_period   |   | 2010-01-01 | 2012-12-31 | |
                    1 | condition_occurrence | 1 | 2009-12-31 |            | |
                    1 | condition_occurrence | 1 | 2010-01-01 |            | |
                    1 | condition_occurrence | 1 | 2012-12-31 |            | |
                    1 | condition_occurrence | 1 | 2013-01-01 |            | |
                    1 | condition_occurrence | 2 | 2011-01-01 |            | |
                    """)
                    .criterion("ConditionOccurrence: {CodesetId: 1}")
                    .starts("1 | 2010-01-01", "1 | 2012-12-31");
        }

        @Test
        void thereMustBeAsMuchObservationBeforeAndAfterAsAskedFor() {
            given("""
                    1 | observation_period   |   | 2010-01-01 | 2010-12-31 | |
                    1 | condition_occurrence | 1 | 2010-01-10 |            | |
                    1 | condition_occurrence | 1 | 2010-01-11 |            | |
                    1 | condition_occurrence | 1 | 2010-12-26 |            | |
                    1 | condition_occurrence | 1 | 2010-12-27 |            | |
                    """)
                    .cohort(
                            """
                            PrimaryCriteria:
                              CriteriaList: [{ConditionOccurrence: {CodesetId: 1}}]
                              ObservationWindow: {PriorDays: 10, PostDays: 5}
                              PrimaryCriteriaLimit: {Type: All}
                            ExpressionLimit: {Type: All}
                            EndStrategy: {DateOffset: {DateField: StartDate, Offset: 0}}
                            """)
                    .starts("1 | 2010-01-11", "1 | 2010-12-26");
        }

        @Test
        void theFirstEventIsTheFirstInsideALongEnoughPeriodNotTheFirstEver() {
            given("""
                    1 | observation_period   |   | 2010-01-01 | 2012-12-31 | |
                    1 | condition_occurrence | 1 | 2009-06-01 |            | |
                    1 | condition_occurrence | 1 | 2010-02-01 |            | |
                    1 | condition_occurrence | 1 | 2011-03-01 |            | |
                    """)
                    .cohort(
                            """
                            PrimaryCriteria:
                              CriteriaList: [{ConditionOccurrence: {CodesetId: 1}}]
                              ObservationWindow: {PriorDays: 365, PostDays: 0}
                              PrimaryCriteriaLimit: {Type: First}
                            """)
                    .gives("1 | 2011-03-01 | 2012-12-31");
        }

        @Test
        void firstAsAnAttributeIsTheFirstEverAndMayLieOutsideObservation() {
            given("""
                    1 | observation_period   |   | 2010-01-01 | 2012-12-31 | |
                    1 | condition_occurrence | 1 | 2009-06-01 |            | |
                    1 | condition_occurrence | 1 | 2010-02-01 |            | |
                    2 | observation_period   |   | 2010-01-01 | 2012-12-31 | |
                    2 | condition_occurrence | 2 | 2009-06-01 |            | |
                    2 | condition_occurrence | 1 | 2010-02-01 |            | |
                    2 | condition_occurrence | 1 | 2010-03-01 |            | |
                    """)
                    .criterion("ConditionOccurrence: {CodesetId: 1, First: true}")
                    .starts("2 | 2010-02-01");
        }

        @Test
        void firstAsAnAttributeIsTakenBeforeAgeAndDateAreTested() {
            given("""
                    1 | person               |   |            |            | | year_of_birth=1970
                    1 | observation_period   |   | 2000-01-01 | 2019-12-31 | |
                    1 | condition_occurrence | 1 | 2009-06-01 |            | |
                    1 | condition_occurrence | 1 | 2012-02-01 |            | |
                    """)
                    .criterion("ConditionOccurrence: {CodesetId: 1, First: true, Age: {Value: 40, Op: gte}}")
                    .givesNothing();
        }

        @Test
        void eventsOfOneDayEnterInTheOrderOfTheSourceAcrossTables() {
            given(TEN_YEARS
                            + """
                            1 | condition_occurrence | 1 | 2010-02-01 | 2010-02-20 | 8 |
                            1 | drug_exposure        | 2 | 2010-02-01 | 2010-02-05 | 3 |
                            """)
                    .cohort(
                            """
                            PrimaryCriteria:
                              CriteriaList: [{ConditionOccurrence: {CodesetId: 1}}, {DrugExposure: {CodesetId: 2}}]
                              ObservationWindow: {PriorDays: 0, PostDays: 0}
                              PrimaryCriteriaLimit: {Type: First}
                            EndStrategy: {DateOffset: {DateField: EndDate, Offset: 0}}
                            """)
                    .gives("1 | 2010-02-01 | 2010-02-05");
        }

        @Test
        void theLastEventIsTheLatestAndOfOneDayStillTheSourcesFirst() {
            given(TEN_YEARS
                            + """
                            1 | condition_occurrence | 1 | 2010-02-01 | 2010-02-20 | 1 |
                            1 | condition_occurrence | 1 | 2010-03-01 | 2010-03-20 | 2 |
                            1 | condition_occurrence | 1 | 2010-03-01 | 2010-03-10 | 3 |
                            """)
                    .cohort(
                            """
                            PrimaryCriteria:
                              CriteriaList: [{ConditionOccurrence: {CodesetId: 1}}]
                              ObservationWindow: {PriorDays: 0, PostDays: 0}
                              PrimaryCriteriaLimit: {Type: Last}
                            EndStrategy: {DateOffset: {DateField: EndDate, Offset: 0}}
                            """)
                    .gives("1 | 2010-03-01 | 2010-03-20");
        }

        @Test
        void overlappingObservationPeriodsLetAnEventEnterTwice() {
            Attrition attrition = given("""
                    1 | observation_period   |   | 2010-01-01 | 2012-12-31 | 1 |
                    1 | observation_period   |   | 2010-06-01 | 2014-12-31 | 2 |
                    1 | condition_occurrence | 1 | 2011-01-01 |            | 3 |
                    """)
                    .criterion(
                            "ConditionOccurrence: {CodesetId: 1}",
                            "EndStrategy: null",
                            "InclusionRules: [{name: any, expression: {Type: ALL, CriteriaList: [],"
                                    + " DemographicCriteriaList: [], Groups: []}}]")
                    .gives("1 | 2011-01-01 | 2014-12-31")
                    .attrition();

            assertThat(attrition.qualifiedEvents()).isEqualTo(2);
            assertThat(attrition.qualifiedPersons()).isEqualTo(1);
        }

        @Test
        void aPersonWithoutARowInPersonEntersUnlessThePersonIsAskedAbout() {
            String trajectories = """
                    1 | observation_period   |   | 2010-01-01 | 2012-12-31 | |
                    1 | condition_occurrence | 1 | 2011-01-01 |            | |
                    2 | person               |   |            |            | | year_of_birth=1950
                    2 | observation_period   |   | 2010-01-01 | 2012-12-31 | |
                    2 | condition_occurrence | 1 | 2011-01-01 |            | |
                    """;

            given(trajectories)
                    .criterion("ConditionOccurrence: {CodesetId: 1}")
                    .starts("1 | 2011-01-01", "2 | 2011-01-01");
            given(trajectories)
                    .criterion("ConditionOccurrence: {CodesetId: 1, Age: {Value: 0, Op: gt}}")
                    .starts("2 | 2011-01-01");
        }

        @Test
        void withoutAConceptSetAnyRecordCountsAndAnEmptySetMatchesNone() {
            String trajectories = TEN_YEARS
                    + """
                    1 | condition_occurrence | 0 | 2011-01-01 | | |
                    1 | condition_occurrence |   | 2012-01-01 | | |
                    """;

            given(trajectories).criterion("ConditionOccurrence: {}").starts("1 | 2011-01-01", "1 | 2012-01-01");
            given(trajectories).criterion("ConditionOccurrence: {CodesetId: 10}").givesNothing();
        }

        @Test
        void conceptAndSourceConceptMustBothBeInTheirSets() {
            given(TEN_YEARS
                            + """
                            1 | condition_occurrence | 1 | 2011-01-01 | | | condition_source_concept_id=2
                            1 | condition_occurrence | 1 | 2012-01-01 | | | condition_source_concept_id=3
                            1 | condition_occurrence | 4 | 2013-01-01 | | | condition_source_concept_id=2
                            1 | condition_occurrence | 1 | 2014-01-01 | | |
                            """)
                    .criterion("ConditionOccurrence: {CodesetId: 1, ConditionSourceConcept: 2}")
                    .starts("1 | 2011-01-01");
        }
    }

    @Nested
    class Limits {
        private static final String TWO_EVENTS_ONE_WITH_A_DRUG_AFTER = TEN_YEARS
                + """
                1 | condition_occurrence | 1 | 2011-01-01 | | |
                1 | condition_occurrence | 1 | 2012-01-01 | | |
                1 | drug_exposure        | 2 | 2012-01-10 | | |
                """;

        private static final String A_DRUG_WITHIN_30_DAYS =
                """
                {Type: ALL, DemographicCriteriaList: [], Groups: [], CriteriaList: [
                  {Criteria: {DrugExposure: {CodesetId: 2}}, Occurrence: {Type: 2, Count: 1},
                   StartWindow: {Start: {Days: 0, Coeff: 1}, End: {Days: 30, Coeff: 1}}}]}""";

        @Test
        void rulesComeBeforeTheExpressionLimit() {
            given(TWO_EVENTS_ONE_WITH_A_DRUG_AFTER)
                    .criterion(
                            "ConditionOccurrence: {CodesetId: 1}",
                            "InclusionRules: [{name: treated, expression: " + A_DRUG_WITHIN_30_DAYS + "}]")
                    .starts("1 | 2012-01-01");
        }

        @Test
        void theQualifiedLimitCountsOnlyWithAdditionalCriteria() {
            String without =
                    """
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
                    .cohort(without
                            + "AdditionalCriteria: {Type: ALL, CriteriaList: [], DemographicCriteriaList: [], Groups: []}\n")
                    .starts("1 | 2011-01-01");
        }

        @Test
        void theQualifiedLimitComesBeforeTheRules() {
            given(TWO_EVENTS_ONE_WITH_A_DRUG_AFTER)
                    .cohort(
                            """
                            PrimaryCriteria:
                              CriteriaList: [{ConditionOccurrence: {CodesetId: 1}}]
                              ObservationWindow: {PriorDays: 0, PostDays: 0}
                              PrimaryCriteriaLimit: {Type: All}
                            QualifiedLimit: {Type: First}
                            ExpressionLimit: {Type: All}
                            AdditionalCriteria: {Type: ALL, CriteriaList: [], DemographicCriteriaList: [], Groups: []}
                            InclusionRules: [{name: treated, expression: %s}]
                            """
                                    .formatted(A_DRUG_WITHIN_30_DAYS))
                    .givesNothing();
        }

        @Test
        void ofTwoEventsOfOneDayTheOneThatEnteredFirstStays() {
            given(TEN_YEARS
                            + """
                            1 | condition_occurrence | 1 | 2011-01-01 | 2011-01-09 | 4 |
                            1 | condition_occurrence | 1 | 2011-01-01 | 2011-01-05 | 6 |
                            """)
                    .cohort(
                            """
                            PrimaryCriteria:
                              CriteriaList: [{ConditionOccurrence: {CodesetId: 1}}]
                              ObservationWindow: {PriorDays: 0, PostDays: 0}
                              PrimaryCriteriaLimit: {Type: All}
                            ExpressionLimit: {Type: Last}
                            EndStrategy: {DateOffset: {DateField: EndDate, Offset: 0}}
                            """)
                    .gives("1 | 2011-01-01 | 2011-01-09");
        }
    }

    @Nested
    class Ends {
        @Test
        void recordsWithoutAnEndEndTheNextDayAndDrugsByTheirSupply() {
            given(TEN_YEARS
                            + """
                            1 | condition_occurrence | 1 | 2011-01-01 |            | |
                            1 | condition_occurrence | 1 | 2011-02-01 | 2011-02-01 | |
                            1 | drug_exposure        | 1 | 2011-03-01 |            | | days_supply=30
                            1 | drug_exposure        | 1 | 2011-05-01 |            | |
                            1 | drug_exposure        | 1 | 2011-06-01 | 2011-06-11 | | days_supply=30
                            1 | procedure_occurrence | 1 | 2011-07-01 |            | |
                            1 | death                | 1 | 2011-08-01 |            | |
                            """)
                    .cohort(
                            """
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
                            "VisitOccurrence: {CodesetId: 1}",
                            "EndStrategy: {DateOffset: {DateField: EndDate, Offset: 5}}")
                    .givesNothing();
        }

        @Test
        void continuousExposureJoinsGapsAndKeepsItsOffset() {
            given(TEN_YEARS
                            + """
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
            given(TEN_YEARS
                            + """
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
            String sameDay = TEN_YEARS
                    + """
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
            given(TEN_YEARS
                            + """
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
            given(TEN_YEARS
                            + """
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
            given(TEN_YEARS
                            + """
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

    @Nested
    class Windows {
        private static final String TWO_PERIODS = """
                1 | observation_period   |   | 2010-01-01 | 2010-12-31 | |
                1 | observation_period   |   | 2011-06-01 | 2012-12-31 | |
                1 | condition_occurrence | 1 | 2011-07-01 | 2011-07-10 | |
                1 | drug_exposure        | 2 | 2010-05-01 | 2010-05-10 | |
                """;

        @Test
        void allDaysBeforeMeansInTheSameObservationPeriod() {
            given(TWO_PERIODS).criterion(withDrug("Start: {Coeff: -1}, End: {Days: 0, Coeff: 1}", "")).givesNothing();
        }

        @Test
        void allDaysBeforeMeansEverWhenPeriodsAreIgnored() {
            given(TWO_PERIODS)
                    .criterion(withDrug("Start: {Coeff: -1}, End: {Days: 0, Coeff: 1}", ", IgnoreObservationPeriod: true"))
                    .starts("1 | 2011-07-01");
        }

        @Test
        void aWindowCanCountFromTheIndexEventsEnd() {
            String trajectories = TEN_YEARS
                    + """
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
        void anEndWindowLooksAtTheEventsEndUnlessItSaysOtherwise() {
            String trajectories = TEN_YEARS
                    + """
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
            String trajectories = TEN_YEARS
                    + """
                    1 | condition_occurrence | 1 | 2011-07-01 | | | visit_occurrence_id=5
                    1 | condition_occurrence | 1 | 2012-07-01 | | |
                    1 | drug_exposure        | 2 | 2011-07-01 | | | visit_occurrence_id=5
                    1 | drug_exposure        | 2 | 2012-07-01 | | |
                    """;
            String sameDay = "Start: {Days: 0, Coeff: 1}, End: {Days: 0, Coeff: 1}";

            given(trajectories).criterion(withDrug(sameDay, "")).starts("1 | 2011-07-01", "1 | 2012-07-01");
            given(trajectories).criterion(withDrug(sameDay, ", RestrictVisit: true")).starts("1 | 2011-07-01");
        }

        private static String withDrug(String window, String more) {
            return """
                    ConditionOccurrence: {CodesetId: 1, CorrelatedCriteria: {Type: ALL, DemographicCriteriaList: [],
                      Groups: [], CriteriaList: [{Criteria: {DrugExposure: {CodesetId: 2}},
                      Occurrence: {Type: 2, Count: 1}, StartWindow: {%s}%s}]}}"""
                    .formatted(window, more);
        }
    }

    @Nested
    class Counting {
        /** Person 1 has no drug after the condition, 2 has one, 3 has two, the same twice, and 4 has two on one day. */
        private static final String DRUGS = """
                1 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                2 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                3 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                4 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                1 | condition_occurrence | 1 | 2011-01-01 |            | |
                2 | condition_occurrence | 1 | 2011-01-01 |            | |
                3 | condition_occurrence | 1 | 2011-01-01 |            | |
                4 | condition_occurrence | 1 | 2011-01-01 |            | |
                2 | drug_exposure        | 2 | 2011-02-01 |            | |
                3 | drug_exposure        | 2 | 2011-02-01 |            | |
                3 | drug_exposure        | 2 | 2011-03-01 |            | |
                4 | drug_exposure        | 2 | 2011-02-01 |            | | quantity=5
                4 | drug_exposure        | 3 | 2011-02-01 |            | |
                """;

        @Test
        void atLeastExactlyAndAtMost() {
            assertPersons("Type: 2, Count: 1", "2", "3", "4");
            assertPersons("Type: 2, Count: 2", "3", "4");
            assertPersons("Type: 2, Count: 0", "1", "2", "3", "4");
            assertPersons("Type: 0, Count: 0", "1");
            assertPersons("Type: 0, Count: 1", "2");
            assertPersons("Type: 1, Count: 1", "1", "2");
            assertPersons("Type: 1, Count: 0", "1");
        }

        @Test
        void differentValuesAreCountedInsteadOfRowsAndMissingOnesNotAtAll() {
            assertPersons("Type: 2, Count: 2, IsDistinct: true, CountColumn: DOMAIN_CONCEPT", "4");
            assertPersons("Type: 2, Count: 2, IsDistinct: true", "4");
            assertPersons("Type: 2, Count: 2, IsDistinct: true, CountColumn: START_DATE", "3");
            assertPersons("Type: 2, Count: 1, IsDistinct: true, CountColumn: QUANTITY", "4");
            assertPersons("Type: 1, Count: 0, IsDistinct: true, CountColumn: QUANTITY", "1", "2", "3");
        }

        @Test
        void aRecordOfTwoVisitsWithOneIdentifierCountsTwice() {
            given(TEN_YEARS
                            + """
                            1 | condition_occurrence | 1 | 2011-01-01 |            | |
                            1 | drug_exposure        | 2 | 2011-02-01 |            | | visit_occurrence_id=7
                            1 | visit_occurrence     | 9 | 2011-02-01 | 2011-02-01 | | visit_occurrence_id=7
                            1 | visit_occurrence     | 9 | 2011-02-02 | 2011-02-02 | | visit_occurrence_id=7
                            """)
                    .criterion(
                            condition("DrugExposure: {CodesetId: 2, VisitType: [{CONCEPT_ID: 9}]}", "Type: 0, Count: 2"))
                    .starts("1 | 2011-01-01");
        }

        private static void assertPersons(String occurrence, String... persons) {
            String[] starts = new String[persons.length];
            for (int i = 0; i < persons.length; i++) {
                starts[i] = persons[i] + " | 2011-01-01";
            }
            given(DRUGS).criterion(condition("DrugExposure: {}", occurrence)).starts(starts);
        }

        private static String condition(String counted, String occurrence) {
            return """
                    ConditionOccurrence: {CodesetId: 1, CorrelatedCriteria: {Type: ALL, DemographicCriteriaList: [],
                      Groups: [], CriteriaList: [{Criteria: {%s}, Occurrence: {%s},
                      StartWindow: {Start: {Days: 0, Coeff: 1}, End: {Days: 365, Coeff: 1}}}]}}"""
                    .formatted(counted, occurrence);
        }
    }

    @Nested
    class Groups {
        /** Person n has the drugs 1 to n. */
        private static final String DRUGS = """
                0 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                1 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                2 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                0 | condition_occurrence | 9 | 2011-01-01 |            | |
                1 | condition_occurrence | 9 | 2011-01-01 |            | |
                2 | condition_occurrence | 9 | 2011-01-01 |            | |
                1 | drug_exposure        | 1 | 2011-01-01 |            | |
                2 | drug_exposure        | 1 | 2011-01-01 |            | |
                2 | drug_exposure        | 2 | 2011-01-01 |            | |
                """;

        @Test
        void allAnyAtLeastAndAtMost() {
            assertPersons(group("ALL", "", "", 1, 2), "2");
            assertPersons(group("ANY", "", "", 1, 2), "1", "2");
            assertPersons(group("AT_LEAST", ", Count: 2", "", 1, 2), "2");
            assertPersons(group("AT_LEAST", ", Count: 0", "", 1, 2), "0", "1", "2");
            assertPersons(group("AT_MOST", ", Count: 1", "", 1, 2), "0", "1");
            assertPersons(group("AT_MOST", ", Count: 0", "", 1, 2), "0");
        }

        @Test
        void groupsInsideGroups() {
            assertPersons(group("ALL", "", group("AT_MOST", ", Count: 0", "", 2), 1), "1");
        }

        @Test
        void anEmptyGroupHoldsOfEverything() {
            assertPersons(group("ALL", "", ""), "0", "1", "2");
            assertPersons(group("ANY", "", group("ALL", "", ""), 2), "0", "1", "2");
        }

        @Test
        void conditionsOnThePersonAreJoinedLikeOthers() {
            given("""
                    1 | person               |   |            |            | | year_of_birth=1980 gender_concept_id=7
                    1 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                    1 | condition_occurrence | 9 | 2019-12-31 |            | |
                    1 | condition_occurrence | 9 | 2019-01-01 |            | |
                    1 | condition_occurrence | 9 | 2018-12-31 |            | |
                    2 | person               |   |            |            | | year_of_birth=1980 gender_concept_id=8
                    2 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                    2 | condition_occurrence | 9 | 2019-12-31 |            | |
                    3 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                    3 | condition_occurrence | 9 | 2019-12-31 |            | |
                    """)
                    .criterion(
                            "ConditionOccurrence: {CodesetId: 9}",
                            """
                            InclusionRules: [{name: person, expression: {Type: ALL, CriteriaList: [], Groups: [],
                              DemographicCriteriaList: [{Age: {Value: 39, Op: gte}, Gender: [{CONCEPT_ID: 7}]}]}}]
                            """)
                    .starts("1 | 2019-01-01", "1 | 2019-12-31");
        }

        private static void assertPersons(String group, String... persons) {
            String[] starts = new String[persons.length];
            for (int i = 0; i < persons.length; i++) {
                starts[i] = persons[i] + " | 2011-01-01";
            }
            given(DRUGS)
                    .criterion(
                            "ConditionOccurrence: {CodesetId: 9}",
                            "InclusionRules: [{name: rule, expression: " + group + "}]")
                    .starts(starts);
        }

        private static String group(String type, String count, String inner, int... drugs) {
            StringBuilder criteria = new StringBuilder();
            for (int drug : drugs) {
                criteria.append(criteria.isEmpty() ? "" : ", ")
                        .append("{Criteria: {DrugExposure: {CodesetId: ")
                        .append(drug)
                        .append("}}, Occurrence: {Type: 2, Count: 1}, ")
                        .append("StartWindow: {Start: {Days: 0, Coeff: -1}, End: {Days: 0, Coeff: 1}}}");
            }
            return "{Type: %s%s, CriteriaList: [%s], DemographicCriteriaList: [], Groups: [%s]}"
                    .formatted(type, count, criteria, inner);
        }
    }

    @Nested
    class Attributes {
        @Test
        void numbersAreComparedWithFourDecimalsAndMissingOnesNever() {
            String measurements = TEN_YEARS
                    + """
                    1 | measurement | 1 | 2011-01-01 | | | value_as_number=1.2345
                    1 | measurement | 1 | 2012-01-01 | | | value_as_number=1.23451
                    1 | measurement | 1 | 2013-01-01 | | |
                    """;

            given(measurements)
                    .criterion("Measurement: {CodesetId: 1, ValueAsNumber: {Value: 1.23454, Op: lte}}")
                    .starts("1 | 2011-01-01");
            given(measurements)
                    .criterion("Measurement: {CodesetId: 1, ValueAsNumber: {Value: 1.23454, Op: '!bt', Extent: 2}}")
                    .starts();
            given(measurements)
                    .criterion("Measurement: {CodesetId: 1, ValueAsNumber: {Value: 1.23454, Op: '!eq'}}")
                    .starts("1 | 2012-01-01");
        }

        @Test
        void wholeNumbersAreCut() {
            given(TEN_YEARS
                            + """
                            1 | drug_exposure | 1 | 2011-01-01 | | | days_supply=30
                            1 | drug_exposure | 1 | 2012-01-01 | | | days_supply=31
                            """)
                    .criterion("DrugExposure: {CodesetId: 1, DaysSupply: {Value: 30.9, Op: eq}}")
                    .starts("1 | 2011-01-01");
        }

        @Test
        void aRatioWithZeroIsNoNumber() {
            given(TEN_YEARS
                            + """
                            1 | measurement | 1 | 2011-01-01 | | | value_as_number=6 range_high=3
                            1 | measurement | 1 | 2012-01-01 | | | value_as_number=6 range_high=0
                            1 | measurement | 1 | 2013-01-01 | | | value_as_number=6
                            """)
                    .criterion("Measurement: {CodesetId: 1, RangeHighRatio: {Value: 1.5, Op: gt}}")
                    .starts("1 | 2011-01-01");
        }

        @Test
        void anAbnormalValueIsOutsideItsRangeOrSaidToBe() {
            given(TEN_YEARS
                            + """
                            1 | measurement | 1 | 2011-01-01 | | | value_as_number=6 range_low=1 range_high=9
                            1 | measurement | 1 | 2012-01-01 | | | value_as_number=10 range_high=9
                            1 | measurement | 1 | 2013-01-01 | | | value_as_number=0 range_low=1
                            1 | measurement | 1 | 2014-01-01 | | | value_as_concept_id=4155142
                            1 | measurement | 1 | 2015-01-01 | | |
                            """)
                    .criterion("Measurement: {CodesetId: 1, Abnormal: true}")
                    .starts("1 | 2012-01-01", "1 | 2013-01-01", "1 | 2014-01-01");
        }

        @Test
        void conceptListsAndSetsCanBeTurnedAround() {
            String conditions = TEN_YEARS
                    + """
                    1 | condition_occurrence | 1 | 2011-01-01 | | | condition_type_concept_id=5
                    1 | condition_occurrence | 1 | 2012-01-01 | | | condition_type_concept_id=6
                    1 | condition_occurrence | 1 | 2013-01-01 | | |
                    """;

            given(conditions)
                    .criterion("ConditionOccurrence: {CodesetId: 1, ConditionType: [{CONCEPT_ID: 5}]}")
                    .starts("1 | 2011-01-01");
            given(conditions)
                    .criterion(
                            "ConditionOccurrence: {CodesetId: 1, ConditionType: [{CONCEPT_ID: 5}], ConditionTypeExclude: true}")
                    .starts("1 | 2012-01-01");
            given(conditions)
                    .criterion("ConditionOccurrence: {CodesetId: 1, ConditionTypeCS: {CodesetId: 5, IsExclusion: true}}")
                    .starts("1 | 2012-01-01");
            given(conditions)
                    .criterion("ConditionOccurrence: {CodesetId: 1, ConditionTypeCS: {CodesetId: 10, IsExclusion: true}}")
                    .starts("1 | 2011-01-01", "1 | 2012-01-01", "1 | 2013-01-01");
            given(conditions)
                    .criterion("ConditionOccurrence: {CodesetId: 1, ConditionTypeCS: {IsExclusion: true}}")
                    .starts("1 | 2013-01-01");
        }

        @Test
        void aProviderIsLookedUpAndMayBeMissing() {
            String visits = TEN_YEARS
                    + """
                    8 | provider         |   |            |            | | specialty_concept_id=5
                    1 | visit_occurrence | 1 | 2011-01-01 | 2011-01-02 | | provider_id=8
                    1 | visit_occurrence | 1 | 2012-01-01 | 2012-01-02 | | provider_id=7
                    1 | visit_occurrence | 1 | 2013-01-01 | 2013-01-02 | |
                    """;

            given(visits)
                    .criterion("VisitOccurrence: {CodesetId: 1, ProviderSpecialty: [{CONCEPT_ID: 5}]}")
                    .starts("1 | 2011-01-01");
            given(visits)
                    .criterion("VisitOccurrence: {CodesetId: 1, ProviderSpecialtyCS: {IsExclusion: true}}")
                    .starts("1 | 2012-01-01", "1 | 2013-01-01");
        }

        @Test
        void aCareSiteMustBeKnown() {
            String visits = TEN_YEARS
                    + """
                    8 | care_site        |   |            |            | | place_of_service_concept_id=5
                    1 | visit_occurrence | 1 | 2011-01-01 | 2011-01-02 | | care_site_id=8
                    1 | visit_occurrence | 1 | 2012-01-01 | 2012-01-02 | | care_site_id=7
                    1 | visit_occurrence | 1 | 2013-01-01 | 2013-01-02 | |
                    """;

            given(visits)
                    .criterion("VisitOccurrence: {CodesetId: 1, PlaceOfService: [{CONCEPT_ID: 5}]}")
                    .starts("1 | 2011-01-01");
            given(visits)
                    .criterion("VisitOccurrence: {CodesetId: 1, PlaceOfServiceCS: {IsExclusion: true}}")
                    .givesNothing();
        }

        @Test
        void recordsWithoutAVisitDropOutOfATestOfTheVisit() {
            given(TEN_YEARS
                            + """
                            1 | visit_occurrence     | 5 | 2011-01-01 | 2011-01-02 | | visit_occurrence_id=3
                            1 | condition_occurrence | 1 | 2011-01-01 |            | | visit_occurrence_id=3
                            1 | condition_occurrence | 1 | 2012-01-01 |            | | visit_occurrence_id=4
                            1 | condition_occurrence | 1 | 2013-01-01 |            | |
                            """)
                    .criterion("ConditionOccurrence: {CodesetId: 1, VisitType: [{CONCEPT_ID: 5}]}")
                    .starts("1 | 2011-01-01");
        }

        @Test
        void textIsLookedForAtTheStartTheEndOrAnywhere() {
            String conditions = TEN_YEARS
                    + """
                    1 | condition_occurrence | 1 | 2011-01-01 | | | stop_reason=cured
                    1 | condition_occurrence | 1 | 2012-01-01 | | | stop_reason=obscure
                    1 | condition_occurrence | 1 | 2013-01-01 | | | stop_reason=Cured
                    1 | condition_occurrence | 1 | 2014-01-01 | | |
                    """;

            given(conditions)
                    .criterion("ConditionOccurrence: {CodesetId: 1, StopReason: {Text: cur, Op: startsWith}}")
                    .starts("1 | 2011-01-01");
            given(conditions)
                    .criterion("ConditionOccurrence: {CodesetId: 1, StopReason: {Text: cure, Op: endsWith}}")
                    .starts("1 | 2012-01-01");
            given(conditions)
                    .criterion("ConditionOccurrence: {CodesetId: 1, StopReason: {Text: cur, Op: contains}}")
                    .starts("1 | 2011-01-01", "1 | 2012-01-01");
            given(conditions)
                    .criterion("ConditionOccurrence: {CodesetId: 1, StopReason: {Text: 'c_r', Op: '!contains'}}")
                    .starts("1 | 2013-01-01");
            given(conditions)
                    .criterion("ConditionOccurrence: {CodesetId: 1, StopReason: {Text: 'o%u', Op: startsWith}}")
                    .starts("1 | 2012-01-01");
        }

        @Test
        void adjustedDaysAreTestedAndMustStayInOrder() {
            String conditions = TEN_YEARS
                    + """
                    1 | condition_occurrence | 1 | 2011-01-01 | 2011-01-20 | |
                    1 | condition_occurrence | 1 | 2012-01-01 | 2012-01-02 | |
                    """;

            given(conditions)
                    .criterion(
                            "ConditionOccurrence: {CodesetId: 1, DateAdjustment: {StartWith: START_DATE, StartOffset: 10,"
                                    + " EndWith: END_DATE, EndOffset: 0}}")
                    .starts("1 | 2011-01-11");
            given(conditions)
                    .criterion(
                            "ConditionOccurrence: {CodesetId: 1, DateAdjustment: {StartWith: END_DATE, StartOffset: 1,"
                                    + " EndWith: END_DATE, EndOffset: 5},"
                                    + " OccurrenceStartDate: {Value: '2011-01-21', Op: eq}}")
                    .starts("1 | 2011-01-21");
        }

        @Test
        void aFixedPeriodMustBeCoveredAndTakesThePlaceOfTheRecordsDays() {
            given("""
                    1 | observation_period | | 2010-01-01 | 2012-12-31 | |
                    2 | observation_period | | 2011-03-01 | 2012-12-31 | |
                    """)
                    .criterion(
                            "ObservationPeriod: {UserDefinedPeriod: {StartDate: '2011-02-01', EndDate: '2011-06-30'}}",
                            "EndStrategy: {DateOffset: {DateField: EndDate, Offset: 0}}")
                    .gives("1 | 2011-02-01 | 2011-06-30");
        }

        @Test
        void raceAndEthnicitySetsAreLookedForInTheGenderAsOhdsisToolsDo() {
            given("""
                    1 | person               |   |            |            | | gender_concept_id=5 race_concept_id=6
                    1 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                    1 | condition_occurrence | 9 | 2011-01-01 |            | |
                    2 | person               |   |            |            | | gender_concept_id=6 race_concept_id=5
                    2 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                    2 | condition_occurrence | 9 | 2011-01-01 |            | |
                    """)
                    .criterion(
                            "ConditionOccurrence: {CodesetId: 9}",
                            "InclusionRules: [{name: race, expression: {Type: ALL, CriteriaList: [], Groups: [],"
                                    + " DemographicCriteriaList: [{RaceCS: {CodesetId: 5}}]}}]")
                    .starts("1 | 2011-01-01");
        }

        @Test
        void aDeathWithoutACauseCountsAsCauseZero() {
            given(TEN_YEARS
                            + """
                            1 | condition_occurrence | 1 | 2011-01-01 | | |
                            1 | death                |   | 2011-02-01 | | |
                            """)
                    .criterion(
                            """
                            ConditionOccurrence: {CodesetId: 1, CorrelatedCriteria: {Type: ALL, DemographicCriteriaList: [],
                              Groups: [], CriteriaList: [{Criteria: {Death: {}},
                              Occurrence: {Type: 0, Count: 1, IsDistinct: true},
                              StartWindow: {Start: {Days: 0, Coeff: 1}, End: {Days: 365, Coeff: 1}}}]}}""")
                    .starts("1 | 2011-01-01");
        }
    }

    @Nested
    class Overlaps {
        /** An index record that is seen from two observation periods is judged once, with its matches counted together. */
        private static final String TWO_OVERLAPPING_PERIODS = """
                1 | observation_period   |   | 2010-01-01 | 2012-12-31 | 1 |
                1 | observation_period   |   | 2010-06-01 | 2014-12-31 | 2 |
                1 | condition_occurrence | 1 | 2011-01-01 |            | 3 |
                1 | drug_exposure        | 2 | 2011-02-01 |            | 4 |
                """;

        @Test
        void matchesOfBothPeriodsAreCountedTogetherAndAllIsThenMissed() {
            given(TWO_OVERLAPPING_PERIODS).criterion(withDrug("ALL", "Type: 2, Count: 1")).givesNothing();
            given(TWO_OVERLAPPING_PERIODS).criterion(withDrug("ANY", "Type: 2, Count: 2")).starts("1 | 2011-01-01");
            given(TWO_OVERLAPPING_PERIODS).criterion(withDrug("ANY", "Type: 1, Count: 3")).givesNothing();
            given(TWO_OVERLAPPING_PERIODS).criterion(withDrug("ANY", "Type: 1, Count: 4")).starts("1 | 2011-01-01");
        }

        private static String withDrug(String type, String occurrence) {
            return """
                    ConditionOccurrence: {CodesetId: 1, CorrelatedCriteria: {Type: %s, DemographicCriteriaList: [],
                      Groups: [], CriteriaList: [{Criteria: {DrugExposure: {CodesetId: 2}}, Occurrence: {%s},
                      StartWindow: {Start: {Days: 0, Coeff: 1}, End: {Days: 365, Coeff: 1}}}]}}"""
                    .formatted(type, occurrence);
        }
    }

    @Nested
    class WhatRulesLeave {
        @Test
        void attritionNamesTheRulesAndCountsEventsAndPersons() {
            Attrition attrition = given("""
                    1 | person               |   |            |            | | year_of_birth=1950
                    1 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                    1 | condition_occurrence | 1 | 2011-01-01 |            | |
                    1 | condition_occurrence | 1 | 2015-01-01 |            | |
                    2 | person               |   |            |            | | year_of_birth=1990
                    2 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                    2 | condition_occurrence | 1 | 2011-01-01 |            | |
                    """)
                    .criterion(
                            "ConditionOccurrence: {CodesetId: 1}",
                            """
                            InclusionRules:
                            - name: over 40
                              expression: {Type: ALL, CriteriaList: [], Groups: [],
                                DemographicCriteriaList: [{Age: {Value: 40, Op: gt}}]}
                            - name: since 2012
                              expression: {Type: ALL, CriteriaList: [], Groups: [],
                                DemographicCriteriaList: [{OccurrenceStartDate: {Value: '2012-01-01', Op: gte}}]}
                            """)
                    .starts("1 | 2015-01-01")
                    .attrition();

            assertThat(attrition.qualifiedEvents()).isEqualTo(3);
            assertThat(attrition.qualifiedPersons()).isEqualTo(2);
            assertThat(attrition.includedEvents()).isEqualTo(1);
            assertThat(attrition.includedPersons()).isEqualTo(1);
            assertThat(attrition.steps())
                    .containsExactly(
                            new Attrition.Step("over 40", 2, 1, 0, 0, 2, 1),
                            new Attrition.Step("since 2012", 1, 1, 1, 0, 1, 1));
            assertThat(attrition.eventsByMask().toString()).isEqualTo("{0=1, 1=1, 3=1}");
        }
    }
}
