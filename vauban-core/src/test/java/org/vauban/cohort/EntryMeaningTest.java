package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.cohort.CohortSpecification.given;

import org.junit.jupiter.api.Test;

/** Who enters a cohort, and by which event. Each outcome is checked with both evaluators. */
class EntryMeaningTest {
    private static final String TEN_YEARS = "1 | observation_period | | 2010-01-01 | 2019-12-31 | |\n";

    @Test
    void anEventEntersWhenItStartsInAnObservationPeriod() {
        given("""
                1 | observation_period   |   | 2010-01-01 | 2012-12-31 | |
                1 | condition_occurrence | 1 | 2009-12-31 |            | |
                1 | condition_occurrence | 1 | 2010-01-01 |            | |
                1 | condition_occurrence | 1 | 2012-12-31 |            | |
                1 | condition_occurrence | 1 | 2013-01-01 |            | |
                1 | condition_occurrence | 2 | 2011-01-01 |            | |
                """).criterion("ConditionOccurrence: {CodesetId: 1}").starts("1 | 2010-01-01", "1 | 2012-12-31");
    }

    @Test
    void thereMustBeAsMuchObservationBeforeAndAfterAsAskedFor() {
        given("""
                1 | observation_period   |   | 2010-01-01 | 2010-12-31 | |
                1 | condition_occurrence | 1 | 2010-01-10 |            | |
                1 | condition_occurrence | 1 | 2010-01-11 |            | |
                1 | condition_occurrence | 1 | 2010-12-26 |            | |
                1 | condition_occurrence | 1 | 2010-12-27 |            | |
                """).cohort("""
                        PrimaryCriteria:
                          CriteriaList: [{ConditionOccurrence: {CodesetId: 1}}]
                          ObservationWindow: {PriorDays: 10, PostDays: 5}
                          PrimaryCriteriaLimit: {Type: All}
                        ExpressionLimit: {Type: All}
                        EndStrategy: {DateOffset: {DateField: StartDate, Offset: 0}}
                        """).starts("1 | 2010-01-11", "1 | 2010-12-26");
    }

    @Test
    @Trap(4)
    void theFirstEventIsTheFirstInsideALongEnoughPeriodNotTheFirstEver() {
        given("""
                1 | observation_period   |   | 2010-01-01 | 2012-12-31 | |
                1 | condition_occurrence | 1 | 2009-06-01 |            | |
                1 | condition_occurrence | 1 | 2010-02-01 |            | |
                1 | condition_occurrence | 1 | 2011-03-01 |            | |
                """).cohort("""
                        PrimaryCriteria:
                          CriteriaList: [{ConditionOccurrence: {CodesetId: 1}}]
                          ObservationWindow: {PriorDays: 365, PostDays: 0}
                          PrimaryCriteriaLimit: {Type: First}
                        """).gives("1 | 2011-03-01 | 2012-12-31");
    }

    @Test
    @Trap(4)
    void firstAsAnAttributeIsTheFirstEverAndMayLieOutsideObservation() {
        given("""
                1 | observation_period   |   | 2010-01-01 | 2012-12-31 | |
                1 | condition_occurrence | 1 | 2009-06-01 |            | |
                1 | condition_occurrence | 1 | 2010-02-01 |            | |
                2 | observation_period   |   | 2010-01-01 | 2012-12-31 | |
                2 | condition_occurrence | 2 | 2009-06-01 |            | |
                2 | condition_occurrence | 1 | 2010-02-01 |            | |
                2 | condition_occurrence | 1 | 2010-03-01 |            | |
                """).criterion("ConditionOccurrence: {CodesetId: 1, First: true}").starts("2 | 2010-02-01");
    }

    @Test
    @Trap(4)
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
    @Trap(1)
    void eventsOfOneDayEnterInTheOrderOfTheSourceAcrossTables() {
        given(TEN_YEARS + """
                        1 | condition_occurrence | 1 | 2010-02-01 | 2010-02-20 | 8 |
                        1 | drug_exposure        | 2 | 2010-02-01 | 2010-02-05 | 3 |
                        """).cohort("""
                        PrimaryCriteria:
                          CriteriaList: [{ConditionOccurrence: {CodesetId: 1}}, {DrugExposure: {CodesetId: 2}}]
                          ObservationWindow: {PriorDays: 0, PostDays: 0}
                          PrimaryCriteriaLimit: {Type: First}
                        EndStrategy: {DateOffset: {DateField: EndDate, Offset: 0}}
                        """).gives("1 | 2010-02-01 | 2010-02-05");
    }

    @Test
    @Trap(3)
    void theLastEventIsTheLatestAndOfOneDayStillTheSourcesFirst() {
        given(TEN_YEARS + """
                        1 | condition_occurrence | 1 | 2010-02-01 | 2010-02-20 | 1 |
                        1 | condition_occurrence | 1 | 2010-03-01 | 2010-03-20 | 2 |
                        1 | condition_occurrence | 1 | 2010-03-01 | 2010-03-10 | 3 |
                        """).cohort("""
                        PrimaryCriteria:
                          CriteriaList: [{ConditionOccurrence: {CodesetId: 1}}]
                          ObservationWindow: {PriorDays: 0, PostDays: 0}
                          PrimaryCriteriaLimit: {Type: Last}
                        EndStrategy: {DateOffset: {DateField: EndDate, Offset: 0}}
                        """).gives("1 | 2010-03-01 | 2010-03-20");
    }

    @Test
    @Trap(16)
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
    @Trap(16)
    void aPersonWithoutARowInPersonEntersUnlessThePersonIsAskedAbout() {
        String trajectories = """
                1 | observation_period   |   | 2010-01-01 | 2012-12-31 | |
                1 | condition_occurrence | 1 | 2011-01-01 |            | |
                2 | person               |   |            |            | | year_of_birth=1950
                2 | observation_period   |   | 2010-01-01 | 2012-12-31 | |
                2 | condition_occurrence | 1 | 2011-01-01 |            | |
                """;

        given(trajectories).criterion("ConditionOccurrence: {CodesetId: 1}").starts("1 | 2011-01-01", "2 | 2011-01-01");
        given(trajectories)
                .criterion("ConditionOccurrence: {CodesetId: 1, Age: {Value: 0, Op: gt}}")
                .starts("2 | 2011-01-01");
    }

    @Test
    @Trap({19, 20})
    void withoutAConceptSetAnyRecordCountsAndAnEmptySetMatchesNone() {
        String trajectories = TEN_YEARS + """
                1 | condition_occurrence | 0 | 2011-01-01 | | |
                1 | condition_occurrence |   | 2012-01-01 | | |
                """;

        given(trajectories).criterion("ConditionOccurrence: {}").starts("1 | 2011-01-01", "1 | 2012-01-01");
        given(trajectories).criterion("ConditionOccurrence: {CodesetId: 10}").givesNothing();
    }

    @Test
    @Trap(20)
    void conceptAndSourceConceptMustBothBeInTheirSets() {
        given(TEN_YEARS + """
                        1 | condition_occurrence | 1 | 2011-01-01 | | | condition_source_concept_id=2
                        1 | condition_occurrence | 1 | 2012-01-01 | | | condition_source_concept_id=3
                        1 | condition_occurrence | 4 | 2013-01-01 | | | condition_source_concept_id=2
                        1 | condition_occurrence | 1 | 2014-01-01 | | |
                        """)
                .criterion("ConditionOccurrence: {CodesetId: 1, ConditionSourceConcept: 2}")
                .starts("1 | 2011-01-01");
    }
}
