package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.cohort.CohortSpecification.given;

import org.junit.jupiter.api.Test;

/** What inclusion rules leave, rule by rule. Each outcome is checked with both evaluators. */
class AttritionMeaningTest {
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
                .criterion("ConditionOccurrence: {CodesetId: 1}", """
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
