package org.vauban.study.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.reference.ReferenceEvaluator;
import org.vauban.output.EffectEstimates;
import org.vauban.study.SmallCdm;
import org.vauban.study.SmallTrial;
import org.vauban.study.StudyDefinition;
import org.vauban.study.StudyPlan;
import org.vauban.study.StudyPlanner;
import org.vauban.study.StudyResults;
import org.vauban.study.StudyRunner;
import org.vauban.trajectory.Domain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LaboratoryReportTest {
    private static final RunFacts FACTS = new RunFacts(
            "small",
            "reference",
            "0.1.0",
            Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("2026-01-01T00:00:03Z"));

    @TempDir
    private Path folder = Path.of("");

    private static final StudyPlan PLAN = StudyPlanner.plan(StudyDefinition.read(example()));

    private static final StudyResults RESULTS =
            StudyRunner.run(PLAN, SmallTrial.of(300, 20260102), new ReferenceEvaluator(), EvaluationProgress.SILENT);

    @BeforeEach
    void writesTheFiles() {
        LaboratoryReport.write(folder, PLAN, RESULTS, FACTS, Locale.ENGLISH);
    }

    @Test
    void summarisedResultHasTheColumnsOfTheContractAndOneEstimateALine() throws IOException {
        List<String> lines = lines("summarised_result.csv");

        assertThat(lines.getFirst())
                .isEqualTo("result_id,cdm_name,group_name,group_level,strata_name,strata_level,variable_name,"
                        + "variable_level,estimate_name,estimate_type,estimate_value,additional_name,additional_level");
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(13));
        assertThat(lines)
                .contains("2,small,cohort_name,Celecoxib,overall,overall,person_days,,count,integer,"
                        + RESULTS.followUp().getFirst().days() + ",overall,overall")
                .contains("4,small,cohort_name,Celecoxib,overall,overall,outcome,,n_risk,integer,"
                        + RESULTS.followUp().getFirst().persons() + ",time,0");
        assertThat(lines).doesNotHaveDuplicates();
    }

    @Test
    void estimatesHaveTheColumnsOfTheContractAndAllDigits() throws IOException {
        List<String> lines = lines("estimates.csv");

        assertThat(lines.getFirst())
                .isEqualTo("analysis,target,comparator,outcome,method,estimand,estimate_name,estimate,ci_low,ci_high,"
                        + "se_log,p,n_target,n_comparator,events_target,events_comparator,calibrated_estimate,"
                        + "calibrated_ci_low,calibrated_ci_high");
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1))
                .startsWith("crude,Celecoxib,Diclofenac,Gastrointestinal bleeding,cox-efron-crude,"
                        + "\"hazard ratio, on treatment\",hr,"
                        + RESULTS.estimates().orElseThrow().rows().getFirst().estimate() + ",")
                .endsWith(",,,");
    }

    @Test
    void provenanceBindsTheNumbersToStudyCohortsAndProgram() throws IOException {
        JsonNode provenance = JsonMapper.shared().readTree(Files.readString(folder.resolve("provenance.json")));

        assertThat(provenance.get("study_hash").asString())
                .isEqualTo(PLAN.definition().hashes().study());
        assertThat(provenance.get("cohorts")).hasSize(3);
        assertThat(provenance.get("engine").asString()).isEqualTo("reference");
        assertThat(provenance.get("attrition").get(0).get("steps")).hasSizeGreaterThan(5);
        assertThat(provenance.get("seed").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void thePageOpensAloneAndShowsEachFigureBesideItsTable(String language) throws IOException {
        LaboratoryReport.write(folder, PLAN, RESULTS, FACTS, Locale.forLanguageTag(language));

        String page = Files.readString(folder.resolve("report.html"));

        assertThat(page).startsWith("<!DOCTYPE html>").contains("<html lang=\"" + language + "\">");
        assertThat(page).doesNotContain("<script", "src=", "http:", "https:", "{0}", "{1}", "url(");
        for (String section : List.of("estimates", "attrition", "curves-survival")) {
            String from = page.substring(page.indexOf("<section id=\"" + section + "\""));
            String inside = from.substring(0, from.indexOf("</section>"));
            assertThat(inside).as(section).contains("<svg", "role=\"img\"", "<table", "<caption");
        }
    }

    @Test
    void theSameRunGivesTheSameBytes() throws IOException {
        Path again = folder.resolve("again");

        LaboratoryReport.write(again, PLAN, RESULTS, FACTS, Locale.ENGLISH);

        for (String file : List.of("summarised_result.csv", "estimates.csv", "report.html", "provenance.json")) {
            assertThat(again.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
        }
    }

    @Test
    void frenchAndEnglishSayTheSameThings() throws IOException {
        Properties english = properties("en");
        Properties french = properties("fr");
        french.keySet().removeIf(key -> key.toString().startsWith("label."));
        english.keySet().removeIf(key -> key.toString().startsWith("label."));

        assertThat(french.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            for (String place : List.of("{0}", "{1}", "{2}")) {
                assertThat(french.getProperty(key).contains(place))
                        .as(key + " " + place)
                        .isEqualTo(english.getProperty(key).contains(place));
            }
        }
    }

    @Test
    void everyStepAndLevelHasAFrenchName() {
        ReportWords french = ReportWords.in(Locale.FRENCH);

        RESULTS.attrition()
                .arms()
                .getFirst()
                .steps()
                .forEach(step -> assertThat(french.label(step.label())).isNotEqualTo(step.label()));
        assertThat(french.label("183 days of observation before")).isEqualTo("183 jours d’observation auparavant");
        assertThat(french.label("No outcome in the 365 days before"))
                .isEqualTo("Sans événement dans les 365 jours précédents");
        assertThat(french.label("At least 2 days at risk")).isEqualTo("Au moins 2 jours à risque");
        assertThat(french.label("Celecoxib 200")).isEqualTo("Celecoxib 200");
        assertThat(ReportWords.in(Locale.ENGLISH).label("Original cohort")).isEqualTo("Original cohort");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void aComparisonSaysFirstWhetherItMayBeRead(String language) throws IOException {
        StudyPlan plan = StudyPlanner.plan(StudyDefinition.read(example().resolveSibling("COMPARISON.yaml")));
        StudyResults results = StudyRunner.run(
                plan, SmallTrial.of(300, 20260102), new ReferenceEvaluator(), EvaluationProgress.SILENT);
        ReportWords words = ReportWords.in(Locale.forLanguageTag(language));

        LaboratoryReport.write(folder, plan, results, FACTS, Locale.forLanguageTag(language));

        String page = Files.readString(folder.resolve("report.html"));
        String from = page.substring(page.indexOf("<section id=\"comparison-matched\""));
        String section = from.substring(0, from.indexOf("</section>"));
        assertThat(section.indexOf(Html.escape(words.text("comparison.verdict"))))
                .isPositive()
                .isLessThan(section.indexOf(Html.escape(words.text("comparison.estimates"))));
        assertThat(section)
                .contains("id=\"estimates-matched", "id=\"overlap-matched", "id=\"balance-matched")
                .contains(Html.escape(words.text("comparison.not-run")));
        assertThat(page)
                .contains("<section id=\"curves-curves-matched\"")
                .doesNotContain("<script", "{0}", "{1}", "http:");
        assertThat(lines("estimates.csv")).hasSize(9);
        assertThat(lines("summarised_result.csv"))
                .allSatisfy(line -> assertThat(line).doesNotContain("NaN"))
                .anyMatch(line -> line.contains("comparison_diagnostics"))
                .anyMatch(line -> line.contains("standardised_difference_after"));
        assertThat(Files.readString(folder.resolve("provenance.json"))).contains("\"matching matched\" : 1");
        if (language.equals("fr")) {
            for (EffectEstimates.Row row : results.comparisons().stream()
                    .flatMap(each -> each.estimates().stream())
                    .flatMap(each -> each.rows().stream())
                    .toList()) {
                assertThat(words.label(row.method())).isNotEqualTo(row.method());
                assertThat(words.label(row.estimand())).doesNotContain("persons", "ratio", "treatment", "{0}");
            }
        }
    }

    /** A few persons of whom hardly anything is to be told: every part of the page is there, in words of its language. */
    @ParameterizedTest
    @CsvSource({
        "DRUG-UTILISATION.yaml, en, utilisation, persistence", "DRUG-UTILISATION.yaml, fr, utilisation, persistence",
        "PATHWAYS.yaml, en, pathways, pathways", "PATHWAYS.yaml, fr, pathways, pathways"
    })
    void medicinesAreToldInTheWordsOfTheReader(String study, String language, String section, String figure)
            throws IOException {
        StudyPlan plan = StudyPlanner.plan(StudyDefinition.read(example().resolveSibling(study)));
        var data = new SmallCdm();
        for (int id = 1; id <= 5; id++) {
            data.person(id, 1970, SmallCdm.FEMALE)
                    .observed("2008-01-01", "2014-12-31")
                    .event(Domain.CONDITION_OCCURRENCE, 80180, "2010-01-01", "2010-01-01")
                    .event(Domain.DRUG_EXPOSURE, 1125315, "2010-02-01", "2010-02-20")
                    .event(Domain.DRUG_EXPOSURE, 1112807, "2010-02-01", "2010-04-20");
        }
        StudyResults results = StudyRunner.run(plan, data, new ReferenceEvaluator(), EvaluationProgress.SILENT);

        LaboratoryReport.write(folder, plan, results, FACTS, Locale.forLanguageTag(language));

        String page = Files.readString(folder.resolve("report.html"));
        assertThat(page)
                .contains("<section id=\"" + section + "\"", "id=\"" + figure + "-wide\"")
                .doesNotContain("<script", "{0}", "{1}", "{2}", "NaN", "http:");
        if (language.equals("fr")) {
            assertThat(page).doesNotContain("episode<", "Share of", "Several of", "Osteoarthritis", "exposure ");
        }
        assertThat(lines("summarised_result.csv"))
                .allSatisfy(line -> assertThat(line).doesNotContain("NaN"))
                .anyMatch(line -> line.contains(
                        section.equals("pathways")
                                ? "pathway,Aspirin+Acetaminophen-Aspirin,count,integer,5"
                                : "Days of the first episode,,median,numeric,20"));
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    private static Properties properties(String language) throws IOException {
        var properties = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(
                        LaboratoryReport.class.getResourceAsStream("report_" + language + ".properties")),
                StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }

    private static Path example() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("vauban-core"))) {
            root = Objects.requireNonNull(root.getParent(), "the repository");
        }
        return root.resolve("docs/examples/gibleed/STUDY.yaml");
    }
}
