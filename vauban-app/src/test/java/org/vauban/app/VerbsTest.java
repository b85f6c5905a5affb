package org.vauban.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Verbs as they are typed: exit status and words, in both languages. */
class VerbsTest {
    @TempDir
    Path folder = Path.of("");

    private record Result(int status, String out, String err) {}

    private Result run(Locale language, String... arguments) {
        var terminal = new TestTerminal(language, folder);
        int status = Vauban.run(terminal, List.of(arguments));
        return new Result(status, terminal.written(), terminal.complained());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demoo                                   | perhaps demo            | peut-être demo",
                "output                                  | one of check            | l’un de check",
                "output review o-12345678                | --decision              | --decision",
                "output review --decisino x              | --decision              | --decision",
                "synth --persons many --out x            | --persons               | --persons",
                "cohort run                              | --cdm                   | --cdm",
                "study run STUDY.yaml                    | either --cdm            | soit --cdm",
                "study run STUDY.yaml --cdm a --edition b| either --cdm            | soit --cdm",
                "permit list --home nowhere              | vauban init             | vauban init",
                "output check absent.csv                 | absent.csv              | absent.csv",
                "cohort check absent.json                | absent.json             | absent.json",
                "bench cohorts absent.json --cdm cdm     | absent.json             | absent.json",
                "bench studies absent.yaml --cdm nowhere | nowhere                 | nowhere",
                "bench studies --rows 0                  | at least 1000           | au moins 1000",
            })
    void wrongUsageAndWrongInputExitWithTwoAndSayWhatWasExpected(String line, String english, String french) {
        Result inEnglish = run(Locale.ENGLISH, line.strip().split(" +"));
        Result inFrench = run(Locale.FRENCH, line.strip().split(" +"));

        assertThat(inEnglish.status()).isEqualTo(2);
        assertThat(inEnglish.err()).contains(english).contains(" → ");
        assertThat(inEnglish.out()).isEmpty();
        assertThat(inFrench.status()).isEqualTo(2);
        assertThat(inFrench.err()).contains(french).contains(" → ");
    }

    @Test
    void withJsonAProblemIsOneLineOfJsonOnStandardError() {
        Result result = run(Locale.FRENCH, "output", "check", "absent.csv", "--json");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().strip().lines()).hasSize(1);
        var problem =
                JsonMapper.shared().readTree(result.err()).path("problems").path(0);
        assertThat(problem.path("code").asString()).isEqualTo("INPUT_FILE_UNREADABLE");
        assertThat(problem.path("file").asString()).endsWith("absent.csv");
        assertThat(problem.path("remedy").asString()).isNotBlank();
    }

    @Test
    void aTableWithASmallCellIsClearedWithThatCellHidden() throws IOException {
        Files.writeString(folder.resolve("table.csv"), """
                sex,region,n
                F,North,40
                F,South,7
                F,Total,47
                M,North,35
                M,South,52
                M,Total,87
                Total,North,75
                Total,South,59
                Total,Total,134
                """);

        Result result = run(Locale.ENGLISH, "output", "check", "table.csv", "--json");

        assertThat(result.status()).isZero();
        var document = JsonMapper.shared().readTree(result.out());
        assertThat(document.path("verdict").asString()).isEqualTo("cleared");
        assertThat(document.path("cells").path(1).path("status").asString()).isEqualTo("primary");
        assertThat(document.path("cells").path(1).path("shown_value").isNull()).isTrue();
    }

    @Test
    void aTableWhoseTotalIsNotItsSumIsWithheldWithStatusThree() throws IOException {
        Files.writeString(folder.resolve("table.csv"), "sex,n\nF,40\nM,50\nTotal,95\n");

        Result result = run(Locale.FRENCH, "output", "check", "table.csv");

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.out()).startsWith("retenu");
    }

    @Test
    void aThresholdOutsideThreeToHundredIsWrongUsage() throws IOException {
        Files.writeString(folder.resolve("table.csv"), "sex,n\nF,40\nM,50\nTotal,90\n");

        assertThat(run(Locale.ENGLISH, "output", "check", "table.csv", "--threshold", "2")
                        .status())
                .isEqualTo(2);
        assertThat(run(Locale.ENGLISH, "output", "check", "table.csv", "--threshold", "3")
                        .status())
                .isZero();
    }

    @Test
    void everySettingIsShownWithWhoSaidSo() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve("vauban.yaml"), "custodian: unix:/somewhere/custodian.sock\n");

        Result result = run(Locale.ENGLISH, "config", "show", "--home", "home", "--json");

        var document = JsonMapper.shared().readTree(result.out());
        assertThat(document.path("home").path("source").asString()).isEqualTo("flag");
        assertThat(document.path("custodian").path("source").asString()).isEqualTo("vauban.yaml");
        assertThat(document.path("custodian").path("value").asString()).isEqualTo("unix:/somewhere/custodian.sock");
        assertThat(document.path("ledger").path("source").asString()).isEqualTo("default");
        assertThat(document.path("memory").path("source").asString()).isEqualTo("default");
    }

    @Test
    void howMuchMemoryAnEditionMayTakeIsASetting() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve("vauban.yaml"), "memory: 4GiB\n");

        Result inFile = run(Locale.ENGLISH, "config", "show", "--home", "home", "--json");
        Result flag = run(Locale.ENGLISH, "config", "show", "--home", "home", "--memory", "1GiB", "--json");

        assertThat(JsonMapper.shared()
                        .readTree(inFile.out())
                        .path("memory")
                        .path("value")
                        .asString())
                .isEqualTo("4GiB");
        assertThat(JsonMapper.shared()
                        .readTree(flag.out())
                        .path("memory")
                        .path("source")
                        .asString())
                .isEqualTo("flag");
    }

    @Test
    void anUnknownSettingIsToldWithItsPlace() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve("vauban.yaml"), "custodian: unix:/a\nthreshhold: 3\n");

        Result result = run(Locale.ENGLISH, "config", "show", "--home", "home");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err())
                .contains("FIELD_UNKNOWN")
                .contains("vauban.yaml:2")
                .contains("threshhold");
    }

    private static final String OVER_40_SINCE_2012 = """
            {"ConceptSets": [{"id": 0, "name": "ulcer", "expression": {"items": [{"concept": {"CONCEPT_ID": 77}}]}}],
             "PrimaryCriteria": {
               "CriteriaList": [{"ConditionOccurrence": {"CodesetId": 0}}],
               "ObservationWindow": {"PriorDays": 0, "PostDays": 0},
               "PrimaryCriteriaLimit": {"Type": "All"}},
             "ExpressionLimit": {"Type": "First"},
             "InclusionRules": [
               {"name": "over 40", "expression": {"Type": "ALL", "DemographicCriteriaList": [{"Age": {"Value": 40, "Op": "gt"}}]}},
               {"name": "since 2012", "expression": {"Type": "ALL", "DemographicCriteriaList": [
                 {"OccurrenceStartDate": {"Value": "2012-01-01", "Op": "gte"}}]}}],
             "CensorWindow": {"StartDate": "2019-01-01", "EndDate": "2012-01-01"}}
            """;

    @Test
    void aDefinitionIsExplainedInTheLanguageOfTheCaller() throws IOException {
        Files.writeString(folder.resolve("ulcer.json"), OVER_40_SINCE_2012);

        Result english = run(Locale.ENGLISH, "cohort", "explain", "ulcer.json");
        Result french = run(Locale.FRENCH, "cohort", "explain", "ulcer.json");
        Result json = run(Locale.ENGLISH, "cohort", "explain", "ulcer.json", "--json");

        assertThat(english.status()).isZero();
        assertThat(english.out())
                .contains(
                        "Cohort “ulcer”", "a diagnosis of “ulcer”", "Rule 2: since 2012", "on 1 January 2012 or after");
        assertThat(french.out())
                .contains(
                        "Cohorte « ulcer »",
                        "un diagnostic de « ulcer »",
                        "Règle 2 : since 2012",
                        "le 1er janvier 2012 ou après");
        var tree = JsonMapper.shared()
                .readTree(json.out())
                .path("definitions")
                .path(0)
                .path("explanation");
        assertThat(tree.path("line").asString()).isEqualTo("Cohort “ulcer”");
        assertThat(tree.path("under").path(1).path("under").path(0).path("line").asString())
                .isEqualTo("Rule 1: over 40");
    }

    @Test
    void whatADefinitionProbablyDoesNotMeanIsListedAndNoFailure() throws IOException {
        Files.writeString(folder.resolve("ulcer.json"), OVER_40_SINCE_2012);

        Result french = run(Locale.FRENCH, "cohort", "check", "ulcer.json");
        Result json = run(Locale.ENGLISH, "cohort", "check", "ulcer.json", "--json");

        assertThat(french.status()).isZero();
        assertThat(french.out())
                .contains("avertissements : 1", "COHORT_RANGE_REVERSED", "($.CensorWindow)", "rien n’y est", " → ");
        var finding = JsonMapper.shared()
                .readTree(json.out())
                .path("definitions")
                .path(0)
                .path("findings")
                .path(0);
        assertThat(finding.path("kind").asString()).isEqualTo("WARNING");
        assertThat(finding.path("path").asString()).isEqualTo("$.CensorWindow");
        assertThat(finding.path("line").asInt()).isEqualTo(11);
        assertThat(finding.path("remedy").asString()).isNotBlank();
    }

    @Test
    void attritionSaysWhichRulesAreMetTogetherAndWhatIsLostToOneAlone() throws IOException {
        Files.writeString(folder.resolve("ulcer.json"), OVER_40_SINCE_2012);
        Path cdm = Files.createDirectories(folder.resolve("cdm"));
        Files.writeString(cdm.resolve("person.csv"), """
                person_id,gender_concept_id,year_of_birth,race_concept_id,ethnicity_concept_id
                1,8532,1950,0,0
                2,8507,1990,0,0
                """);
        Files.writeString(cdm.resolve("observation_period.csv"), """
                observation_period_id,person_id,observation_period_start_date,observation_period_end_date,period_type_concept_id
                1,1,2010-01-01,2019-12-31,1
                2,2,2010-01-01,2019-12-31,1
                """);
        Files.writeString(cdm.resolve("condition_occurrence.csv"), """
                condition_occurrence_id,person_id,condition_concept_id,condition_start_date,condition_end_date,condition_type_concept_id
                1,1,77,2011-01-01,,1
                2,1,77,2015-01-01,,1
                3,2,77,2011-01-01,,1
                """);
        Files.writeString(cdm.resolve("concept.csv"), """
                concept_id,concept_name,domain_id,vocabulary_id,concept_class_id,standard_concept,concept_code,valid_start_date,valid_end_date,invalid_reason
                77,Peptic ulcer,Condition,SNOMED,Disorder,S,13200003,1970-01-01,2099-12-31,
                """);

        Result result =
                run(Locale.ENGLISH, "cohort", "run", "ulcer.json", "--cdm", "cdm", "--out", "rows.csv", "--json");

        assertThat(result.err()).isEmpty();
        var attrition = JsonMapper.shared()
                .readTree(result.out())
                .path("definitions")
                .path(0)
                .path("attrition");
        assertThat(attrition
                        .path("rules")
                        .path(1)
                        .path("events_lost_to_it_alone")
                        .asInt())
                .isEqualTo(1);
        assertThat(attrition.path("intersections").toString())
                .isEqualTo("[{\"mask\":0,\"rules_met\":[],\"events\":1,\"persons\":1},"
                        + "{\"mask\":1,\"rules_met\":[\"over 40\"],\"events\":1,\"persons\":0},"
                        + "{\"mask\":3,\"rules_met\":[\"over 40\",\"since 2012\"],\"events\":1,\"persons\":1}]");
    }

    @Test
    void aBenchStandsBesideAPeerAndSaysWhatItCouldNotRun() throws IOException {
        Path cdm = Files.createDirectories(folder.resolve("cdm"));
        Files.writeString(
                cdm.resolve("person.csv"),
                "person_id,gender_concept_id,year_of_birth,race_concept_id,"
                        + "ethnicity_concept_id\n1,8507,1950,0,0\n");
        Files.writeString(folder.resolve("7.json"), """
                {"ConceptSets": [], "PrimaryCriteria": {"CriteriaList": [{"ConditionOccurrence": {}}],
                 "ObservationWindow": {"PriorDays": 0, "PostDays": 0}, "PrimaryCriteriaLimit": {"Type": "All"}}}
                """);
        Files.writeString(folder.resolve("peer.csv"), "cohort_id,seconds_total,seconds_execute\n7,2.5,2\n8,1,1\n");
        Files.writeString(folder.resolve("other.csv"), "cohort_id,seconds_total,seconds_execute\n8,1,1\n");
        Files.writeString(folder.resolve("wrong.csv"), "cohort_id,seconds_total,seconds_execute\n7,soon,2\n");

        Result peer = run(
                Locale.ENGLISH,
                "bench",
                "cohorts",
                "7.json",
                "--cdm",
                "cdm",
                "--larger",
                "cdm",
                "--peer",
                "peer.csv",
                "--json");
        Result other = run(Locale.FRENCH, "bench", "cohorts", "7.json", "--cdm", "cdm", "--peer", "other.csv");
        Result wrong = run(Locale.ENGLISH, "bench", "cohorts", "7.json", "--cdm", "cdm", "--peer", "wrong.csv");
        Result absent = run(Locale.ENGLISH, "bench", "cohorts", "7.json", "--cdm", "cdm", "--peer", "absent.csv");

        var document = JsonMapper.shared().readTree(peer.out());
        assertThat(document.path("lines").findValuesAsString("name"))
                .contains(
                        "one-pass-in-memory-cpu-seconds",
                        "all-over-median-one",
                        "one-pass-over-peer-execution",
                        "growth-per-person");
        assertThat(other.out()).contains("non exécuté : le pair");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("INPUT_VALUE_WRONG_TYPE")
                .contains("wrong.csv")
                .contains("2");
        assertThat(absent.status()).isEqualTo(2);
        assertThat(absent.err()).contains("INPUT_FILE_UNREADABLE").contains("absent.csv");
    }

    @Test
    void whatStudiesCostIsMeasuredAndWhatDidNotRunIsNamed() {
        Result result = run(
                Locale.ENGLISH,
                "bench",
                "studies",
                "--rows",
                "2000",
                "--lasso-rows",
                "1000",
                "--lasso-columns",
                "50",
                "--json");

        var document = JsonMapper.shared().readTree(result.out());
        assertThat(result.status()).isZero();
        assertThat(document.at("/cox/seconds").asDouble()).isPositive();
        assertThat(document.at("/lasso/chosen").asInt()).isPositive();
        List<String> lines = document.path("lines").findValuesAsString("name");
        List<String> notRun =
                document.path("not_run").valueStream().map(JsonNode::asString).toList();
        assertThat(lines).contains("lasso-residual");
        assertThat(notRun).contains("studies");
        // Beside R where it is there; never neither.
        assertThat(lines.contains("cox-over-r")).isNotEqualTo(notRun.contains("cox"));
        assertThat(lines.contains("lasso-over-r")).isNotEqualTo(notRun.contains("lasso"));
        for (JsonNode line : document.path("lines")) {
            if (line.path("name").asString().endsWith("-difference")) {
                assertThat(line.path("ratio").asDouble()).isLessThan(1);
            }
        }
    }

    @Test
    void whatDoctorCannotLookAtIsNotRunAndNeverGood() {
        Result result = run(Locale.ENGLISH, "doctor", "--home", "nowhere");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("not run\thome")
                .contains("not run\tdatabase")
                .contains("not run\tcustodian")
                .contains("5 not run");
    }

    @Test
    void aTakenPortIsToldBeforeAnythingIsBegun() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Result result = run(Locale.FRENCH, "demo", "--port", String.valueOf(taken.getLocalPort()), "--home", "h");

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err()).contains("PORT_TAKEN").contains("--port");
            assertThat(folder.resolve("h")).doesNotExist();
        }
    }
}
