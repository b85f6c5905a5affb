package org.vauban.study.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for every Cox regression, on made rows with fixed seeds. */
class CoxPropertiesTest {
    /** Rows with many ties, late entry and fractional weights. */
    private record Rows(double[] start, double[] stop, boolean[] event, double[] arm, double[] age, double[] weight) {
        static Rows made(long seed, int size) {
            var random = new Random(seed);
            var rows = new Rows(
                    new double[size],
                    new double[size],
                    new boolean[size],
                    new double[size],
                    new double[size],
                    new double[size]);
            for (int row = 0; row < size; row++) {
                rows.start[row] = random.nextInt(3);
                rows.stop[row] = rows.start[row] + 1 + random.nextInt(12);
                rows.event[row] = random.nextInt(3) > 0;
                rows.arm[row] = random.nextInt(2);
                rows.age[row] = 50 + 10 * random.nextGaussian();
                rows.weight[row] = 0.5 + random.nextDouble();
            }
            return rows;
        }

        CoxData data() {
            return CoxData.of(stop, event).entering(start).covariate("arm", arm).covariate("age", age);
        }

        Rows at(int[] order) {
            return new Rows(
                    pick(start, order),
                    pick(stop, order),
                    flags(order),
                    pick(arm, order),
                    pick(age, order),
                    pick(weight, order));
        }

        private boolean[] flags(int[] order) {
            boolean[] picked = new boolean[order.length];
            for (int row = 0; row < order.length; row++) {
                picked[row] = event[order[row]];
            }
            return picked;
        }

        private static double[] pick(double[] values, int[] order) {
            return Arrays.stream(order).mapToDouble(row -> values[row]).toArray();
        }
    }

    @ParameterizedTest
    @EnumSource(Ties.class)
    void theOrderOfRowsDoesNotMatter(Ties ties) {
        Rows rows = Rows.made(1, 90);
        int[] order = new Random(2).ints(0, 90).distinct().limit(90).toArray();

        CoxFit fit = CoxRegression.fit(rows.data(), ties).orThrow();
        CoxFit shuffled = CoxRegression.fit(rows.at(order).data(), ties).orThrow();

        same(shuffled, fit, 1e-10);
        assertThat(shuffled.concordance().value()).isCloseTo(fit.concordance().value(), within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(Ties.class)
    void oneStratumIsNoStratum(Ties ties) {
        Rows rows = Rows.made(3, 90);

        CoxFit none = CoxRegression.fit(rows.data(), ties).orThrow();
        CoxFit one =
                CoxRegression.fit(rows.data().stratified(new int[90]), ties).orThrow();

        same(one, none, 1e-12);
    }

    @Test
    void aWeightOfTwoIsTheRowTwiceUnderBreslow() {
        Rows rows = Rows.made(5, 60);
        double[] two = new double[60];
        Arrays.fill(two, 2);
        int[] twice = IntStream.range(0, 120).map(row -> row % 60).toArray();

        CoxFit weighted =
                CoxRegression.fit(rows.data().weighted(two), Ties.BRESLOW).orThrow();
        CoxFit repeated = CoxRegression.fit(rows.at(twice).data(), Ties.BRESLOW).orThrow();

        same(weighted, repeated, 1e-10);
        int[] persons = IntStream.range(0, 120).map(row -> row % 60).toArray();
        assertThat(repeated.robust(persons).standardError(0))
                .isCloseTo(weighted.robust().standardError(0), within(1e-10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EFRON", "BRESLOW"})
    void scalingTheWeightsChangesOnlyTheModelsErrors(Ties ties) {
        Rows rows = Rows.made(7, 90);
        double[] triple = Arrays.stream(rows.weight).map(each -> 3 * each).toArray();

        CoxFit fit = CoxRegression.fit(rows.data().weighted(rows.weight), ties).orThrow();
        CoxFit scaled = CoxRegression.fit(rows.data().weighted(triple), ties).orThrow();

        assertThat(scaled.coefficient(0)).isCloseTo(fit.coefficient(0), within(1e-10));
        assertThat(scaled.robust().standardError(0)).isCloseTo(fit.robust().standardError(0), within(1e-10));
        assertThat(scaled.standardError(0)).isCloseTo(fit.standardError(0) / Math.sqrt(3), within(1e-10));
    }

    @ParameterizedTest
    @EnumSource(Ties.class)
    void cuttingARowInTwoChangesNothing(Ties ties) {
        Rows rows = Rows.made(11, 60);
        int[] twice = IntStream.range(0, 120).map(row -> row / 2).toArray();
        Rows cut = rows.at(twice);
        for (int row = 0; row < 120; row++) {
            double middle = (rows.start[row / 2] + rows.stop[row / 2]) / 2;
            if (row % 2 == 0) {
                cut.stop[row] = middle;
                cut.event[row] = false;
            } else {
                cut.start[row] = middle;
            }
        }

        CoxFit fit = CoxRegression.fit(rows.data(), ties).orThrow();
        CoxFit inTwo = CoxRegression.fit(cut.data(), ties).orThrow();

        same(inTwo, fit, 1e-10);
        if (ties != Ties.EXACT) {
            assertThat(inTwo.robust(twice).standardError(1))
                    .isCloseTo(fit.robust().standardError(1), within(1e-10));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EFRON", "BRESLOW"})
    void residualsAddUpToNothing(Ties ties) {
        Rows rows = Rows.made(13, 90);
        CoxFit fit = CoxRegression.fit(rows.data().weighted(rows.weight), ties).orThrow();

        double events = 0;
        double[] score = new double[2];
        double[] martingale = fit.residuals().martingale();
        double[][] scores = fit.residuals().score();
        for (int row = 0; row < 90; row++) {
            events += rows.weight[row] * martingale[row];
            score[0] += rows.weight[row] * scores[row][0];
            score[1] += rows.weight[row] * scores[row][1];
        }

        assertThat(events).isCloseTo(0, within(1e-10));
        assertThat(score[0]).isCloseTo(0, within(1e-9));
        assertThat(score[1]).isCloseTo(0, within(1e-8));
    }

    @Test
    void dfbetaIsTheSlopeOfTheEstimateByTheWeight() {
        Rows rows = Rows.made(17, 40);
        double[] ones = new double[40];
        Arrays.fill(ones, 1);
        CoxFit fit = CoxRegression.fit(rows.data().weighted(ones), Ties.BRESLOW).orThrow();
        double[][] dfbeta = fit.residuals().dfbeta();

        for (int row = 0; row < 6; row++) {
            double[] more = ones.clone();
            more[row] += 1e-6;
            double moved = CoxRegression.fit(rows.data().weighted(more), Ties.BRESLOW)
                    .orThrow()
                    .coefficient(0);
            assertThat((moved - fit.coefficient(0)) / 1e-6).isCloseTo(dfbeta[row][0], within(1e-5));
        }
    }

    @Test
    void theExactLikelihoodCountsAllChoices() {
        // Two of four at risk have the event at 1, with covariates 1 and 0; the others have 1 and 0. Six choices.
        CoxData data = CoxData.of(new double[] {1, 1, 2, 2}, new boolean[] {true, true, false, false})
                .covariate("exposed", new double[] {1, 0, 1, 0});
        var likelihood = new PartialLikelihood(data, Ties.EXACT);

        double ratio = 3;
        double found = likelihood
                .at(new double[] {Math.log(ratio) * likelihood.scale(0)})
                .logLikelihood();

        assertThat(found).isCloseTo(Math.log(ratio / (ratio * ratio + 4 * ratio + 1)), within(1e-12));
    }

    @Test
    void theExactLikelihoodTakesNoWeightsAndHasNoResiduals() {
        Rows rows = Rows.made(19, 60);
        CoxFit fit = CoxRegression.fit(rows.data(), Ties.EXACT).orThrow();

        assertThatThrownBy(() -> CoxRegression.fit(rows.data().weighted(rows.weight), Ties.EXACT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(fit::robust).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withoutTiesAllLikelihoodsAreTheSame() {
        Rows rows = Rows.made(23, 70);
        for (int row = 0; row < 70; row++) {
            rows.stop[row] += row / 1000.0;
        }

        CoxFit efron = CoxRegression.fit(rows.data(), Ties.EFRON).orThrow();

        same(CoxRegression.fit(rows.data(), Ties.BRESLOW).orThrow(), efron, 1e-12);
        same(CoxRegression.fit(rows.data(), Ties.EXACT).orThrow(), efron, 1e-12);
    }

    @Test
    void withoutAnEffectTheBaselineIsNelsonAndAalens() {
        double[] stop = {1, 2, 3, 4, 1, 2, 3, 4};
        boolean[] event = {true, true, false, true, true, true, false, true};
        CoxData data = CoxData.of(stop, event).covariate("arm", new double[] {0, 0, 0, 0, 1, 1, 1, 1});

        CoxFit fit = CoxRegression.fit(data, Ties.BRESLOW).orThrow();

        double[] hazard = KaplanMeier.estimate(stop, event).cumulativeHazard();
        assertThat(fit.coefficient(0)).isCloseTo(0, within(1e-12));
        for (int row = 0; row < hazard.length; row++) {
            assertThat(fit.baseline().atZero(0).get(row).hazard()).isCloseTo(hazard[row], within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource(Ties.class)
    void aMonotoneLikelihoodIsToldUnderAnyRule(Ties ties) {
        CoxData data = CoxData.of(
                        new double[] {1, 1, 2, 3, 3, 4}, new boolean[] {true, true, true, false, false, false})
                .covariate("exposed", new double[] {1, 1, 1, 0, 0, 0});

        assertThat(CoxRegression.fit(data, ties))
                .isInstanceOfSatisfying(
                        CoxResult.NoEstimate.class,
                        none -> assertThat(none.reason()).isEqualTo(CoxResult.Reason.MONOTONE_LIKELIHOOD));
    }

    private static void same(CoxFit found, CoxFit expected, double tolerance) {
        for (int covariate = 0; covariate < 2; covariate++) {
            assertThat(found.coefficient(covariate)).isCloseTo(expected.coefficient(covariate), within(tolerance));
            assertThat(found.standardError(covariate)).isCloseTo(expected.standardError(covariate), within(tolerance));
        }
    }
}
