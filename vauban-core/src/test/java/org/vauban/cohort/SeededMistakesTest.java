package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.document.Documents;
import org.vauban.problem.Argument;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** Mistakes seeded one at a time into a sound definition: each is refused once, with its path, its cause and a remedy in both languages. */
class SeededMistakesTest {
    private static final String SOUND = """
            {"ConceptSets": [
               {"id": 0, "name": "celecoxib", "expression": {"items": [
                 {"concept": {"CONCEPT_ID": 1118084, "CONCEPT_NAME": "celecoxib"}, "includeDescendants": true}]}},
               {"id": 1, "name": "ulcer", "expression": {
                 "items": [{"concept": {"CONCEPT_ID": 4027663, "CONCEPT_NAME": "Peptic ulcer"}}]}}],
             "PrimaryCriteria": {
               "CriteriaList": [{"DrugExposure": {"CodesetId": 0, "First": true,
                  "DaysSupply": {"Value": 30, "Op": "gte"},
                  "StopReason": {"Text": "done", "Op": "contains"},
                  "RouteConceptCS": {"CodesetId": 1, "IsExclusion": false},
                  "Gender": [{"CONCEPT_ID": 8532, "CONCEPT_NAME": "FEMALE"}]}}],
               "ObservationWindow": {"PriorDays": 183, "PostDays": 0},
               "PrimaryCriteriaLimit": {"Type": "First"}},
             "QualifiedLimit": {"Type": "First"},
             "ExpressionLimit": {"Type": "All"},
             "InclusionRules": [{"name": "ulcer before", "expression": {
               "Type": "AT_LEAST", "Count": 1,
               "CriteriaList": [{
                 "Criteria": {"ConditionOccurrence": {"CodesetId": 1,
                   "OccurrenceStartDate": {"Value": "2010-01-01", "Op": "gt"}}},
                 "StartWindow": {"Start": {"Days": 365, "Coeff": -1}, "End": {"Days": 0, "Coeff": 1}, "UseEventEnd": false},
                 "Occurrence": {"Type": 2, "Count": 3, "IsDistinct": true, "CountColumn": "START_DATE"}}],
               "DemographicCriteriaList": [{"Age": {"Value": 18, "Extent": 64, "Op": "bt"}}],
               "Groups": []}}],
             "EndStrategy": {"CustomEra": {"DrugCodesetId": 0, "GapDays": 30, "Offset": 7}},
             "CensoringCriteria": [{"Death": {}}],
             "CollapseSettings": {"CollapseType": "ERA", "EraPad": 90},
             "CensorWindow": {"StartDate": "2008-01-01"},
             "cdmVersionRange": ">=5.0.0"}
            """;

    /** Names and numbers, as they are in every language. */
    private static final Pattern NO_WORDS = Pattern.compile("[\\p{L}\\p{N}_.!:\"-]+(, [\\p{L}\\p{N}_.!-]+)*");

    @Test
    void withoutAMistakeItIsRead() {
        assertThat(parse(SOUND).rules()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "items": [{"concept": {"CONCEPT_ID": 4027663, "CONCEPT_NAME": "Peptic ulcer"}}] | "items": 5 | FIELD_WRONG_TYPE | $.ConceptSets[1].expression.items
            {"id": 1,                    | {"id": 0, "expression": {"items": []}}, {"id": 1, | FIELD_WRONG_VALUE | $.ConceptSets[1].id
            "id": 0, "name"              | "name"                        | FIELD_MISSING     | $.ConceptSets[0]
            "name": "celecoxib"          | "name": 7                     | FIELD_WRONG_TYPE  | $.ConceptSets[0].name
            "name": "ulcer",             | "nom": "ulcer",               | FIELD_UNKNOWN     | $.ConceptSets[1].nom
            "includeDescendants": true   | "includeDescendants": "yes"   | FIELD_WRONG_TYPE  | $.ConceptSets[0].expression.items[0].includeDescendants
            "includeDescendants": true   | "includeDescendents": true    | FIELD_UNKNOWN     | $.ConceptSets[0].expression.items[0].includeDescendents
            "CONCEPT_ID": 1118084        | "CONCEPT_ID": 99999999999     | FIELD_WRONG_VALUE | $.ConceptSets[0].expression.items[0].concept.CONCEPT_ID
            "CONCEPT_ID": 4027663,       |                               | FIELD_MISSING     | $.ConceptSets[1].expression.items[0].concept
            "PrimaryCriteria":           | "PrimeCriteria":              | FIELD_MISSING     | $
            "CriteriaList": [{"Drug      | "CriteriaList": 1, "x": [{"Drug | FIELD_WRONG_TYPE | $.PrimaryCriteria.CriteriaList
            {"DrugExposure"              | {"DrugExposures"              | FIELD_UNKNOWN     | $.PrimaryCriteria.CriteriaList[0].DrugExposures
            {"DrugExposure"              | {"LocationRegion"             | COHORT_FEATURE_UNSUPPORTED | $.PrimaryCriteria.CriteriaList[0].LocationRegion
            {"Death": {}}                | {"Death": {}, "Specimen": {}} | FIELD_WRONG_VALUE | $.CensoringCriteria[0].Specimen
            {"Death": {}}                | {}                            | FIELD_MISSING     | $.CensoringCriteria[0]
            {"Death": {}}                | "Death"                       | FIELD_WRONG_TYPE  | $.CensoringCriteria[0]
            {"Death": {}}                | {"Death": {"First": true}}    | FIELD_UNKNOWN     | $.CensoringCriteria[0].Death.First
            "CodesetId": 0, "First"      | "CodesetId": 9, "First"       | FIELD_WRONG_VALUE | $.PrimaryCriteria.CriteriaList[0].DrugExposure.CodesetId
            "CodesetId": 0, "First"      | "CodesetId": "0", "First"     | FIELD_WRONG_TYPE  | $.PrimaryCriteria.CriteriaList[0].DrugExposure.CodesetId
            "CodesetId": 0, "First"      | "CodesetId": 0.5, "First"     | FIELD_WRONG_TYPE  | $.PrimaryCriteria.CriteriaList[0].DrugExposure.CodesetId
            "First": true                | "First": "true"               | FIELD_WRONG_TYPE  | $.PrimaryCriteria.CriteriaList[0].DrugExposure.First
            "First": true                | "Frist": true                 | FIELD_UNKNOWN     | $.PrimaryCriteria.CriteriaList[0].DrugExposure.Frist
            "First": true                | "EffectiveDrugDose": {}       | COHORT_FEATURE_UNSUPPORTED | $.PrimaryCriteria.CriteriaList[0].DrugExposure.EffectiveDrugDose
            "DaysSupply": {              | "DaysSuply": {                | FIELD_UNKNOWN     | $.PrimaryCriteria.CriteriaList[0].DrugExposure.DaysSuply
            "Value": 30, "Op"            | "Value": "30", "Op"           | FIELD_WRONG_TYPE  | $.PrimaryCriteria.CriteriaList[0].DrugExposure.DaysSupply.Value
            "Value": 30, "Op"            | "Op"                          | FIELD_MISSING     | $.PrimaryCriteria.CriteriaList[0].DrugExposure.DaysSupply
            "Op": "gte"                  | "Op": ">="                    | FIELD_WRONG_VALUE | $.PrimaryCriteria.CriteriaList[0].DrugExposure.DaysSupply.Op
            , "Op": "gte"                |                               | FIELD_MISSING     | $.PrimaryCriteria.CriteriaList[0].DrugExposure.DaysSupply
            "Op": "contains"             | "Op": "has"                   | FIELD_WRONG_VALUE | $.PrimaryCriteria.CriteriaList[0].DrugExposure.StopReason.Op
            "Text": "done",              |                               | FIELD_MISSING     | $.PrimaryCriteria.CriteriaList[0].DrugExposure.StopReason
            "IsExclusion": false         | "IsExcluded": false           | FIELD_UNKNOWN     | $.PrimaryCriteria.CriteriaList[0].DrugExposure.RouteConceptCS.IsExcluded
            {"CodesetId": 1, "IsEx       | {"CodesetId": 4, "IsEx        | FIELD_WRONG_VALUE | $.PrimaryCriteria.CriteriaList[0].DrugExposure.RouteConceptCS.CodesetId
            "Gender": [{"CONCEPT_ID": 8532, | "Gender": [{               | FIELD_MISSING     | $.PrimaryCriteria.CriteriaList[0].DrugExposure.Gender[0]
            "Gender": [                  | "Gender": 8532, "x": [        | FIELD_WRONG_TYPE  | $.PrimaryCriteria.CriteriaList[0].DrugExposure.Gender
            "PriorDays": 183             | "PriorDays": "183"            | FIELD_WRONG_TYPE  | $.PrimaryCriteria.ObservationWindow.PriorDays
            "PriorDays": 183             | "PriorDays": 99999999         | FIELD_WRONG_VALUE | $.PrimaryCriteria.ObservationWindow.PriorDays
            "PostDays": 0                | "AfterDays": 0                | FIELD_UNKNOWN     | $.PrimaryCriteria.ObservationWindow.AfterDays
            "Type": "First"              | "Type": "Earliest"            | FIELD_WRONG_VALUE | $.PrimaryCriteria.PrimaryCriteriaLimit.Type
            "Type": "All"                | "Kind": "All"                 | FIELD_UNKNOWN     | $.ExpressionLimit.Kind
            "Type": "AT_LEAST", "Count": 1, | "Type": "AT_LEAST",        | FIELD_MISSING     | $.InclusionRules[0].expression
            "Type": "AT_LEAST"           | "Type": "SOME"                | FIELD_WRONG_VALUE | $.InclusionRules[0].expression.Type
            "expression": {${newline}   "Type" | "expresion": {"Type"    | FIELD_MISSING     | $.InclusionRules[0]
            "StartWindow"                | "Window"                      | FIELD_MISSING     | $.InclusionRules[0].expression.CriteriaList[0]
            "Coeff": -1                  | "Coeff": -2                   | FIELD_WRONG_VALUE | $.InclusionRules[0].expression.CriteriaList[0].StartWindow.Start.Coeff
            , "Coeff": -1                |                               | FIELD_MISSING     | $.InclusionRules[0].expression.CriteriaList[0].StartWindow.Start
            "Days": 365                  | "Days": "365"                 | FIELD_WRONG_TYPE  | $.InclusionRules[0].expression.CriteriaList[0].StartWindow.Start.Days
            "Type": 2, "Count"           | "Type": 3, "Count"            | FIELD_WRONG_VALUE | $.InclusionRules[0].expression.CriteriaList[0].Occurrence.Type
            "Count": 3, "Is              | "Is                           | FIELD_MISSING     | $.InclusionRules[0].expression.CriteriaList[0].Occurrence
            "START_DATE"                 | "BEGIN"                       | FIELD_WRONG_VALUE | $.InclusionRules[0].expression.CriteriaList[0].Occurrence.CountColumn
            "START_DATE"                 | "REFILLS"                     | COHORT_FEATURE_UNSUPPORTED | $.InclusionRules[0].expression.CriteriaList[0].Occurrence.CountColumn
            "2010-01-01"                 | "2010-13-01"                  | FIELD_WRONG_VALUE | $.InclusionRules[0].expression.CriteriaList[0].Criteria.ConditionOccurrence.OccurrenceStartDate.Value
            "2010-01-01"                 | "01/02/2010"                  | FIELD_WRONG_VALUE | $.InclusionRules[0].expression.CriteriaList[0].Criteria.ConditionOccurrence.OccurrenceStartDate.Value
            , "Extent": 64               |                               | FIELD_MISSING     | $.InclusionRules[0].expression.DemographicCriteriaList[0].Age
            "DrugCodesetId": 0           | "DrugCodesetId": 8            | FIELD_WRONG_VALUE | $.EndStrategy.CustomEra.DrugCodesetId
            "DrugCodesetId": 0,          |                               | FIELD_MISSING     | $.EndStrategy.CustomEra
            "EndStrategy": {             | "EndStrategy": {"DateOffset": {"DateField": "StartDate", "Offset": 1}, | FIELD_WRONG_VALUE | $.EndStrategy
            "CustomEra": {"DrugCodesetId": 0, "GapDays": 30, "Offset": 7} |  | FIELD_WRONG_VALUE | $.EndStrategy
            "GapDays": 30                | "GapDays": "30 days"          | FIELD_WRONG_TYPE  | $.EndStrategy.CustomEra.GapDays
            "ERA"                        | "NONE"                        | COHORT_FEATURE_UNSUPPORTED | $.CollapseSettings.CollapseType
            "EraPad": 90                 | "EraPad": -90                 | FIELD_WRONG_VALUE | $.CollapseSettings.EraPad
            "StartDate": "2008           | "From": "2008                 | FIELD_UNKNOWN     | $.CensorWindow.From
            "2008-01-01"                 | "2008-02-30"                  | FIELD_WRONG_VALUE | $.CensorWindow.StartDate
            "cdmVersionRange"            | "Coffee"                      | FIELD_UNKNOWN     | $.Coffee
            """)
    void aMistakeIsRefusedWithPathCauseAndRemedy(String right, String wrong, ProblemCode code, String path) {
        Problem problem = problem(seeded(right, wrong == null ? "" : wrong), code, path);

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.where().flatMap(Place::path)).hasValue(path);
        assertThat(problem.where().orElseThrow().line()).isPresent();
        assertThat(problem.values()).containsKey("expected");
        assertThat(problem).satisfies(SeededMistakesTest::isCompleteInBothLanguages);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ">=5.0.0"}            | ">=5.0.0"                  | la fin du fichier
            "id": 0, "name"       | "id": 0 "name"             | le caractère « " »
            "id": 0,              | "id": 0, "id": 0,          | le champ deux fois
            ">=5.0.0"}            | ">=5.0.0"} {}              | une autre valeur
            """)
    void aFileThatIsNoJsonIsRefusedWithItsLine(String right, String wrong, String found) {
        Problem problem = onlyProblem(seeded(right, wrong));

        assertThat(problem.code()).isEqualTo(ProblemCode.DOCUMENT_SYNTAX);
        assertThat(problem.where().orElseThrow().line()).isPresent();
        assertThat(problem.sentence(Locale.FRENCH)).endsWith("trouvé " + found + ".");
        assertThat(problem).satisfies(SeededMistakesTest::isCompleteInBothLanguages);
    }

    @Test
    void whatIsTooDeepIsRefusedAndNoFault() {
        Problem problem = onlyProblem("[".repeat(300) + "]".repeat(300));

        assertThat(problem.code()).isEqualTo(ProblemCode.DOCUMENT_SYNTAX);
        assertThat(problem).satisfies(SeededMistakesTest::isCompleteInBothLanguages);
    }

    private static void isCompleteInBothLanguages(Problem problem) {
        for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH)) {
            assertThat(problem.sentence(language)).doesNotContain("{", "}").doesNotContain(problem.code() + ":");
            assertThat(problem.remedy(language))
                    .isNotBlank()
                    .doesNotContain("{", "}")
                    .isNotEqualTo(problem.code() + ".remedy");
        }
        assertThat(problem.sentence(Locale.FRENCH)).isNotEqualTo(problem.sentence(Locale.ENGLISH));
        assertThat(problem.remedy(Locale.FRENCH)).isNotEqualTo(problem.remedy(Locale.ENGLISH));
        for (Map.Entry<String, Argument> value : problem.values().entrySet()) {
            if (value.getValue() instanceof Argument.AsItIs(String text)
                    && !value.getKey().equals("found")) {
                assertThat(text).as(value.getKey()).matches(NO_WORDS);
            }
        }
    }

    private static String seeded(String right, String wrong) {
        String written = right.replace("${newline}", "\n");
        assertThat(SOUND).contains(written);
        return SOUND.replaceFirst(Pattern.quote(written), Matcher.quoteReplacement(wrong));
    }

    /** The problem that the mistake is. A word that is unknown may leave the right one missing, or the other way round. */
    private static Problem problem(String json, ProblemCode code, String path) {
        List<Problem> problems = problems(json);
        assertThat(problems).hasSizeLessThanOrEqualTo(2);
        return problems.stream()
                .filter(problem -> problem.code() == code
                        && problem.where().flatMap(Place::path).orElse("").equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError(problems));
    }

    private static Problem onlyProblem(String json) {
        List<Problem> problems = problems(json);
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    private static CohortDefinition parse(String json) {
        return CohortDefinition.parse("cohort", Documents.json("cohort.json", json));
    }

    private static List<Problem> problems(String json) {
        return assertThatThrownBy(() -> parse(json))
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .actual()
                .problems();
    }
}
