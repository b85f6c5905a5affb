package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SynthMainTest {
    private static final String HEADER =
            "analysis,target,comparator,outcome,method,estimand,estimate_name,estimate,ci_low,"
                    + "ci_high,se_log,p,n_target,n_comparator,events_target,events_comparator,calibrated_estimate,"
                    + "calibrated_ci_low,calibrated_ci_high\n";
    private static final String CRUDE =
            "main,A,B,bleeding,cox-efron-crude,\"hazard ratio, on treatment\",hr,1.15,0.98,1.35,0.08,0.09,1300,1700,290,340,,,\n";
    private static final String ADJUSTED =
            "main,A,B,bleeding,cox-efron-adjusted,\"conditional hazard ratio, on treatment\",hr,0.72,0.61,0.85,0.09,0.001,1300,1700,290,340,,,\n";
    private static final String RISK = "main,A,B,bleeding,km,risk,rd,-0.04,-0.06,-0.02,,,1300,1700,290,340,,,\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private record Answer(int status, String out, String err) {
        Map<?, ?> json() {
            return (Map<?, ?>) value(Json.read(out));
        }
    }

    @Test
    void synthWritesBothFoldersAndSaysSoAsOneJsonDocument() {
        Answer answer = run("synth", "--kind", "omop", "--persons", "40", "--out", folder.toString(), "--json");

        assertThat(answer.status()).isZero();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.json().get("persons")).isEqualTo(BigDecimal.valueOf(40));
        assertThat(answer.json().get("seed")).isEqualTo(BigDecimal.valueOf(1));
        assertThat(folder.resolve("omop/person.csv")).exists();
        assertThat(folder.resolve("truth/truth.json")).exists();
    }

    @Test
    void theVerbItselfMayBeLeftOut() {
        assertThat(run("--kind", "omop", "--persons", "3", "--out", folder.toString(), "--quiet")
                        .out())
                .isEmpty();
        assertThat(folder.resolve("omop/person.csv")).exists();
    }

    @Test
    void aReleasedResultIsComparedWithTheTruth() throws IOException {
        Path truth = generated();
        Files.createDirectories(folder.resolve("released/tables"));
        Files.writeString(folder.resolve("released/tables/estimates.csv"), HEADER + CRUDE + ADJUSTED + RISK);

        Answer answer = run(
                "score",
                "--truth",
                truth.toString(),
                "--result",
                folder.resolve("released").toString(),
                "--json");

        Map<?, ?> json = answer.json();
        Map<?, ?> crude = (Map<?, ?>) value(json.get("crude"));
        Map<?, ?> adjusted = (Map<?, ?>) value(json.get("adjusted"));
        assertThat(answer.status()).isZero();
        assertThat(json.get("truth")).isEqualTo(new BigDecimal("0.7"));
        assertThat(json.get("covered")).isEqualTo(true);
        assertThat(json.get("weighted")).isNull();
        assertThat(crude.get("estimate")).isEqualTo(new BigDecimal("1.15"));
        assertThat(crude.get("covered")).isEqualTo(false);
        assertThat(adjusted.get("estimate")).isEqualTo(new BigDecimal("0.72"));
        assertThat(adjusted.get("log_error")).isEqualTo(new BigDecimal("0.028171"));
    }

    @Test
    void aWeightedEstimateIsHeldToTheMarginalTruth() throws IOException {
        Path truth = generated();
        Path estimates = Files.writeString(
                folder.resolve("estimates.csv"),
                HEADER + ADJUSTED + ADJUSTED.replace("cox-efron-adjusted", "cox-ps-weighted"));

        Map<?, ?> json = run("score", "--truth", truth.toString(), "--result", estimates.toString(), "--json")
                .json();

        Map<?, ?> weighted = (Map<?, ?>) value(json.get("weighted"));
        assertThat(weighted.get("truth")).isEqualTo(json.get("truth_marginal"));
        assertThat(json.get("crude")).isNull();
    }

    @Test
    void theSameStudyOnPerfectDataStandsBesideTheReleasedEstimate() throws IOException {
        Path truth = folder.resolve("country/truth");
        run("--persons", "1500", "--out", folder.resolve("country").toString(), "--quiet");
        Path estimates = Files.writeString(folder.resolve("estimates.csv"), HEADER + ADJUSTED);

        Map<?, ?> perfect =
                (Map<?, ?>) value(run("score", "--truth", truth.toString(), "--result", estimates.toString(), "--json")
                        .json()
                        .get("perfect"));

        PerfectStudy study = PerfectStudy.of(truth.resolve(FrenchTruth.PERFECT));
        Map<?, ?> adjusted = (Map<?, ?>) value(perfect.get("adjusted"));
        assertThat(perfect.get("users"))
                .isEqualTo(BigDecimal.valueOf(study.subjects().size()));
        assertThat(((BigDecimal) value(adjusted.get("estimate"))).doubleValue())
                .isCloseTo(study.adjusted().hazardRatio(0), within(1e-6));
        assertThat(study.crude().hazardRatio(0)).isGreaterThan(study.adjusted().hazardRatio(0));
    }

    @Test
    void tooFewPersonsForARegressionLeaveThePerfectEstimateUnknown() throws IOException {
        Path file = Files.writeString(
                folder.resolve(FrenchTruth.PERFECT),
                "person,first_day,received,age,male,prior_ulcer,anticoagulant,renal_disease,prior_days,bled_before,days_at_risk,event\n"
                        + "1,2018-11-22,comparator,35,1,0,0,0,2517,0,834,1\n2,2018-11-22,target,35,1,0,0,0,20,0,834,1\n");

        assertThat(PerfectStudy.of(file).subjects()).hasSize(1);
        assertThat(PerfectStudy.of(file).adjusted().hazardRatio(0)).isNaN();
    }

    @Test
    void aWithheldEstimateIsNeitherCoveredNorMissed() throws IOException {
        Path truth = generated();
        Path estimates =
                Files.writeString(folder.resolve("estimates.csv"), HEADER + ADJUSTED.replace("0.72,0.61,0.85", ",,"));

        Map<?, ?> json = run("score", "--truth", truth.toString(), "--result", estimates.toString(), "--json")
                .json();

        assertThat(json.containsKey("covered")).isTrue();
        assertThat(json.get("covered")).isNull();
    }

    @Test
    void aMissingColumnIsAnsweredWithFileLineExpectedAndFound() throws IOException {
        Path truth = generated();
        Path estimates = Files.writeString(folder.resolve("estimates.csv"), "method,estimate_name,estimate\n");

        Answer answer = run("score", "--truth", truth.toString(), "--result", estimates.toString(), "--lang", "en");

        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err())
                .startsWith("INPUT_COLUMN_MISSING")
                .contains("line 1: expected a column ci_low, found method, estimate_name, estimate");
    }

    @Test
    void severalAdjustedEstimatesNeedTheNameOfAnAnalysis() throws IOException {
        Path truth = generated();
        Path estimates = Files.writeString(
                folder.resolve("estimates.csv"),
                HEADER + ADJUSTED + ADJUSTED.replace("main", "other").replace("0.72", "0.90"));

        Answer unnamed = run("score", "--truth", truth.toString(), "--result", estimates.toString());
        Answer named = run(
                "score",
                "--truth",
                truth.toString(),
                "--result",
                estimates.toString(),
                "--analysis",
                "other",
                "--json");

        assertThat(unnamed.status()).isEqualTo(2);
        assertThat(((Map<?, ?>) value(named.json().get("adjusted"))).get("estimate"))
                .isEqualTo(new BigDecimal("0.9"));
    }

    @ParameterizedTest
    @CsvSource({
        "--persons 5, --out is missing",
        "--persons many --out x, expects a whole number",
        "--persons 0 --out x, expects a whole number",
        "--persons 5 --out, --out needs a value",
        "--kind snds --out x, --kind expects france or omop",
        "--kind france --gzip --out x, --gzip and --awkward belong to --kind omop",
        "score --truth x --linkage y, --linkage goes with --record-maps",
        "--people 5, unknown word --people",
        "--seed 1 --seed 2 --out x, --seed is given twice",
        "score --result x, --truth is missing",
        "score --truth nowhere --result x, there is no",
    })
    void wrongUsageExitsWithTwoAndSaysWhatIsWrong(String command, String sentence) {
        Answer answer = run(command.split(" "));

        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains(sentence);
    }

    @Test
    void itSpeaksFrenchWhenAsked() {
        assertThat(run("--lang", "fr", "--persons", "0", "--out", "x").err()).contains("attend un nombre entier");
        assertThat(run("--lang", "fr", "--help").out()).startsWith("Fabrique des personnes");
        assertThat(run("--help").out()).startsWith("Makes people");
    }

    private Path generated() {
        run("--kind", "omop", "--persons", "30", "--out", folder.resolve("made").toString(), "--quiet");
        return folder.resolve("made/truth");
    }

    private static Answer run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = SynthMain.run(
                List.of(words),
                Locale.ENGLISH,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Answer(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Object value(@Nullable Object found) {
        if (found == null) {
            throw new AssertionError("expected a value");
        }
        return found;
    }
}
