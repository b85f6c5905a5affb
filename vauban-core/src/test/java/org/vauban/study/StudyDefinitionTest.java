package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.omop.CdmColumn;
import org.vauban.output.SurvivalCurves;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.study.survival.Ties;
import org.vauban.trajectory.Period;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StudyDefinitionTest {
    @TempDir
    private Path folder = Path.of("");

    private String example = "";

    @BeforeEach
    void copiesTheExample() throws IOException {
        try (Stream<Path> files = Files.list(Examples.folder("gibleed"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(Objects.requireNonNull(file.getFileName())));
            }
        }
        example = Files.readString(folder.resolve("STUDY.yaml"));
    }

    @Test
    void readsTheExampleAsItIsWritten() {
        StudyDefinition study = StudyDefinition.read(folder.resolve("STUDY.yaml"));

        assertThat(study.name()).isEqualTo("celecoxib-gi-bleed");
        assertThat(study.purpose()).contains("research");
        assertThat(study.design())
                .isEqualTo(new Design.NewUserActiveComparator(
                        "celecoxib",
                        "diclofenac",
                        "gi-bleed",
                        Design.Exposure.FIRST,
                        183,
                        Design.PersonsInBoth.REMOVE,
                        true,
                        new Design.PriorOutcome(true, OptionalInt.empty()),
                        new TimeAtRisk(TimeAtRisk.Anchor.COHORT_START, 0, TimeAtRisk.Anchor.COHORT_END, 30, 1)));
        assertThat(study.analyses())
                .contains(
                        new Analysis.KaplanMeier("survival", SurvivalCurves.Interval.LOG_LOG, List.of()),
                        new Analysis.Cox(
                                "crude-breslow", Ties.BRESLOW, List.of(), Analysis.Cox.Interval.PROFILE_LIKELIHOOD));
    }

    @Test
    void aPlanNamesExactlyTheColumnsThatTheStudyReads() {
        StudyDefinition study = StudyDefinition.read(folder.resolve("STUDY.yaml"));

        Set<String> columns = new TreeSet<>();
        StudyPlanner.plan(study).needs().columns().stream()
                .map(CdmColumn::qualifiedName)
                .forEach(columns::add);

        assertThat(columns)
                .contains(
                        "condition_occurrence.condition_concept_id",
                        "condition_occurrence.condition_start_date",
                        "drug_era.drug_concept_id",
                        "drug_era.drug_era_end_date",
                        "drug_era.drug_era_start_date",
                        "observation_period.observation_period_end_date",
                        "observation_period.observation_period_start_date",
                        "person.gender_concept_id",
                        "person.year_of_birth")
                .noneMatch(column -> column.startsWith("measurement") || column.contains("source_value"));
    }

    @Test
    void aPlanAsksForTheDaysItLooksBackAndNoMore() throws IOException {
        write(example.replace("design:\n", "period: {from: 2010-01-01, to: 2015-12-31}\ndesign:\n")
                .replace("from-day: -36500", "from-day: -365"));

        StudyPlan plan = StudyPlanner.plan(StudyDefinition.read(folder.resolve("STUDY.yaml")));

        assertThat(plan.period()).hasToString("2009-01-01 – 2015-12-31");
        assertThat(StudyPlanner.plan(
                                StudyDefinition.read(Examples.folder("gibleed").resolve("STUDY.yaml")))
                        .period())
                .isEqualTo(Period.ALWAYS);
    }

    @Test
    void theHashChangesWithTheStudyAndWithEachCohort() throws IOException {
        String first = hash();

        Files.writeString(folder.resolve("STUDY.yaml"), example + "# A comment counts: it is what was entered.\n");
        String second = hash();
        Path cohort = folder.resolve("gi-bleed.json");
        Files.writeString(cohort, Files.readString(cohort) + "\n");

        assertThat(Set.of(first, second, hash())).hasSize(3);
    }

    /** Each line plants one mistake in the example; path and code must name it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            study: celecoxib-gi-bleed    | study: Celecoxib GI              | $.study                      | FIELD_WRONG_VALUE
            study: celecoxib-gi-bleed    | studdy: celecoxib                | $.studdy                     | FIELD_UNKNOWN
            title: Gastrointestinal      | titel: Gastrointestinal          | $.titel                      | FIELD_UNKNOWN
            purpose: research            | purpose: 5                       | $.purpose                    | FIELD_WRONG_TYPE
            definition: celecoxib.json   | definition: nothere.json         |                              | DOCUMENT_UNREADABLE
            definition: celecoxib.json   | definition: ../../etc/passwd     | $.cohorts.celecoxib.definition | FIELD_WRONG_VALUE
            definition: celecoxib.json   | definition: /etc/passwd          | $.cohorts.celecoxib.definition | FIELD_WRONG_VALUE
            definition: celecoxib.json   | file: celecoxib.json             | $.cohorts.celecoxib.file     | FIELD_UNKNOWN
            label: Celecoxib             | label: '<b>'                     | $.cohorts.celecoxib.label    | FIELD_WRONG_VALUE
            entries: recorded # Whoever  | entries: all # Whoever           | $.cohorts.celecoxib.entries  | FIELD_WRONG_VALUE
            type: new-user-active-comparator | type: case-crossover         | $.design.type                | FIELD_WRONG_VALUE
            target: celecoxib            | target: celecoxb                 | $.design.target              | FIELD_WRONG_VALUE
            comparator: diclofenac       | comparator: celecoxib            | $.design.comparator          | FIELD_WRONG_VALUE
            outcome: gi-bleed            | outcomes: gi-bleed               | $.design.outcomes            | FIELD_UNKNOWN
            exposure: first              | exposure: last                   | $.design.exposure            | FIELD_WRONG_VALUE
            persons-in-both: remove      | persons-in-both: keep            | $.design.persons-in-both     | FIELD_WRONG_VALUE
            prior-observation-days: 183  | prior-observation-days: -1       | $.design.prior-observation-days | FIELD_WRONG_VALUE
            prior-observation-days: 183  | prior-observation-days: half a year | $.design.prior-observation-days | FIELD_WRONG_TYPE
            common-calendar-period: true | common-calendar-period: maybe    | $.design.common-calendar-period | FIELD_WRONG_TYPE
            remove: true # Ever          | lookback-days: 0 # Ever          | $.design.prior-outcome.lookback-days | FIELD_WRONG_VALUE
            anchor: cohort-start         | anchor: start                    | $.time-at-risk.start.anchor  | FIELD_WRONG_VALUE
            anchor: cohort-end           | anker: cohort-end                | $.time-at-risk.end.anker     | FIELD_UNKNOWN
            at-least-days: 1             | at-least-days: 0                 | $.time-at-risk.at-least-days | FIELD_WRONG_VALUE
            kind: age                    | kind: weight                     | $.covariates.age.kind        | FIELD_WRONG_VALUE
            form: linear                 | form: spline                     | $.covariates.age.form        | FIELD_WRONG_VALUE
            group-years: 10              | group-years: 0                   | $.covariates.age.group-years | FIELD_WRONG_VALUE
            table: condition_occurrence  | table: conditions                | $.covariates.stroke.table    | FIELD_WRONG_VALUE
            concepts: [381316]           | concepts: [stroke]               | $.covariates.stroke.concepts[0] | FIELD_WRONG_TYPE
            concepts: [381316]           | concepts: []                     | $.covariates.stroke.concepts | FIELD_WRONG_VALUE
            to-day: -1                   | to-day: -40000                   | $.covariates.stroke.to-day   | FIELD_WRONG_VALUE
            method: kaplan-meier         | method: km                       | $.analyses[0].method         | FIELD_WRONG_VALUE
            interval: log-log            | interval: plain                  | $.analyses[0].interval       | FIELD_WRONG_VALUE
            ties: breslow                | ties: discrete                      | $.analyses[2].ties           | FIELD_WRONG_VALUE
            name: crude-breslow          | name: crude                      | $.analyses[2].name           | FIELD_WRONG_VALUE
            name: crude-breslow          | name: attrition                  | $.analyses[2].name           | FIELD_WRONG_VALUE
            '[age, sex]'                 | '[age, weight]'                  | $.analyses[3].covariates     | FIELD_WRONG_VALUE
            """)
    void aMistakeIsNamedWithItsPathItsLineAndWhatToDo(String right, String wrong, String path, ProblemCode code)
            throws IOException {
        assertThat(example).contains(right);
        write(example.replaceFirst(
                java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong)));

        List<Problem> problems = problems();

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            if (path != null) {
                assertThat(problem.where().orElseThrow().path()).contains(path);
                assertThat(problem.where().orElseThrow().line()).isPresent();
                assertThat(problem.where().orElseThrow().column()).isPresent();
            }
            assertThat(problem.remedy(Locale.ENGLISH)).isNotBlank().doesNotContain("{");
            assertThat(problem.sentence(Locale.FRENCH)).isNotBlank().doesNotContain("{");
        });
    }

    @Test
    void allMistakesOfAllFilesAreReportedTogether() throws IOException {
        write(example.replace("exposure: first", "exposure: last").replace("form: linear", "form: cubic"));
        Path cohort = folder.resolve("celecoxib.json");
        Files.writeString(cohort, Files.readString(cohort).replace("\"CodesetId\": 0", "\"CodesetIds\": 0"));

        List<Problem> problems = problems();

        assertThat(problems)
                .extracting(problem -> problem.where().orElseThrow().path().orElse(""))
                .contains("$.design.exposure", "$.covariates.age.form")
                .anyMatch(path -> path.contains("CodesetIds"));
    }

    @Test
    void aMissingFieldIsNamed() throws IOException {
        write(example.replace("  outcome: gi-bleed\n", ""));

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.FIELD_MISSING);
            assertThat(problem.arguments()).containsEntry("field", "outcome");
        });
    }

    /** The schema is written by hand; this walks both so that neither knows a field the other lacks. */
    @ParameterizedTest
    @ValueSource(strings = {"STUDY.yaml", "COMPARISON.yaml", "OVER-TIME.yaml"})
    void theSchemaKnowsEveryFieldOfTheExample(String file) throws IOException {
        example = Files.readString(folder.resolve(file));
        JsonNode schema = schema();
        List<String> unknown = new ArrayList<>();

        check(schema, JsonMapper.shared().valueToTree(yaml()), "$", unknown);

        assertThat(unknown).isEmpty();
        assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
    }

    static Stream<Path> everyExample() throws IOException {
        try (Stream<Path> files = Files.walk(Examples.folder("."))) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml")
                            && !file.getFileName().toString().equals("PERMIT.yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("everyExample")
    void everyExampleIsPlannedAndTheSchemaKnowsItsFields(Path file) throws IOException {
        example = Files.readString(file);
        List<String> unknown = new ArrayList<>();

        check(schema(), JsonMapper.shared().valueToTree(yaml()), "$", unknown);

        assertThat(unknown).isEmpty();
        assertThat(StudyPlanner.plan(StudyDefinition.read(file)).definition().title())
                .isNotBlank();
    }

    /** Each line plants one mistake in the example of incidence; path and code must name it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            type: incidence              | type: incidents                  | $.design.type                | FIELD_WRONG_VALUE
            outcome: gi-bleed            | outcome: bleeding                | $.design.outcome             | FIELD_WRONG_VALUE
            outcome: gi-bleed            | result: gi-bleed                 | $.design.result              | FIELD_UNKNOWN
            prior-observation-days: 365  | prior-observation-days: -1       | $.design.prior-observation-days | FIELD_WRONG_VALUE
            by-sex: true                 | target: gi-bleed                 | $.design.outcome             | FIELD_WRONG_VALUE
            by-sex: true                 | by-sex: women                    | $.design.by-sex              | FIELD_WRONG_TYPE
            by-sex: true                 | repeated-events: true            | $.design.repeated-events     | FIELD_WRONG_VALUE
            by-sex: true                 | washout-days: for ever           | $.design.washout-days        | FIELD_WRONG_TYPE
            '{from: 40, to: 150}'        | '{from: 39, to: 150}'            | $.design.ages[1].from        | FIELD_WRONG_VALUE
            '{from: 40, to: 150}'        | '{from: 40, to: 30}'             | $.design.ages[1].to          | FIELD_WRONG_VALUE
            '{from: 40, to: 150}'        | '{from: 40, to: 151}'            | $.design.ages[1].to          | FIELD_WRONG_VALUE
            interval: years              | interval: decades                | $.design.interval            | FIELD_WRONG_VALUE
            confidence: exact            | confidence: normal               | $.design.confidence          | FIELD_WRONG_VALUE
            confidence: exact            | measured: start                  | $.design.measured            | FIELD_UNKNOWN
            purpose: research            | analyses: []                     | $.analyses                   | FIELD_UNKNOWN
            """)
    void aMistakeInAStudyOfIncidenceIsNamed(String right, String wrong, String path, ProblemCode code)
            throws IOException {
        example = Files.readString(folder.resolve("INCIDENCE.yaml"));

        aMistakeIsNamedWithItsPathItsLineAndWhatToDo(right, wrong, path, code);
    }

    @Test
    void aTypeThatNobodyKnowsIsNamedAloneWithThoseThereAre() throws IOException {
        write(Files.readString(folder.resolve("INCIDENCE.yaml")).replace("type: incidence", "type: incidents"));

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where().orElseThrow().path()).contains("$.design.type");
            assertThat(problem.sentence(Locale.ENGLISH))
                    .contains(
                            "new-user-active-comparator, incidence, prevalence, characterisation, drug-utilisation, treatment-pathways")
                    .contains("incidents");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            interval: years                       | 2009-01-01 – 2015-12-31 | prior-observation-days: 365
            interval: years, washout-days: 730    | 2008-01-02 – 2015-12-31 | washout-days: 730
            interval: years, lookback-days: 3652  | 2000-01-02 – 2015-12-31 | lookback-days: 3652
            """)
    void aStudyOfIncidenceReadsTheDaysThatItsFileAsksForAndSaysWhy(String fields, String days, String because)
            throws IOException {
        write(Files.readString(folder.resolve("INCIDENCE.yaml"))
                .replaceAll("period: .*\n", "period: {from: 2010-01-01, to: 2015-12-31}\n")
                .replaceAll("  lookback-days: .*\n", "")
                .replace("  interval: years", "  " + fields.replace(", ", "\n  ")));

        StudyPlan plan = StudyPlanner.plan(StudyDefinition.read(folder.resolve("STUDY.yaml")));

        assertThat(plan.period()).hasToString(days);
        assertThat(plan.lookBack().orElseThrow()).hasToString(because);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            measured: period             | measured: noon                   | $.design.measured
            full-contribution: false     | full-contribution: true, measured: start | $.design.full-contribution
            interval: years              | interval: overall, measured: end | $.design.interval
            """)
    void aMistakeInAStudyOfPrevalenceIsNamed(String right, String wrong, String path) throws IOException {
        String prevalence = Files.readString(folder.resolve("PREVALENCE.yaml"));
        if (wrong.contains(", ")) {
            prevalence = prevalence.replaceFirst("  measured: period[^\n]*\n", "");
        }
        assertThat(prevalence).contains(right);
        write(prevalence.replace(right, wrong.replace(", ", "\n  ") + " "));

        assertThat(problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.FIELD_WRONG_VALUE);
            assertThat(problem.where().orElseThrow().path()).contains(path);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '[celecoxib, diclofenac]'    | '[celecoxib, diclofenak]'    | $.design.cohorts             | FIELD_WRONG_VALUE
            '[celecoxib, diclofenac]'    | '[celecoxib, celecoxib]'     | $.design.cohorts             | FIELD_WRONG_VALUE
            '[celecoxib, diclofenac]'    | '[]'                         | $.design.cohorts             | FIELD_WRONG_VALUE
            entry: first                 | entry: last                  | $.design.entry               | FIELD_WRONG_VALUE
            entry: first                 | exposure: first              | $.design.exposure            | FIELD_UNKNOWN
            persons-in-both: remove      | persons-in-both: both        | $.design.persons-in-both     | FIELD_WRONG_VALUE
            '[condition_occurrence, '    | '[condition, '               | $.design.features.tables     | FIELD_WRONG_VALUE
            '[condition_occurrence, '    | '[drug_era, '                | $.design.features.tables     | FIELD_WRONG_VALUE
            '[condition_occurrence, '    | '[observation_period, '      | $.design.features.tables     | FIELD_WRONG_VALUE
            tables:                      | table:                       | $.design.features.table      | FIELD_UNKNOWN
            '{from-day: -30, to-day: -1}' | '{from-day: -31, to-day: -1}' | $.design.features.windows[1].from-day | FIELD_WRONG_VALUE
            '{from-day: -30, to-day: -1}' | '{from-day: -30, to-day: -40}' | $.design.features.windows[1].to-day | FIELD_WRONG_VALUE
            '{from-day: -30, to-day: -1}' | '{from-day: -30}'           | $.design.features.windows[1] | FIELD_MISSING
            least-share: 0.01            | least-share: 0               | $.design.features.least-share | FIELD_WRONG_VALUE
            least-share: 0.01            | least-share: one in hundred  | $.design.features.least-share | FIELD_WRONG_TYPE
            purpose: research            | analyses: []                 | $.analyses                   | FIELD_UNKNOWN
            """)
    void aMistakeInACharacterisationIsNamed(String right, String wrong, String path, ProblemCode code)
            throws IOException {
        example = Files.readString(folder.resolve("CHARACTERISATION.yaml"));

        aMistakeIsNamedWithItsPathItsLineAndWhatToDo(right, wrong, path, code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            drug: acetaminophen              | drug: acetaminophin              | $.design.drug                | FIELD_WRONG_VALUE
            drug: acetaminophen              | medicine: acetaminophen          | $.design.medicine            | FIELD_UNKNOWN
            drug: acetaminophen              | dose: true                   | $.design.dose                | FIELD_UNKNOWN
            washout-days: 365            | washout-days: for ever       | $.design.washout-days        | FIELD_WRONG_TYPE
            washout-days: 365            | target: aspirin           | $.design.target              | FIELD_WRONG_VALUE
            grace-days: 60               | grace-days: 29               | $.design.grace-days          | FIELD_WRONG_VALUE
            follow-up-days: 1095         | follow-up-days: 0            | $.design.follow-up-days      | FIELD_WRONG_VALUE
            follow-up-days: 1095         | follow-up-days: 300          | $.design.covered-days        | FIELD_WRONG_VALUE
            '[30, 365]'                  | '[365, 30]'                  | $.design.covered-days        | FIELD_WRONG_VALUE
            '[10, 20, 30, 60]'           | '[0, 20, 30, 60]'            | $.design.persistence-days    | FIELD_WRONG_VALUE
            '[osteoarthritis, sinusitis, gi-bleed]' | '[arthritis, sinusitis, gi-bleed]'      | $.design.indications.among   | FIELD_WRONG_VALUE
            '{from-day: -30, to-day: 0}' | '{from-day: -30, to-day: 1}' | $.design.indications.windows[1].to-day | FIELD_WRONG_VALUE
            '[aspirin]'               | '[acetaminophen]'                | $.design.changes.switch-to   | FIELD_WRONG_VALUE
            'days: [90, 365, 730]'       | 'days: []'                   | $.design.changes.days        | FIELD_WRONG_VALUE
            'days: [90, 365, 730]'       | 'day: [90, 365, 730]'        | $.design.changes.day         | FIELD_UNKNOWN
            table: drug_exposure         | table: observation_period    | $.records.acetaminophen.table    | FIELD_WRONG_VALUE
            concepts: [1125315]          | concepts: []                 | $.records.acetaminophen.concepts | FIELD_WRONG_VALUE
            concepts: [1125315]          | concept: [1125315]           | $.records.acetaminophen.concept  | FIELD_UNKNOWN
            'aspirin: {'              | 'gi-bleed: {'                | $.records.gi-bleed           | FIELD_WRONG_VALUE
            purpose: research            | analyses: []                 | $.analyses                   | FIELD_UNKNOWN
            """)
    void aMistakeInAStudyOfUseIsNamed(String right, String wrong, String path, ProblemCode code) throws IOException {
        example = Files.readString(folder.resolve("DRUG-UTILISATION.yaml"));

        aMistakeIsNamedWithItsPathItsLineAndWhatToDo(right, wrong, path, code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            target: osteoarthritis       | target: arthritis            | $.design.target              | FIELD_WRONG_VALUE
            target: osteoarthritis       | target: celecoxib            | $.design.target              | FIELD_WRONG_VALUE
            '[celecoxib, diclofenac, '   | '[celecoxib, celecoxib, '    | $.design.treatments          | FIELD_WRONG_VALUE
            '[celecoxib, diclofenac, '   | '[celecoxib, diclofenak, '   | $.design.treatments          | FIELD_WRONG_VALUE
            '[celecoxib, diclofenac, '   | '[osteoarthritis, diclofenac, ' | $.design.treatments       | FIELD_WRONG_VALUE
            treatments:                  | medicines:                   | $.design.medicines           | FIELD_UNKNOWN
            from-day: 0                  | from-day: entry              | $.design.from-day            | FIELD_WRONG_TYPE
            follow-up-days: 3652         | follow-up-days: 0            | $.design.follow-up-days      | FIELD_WRONG_VALUE
            era-collapse-days: 30        | era-collapse-days: -1        | $.design.era-collapse-days   | FIELD_WRONG_VALUE
            combination-days: 7          | combination-days: 0          | $.design.combination-days    | FIELD_WRONG_VALUE
            kept: first                  | kept: last                   | $.design.kept                | FIELD_WRONG_VALUE
            longest-path: 5              | longest-path: 21             | $.design.longest-path        | FIELD_WRONG_VALUE
            concepts: [1118084]          | concepts: [celecoxib]        | $.records.celecoxib.concepts[0] | FIELD_WRONG_TYPE
            purpose: research            | analyses: []                 | $.analyses                   | FIELD_UNKNOWN
            """)
    void aMistakeInAStudyOfPathwaysIsNamed(String right, String wrong, String path, ProblemCode code)
            throws IOException {
        example = Files.readString(folder.resolve("PATHWAYS.yaml"));

        aMistakeIsNamedWithItsPathItsLineAndWhatToDo(right, wrong, path, code);
    }

    @Test
    void whatAsksOfRecordsAloneNeedsNoCohort() throws IOException {
        write(Files.readString(folder.resolve("DRUG-UTILISATION.yaml"))
                .replaceAll("(?s)cohorts:.*?\n\n", "")
                .replace("[osteoarthritis, sinusitis, gi-bleed]", "[osteoarthritis]"));

        StudyDefinition study = StudyDefinition.read(folder.resolve("STUDY.yaml"));

        assertThat(study.cohorts()).isEmpty();
        assertThat(study.label("aspirin")).isEqualTo("Aspirin | Aspirine");
        assertThat(StudyPlanner.plan(study).needs().columns())
                .extracting(CdmColumn::qualifiedName)
                .contains("drug_exposure.drug_exposure_end_date", "condition_occurrence.condition_concept_id")
                .doesNotContain("person.year_of_birth");
    }

    @Test
    void aCharacterisationOfNothingIsNamed() throws IOException {
        write(Files.readString(folder.resolve("CHARACTERISATION.yaml")).replaceAll("(?s)  features:.*", ""));

        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.arguments()).containsEntry("field", "covariates"));
    }

    private Object yaml() {
        return new org.yaml.snakeyaml.Yaml(
                        new org.yaml.snakeyaml.constructor.SafeConstructor(new org.yaml.snakeyaml.LoaderOptions()))
                .load(example);
    }

    private static void check(JsonNode schema, JsonNode value, String path, List<String> unknown) {
        if (schema.has("oneOf")) {
            boolean fits = false;
            for (JsonNode choice : schema.get("oneOf")) {
                List<String> inside = new ArrayList<>();
                check(choice, value, path, inside);
                fits |= inside.isEmpty();
            }
            if (!fits) {
                unknown.add(path);
            }
        } else if (value.isObject()) {
            for (String field : value.propertyNames()) {
                JsonNode inside = schema.path("properties").path(field);
                JsonNode found = inside.isMissingNode() ? schema.path("additionalProperties") : inside;
                if (found.isObject()) {
                    check(found, value.get(field), path + "." + field, unknown);
                } else {
                    unknown.add(path + "." + field);
                }
            }
        } else if (value.isArray()) {
            for (int index = 0; index < value.size(); index++) {
                check(schema.get("items"), value.get(index), path + "[" + index + "]", unknown);
            }
        } else {
            boolean fits = (!schema.has("const") || schema.get("const").equals(value))
                    && (!schema.has("enum") || contains(schema.get("enum"), value));
            if (!fits) {
                unknown.add(path);
            }
        }
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode each : list) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode schema() throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(StudyDefinition.class.getResourceAsStream("study.schema.json"))) {
            return JsonMapper.shared().readTree(stream);
        }
    }

    private void write(String text) {
        try {
            Files.writeString(folder.resolve("STUDY.yaml"), text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private String hash() {
        return StudyDefinition.read(folder.resolve("STUDY.yaml")).hashes().study();
    }

    private List<Problem> problems() {
        List<Problem> found = new ArrayList<>();
        assertThatThrownBy(() -> StudyDefinition.read(folder.resolve("STUDY.yaml")))
                .isInstanceOfSatisfying(ProblemException.class, wrong -> found.addAll(wrong.problems()));
        return found;
    }
}
