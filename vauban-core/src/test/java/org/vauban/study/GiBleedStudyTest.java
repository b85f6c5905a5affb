package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.output.AttritionFlow;
import org.vauban.output.EffectEstimates;
import org.vauban.output.FrequencyTable;
import org.vauban.output.SurvivalCurves;
import org.vauban.study.survival.ConfidenceScale;
import org.vauban.study.survival.KaplanMeier;
import org.vauban.study.survival.SurvivalCurve;

/** The documented example on Eunomia's GiBleed gives the figures of OHDSI's own run of CohortMethod. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GiBleedStudyTest {
    private StudyResults results;

    @BeforeAll
    void runsTheExample() {
        Path data = SharedReference.folder("data/omop/gibleed_5.3.zip");
        StudyDefinition study = StudyDefinition.read(Examples.folder("gibleed").resolve("STUDY.yaml"));
        results = StudyRunner.run(
                StudyPlanner.plan(study), new ZippedCdm(data, 4), new CompiledEvaluator(), EvaluationProgress.SILENT);
    }

    @Test
    void attritionIsThatOfOhdsi() {
        assertThat(remaining(0)).containsExactly(1844, 1844, 1844, 1800, 1797, 1797, 1797);
        assertThat(remaining(1)).containsExactly(850, 850, 850, 830, 830, 830, 830);
        assertThat(results.attrition().arms().getFirst().steps())
                .extracting(AttritionFlow.Step::label)
                .containsExactly(
                        "Original cohort",
                        "Not in both cohorts",
                        "First exposure only",
                        "183 days of observation before",
                        "Calendar period common to both cohorts",
                        "No outcome before",
                        "At least 1 day at risk");
        assertThat(results.commonPeriod().orElseThrow()).hasToString("1943-07-03 – 2019-06-21");
    }

    @Test
    void daysAtRiskAndOutcomesAreThoseOfOhdsi() {
        assertThat(results.followUp())
                .containsExactly(
                        new StudyResults.FollowUp("Celecoxib", 1797, 54_388, 113),
                        new StudyResults.FollowUp("Diclofenac", 830, 25_102, 46));
    }

    @Test
    void hazardRatiosAndTheirIntervalsAreThoseOfOhdsiAndR() {
        EffectEstimates.Row efron = estimate("crude");
        EffectEstimates.Row breslow = estimate("crude-breslow");

        assertThat(efron.estimate()).isCloseTo(1.134226, within(1e-6));
        assertThat(breslow.estimate()).isCloseTo(1.1340672422578, within(1e-8));
        assertThat(breslow.standardErrorLog().orElseThrow()).isCloseTo(0.17489, within(1e-4));
        // The likelihood-ratio statistic at OHDSI's own lower limit is 3.8441, at ours 3.8415: its search stops
        // earlier.
        assertThat(breslow.ciLow()).isCloseTo(0.8108213, within(1e-4));
        assertThat(breslow.ciHigh()).isCloseTo(1.6125026, within(1e-4));
        double half = 1.959963984540054 * breslow.standardErrorLog().orElseThrow();
        assertThat(breslow.estimate() * Math.exp(-half)).isCloseTo(0.80495, within(1e-5));
        assertThat(breslow.estimate() * Math.exp(half)).isCloseTo(1.59776, within(1e-5));
        assertThat(efron.method()).isEqualTo("cox-efron-crude");
        assertThat(efron.model()).isEqualTo(new EffectEstimates.Model(1, 830, 46));
    }

    @Test
    void adjustmentCountsItsCoefficientsAndItsSmallestLevel() {
        EffectEstimates.Row adjusted = estimate("adjusted");

        assertThat(adjusted.model().parameters()).isEqualTo(3);
        assertThat(adjusted.estimate()).isBetween(1.0, 1.3);
        assertThat(adjusted.targets().size() + adjusted.comparators().size()).isEqualTo(2627);
        assertThat(results.notEstimated()).isEmpty();
    }

    @Test
    void survivalWithLogLimitsIsThatOfOhdsi() throws IOException {
        Path zip = SharedReference.folder("data/ohdsi-results/CohortMethod_Results_Eunomia.zip");
        SurvivalCurves curves = results.curves().getFirst();
        List<SurvivalCurve> arms = curves.arms().stream()
                .map(arm -> KaplanMeier.estimate(arm.days(), arm.events()))
                .toList();

        int compared = 0;
        try (var file = new ZipFile(zip.toFile());
                var reader = new BufferedReader(new InputStreamReader(
                        file.getInputStream(file.getEntry("cm_kaplan_meier_dist.csv")), StandardCharsets.UTF_8))) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] cells = line.split(",", -1);
                if (cells[11].equals("1") && cells[9].equals("894409308")) {
                    for (int arm = 0; arm < 2; arm++) {
                        double day = Double.parseDouble(cells[0]);
                        int from = 1 + 4 * arm;
                        assertThat(arms.get(arm).survivalAt(day))
                                .isCloseTo(Double.parseDouble(cells[from]), within(1e-9));
                        int row = rowAt(arms.get(arm), day);
                        if (row >= 0) {
                            SurvivalCurve.Limits limits = arms.get(arm).limits(row, ConfidenceScale.LOG, 0.95);
                            assertThat(limits.lower()).isCloseTo(Double.parseDouble(cells[from + 1]), within(1e-9));
                            assertThat(limits.upper()).isCloseTo(Double.parseDouble(cells[from + 2]), within(1e-9));
                            compared++;
                        }
                        if (!cells[from + 3].equals("NA")) {
                            assertThat(arms.get(arm).atRiskAt(day)).isEqualTo(Integer.parseInt(cells[from + 3]));
                        }
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(40);
    }

    @Test
    void characteristicsCountEachPersonOnceAndHaveTotals() {
        assertThat(results.characteristics())
                .extracting(FrequencyTable::name)
                .containsExactly("baseline-age", "baseline-sex", "baseline-stroke");
        for (FrequencyTable table : results.characteristics()) {
            assertThat(table.cells())
                    .filteredOn(cell -> cell.levels().equals(List.of("Total", "Total")))
                    .singleElement()
                    .satisfies(cell -> assertThat(cell.count()).isEqualTo(2627));
        }
    }

    @Test
    void whatIsPrintedShowsNoFigure() {
        assertThat(results.toString() + results.followUp() + results.outputs()).doesNotContain("113", "1797", "54388");
    }

    private static int rowAt(SurvivalCurve curve, double day) {
        for (int row = curve.rows() - 1; row >= 0; row--) {
            if (curve.time(row) <= day) {
                return row;
            }
        }
        return -1;
    }

    private List<Integer> remaining(int arm) {
        return results.attrition().arms().get(arm).steps().stream()
                .map(step -> step.remaining().size())
                .toList();
    }

    private EffectEstimates.Row estimate(String analysis) {
        return results.estimates().orElseThrow().rows().stream()
                .filter(row -> row.analysis().equals(analysis))
                .findFirst()
                .orElseThrow();
    }
}
