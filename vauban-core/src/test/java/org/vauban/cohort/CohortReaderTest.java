package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.document.Documents;
import org.vauban.omop.CdmColumn;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

class CohortReaderTest {
    private static final String SMALLEST = """
            {"ConceptSets": [{"id": 0, "name": "drug", "expression": {"items": [
               {"concept": {"CONCEPT_ID": 1118084, "CONCEPT_NAME": "celecoxib", "STANDARD_CONCEPT": "S"},
                "includeDescendants": true}]}}],
             "PrimaryCriteria": {
               "CriteriaList": [{"DrugEra": {"CodesetId": 0, "First": true}}],
               "ObservationWindow": {"PriorDays": 183, "PostDays": 0},
               "PrimaryCriteriaLimit": {"Type": "First"}},
             "QualifiedLimit": {"Type": "First"},
             "ExpressionLimit": {"Type": "First"},
             "InclusionRules": [],
             "CensoringCriteria": [],
             "CollapseSettings": {"CollapseType": "ERA", "EraPad": 0},
             "CensorWindow": {},
             "cdmVersionRange": ">=5.0.0"}
            """;

    @Test
    void aDefinitionIsReadIntoRecords() {
        CohortDefinition cohort = parse(SMALLEST);

        assertThat(cohort.primary().priorDays()).isEqualTo(183);
        assertThat(cohort.primary().limit()).isEqualTo(EventLimit.FIRST);
        Criterion criterion = cohort.primary().criteria().getFirst();
        assertThat(criterion.conceptSet()).isEqualTo(OptionalInt.of(0));
        assertThat(criterion.isFirst()).isTrue();
        assertThat(cohort.exit()).isEqualTo(new ExitStrategy.EndOfObservation());
        assertThat(cohort.conceptSet(0).items().getFirst().conceptName()).isEqualTo("celecoxib");
    }

    @Test
    void needsNameTheColumnsThatAreRead() {
        List<String> needs = parse(SMALLEST).needs().columns().stream()
                .map(CdmColumn::qualifiedName)
                .sorted()
                .toList();

        assertThat(needs)
                .containsExactly(
                        "drug_era.drug_concept_id",
                        "drug_era.drug_era_end_date",
                        "drug_era.drug_era_start_date",
                        "observation_period.observation_period_end_date",
                        "observation_period.observation_period_start_date");
    }

    /** Changes one piece of a good definition, and says what must be said of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "First": true        | "Frist": true                        | FIELD_UNKNOWN              | $.PrimaryCriteria.CriteriaList[0].DrugEra.Frist
                    "DrugEra"            | "DrugAge"                            | FIELD_UNKNOWN              | $.PrimaryCriteria.CriteriaList[0].DrugAge
                    "DrugEra"            | "LocationRegion"                     | COHORT_FEATURE_UNSUPPORTED | $.PrimaryCriteria.CriteriaList[0].LocationRegion
                    "CodesetId": 0       | "CodesetId": 7                       | FIELD_WRONG_VALUE          | $.PrimaryCriteria.CriteriaList[0].DrugEra.CodesetId
                    "CodesetId": 0       | "CodesetId": "0"                     | FIELD_WRONG_TYPE           | $.PrimaryCriteria.CriteriaList[0].DrugEra.CodesetId
                    "First": true        | "Age": {"Value": 1, "Op": "gt"}      | FIELD_UNKNOWN              | $.PrimaryCriteria.CriteriaList[0].DrugEra.Age
                    "First": true        | "EraLength": {"Value": 1}            | FIELD_MISSING              | $.PrimaryCriteria.CriteriaList[0].DrugEra.EraLength
                    "First": true        | "EraLength": {"Value": 1, "Op": "x"} | FIELD_WRONG_VALUE          | $.PrimaryCriteria.CriteriaList[0].DrugEra.EraLength.Op
                    "First": true        | "EraLength": {"Value": 1,"Op":"bt"}  | FIELD_MISSING              | $.PrimaryCriteria.CriteriaList[0].DrugEra.EraLength
                    "First": true        | "EraStartDate": {"Value": "2010-13-01", "Op": "gt"} | FIELD_WRONG_VALUE | $.PrimaryCriteria.CriteriaList[0].DrugEra.EraStartDate.Value
                    "Type": "First"      | "Type": "Frist"                      | FIELD_WRONG_VALUE          | $.PrimaryCriteria.PrimaryCriteriaLimit.Type
                    "ERA"                | "NO_COLLAPSE"                        | COHORT_FEATURE_UNSUPPORTED | $.CollapseSettings.CollapseType
                    "EraPad": 0          | "EraPad": -1                         | FIELD_WRONG_VALUE          | $.CollapseSettings.EraPad
                    "CensorWindow": {}   | "CensorWindow": {"From": "2010-01-01"} | FIELD_UNKNOWN            | $.CensorWindow.From
                    "CensorWindow": {}   | "EndStrategy": {}                    | FIELD_WRONG_VALUE          | $.EndStrategy
                    "CensorWindow": {}   | "Coffee": 1                          | FIELD_UNKNOWN              | $.Coffee
                    "CONCEPT_ID": 1118084 | "CONCEPT_ID": 99999999999           | FIELD_WRONG_VALUE          | $.ConceptSets[0].expression.items[0].concept.CONCEPT_ID
                    "includeDescendants" | "includeDescendents"                 | FIELD_UNKNOWN              | $.ConceptSets[0].expression.items[0].includeDescendents
                    "PriorDays": 183     | "PriorDays": "183"                   | FIELD_WRONG_TYPE           | $.PrimaryCriteria.ObservationWindow.PriorDays
                    """, quoteCharacter = '`')
    void aMistakeIsRefusedWithItsPath(String right, String wrong, ProblemCode code, String path) {
        assertThat(SMALLEST).contains(right);
        String mistaken = SMALLEST.replaceFirst(
                java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong));

        List<Problem> problems = problems(mistaken);

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.where().orElseThrow().path())
                    .hasValueSatisfying(found -> assertThat(found).startsWith(path));
        });
    }

    @Test
    void allProblemsAreReportedTogether() {
        String mistaken = SMALLEST.replace("\"First\": true", "\"Frist\": true")
                .replace("\"EraPad\": 0", "\"EraPad\": -1")
                .replace("\"CensorWindow\": {}", "\"CensoringWindow\": {}");

        assertThat(problems(mistaken)).hasSize(3);
    }

    @Test
    void whatTheDataModelLacksIsRefusedByName() {
        String dose = SMALLEST.replace(
                "{\"DrugEra\": {\"CodesetId\": 0, \"First\": true}}",
                "{\"DrugExposure\": {\"CodesetId\": 0, \"EffectiveDrugDose\": {\"Value\": 1, \"Op\": \"gt\"}}}");

        assertThat(problems(dose)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.COHORT_FEATURE_UNSUPPORTED);
            assertThat(problem.arguments()).containsEntry("found", "EffectiveDrugDose");
        });
    }

    @Test
    @Trap(22)
    void differentValuesOfAColumnThatTheDomainLacksAreRefused() {
        String unit = SMALLEST.replace("\"InclusionRules\": []", """
                "InclusionRules": [{"name": "r", "expression": {"Type": "ALL", "DemographicCriteriaList": [], "Groups": [],
                  "CriteriaList": [{"Criteria": {"Measurement": {}},
                    "StartWindow": {"Start": {"Coeff": -1}, "End": {"Coeff": 1}},
                    "Occurrence": {"Type": 2, "Count": 2, "IsDistinct": true, "CountColumn": "UNIT"}}]}}]
                """);

        assertThat(problems(unit)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.COHORT_FEATURE_UNSUPPORTED);
            assertThat(problem.where().orElseThrow().path())
                    .hasValue("$.InclusionRules[0].expression.CriteriaList[0].Occurrence.CountColumn");
        });
    }

    @Test
    void aConceptSetNumberMayBeUsedOnce() {
        String twice = SMALLEST.replaceFirst(
                "\\[\\{\"id\": 0", "[{\"id\": 0, \"name\": \"x\", \"expression\": {\"items\": []}}, {\"id\": 0");

        assertThat(problems(twice))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.FIELD_WRONG_VALUE));
    }

    @Test
    void conceptsThatTheVocabularyLacksAreNamed() {
        assertThat(parse(SMALLEST).unknownConcepts(org.vauban.vocabulary.Vocabulary.empty()))
                .singleElement()
                .satisfies(unknown -> assertThat(unknown.conceptName()).isEqualTo("celecoxib"));
    }

    @Test
    void aFileThatIsNoDefinitionIsRefused() {
        assertThat(problems("[]")).isNotEmpty();
        assertThat(problems("{}"))
                .anySatisfy(problem -> assertThat(problem.arguments()).containsEntry("field", "PrimaryCriteria"));
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
