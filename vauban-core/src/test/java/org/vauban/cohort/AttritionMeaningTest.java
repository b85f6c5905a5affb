package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.cohort.CohortSpecification.given;

import org.junit.jupiter.api.Test;

/** What inclusion rules leave, rule by rule. Each outcome is checked with both evaluators. */
class AttritionMeaningTest {
    @Test
    @Trap(24)
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

    /** The event with most rules counts for its person; of those with as many, the one that meets the first of them. */
    @Test
    @Trap(24)
    void aPersonCountsWithTheBestEvent() {
        Attrition attrition = given("""
                1 | person               |   |            |            | | year_of_birth=1950
                1 | observation_period   |   | 2010-01-01 | 2019-12-31 | |
                1 | condition_occurrence | 1 | 2011-01-01 |            | |
                1 | condition_occurrence | 1 | 2012-01-01 |            | |
                1 | condition_occurrence | 1 | 2013-01-01 |            | |
                """)
                .criterion("ConditionOccurrence: {CodesetId: 1}", """
                        InclusionRules:
                        - name: in 2013
                          expression: {Type: ALL, CriteriaList: [], Groups: [],
                            DemographicCriteriaList: [{OccurrenceStartDate: {Value: '2013-01-01', Op: gte}}]}
                        - name: in 2012
                          expression: {Type: ALL, CriteriaList: [], Groups: [],
                            DemographicCriteriaList: [{OccurrenceStartDate: {Value: '2012-06-01', Op: lt}}]}
                        - name: after 2011
                          expression: {Type: ALL, CriteriaList: [], Groups: [],
                            DemographicCriteriaList: [{OccurrenceStartDate: {Value: '2012-01-01', Op: gte}}]}
                        """)
                .givesNothing()
                .attrition();

        // 2011 meets rule 2; 2012 rules 2 and 3; 2013 rules 1 and 3.
        assertThat(attrition.eventsByMask().toString()).isEqualTo("{2=1, 5=1, 6=1}");
        assertThat(attrition.bestEventsByMask().toString()).isEqualTo("{5=1}");
        assertThat(attrition.steps().getFirst().eventsLostToItAlone()).isEqualTo(1);
        assertThat(attrition.steps().get(1).eventsLostToItAlone()).isEqualTo(1);
        assertThat(attrition.steps().get(2).eventsLostToItAlone()).isZero();
    }
}
