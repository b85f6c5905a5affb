package org.vauban.cohort.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.cohort.CohortDefinition;
import org.vauban.document.Documents;
import org.vauban.document.Node;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemKind;

/** What is probably not meant is found where it stands, and a definition that means what it says is left alone. */
class CohortCheckTest {
    private static final String RULE =
            "{\"name\": \"no ulcer\", \"expression\": {\"Type\": \"ALL\", \"CriteriaList\": [], \"Groups\": [],"
                    + " \"DemographicCriteriaList\": [{\"Age\": {\"Value\": 90, \"Op\": \"lt\"}}]}}";

    private static final String SOUND = """
            {"ConceptSets": [
               {"id": 0, "name": "celecoxib", "expression": {"items": [{"concept": {"CONCEPT_ID": 1118084, "DOMAIN_ID": "Drug"}}]}},
               {"id": 1, "name": "ulcer", "expression": {"items": [{"concept": {"CONCEPT_ID": 4027663, "DOMAIN_ID": "Condition"}}]}}],
             "PrimaryCriteria": {
               "CriteriaList": [{"DrugExposure": {"CodesetId": 0, "DrugType": [{"CONCEPT_ID": 38000177}]}}],
               "ObservationWindow": {"PriorDays": 365, "PostDays": 0},
               "PrimaryCriteriaLimit": {"Type": "First"}},
             "QualifiedLimit": {"Type": "All"},
             "ExpressionLimit": {"Type": "First"},
             "InclusionRules": [{"name": "no ulcer", "expression": {
               "Type": "ALL",
               "CriteriaList": [{
                 "Criteria": {"ConditionOccurrence": {"CodesetId": 1, "ConditionType": [{"CONCEPT_ID": 32020}]}},
                 "StartWindow": {"Start": {"Days": 365, "Coeff": -1}, "End": {"Days": 1, "Coeff": -1}},
                 "Occurrence": {"Type": 0, "Count": 0}}],
               "DemographicCriteriaList": [{"Age": {"Value": 18, "Op": "gte"}}],
               "Groups": []}}],
             "EndStrategy": {"CustomEra": {"DrugCodesetId": 0, "GapDays": 30, "Offset": 7}},
             "CensoringCriteria": [],
             "CensorWindow": {"StartDate": "2008-01-01", "EndDate": "2019-12-31"}}
            """;

    @Test
    void aDefinitionThatMeansWhatItSaysHasNoFinding() {
        assertThat(findings(SOUND)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            COHORT_ENTRY_WITHOUT_EVENT    | [{"DrugExposure": {"CodesetId": 0, "DrugType": [{"CONCEPT_ID": 38000177}]}}] | [] | $.PrimaryCriteria.CriteriaList
            COHORT_SET_UNUSED             | "CodesetId": 1, "Cond       | "Cond                    | $.ConceptSets[1]
            COHORT_SET_EMPTY              | "Condition"}}]              | "Condition"}, "isExcluded": true}] | $.ConceptSets[1].expression.items
            COHORT_SET_TWICE              | 4027663, "DOMAIN_ID": "Condition" | 1118084, "DOMAIN_ID": "Drug" | $.ConceptSets[1]
            COHORT_CONCEPT_TWICE          | "Condition"}}]              | "Condition"}}, {"concept": {"CONCEPT_ID": 4027663}, "includeDescendants": true}] | $.ConceptSets[1].expression.items[1]
            COHORT_SET_OF_OTHER_DOMAIN    | "CodesetId": 1, "Cond       | "CodesetId": 0, "Cond    | $.InclusionRules[0].expression.CriteriaList[0].Criteria.ConditionOccurrence.CodesetId
            COHORT_ANY_CONCEPT            | "CodesetId": 1, "Cond       | "Cond                    | $.InclusionRules[0].expression.CriteriaList[0].Criteria.ConditionOccurrence
            COHORT_KIND_NOT_SAID          | , "ConditionType": [{"CONCEPT_ID": 32020}] |           | $
            COHORT_SELECTION_WITHOUT_SET  | "ConditionType": [          | "GenderCS": {}, "ConditionType": [ | $.InclusionRules[0].expression.CriteriaList[0].Criteria.ConditionOccurrence.GenderCS
            COHORT_LIST_EMPTY             | [{"CONCEPT_ID": 38000177}]  | []                       | $.PrimaryCriteria.CriteriaList[0].DrugExposure.DrugType
            COHORT_TEXT_EMPTY             | "DrugType"                  | "StopReason": {"Text": "", "Op": "contains"}, "DrugType" | $.PrimaryCriteria.CriteriaList[0].DrugExposure.StopReason.Text
            COHORT_PERSON_CONDITION_EMPTY | {"Age": {"Value": 18, "Op": "gte"}} | {}               | $.InclusionRules[0].expression.DemographicCriteriaList[0]
            COHORT_RULE_EMPTY             | "InclusionRules": [         | "InclusionRules": [{"name": "empty", "expression": {"Type": "ALL"}}, | $.InclusionRules[0].expression
            COHORT_GROUP_EMPTY            | "Groups": []                | "Groups": [{"Type": "ANY"}] | $.InclusionRules[0].expression.Groups[0]
            COHORT_GROUP_EMPTY            | "QualifiedLimit"            | "AdditionalCriteria": {"Type": "ALL"}, "QualifiedLimit" | $.AdditionalCriteria
            COHORT_RULE_NAME_TWICE        | "InclusionRules": [         | "InclusionRules": [${rule}, | $.InclusionRules[1].name
            COHORT_RULE_UNNAMED           | "no ulcer"                  | " "                      | $.InclusionRules[0]
            COHORT_CRITERION_TWICE        | "CensoringCriteria": []     | "CensoringCriteria": [{"Death": {}}, {"Death": {}}] | $.CensoringCriteria[1]
            COHORT_CRITERION_TWICE        | "gte"}}]                    | "gte"}}, {"Age": {"Value": 18, "Op": "gte"}}] | $.InclusionRules[0].expression.DemographicCriteriaList[1]
            COHORT_RANGE_REVERSED         | "Value": 18, "Op": "gte"    | "Value": 64, "Extent": 18, "Op": "bt" | $.InclusionRules[0].expression.DemographicCriteriaList[0].Age
            COHORT_RANGE_REVERSED         | "EndDate": "2019            | "EndDate": "2007         | $.CensorWindow
            COHORT_RANGE_REVERSED         | "DrugType"                  | "OccurrenceStartDate": {"Value": "2012-01-02", "Extent": "2012-01-01", "Op": "!bt"}, "DrugType" | $.PrimaryCriteria.CriteriaList[0].DrugExposure.OccurrenceStartDate
            COHORT_VALUE_NEGATIVE         | "PriorDays": 365            | "PriorDays": -365        | $.PrimaryCriteria.ObservationWindow.PriorDays
            COHORT_VALUE_NEGATIVE         | "Days": 1, "Coeff": -1      | "Days": -1, "Coeff": 1   | $.InclusionRules[0].expression.CriteriaList[0].StartWindow.End.Days
            COHORT_VALUE_NEGATIVE         | "Value": 18                 | "Value": -18             | $.InclusionRules[0].expression.DemographicCriteriaList[0].Age.Value
            COHORT_VALUE_NEGATIVE         | "Type": "ALL"               | "Type": "AT_LEAST", "Count": -1 | $.InclusionRules[0].expression.Count
            COHORT_VALUE_NEGATIVE         | "Type": 0, "Count": 0       | "Type": 2, "Count": -1   | $.InclusionRules[0].expression.CriteriaList[0].Occurrence.Count
            COHORT_WINDOW_REVERSED        | "Days": 1, "Coeff": -1      | "Days": 400, "Coeff": -1 | $.InclusionRules[0].expression.CriteriaList[0].StartWindow
            COHORT_WINDOW_REVERSED        | {"Days": 365, "Coeff": -1}, "End": {"Days": 1, "Coeff": -1} | {"Coeff": 1}, "End": {"Coeff": -1} | $.InclusionRules[0].expression.CriteriaList[0].StartWindow
            COHORT_NOBODY                 | "Type": "ALL"               | "Type": "AT_LEAST", "Count": 3 | $.InclusionRules[0].expression.Count
            COHORT_NOBODY                 | "Type": "ALL"               | "Type": "AT_MOST", "Count": -1 | $.InclusionRules[0].expression.Count
            COHORT_NOBODY                 | "Type": 0, "Count": 0       | "Type": 1, "Count": -1   | $.InclusionRules[0].expression.CriteriaList[0].Occurrence
            COHORT_EVERYBODY              | "Type": "ALL"               | "Type": "AT_MOST", "Count": 2 | $.InclusionRules[0].expression.Count
            COHORT_EVERYBODY              | "Type": "ALL"               | "Type": "AT_LEAST", "Count": 0 | $.InclusionRules[0].expression.Count
            COHORT_EVERYBODY              | "Type": 0, "Count": 0       | "Type": 2, "Count": 0    | $.InclusionRules[0].expression.CriteriaList[0].Occurrence
            COHORT_EVERYBODY              | "Condition"}}]              | "Condition"}, "isExcluded": true}] | $.InclusionRules[0].expression.CriteriaList[0].Occurrence
            COHORT_DEATH_BEFORE_ENTRY     | "ConditionOccurrence": {"CodesetId": 1, "ConditionType": [{"CONCEPT_ID": 32020}]} | "Death": {} | $.InclusionRules[0].expression.CriteriaList[0].StartWindow
            COHORT_ABSENCE_UNOBSERVED     | "PriorDays": 365            | "PriorDays": 183         | $.InclusionRules[0].expression.CriteriaList[0].StartWindow
            COHORT_DRUG_WITHOUT_DRUG_EXIT | "DrugCodesetId": 0          | "DrugCodesetId": 1       | $.PrimaryCriteria.CriteriaList[0].DrugExposure
            COHORT_EXIT_ON_ENTRY_DAY      | "CustomEra": {"DrugCodesetId": 0, "GapDays": 30, "Offset": 7} | "DateOffset": {"DateField": "StartDate", "Offset": 0} | $.EndStrategy.DateOffset.Offset
            COHORT_EXIT_BEFORE_ENTRY      | "CustomEra": {"DrugCodesetId": 0, "GapDays": 30, "Offset": 7} | "DateOffset": {"DateField": "StartDate", "Offset": -1} | $.EndStrategy.DateOffset.Offset
            COHORT_LIMITS_WIDEN           | "ExpressionLimit": {"Type": "First"} | "ExpressionLimit": {"Type": "Last"} | $.ExpressionLimit
            COHORT_FIRST_WITHOUT_LOOKBACK | "PriorDays": 365            | "PriorDays": 0           | $.PrimaryCriteria.ObservationWindow.PriorDays
            COHORT_TESTS_OTHER_FIELD      | {"Age": {"Value": 18, "Op": "gte"}} | {"RaceCS": {"CodesetId": 1}} | $.InclusionRules[0].expression.DemographicCriteriaList[0].RaceCS
            COHORT_TESTS_OTHER_FIELD      | "DrugType"                  | "OccurrenceEndDate": {"Value": "2012-01-02", "Op": "lt"}, "DrugType" | $.PrimaryCriteria.CriteriaList[0].DrugExposure.OccurrenceEndDate
            COHORT_TESTS_OTHER_FIELD      | "CensoringCriteria": []     | "CensoringCriteria": [{"DrugEra": {"CodesetId": 0, "EraLength": {"Value": 9, "Op": "gt"}, "GapDays": {"Value": 1, "Op": "gt"}}}] | $.CensoringCriteria[0].DrugEra.GapDays
            COHORT_ADJUSTMENT_IGNORED     | "CensoringCriteria": []     | "CensoringCriteria": [{"Specimen": {"DateAdjustment": {"StartOffset": 1}}}] | $.CensoringCriteria[0].Specimen.DateAdjustment
            """)
    void whatIsProbablyNotMeantIsFoundWhereItStands(ProblemCode code, String right, String wrong, String path) {
        assertThat(SOUND).contains(right);
        String changed = SOUND.replaceFirst(
                Pattern.quote(right), Matcher.quoteReplacement((wrong == null ? "" : wrong).replace("${rule}", RULE)));

        assertThat(findings(changed)).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo(code);
            assertThat(finding.where().flatMap(Place::path)).hasValue(path);
            assertThat(finding.where().orElseThrow().line()).isPresent();
            for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH)) {
                assertThat(finding.line(language)).doesNotContain("{", "}");
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            COHORT_NOBODY               | "Type": 0, "Count": 0 | {"CodesetId": 0}
            COHORT_EVERYBODY            | "Type": 2, "Count": 1 | {"CodesetId": 0}
            COHORT_EVERYBODY            | "Type": 2, "Count": 1 | {}
            COHORT_ENTRY_COUNTED_AGAIN  | "Type": 2, "Count": 2 | {"CodesetId": 0}
            COHORT_NOBODY               | "Type": 2, "Count": 2 | {"CodesetId": 0, "First": true}
            """)
    void aRuleThatCountsTheEntryEventItselfIsFound(ProblemCode code, String occurrence, String criterion) {
        String counted = SOUND.replace(
                        "\"ConditionOccurrence\": {\"CodesetId\": 1, \"ConditionType\": [{\"CONCEPT_ID\": 32020}]}",
                        "\"DrugExposure\": " + criterion)
                .replace("\"Days\": 1, \"Coeff\": -1", "\"Days\": 0, \"Coeff\": 1")
                .replace("\"Type\": 0, \"Count\": 0", occurrence);

        assertThat(findings(counted)).extracting(Problem::code).contains(code);
    }

    @Test
    void theDaysBeforeTheEntryEventMayBeFreeOfItsKind() {
        String washOut = SOUND.replace(
                "\"ConditionOccurrence\": {\"CodesetId\": 1, \"ConditionType\"",
                "\"DrugExposure\": {\"CodesetId\": 0, \"DrugType\"");

        assertThat(findings(washOut)).extracting(Problem::code).containsOnly(ProblemCode.COHORT_SET_UNUSED);
    }

    @Test
    void numbersOfTheSameEventsThatContradictAreFound() {
        String twice = SOUND.replace("\"Count\": 0}}],", "\"Count\": 0}}, " + counted(2, 1) + "],");

        assertThat(findings(twice))
                .filteredOn(finding -> finding.code() == ProblemCode.COHORT_COUNTS_CONTRADICT)
                .singleElement()
                .satisfies(finding -> assertThat(finding.where().flatMap(Place::path))
                        .hasValue("$.InclusionRules[0].expression.CriteriaList[1].Occurrence"));
    }

    @Test
    void aWindowUnlikeTheOthersIsFound() {
        String others = SOUND.replace(
                "\"Count\": 0}}],",
                "\"Count\": 0}}, " + counted(0, 1) + ", " + counted(0, 2).replace("\"Days\": 365", "\"Days\": 36")
                        + "],");

        assertThat(findings(others)).extracting(Problem::code).contains(ProblemCode.COHORT_WINDOW_UNLIKE_OTHERS);
    }

    @Test
    void limitsAndExitsWithoutEffectAreFound() {
        String all = SOUND.replace("\"Type\": \"First\"", "\"Type\": \"All\"");

        assertThat(findings(all.replace(
                        "\"QualifiedLimit\": {\"Type\": \"All\"}", "\"QualifiedLimit\": {\"Type\": \"First\"}")))
                .extracting(Problem::code)
                .containsExactly(ProblemCode.COHORT_LIMIT_IGNORED);
        assertThat(findings(all.replaceFirst("\"EndStrategy\".*\n", "")))
                .extracting(Problem::code)
                .contains(ProblemCode.COHORT_ALL_EVENTS_WITHOUT_EXIT);
    }

    @Test
    void episodesOfTreatmentAtAnyTimeAreFound() {
        String era = SOUND.replace(
                        "\"ConditionOccurrence\": {\"CodesetId\": 1, \"ConditionType\": [{\"CONCEPT_ID\": 32020}]}",
                        "\"DrugEra\": {\"CodesetId\": 0}")
                .replace(
                        "{\"Days\": 365, \"Coeff\": -1}, \"End\": {\"Days\": 1, \"Coeff\": -1}",
                        "{\"Coeff\": -1}, \"End\": {\"Coeff\": 1}");

        assertThat(findings(era)).extracting(Problem::code).contains(ProblemCode.COHORT_DRUG_ERA_ANY_TIME);
    }

    @Test
    void warningsComeBeforeHints() {
        String both =
                SOUND.replace("\"PriorDays\": 365", "\"PriorDays\": 0").replace("\"Value\": 18", "\"Value\": -18");

        assertThat(findings(both))
                .extracting(finding -> finding.code().kind())
                .containsSubsequence(ProblemKind.WARNING, ProblemKind.HINT)
                .doesNotContainSubsequence(ProblemKind.HINT, ProblemKind.WARNING);
    }

    /** The names of all codes that tests of this class speak of. */
    @Test
    void everyFindingHasATest() {
        Set<String> spokenOf = new TreeSet<>();
        for (Method method : CohortCheckTest.class.getDeclaredMethods()) {
            CsvSource source = method.getAnnotation(CsvSource.class);
            if (source != null) {
                source.textBlock()
                        .lines()
                        .map(line -> line.split("\\|")[0].strip())
                        .forEach(spokenOf::add);
            }
        }
        Set<String> withOwnTest = Set.of(
                "COHORT_COUNTS_CONTRADICT",
                "COHORT_WINDOW_UNLIKE_OTHERS",
                "COHORT_LIMIT_IGNORED",
                "COHORT_ALL_EVENTS_WITHOUT_EXIT",
                "COHORT_DRUG_ERA_ANY_TIME");
        spokenOf.addAll(withOwnTest);

        assertThat(spokenOf)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemCode.values())
                        .filter(code -> code.kind() == ProblemKind.WARNING || code.kind() == ProblemKind.HINT)
                        .map(Enum::name)
                        .toList());
    }

    private static String counted(int type, int count) {
        return """
                {"Criteria": {"ConditionOccurrence": {"CodesetId": 1, "ConditionType": [{"CONCEPT_ID": 32020}]}},
                 "StartWindow": {"Start": {"Days": 365, "Coeff": -1}, "End": {"Days": 1, "Coeff": -1}},
                 "Occurrence": {"Type": %d, "Count": %d}}""".formatted(type, count);
    }

    private static List<Problem> findings(String json) {
        Node document = Documents.json("cohort.json", json);
        return CohortCheck.findings(CohortDefinition.parse("cohort", document), document);
    }
}
