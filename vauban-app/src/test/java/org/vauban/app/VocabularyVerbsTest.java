package org.vauban.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Vocabularies on one's own folder, as verbs are typed: what is found, and what is lacking. */
class VocabularyVerbsTest {
    private static final String DEFINITION = """
            {"ConceptSets": [{"id": 0, "name": "Ulcers", "expression": {"items": [
              {"concept": {"CONCEPT_ID": 1, "CONCEPT_NAME": "Ulcer"}, "includeDescendants": true},
              {"concept": {"CONCEPT_ID": 99, "CONCEPT_NAME": "Forgotten ulcer"}}]}}],
             "PrimaryCriteria": {"CriteriaList": [{"ConditionOccurrence": {"CodesetId": 0}}],
               "ObservationWindow": {"PriorDays": 0, "PostDays": 0}, "PrimaryCriteriaLimit": {"Type": "All"}},
             "QualifiedLimit": {"Type": "All"}, "ExpressionLimit": {"Type": "All"}, "InclusionRules": [],
             "CensoringCriteria": [], "CollapseSettings": {"CollapseType": "ERA", "EraPad": 0}, "CensorWindow": {}}
            """;

    @TempDir
    Path folder = Path.of("");

    private record Result(int status, String out, String err) {
        JsonNode json() {
            return JsonMapper.builder().build().readTree(out);
        }
    }

    @BeforeEach
    void writeAFolder() throws IOException {
        write("cdm/person.csv", """
                person_id,gender_concept_id,year_of_birth,race_concept_id,ethnicity_concept_id
                1,8507,1950,0,0
                """);
        write("cdm/observation_period.csv", """
                observation_period_id,person_id,observation_period_start_date,observation_period_end_date,period_type_concept_id
                1,1,2010-01-01,2012-12-31,0
                """);
        write("cdm/condition_occurrence.csv", """
                condition_occurrence_id,person_id,condition_concept_id,condition_start_date,condition_type_concept_id
                1,1,2,2011-01-01,0
                2,1,99,2011-02-01,0
                3,1,99,2011-03-01,0
                """);
        write("cdm/CONCEPT.csv", """
                concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\tconcept_code\tvalid_start_date\tvalid_end_date\tinvalid_reason
                1\tUlcer\tCondition\tMade\tx\tS\tU\t19700101\t20991231\t
                2\tUlcer of stomach\tCondition\tMade\tx\tS\tUS\t19700101\t20991231\t
                8507\tMALE\tGender\tGender\tx\tS\tM\t19700101\t20991231\t
                """);
        write("cdm/CONCEPT_ANCESTOR.csv", """
                ancestor_concept_id\tdescendant_concept_id\tmin_levels_of_separation\tmax_levels_of_separation
                1\t1\t0\t0
                1\t2\t1\t1
                """);
        write("cdm/CONCEPT_SYNONYM.csv", """
                concept_id\tconcept_synonym_name\tlanguage_concept_id
                2\tUlcère de l’estomac\t4180190
                """);
        write("7.json", DEFINITION);
    }

    @Test
    void aSearchCountsRecordsAndThoseOfDescendants() {
        Result found = run(Locale.ENGLISH, "vocabulary", "search", "ulcer", "--cdm", "cdm");

        assertThat(found.status()).isZero();
        assertThat(found.out()).isEqualTo("""
                        1\t0\t1\tCondition\tMade U\tstandard\tUlcer
                        2\t1\t1\tCondition\tMade US\tstandard\tUlcer of stomach
                        """);
    }

    @Test
    void aSearchInFrenchNeedsNoAccents() {
        Result found = run(Locale.FRENCH, "vocabulary", "search", "ULCERE", "estomac", "--cdm", "cdm", "--json");

        assertThat(found.json().path("concepts")).hasSize(1);
        assertThat(found.json().path("concepts").path(0).path("name").asString())
                .isEqualTo("Ulcère de l’estomac");
    }

    @Test
    void withoutAnyVocabularyTheSearchSaysWhereToGetOne() {
        Result none = run(Locale.FRENCH, "vocabulary", "search", "ulcer", "--home", "nowhere");

        assertThat(none.status()).isEqualTo(2);
        assertThat(none.err()).contains("VOCABULARY_ABSENT", "athena.ohdsi.org");
    }

    @Test
    void conceptsThatADefinitionListsAndTheVocabularyLacksAreNamedAndRowsStayAsTheyAre() throws IOException {
        Result run = run(Locale.ENGLISH, "cohort", "run", "7.json", "--cdm", "cdm", "--out", "rows.csv", "--json");

        assertThat(run.status()).isZero();
        assertThat(run.err())
                .contains("7: 1 listed concepts are not in the vocabulary")
                .contains("99 Forgotten ulcer");
        assertThat(run.json().path("vocabulary").asString()).isEqualTo("folder");
        JsonNode unknown = run.json().path("definitions").path(0).path("unknown_concepts");
        assertThat(unknown).hasSize(1);
        assertThat(unknown.path(0).path("concept_id").asInt()).isEqualTo(99);
        assertThat(unknown.path(0).path("concept_set").asString()).isEqualTo("Ulcers");
        assertThat(Files.readString(folder.resolve("rows.csv"))).endsWith("7,1,2011-01-01,2012-12-31\n");

        Result check = run(Locale.FRENCH, "cohort", "check", "7.json", "--cdm", "cdm");
        assertThat(check.status()).isZero();
        assertThat(check.err()).contains("99 Forgotten ulcer");
    }

    @Test
    void aStudyNamesWhatItsCohortsListAndTheVocabularyLacks() throws IOException {
        write("STUDY.yaml", """
                study: ulcers
                title: Ulcers
                cohorts:
                  one: {definition: 7.json, label: One}
                  other: {definition: 7.json, label: Other}
                  outcome: {definition: 7.json, label: Outcome}
                design: {type: new-user-active-comparator, target: one, comparator: other, outcome: outcome}
                time-at-risk:
                  start: {anchor: cohort-start, days: 0}
                  end: {anchor: cohort-end, days: 30}
                analyses:
                  - {name: survival, method: kaplan-meier, interval: log-log}
                """);

        Result run = run(Locale.ENGLISH, "study", "run", "STUDY.yaml", "--cdm", "cdm", "--out", "out", "--json");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("99 Forgotten ulcer");
        assertThat(run.json()
                        .path("unknown_concepts")
                        .path("other")
                        .path(0)
                        .path("concept_id")
                        .asInt())
                .isEqualTo(99);
    }

    @Test
    void aFolderWithoutAVocabularyIsSaidToHaveNone() throws IOException {
        Files.delete(folder.resolve("cdm/CONCEPT.csv"));

        Result run =
                run(Locale.FRENCH, "cohort", "run", "7.json", "--cdm", "cdm", "--out", "rows.csv", "--home", "nowhere");

        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("Pas de vocabulaire");
    }

    @Test
    void conceptsOfTheDataThatTheVocabularyLacksAreNamedByRows() {
        Result check = run(Locale.ENGLISH, "vocabulary", "check", "--cdm", "cdm");

        assertThat(check.out()).endsWith("99\t2\tcondition_occurrence.condition_concept_id\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Result run(Locale language, String... arguments) {
        var terminal = new TestTerminal(language, folder);
        int status = Vauban.run(terminal, List.of(arguments));
        return new Result(status, terminal.written(), terminal.complained());
    }
}
