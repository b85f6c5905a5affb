package org.vauban.cohort.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.cohort.CohortDefinition;
import org.vauban.document.Documents;
import org.vauban.document.Node;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.study.SharedReference;

/** OHDSI's own examples for its checkers: what they warn of is found here too, or refused at once. */
class CirceCheckersTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            conceptSetCriteriaCheckIncorrect, COHORT_ANY_CONCEPT,            12
            conceptSetCriteriaCheckCorrect,   COHORT_ANY_CONCEPT,             0
            contradictionsCriteriaCheckIncorrect, COHORT_COUNTS_CONTRADICT,   2
            contradictionsCriteriaCheckCorrect,   COHORT_COUNTS_CONTRADICT,   0
            deathTimeWindowCheckIncorrect,    COHORT_DEATH_BEFORE_ENTRY,      2
            deathTimeWindowCheckCorrect,      COHORT_DEATH_BEFORE_ENTRY,      0
            domainTypeCheckIncorrect,         COHORT_KIND_NOT_SAID,           1
            drugDomainCheckIncorrect,         COHORT_DRUG_WITHOUT_DRUG_EXIT,  2
            drugDomainCheckCorrect,           COHORT_DRUG_WITHOUT_DRUG_EXIT,  1
            duplicatesConceptSetCheckCorrect, COHORT_SET_TWICE,               0
            duplicatesCriteriaCheckIncorrect, COHORT_ENTRY_COUNTED_AGAIN,    15
            duplicatesCriteriaCheckCorrect,   COHORT_ENTRY_COUNTED_AGAIN,     0
            emptyDemographicCheckIncorrect,   COHORT_PERSON_CONDITION_EMPTY,  1
            emptyCensoringCriteriaList,       COHORT_ENTRY_WITHOUT_EVENT,     1
            eventsProgressionCheckIncorrect,  COHORT_LIMITS_WIDEN,            1
            eventsProgressionCheckCorrect,    COHORT_LIMITS_WIDEN,            0
            noExitCriteriaCheckEarliestEvent, COHORT_ALL_EVENTS_WITHOUT_EXIT, 1
            noExitCriteriaCheck,              COHORT_ALL_EVENTS_WITHOUT_EXIT, 0
            timePatternCheckIncorrect,        COHORT_WINDOW_UNLIKE_OTHERS,    3
            timePatternCheckCorrect,          COHORT_WINDOW_UNLIKE_OTHERS,    0
            unusedConceptSet,                 COHORT_SET_UNUSED,             13
            """)
    void whatOhdsiWarnsOfIsFound(String file, ProblemCode code, int times) {
        assertThat(findings(file)).filteredOn(finding -> finding.code() == code).hasSize(times);
    }

    /** What OHDSI's tools warn of in these (a range without a value, a date that is none, a number used twice) is no definition here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "additionalCriteriaCheckValueIncorrect",
                "censoringEventCheckValueIncorrect",
                "drugEraCheckIncorrect",
                "duplicatesConceptSetCheckIncorrect",
                "emptyPrimaryCriteriaList",
                "inclusionRulesCheckValueIncorrect",
                "primaryCriteriaCheckValueIncorrect"
            })
    void whatCannotBeEvaluatedIsRefused(String file) {
        Node document = document(file);

        assertThatThrownBy(() -> CohortDefinition.parse("cohort", document)).isInstanceOf(ProblemException.class);
    }

    @Test
    void theDrugThatPersonsDoNotLeaveByIsNamed() {
        assertThat(findings("drugDomainCheckIncorrect"))
                .anySatisfy(finding -> assertThat(finding.arguments()).containsEntry("name", "ibuprofen"));
        assertThat(findings("drugDomainCheckCorrect"))
                .filteredOn(finding -> finding.code() == ProblemCode.COHORT_DRUG_WITHOUT_DRUG_EXIT)
                .noneSatisfy(finding -> assertThat(finding.arguments()).containsEntry("name", "ibuprofen"));
    }

    private static List<Problem> findings(String file) {
        Node document = document(file);
        return CohortCheck.findings(CohortDefinition.parse("cohort", document), document);
    }

    private static Node document(String file) {
        return Documents.read(SharedReference.folder("data/cohorts/circe-be/checkers/" + file + ".json"));
    }
}
