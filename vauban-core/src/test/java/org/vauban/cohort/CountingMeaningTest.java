package org.vauban.cohort;

import static org.vauban.cohort.CohortSpecification.given;

import org.junit.jupiter.api.Test;

/** How many events there must be. Each outcome is checked with both evaluators. */
class CountingMeaningTest {
    private static final String TEN_YEARS = "1 | observation_period | | 2010-01-01 | 2019-12-31 | |\n";

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
    @Trap(14)
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
    @Trap(14)
    void differentValuesAreCountedInsteadOfRowsAndMissingOnesNotAtAll() {
        assertPersons("Type: 2, Count: 2, IsDistinct: true, CountColumn: DOMAIN_CONCEPT", "4");
        assertPersons("Type: 2, Count: 2, IsDistinct: true", "4");
        assertPersons("Type: 2, Count: 2, IsDistinct: true, CountColumn: START_DATE", "3");
        assertPersons("Type: 2, Count: 1, IsDistinct: true, CountColumn: QUANTITY", "4");
        assertPersons("Type: 1, Count: 0, IsDistinct: true, CountColumn: QUANTITY", "1", "2", "3");
    }

    @Test
    @Trap(14)
    void aRecordOfTwoVisitsWithOneIdentifierCountsTwice() {
        given(TEN_YEARS + """
                        1 | condition_occurrence | 1 | 2011-01-01 |            | |
                        1 | drug_exposure        | 2 | 2011-02-01 |            | | visit_occurrence_id=7
                        1 | visit_occurrence     | 9 | 2011-02-01 | 2011-02-01 | | visit_occurrence_id=7
                        1 | visit_occurrence     | 9 | 2011-02-02 | 2011-02-02 | | visit_occurrence_id=7
                        """)
                .criterion(condition("DrugExposure: {CodesetId: 2, VisitType: [{CONCEPT_ID: 9}]}", "Type: 0, Count: 2"))
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
                  StartWindow: {Start: {Days: 0, Coeff: 1}, End: {Days: 365, Coeff: 1}}}]}}""".formatted(counted, occurrence);
    }
}
