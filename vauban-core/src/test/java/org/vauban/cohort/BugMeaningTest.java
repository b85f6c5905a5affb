package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vauban.cohort.CohortSpecification.given;

import org.junit.jupiter.api.Test;

/**
 * What becomes of the mistakes in OHDSI's own generator: one minimal case each, for docs/adr/0012-circe-bugs.md. Each outcome is checked with
 * both evaluators.
 */
class BugMeaningTest {
    private static final String TEN_YEARS = "1 | observation_period | | 2010-01-01 | 2019-12-31 | |\n";

    @Test
    @Trap(22)
    void theGapDaysOfADrugEraAreComparedWithTheRangeOfItsLengthWhereThereIsOne() {
        String eras = TEN_YEARS + """
                1 | drug_era | 1 | 2011-01-01 | 2011-01-06 | | gap_days=50
                1 | drug_era | 1 | 2012-01-01 | 2012-01-21 | | gap_days=5
                """;

        given(eras)
                .criterion("DrugEra: {CodesetId: 1, GapDays: {Value: 5, Op: eq}}")
                .starts("1 | 2012-01-01");
        // As written both eras last fewer than 30 days and one has 5 gap days; as OHDSI's tools read it, one has fewer
        // than 30 of them.
        given(eras)
                .criterion("DrugEra: {CodesetId: 1, EraLength: {Value: 30, Op: lt}, GapDays: {Value: 50, Op: eq}}")
                .starts("1 | 2012-01-01");
    }

    @Test
    @Trap(22)
    void anAbnormalValueNeedsNoTestOfTheValuesConcept() {
        String measurements = TEN_YEARS + """
                1 | measurement | 1 | 2011-01-01 | | | value_as_number=10 range_high=9
                1 | measurement | 1 | 2012-01-01 | | | value_as_number=8 range_high=9
                1 | measurement | 1 | 2013-01-01 | | | value_as_number=10 range_high=9 value_as_concept_id=5
                """;

        given(measurements)
                .criterion("Measurement: {CodesetId: 1, Abnormal: true}")
                .starts("1 | 2011-01-01", "1 | 2013-01-01");
        given(measurements)
                .criterion("Measurement: {CodesetId: 1, Abnormal: true, ValueAsConcept: [{CONCEPT_ID: 5}]}")
                .starts("1 | 2013-01-01");
    }

    @Test
    @Trap(22)
    void differentSourceConceptsOfConditionsAreRefused() {
        assertRefused(counted("ConditionOccurrence: {}", "DOMAIN_SOURCE_CONCEPT"), "Occurrence.CountColumn");
    }

    @Test
    @Trap(22)
    void differentUnitsOfMeasurementsAreRefusedAndThoseOfDoseErasAreCounted() {
        assertRefused(counted("Measurement: {}", "UNIT"), "Occurrence.CountColumn");
        given(TEN_YEARS + """
                        1 | condition_occurrence | 1 | 2011-01-01 |            | |
                        1 | dose_era             | 2 | 2011-02-01 | 2011-02-05 | | unit_concept_id=5
                        1 | dose_era             | 2 | 2011-03-01 | 2011-03-05 | | unit_concept_id=6
                        """).criterion(counted("DoseEra: {}", "UNIT")).starts("1 | 2011-01-01");
    }

    /** Columns that no version of the model has, or that the generator never selects. */
    @Test
    @Trap(22)
    void fieldsWhoseSqlCannotRunAreRefused() {
        assertRefused("DrugExposure: {CodesetId: 1, EffectiveDrugDose: {Value: 1, Op: gt}}", "EffectiveDrugDose");
        assertRefused("DrugExposure: {CodesetId: 1, DoseUnit: [{CONCEPT_ID: 5}]}", "DoseUnit");
        assertRefused("Specimen: {CodesetId: 1, SpecimenSourceConcept: 2}", "SpecimenSourceConcept");
    }

    @Test
    @Trap(22)
    void theEndDayOfADrugExposureIsComparedWithItsStart() {
        given(TEN_YEARS + "1 | drug_exposure | 1 | 2011-01-01 | 2011-03-01 | |")
                .criterion("DrugExposure: {CodesetId: 1, OccurrenceEndDate: {Value: '2011-01-15', Op: lt}}")
                .starts("1 | 2011-01-01");
    }

    @Test
    @Trap(22)
    void theAgeOfAVisitDetailIsThatOfItsEnd() {
        given(TEN_YEARS + """
                        1 | person       |   |            |            | | year_of_birth=1971
                        1 | visit_detail | 1 | 2010-12-31 | 2011-01-02 | |
                        """)
                .criterion("VisitDetail: {CodesetId: 1, Age: {Value: 40, Op: gte}}")
                .starts("1 | 2010-12-31");
    }

    @Test
    @Trap(22)
    void aFixedPeriodThatTwoPeriodsCoverTogetherIsNotCovered() {
        given("""
                1 | observation_period | | 2010-01-01 | 2010-12-31 | |
                1 | observation_period | | 2011-01-01 | 2012-12-31 | |
                """)
                .criterion("ObservationPeriod: {UserDefinedPeriod: {StartDate: '2010-06-01', EndDate: '2011-06-30'}}")
                .givesNothing();
    }

    private static void assertRefused(String criterion, String field) {
        assertThatThrownBy(() -> given(TEN_YEARS).criterion(criterion))
                .hasMessageContaining("COHORT_FEATURE_UNSUPPORTED")
                .hasMessageContaining("$.PrimaryCriteria.CriteriaList[0]")
                .hasMessageContaining(field);
    }

    private static String counted(String criterion, String column) {
        return """
                ConditionOccurrence: {CodesetId: 1, CorrelatedCriteria: {Type: ALL, DemographicCriteriaList: [],
                  Groups: [], CriteriaList: [{Criteria: {%s},
                  Occurrence: {Type: 2, Count: 2, IsDistinct: true, CountColumn: %s},
                  StartWindow: {Start: {Days: 0, Coeff: 1}, End: {Days: 365, Coeff: 1}}}]}}""".formatted(criterion, column);
    }
}
