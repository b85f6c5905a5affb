package org.vauban.cohort;

import static org.vauban.cohort.CohortSpecification.given;

import org.junit.jupiter.api.Test;

/** How conditions are joined. Each outcome is checked with both evaluators. */
class GroupMeaningTest {
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
    @Trap(15)
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
    @Trap(15)
    void anEmptyGroupHoldsOfEverything() {
        assertPersons(group("ALL", "", ""), "0", "1", "2");
        assertPersons(group("ANY", "", group("ALL", "", ""), 2), "0", "1", "2");
    }

    @Test
    @Trap(17)
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
                """).criterion("ConditionOccurrence: {CodesetId: 9}", """
                        InclusionRules: [{name: person, expression: {Type: ALL, CriteriaList: [], Groups: [],
                          DemographicCriteriaList: [{Age: {Value: 39, Op: gte}, Gender: [{CONCEPT_ID: 7}]}]}}]
                        """).starts("1 | 2019-01-01", "1 | 2019-12-31");
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
