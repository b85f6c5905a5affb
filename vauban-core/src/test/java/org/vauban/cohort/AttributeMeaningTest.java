package org.vauban.cohort;

import static org.vauban.cohort.CohortSpecification.given;

import org.junit.jupiter.api.Test;

/** What is tested of a record. Each outcome is checked with both evaluators. */
class AttributeMeaningTest {
    private static final String TEN_YEARS = "1 | observation_period | | 2010-01-01 | 2019-12-31 | |\n";

    @Test
    @Trap(17)
    void numbersAreComparedWithFourDecimalsAndMissingOnesNever() {
        String measurements = TEN_YEARS + """
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
    @Trap(17)
    void wholeNumbersAreCut() {
        given(TEN_YEARS + """
                        1 | drug_exposure | 1 | 2011-01-01 | | | days_supply=30
                        1 | drug_exposure | 1 | 2012-01-01 | | | days_supply=31
                        """)
                .criterion("DrugExposure: {CodesetId: 1, DaysSupply: {Value: 30.9, Op: eq}}")
                .starts("1 | 2011-01-01");
    }

    @Test
    void aRatioWithZeroIsNoNumber() {
        given(TEN_YEARS + """
                        1 | measurement | 1 | 2011-01-01 | | | value_as_number=6 range_high=3
                        1 | measurement | 1 | 2012-01-01 | | | value_as_number=6 range_high=0
                        1 | measurement | 1 | 2013-01-01 | | | value_as_number=6
                        """)
                .criterion("Measurement: {CodesetId: 1, RangeHighRatio: {Value: 1.5, Op: gt}}")
                .starts("1 | 2011-01-01");
    }

    @Test
    void anAbnormalValueIsOutsideItsRangeOrSaidToBe() {
        given(TEN_YEARS + """
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
        String conditions = TEN_YEARS + """
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
    @Trap(21)
    void aProviderIsLookedUpAndMayBeMissing() {
        String visits = TEN_YEARS + """
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
        String visits = TEN_YEARS + """
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
    @Trap(21)
    void recordsWithoutAVisitDropOutOfATestOfTheVisit() {
        given(TEN_YEARS + """
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
        String conditions = TEN_YEARS + """
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
    @Trap(18)
    void adjustedDaysAreTestedAndMustStayInOrder() {
        String conditions = TEN_YEARS + """
                1 | condition_occurrence | 1 | 2011-01-01 | 2011-01-20 | |
                1 | condition_occurrence | 1 | 2012-01-01 | 2012-01-02 | |
                """;

        given(conditions)
                .criterion(
                        "ConditionOccurrence: {CodesetId: 1, DateAdjustment: {StartWith: START_DATE, StartOffset: 10,"
                                + " EndWith: END_DATE, EndOffset: 0}}")
                .starts("1 | 2011-01-11");
        given(conditions)
                .criterion("ConditionOccurrence: {CodesetId: 1, DateAdjustment: {StartWith: END_DATE, StartOffset: 1,"
                        + " EndWith: END_DATE, EndOffset: 5},"
                        + " OccurrenceStartDate: {Value: '2011-01-21', Op: eq}}")
                .starts("1 | 2011-01-21");
    }

    @Test
    @Trap(22)
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
    @Trap(22)
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
        given(TEN_YEARS + """
                        1 | condition_occurrence | 1 | 2011-01-01 | | |
                        1 | death                |   | 2011-02-01 | | |
                        """).criterion("""
                        ConditionOccurrence: {CodesetId: 1, CorrelatedCriteria: {Type: ALL, DemographicCriteriaList: [],
                          Groups: [], CriteriaList: [{Criteria: {Death: {}},
                          Occurrence: {Type: 0, Count: 1, IsDistinct: true},
                          StartWindow: {Start: {Days: 0, Coeff: 1}, End: {Days: 365, Coeff: 1}}}]}}""").starts("1 | 2011-01-01");
    }

    @Test
    @Trap(17)
    void anAgeIsTheDifferenceOfYears() {
        given("""
                1 | person               |   |            |            | | year_of_birth=1971 month_of_birth=12 day_of_birth=31
                1 | observation_period   |   | 2000-01-01 | 2019-12-31 | |
                1 | condition_occurrence | 1 | 2010-12-31 |            | |
                1 | condition_occurrence | 1 | 2011-01-01 |            | |
                """)
                .criterion("ConditionOccurrence: {CodesetId: 1, Age: {Value: 40, Op: gte}}")
                .starts("1 | 2011-01-01");
    }

    @Test
    @Trap(18)
    void firstIsDecidedByTheDaysAsRecordedAndNotAsAdjusted() {
        given(TEN_YEARS + """
                        1 | condition_occurrence | 1 | 2011-01-01 | 2011-03-01 | |
                        1 | condition_occurrence | 1 | 2011-02-01 | 2011-02-02 | |
                        """)
                .criterion("ConditionOccurrence: {CodesetId: 1, First: true, DateAdjustment: {StartWith: END_DATE,"
                        + " StartOffset: 0, EndWith: END_DATE, EndOffset: 0}}")
                .starts("1 | 2011-03-01");
    }
}
