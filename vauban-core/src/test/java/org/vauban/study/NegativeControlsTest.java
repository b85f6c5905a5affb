package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.output.CovariateBalance.Concern;
import org.vauban.output.EffectEstimates;

/** What a comparison says of itself when there is nothing to find, and when it would find it all the same. */
class NegativeControlsTest {
    private static final int CONTROLS = 8;
    private static final int PERSONS = 1200;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void writesAStudyWithNegativeControls() throws IOException {
        try (Stream<Path> files = Files.list(Examples.folder("gibleed"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(Objects.requireNonNull(file.getFileName())));
            }
        }
        String bleeding = Files.readString(folder.resolve("gi-bleed.json"));
        var cohorts = new StringBuilder();
        var names = new StringBuilder();
        for (int control = 0; control <= CONTROLS; control++) {
            String name = control == CONTROLS ? "death" : "control-" + control;
            Files.writeString(
                    folder.resolve(name + ".json"),
                    bleeding.replace(String.valueOf(SmallCdm.BLEEDING), String.valueOf(SmallCdm.CONTROL + control)));
            cohorts.append("  ")
                    .append(name)
                    .append(": {definition: ")
                    .append(name)
                    .append(".json}\n");
            names.append(control == CONTROLS ? "" : (control == 0 ? "" : ", ") + name);
        }
        Files.writeString(
                folder.resolve("STUDY.yaml"),
                Files.readString(folder.resolve("STUDY.yaml"))
                                .replace("design:\n", cohorts + "design:\n")
                                .replaceAll("(?s)analyses:.*", "")
                        + """
                        comparison:
                          scores:
                            few: {model: logistic, covariates: [age, sex]}
                          competing: death
                          negative-controls: [%s]
                        analyses:
                          - name: strata
                            method: comparison
                            score: few
                            adjustment: {by: stratification, strata: 5}
                            estimates: [cox, poisson]
                          - name: crude
                            method: comparison
                            score: few
                            adjustment: {by: none}
                            estimates: [cox, fine-gray]
                        """.formatted(names));
    }

    @Test
    void whereTheDesignIsSoundCalibrationChangesLittleAndNothingIsRefused() {
        ComparisonResult result = run(1);

        assertThat(result.controls()).hasSize(2 * CONTROLS);
        assertThat(result.calibrations()).containsOnlyKeys("cox-efron-stratified", "poisson-stratified");
        EffectEstimates.Row cox = result.estimates().orElseThrow().rows().getFirst();
        assertThat(Math.log(cox.calibrated().orElseThrow().estimate()))
                .isCloseTo(Math.log(cox.estimate()), within(0.2));
        assertThat(result.balance().diagnostics().systematicError().orElseThrow())
                .isLessThan(0.25);
        assertThat(result.balance().diagnostics().concerns()).doesNotContain(Concern.SYSTEMATIC_ERROR);
    }

    /** Everything is recorded three times as often in one arm: what the study finds is that, and must not be read as an effect. */
    @Test
    void whereTheDesignFindsEffectsThatAreNotThereTheComparisonMustNotBeRead() {
        ComparisonResult result = run(3);

        assertThat(result.balance().diagnostics().concerns()).contains(Concern.SYSTEMATIC_ERROR);
        EffectEstimates.Row cox = result.estimates().orElseThrow().rows().getFirst();
        EffectEstimates.Calibrated calibrated = cox.calibrated().orElseThrow();
        assertThat(cox.ciLow()).isGreaterThan(1);
        assertThat(calibrated.ciLow()).isLessThan(1);
        assertThat(calibrated.ciHigh() / calibrated.ciLow()).isGreaterThanOrEqualTo(cox.ciHigh() / cox.ciLow());
    }

    @Test
    void aCompetingOutcomeGivesASubdistributionHazardRatio() {
        StudyResults results = study(1);

        EffectEstimates.Row row =
                results.comparisons().get(1).estimates().orElseThrow().rows().get(1);
        assertThat(row.method()).isEqualTo("fine-gray-crude");
        assertThat(row.estimand()).startsWith("subdistribution hazard ratio");
        assertThat(row.estimate()).isBetween(0.5, 2.0);
        assertThat(results.notEstimated()).isEmpty();
    }

    private ComparisonResult run(double factor) {
        return study(factor).comparisons().getFirst();
    }

    private StudyResults study(double factor) {
        StudyDefinition definition = StudyDefinition.read(folder.resolve("STUDY.yaml"));
        return StudyRunner.run(
                StudyPlanner.plan(definition), persons(factor), new CompiledEvaluator(), EvaluationProgress.SILENT);
    }

    /** Nobody is harmed by anything; in the target all is recorded so many times as often. */
    private static SmallCdm persons(double factor) {
        var random = new Random(20260107);
        var data = new SmallCdm();
        for (int id = 1; id <= PERSONS; id++) {
            boolean target = id % 2 == 0;
            LocalDate start = LocalDate.of(2013, 1, 1).plusDays(random.nextInt(900));
            data.person(id, 1940 + random.nextInt(30), random.nextBoolean() ? SmallCdm.FEMALE : SmallCdm.MALE)
                    .observed("2011-01-01", "2016-12-31")
                    .takes(
                            target ? SmallCdm.CELECOXIB : SmallCdm.DICLOFENAC,
                            start.toString(),
                            start.plusDays(30).toString());
            double chance = 0.12 * (target ? factor : 1);
            if (random.nextDouble() < chance) {
                data.has(SmallCdm.BLEEDING, start.plusDays(random.nextInt(50)).toString());
            }
            for (int control = 0; control <= CONTROLS; control++) {
                if (random.nextDouble() < chance) {
                    data.has(
                            SmallCdm.CONTROL + control,
                            start.plusDays(random.nextInt(50)).toString());
                }
            }
        }
        return data;
    }
}
