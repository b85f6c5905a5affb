package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.vauban.output.AttritionFlow;
import org.vauban.output.DesignChecks;
import org.vauban.output.EffectEstimates;
import org.vauban.output.PersonSet;
import org.vauban.study.overtime.CloneCensorWeight;
import org.vauban.study.overtime.ExposureMeasure;
import org.vauban.study.overtime.ExposureModel;
import org.vauban.study.overtime.ExposureRows;
import org.vauban.study.overtime.MadePersons;

/**
 * Designs on many made worlds whose truth is known: how often intervals hold it, how far estimates lie from it on average, and how often a
 * broken world is told by its check. {@code tools/simulations} runs 2,000 worlds; here is a share.
 */
class SimulationsTest {
    private static final int SEEDS = Integer.getInteger("vauban.simulations.seeds", 40);
    private static final long FIRST_SEED = 20261123;
    private static final double LEVEL = 0.95;
    /** What a campaign allows around 95 %. */
    private static final double COVERAGE = 0.02;

    private record Found(double logRatio, double low, double high) {}

    @Test
    void caseSeriesHoldTheTruth() {
        hold("case series", SEEDS, Math.log(2), SimulationsTest::caseSeries);
    }

    @Test
    void currentExposureHoldsTheTruth() {
        hold("current exposure", SEEDS, Math.log(2), seed -> {
            MadePersons made = MadePersons.of(seed, 2000, 2, 1, 0.003);
            return found(estimate(made, new ExposureMeasure.Current(0, 0)));
        });
    }

    /** Weights are taken as known, so that intervals are a little too wide: they hold the truth at least as often. */
    @Test
    void aTrialOfAnIdleMedicineHoldsTheTruth() {
        int seeds = Math.max(10, SEEDS / 10);
        List<Found> all = run(seeds, seed -> {
            MadePersons made = MadePersons.of(seed, 1500, 1, 1, 0.01);
            var answer = (CloneCensorWeight.Answer.Estimated)
                    CloneCensorWeight.emulate(made.histories(), 60, 10, Map.of("frail", made.frailty()));
            return found(answer.estimate());
        });

        double covered = covered(all, 0);
        tell("trial by clones", seeds, covered, mean(all), error(all));
        assertThat(covered).isGreaterThanOrEqualTo(LEVEL - allowed(seeds));
        assertThat(Math.abs(mean(all))).isLessThan(3 * error(all));
    }

    @Test
    void immortalTimeMisleadsAndIsTold() {
        int seeds = Math.max(10, SEEDS / 10);
        int misled = 0;
        int told = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
            MadePersons made = MadePersons.of(seed, 2000, 1, 1, 0.003);
            var ever = new ExposureMeasure.Ever();
            misled += estimate(made, ever).limit(LEVEL, true) < 1 ? 1 : 0;
            told += ExposureRows.of(made.histories(), ever).immortalDays(made.histories()) > 0 ? 1 : 0;
        }
        System.out.printf(Locale.ROOT, "immortal time: %d of %d misled, %d told%n", misled, seeds, told);
        assertThat(misled).isGreaterThan((int) (0.9 * seeds));
        assertThat(told).isEqualTo(seeds);
    }

    @Test
    void brokenCaseSeriesAreTold() {
        int seeds = Math.max(4, SEEDS / 20);
        for (MadeSeries.Break broken : MadeSeries.Break.values()) {
            int told = 0;
            for (long seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
                var results = SimulationsTest.results(design(30), MadeSeries.of(seed, 500, 1, broken), MadeSeries.LAST);
                told += ((DesignChecks) results.findings().getFirst()).mustNotBeRead() ? 1 : 0;
            }
            System.out.printf(Locale.ROOT, "case series, %s: %d of %d refused%n", broken, told, seeds);
            if (broken == MadeSeries.Break.NOTHING) {
                assertThat(told).isLessThanOrEqualTo((int) Math.ceil(0.15 * seeds));
            } else {
                assertThat(told).as(broken.name()).isGreaterThanOrEqualTo((int) Math.floor(0.8 * seeds));
            }
        }
    }

    /** Each case has one outcome, on a day drawn by its rate: of 1,000 days 30 are exposed, twice as dangerous. */
    private static Found caseSeries(long seed) {
        var random = new Random(seed);
        List<ObservedCase> cases = new ArrayList<>();
        for (int person = 1; person <= 2500; person++) {
            int course = random.nextInt(970);
            boolean exposed = random.nextDouble() < 60.0 / (60 + 970);
            int day = exposed ? course + random.nextInt(30) : random.nextInt(970);
            int event = exposed || day < course ? day : day + 30;
            cases.add(new ObservedCase(
                    person, 0, new Stay(0, 999), List.of(event), List.of(List.of(new Stay(course, course + 29)))));
        }
        EffectEstimates.Row row =
                results(design(0), cases, 999).estimates().orElseThrow().rows().getFirst();
        return new Found(Math.log(row.estimate()), Math.log(row.ciLow()), Math.log(row.ciHigh()));
    }

    private static void hold(String design, int seeds, double truth, LongFunction<Found> world) {
        List<Found> all = run(seeds, world);
        double covered = covered(all, truth);
        double bias = mean(all) - truth;
        tell(design, seeds, covered, bias, error(all));
        assertThat(covered).isBetween(LEVEL - allowed(seeds), Math.min(1, LEVEL + allowed(seeds)));
        assertThat(Math.abs(bias)).isLessThan((seeds < 1000 ? 3 : 2) * error(all));
    }

    private static List<Found> run(int seeds, LongFunction<Found> world) {
        List<Found> all = new ArrayList<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
            all.add(world.apply(seed));
        }
        return all;
    }

    private static double covered(List<Found> all, double truth) {
        return (double) all.stream()
                        .filter(each -> each.low() <= truth && truth <= each.high())
                        .count()
                / all.size();
    }

    /** Two points around 95 %, or what chance makes of few worlds. */
    private static double allowed(int seeds) {
        return Math.max(COVERAGE, 3 * Math.sqrt(LEVEL * (1 - LEVEL) / seeds));
    }

    private static double mean(List<Found> all) {
        return all.stream().mapToDouble(Found::logRatio).average().orElseThrow();
    }

    private static double error(List<Found> all) {
        double mean = mean(all);
        double squares = all.stream()
                .mapToDouble(each -> (each.logRatio() - mean) * (each.logRatio() - mean))
                .sum();
        return Math.sqrt(squares / (all.size() - 1) / all.size());
    }

    private static void tell(String design, int seeds, double covered, double bias, double error) {
        System.out.printf(
                Locale.ROOT,
                "%s: %d worlds, coverage %.3f, bias of the logarithm %.4f (Monte Carlo error %.4f)%n",
                design,
                seeds,
                covered,
                bias,
                error);
    }

    private static ExposureModel.Estimate estimate(MadePersons made, ExposureMeasure measure) {
        return ((ExposureModel.Answer.Estimated) ExposureModel.fit(
                        made.histories(),
                        ExposureRows.of(made.histories(), measure),
                        measure,
                        Map.of("frail", made.frailty())))
                .estimates()
                .getFirst();
    }

    private static Found found(ExposureModel.Estimate estimate) {
        return new Found(
                estimate.logRatio(), Math.log(estimate.limit(LEVEL, false)), Math.log(estimate.limit(LEVEL, true)));
    }

    private static Design.SelfControlledCaseSeries design(int before) {
        var days = new TimeAtRisk(TimeAtRisk.Anchor.COHORT_START, 0, TimeAtRisk.Anchor.COHORT_START, 29, 1);
        return new Design.SelfControlledCaseSeries(
                "gi-bleed",
                Design.Events.ALL,
                0,
                List.of(new RiskExposure("celecoxib", before, List.of(new RiskExposure.Window("month", days)))),
                new TimeEffect.None(),
                new TimeEffect.None(),
                Analysis.Cox.Interval.WALD,
                SeriesLimits.usual());
    }

    private static final StudyDefinition STUDY =
            StudyDefinition.read(Examples.folder("gibleed").resolve("CASE-SERIES.yaml"));

    private static StudyResults results(Design.SelfControlledCaseSeries design, List<ObservedCase> cases, int lastDay) {
        var attrition = new AttritionFlow(
                "attrition",
                List.of(new AttritionFlow.Arm(
                        "Cases", List.of(new AttritionFlow.Step("Original cohort", PersonSet.empty())))));
        return new SeriesAnalysis(STUDY, design, cases, lastDay, () -> {}).results(attrition, 1);
    }
}
