package org.vauban.study.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What must hold for every survival curve and every comparison of them, by hand or on made rows with fixed seeds. */
class SurvivalPropertiesTest {
    private static final int ROWS = 120;
    private final double[] start = new double[ROWS];
    private final double[] stop = new double[ROWS];
    private final boolean[] event = new boolean[ROWS];
    private final double[] weight = new double[ROWS];
    private final int[] group = new int[ROWS];

    SurvivalPropertiesTest() {
        var random = new Random(29);
        for (int row = 0; row < ROWS; row++) {
            start[row] = random.nextInt(4);
            stop[row] = start[row] + 1 + random.nextInt(15);
            event[row] = random.nextInt(3) > 0;
            weight[row] = 0.5 + random.nextDouble();
            group[row] = random.nextInt(3);
        }
    }

    @Test
    void lateEntryIsCountedByHand() {
        // At 2: rows 0 and 1 are at risk, one event. At 3: rows 1 and 2, one event. At 5: row 2.
        SurvivalCurve curve = KaplanMeier.estimate(KaplanMeier.Times.of(
                new double[] {2, 3, 5}, new boolean[] {true, true, false}, new double[] {0, 1, 2}));

        assertThat(curve.atRisk(0)).isEqualTo(2);
        assertThat(curve.atRisk(1)).isEqualTo(2);
        assertThat(curve.survival(1)).isEqualTo(0.25);
        assertThat(curve.standardErrorHazard(1)).isCloseTo(Math.sqrt(0.5), within(1e-15));
    }

    @Test
    void frequenciesAreRepeatedRows() {
        double[] two = new double[ROWS];
        Arrays.fill(two, 2);
        int[] twice = IntStream.range(0, 2 * ROWS).map(row -> row % ROWS).toArray();
        var times = KaplanMeier.Times.of(stop, event, start);

        SurvivalCurve weighted = KaplanMeier.estimate(times.weighted(two));
        boolean[] events = new boolean[2 * ROWS];
        for (int row = 0; row < 2 * ROWS; row++) {
            events[row] = event[row % ROWS];
        }
        SurvivalCurve repeated = KaplanMeier.estimate(KaplanMeier.Times.of(
                Arrays.stream(twice).mapToDouble(row -> stop[row]).toArray(),
                events,
                Arrays.stream(twice).mapToDouble(row -> start[row]).toArray()));

        for (int row = 0; row < weighted.rows() - 1; row++) {
            assertThat(weighted.survival(row)).isCloseTo(repeated.survival(row), within(1e-12));
            assertThat(weighted.standardErrorLog(row)).isCloseTo(repeated.standardErrorLog(row), within(1e-12));
            assertThat(weighted.weightAtRisk(row)).isCloseTo(repeated.atRisk(row), within(1e-9));
        }
        assertThat(weighted.restrictedMean(8).standardError())
                .isCloseTo(repeated.restrictedMean(8).standardError(), within(1e-12));
    }

    @Test
    void theRobustErrorIsTheSlopeByTheWeightsAlsoWithLateEntry() {
        var times = KaplanMeier.Times.of(stop, event, start).weighted(weight);
        SurvivalCurve robust = KaplanMeier.robust(times);
        int row = robust.rows() / 2;

        double variance = 0;
        double hazardVariance = 0;
        for (int each = 0; each < ROWS; each++) {
            double[] more = weight.clone();
            more[each] += 1e-6;
            SurvivalCurve moved = KaplanMeier.estimate(times.weighted(more));
            double slope = (Math.log(moved.survival(row)) - Math.log(robust.survival(row))) / 1e-6;
            double hazardSlope = (moved.cumulativeHazard()[row] - robust.cumulativeHazard()[row]) / 1e-6;
            variance += weight[each] * weight[each] * slope * slope;
            hazardVariance += weight[each] * weight[each] * hazardSlope * hazardSlope;
        }

        assertThat(robust.standardErrorLog(row)).isCloseTo(Math.sqrt(variance), within(1e-6));
        assertThat(robust.standardErrorHazard(row)).isCloseTo(Math.sqrt(hazardVariance), within(1e-6));
    }

    @Test
    void everyScaleHoldsTheEstimateAndStaysBetweenNoughtAndOne() {
        SurvivalCurve curve = KaplanMeier.estimate(stop, event);
        for (ConfidenceScale scale : ConfidenceScale.values()) {
            for (int row = 0; row < curve.rows() - 1; row++) {
                SurvivalCurve.Limits limits = curve.limits(row, scale, 0.95);
                assertThat(curve.survival(row)).isBetween(limits.lower(), limits.upper());
                assertThat(limits.lower()).isBetween(0.0, 1.0);
                assertThat(limits.upper()).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void logitAndArcsineLimitsByHand() {
        // Four rows, one event: survival 3/4 with variance of its logarithm 1/12.
        SurvivalCurve curve =
                KaplanMeier.estimate(new double[] {1, 2, 2, 2}, new boolean[] {true, false, false, false});

        SurvivalCurve.Limits logit = curve.limits(0, ConfidenceScale.LOGIT, 0.95);
        SurvivalCurve.Limits arcsine = curve.limits(0, ConfidenceScale.ARCSINE, 0.95);

        double half = 1.959963984540054 * Math.sqrt(1 / 12.0);
        assertThat(Math.log(logit.upper() / (1 - logit.upper()))).isCloseTo(Math.log(3) + half * 4, within(1e-12));
        assertThat(Math.asin(Math.sqrt(arcsine.lower())))
                .isCloseTo(Math.PI / 3 - half * Math.sqrt(3) / 2, within(1e-12));
    }

    @Test
    void theLogRankTestIsTheScoreTestOfACoxRegressionWithExactTies() {
        int[] two = Arrays.stream(group).map(each -> each == 0 ? 0 : 1).toArray();
        LogRank.Result test =
                LogRank.test(KaplanMeier.Times.of(stop, event, start), two, group, LogRank.Weighting.logRank());
        LogRank.Result plain = LogRank.test(KaplanMeier.Times.of(stop, event, start), two, LogRank.Weighting.logRank());

        CoxFit fit = CoxRegression.fit(
                        CoxData.of(stop, event)
                                .entering(start)
                                .covariate(
                                        "group",
                                        Arrays.stream(two).asDoubleStream().toArray()),
                        Ties.EXACT)
                .orThrow();

        assertThat(plain.chiSquared()).isCloseTo(fit.scoreTest(), within(1e-9));
        assertThat(test.chiSquared()).isNotEqualTo(plain.chiSquared());
    }

    @Test
    void observedAndExpectedAddUpUnderEveryWeighting() {
        for (LogRank.Weighting weighting : new LogRank.Weighting[] {
            LogRank.Weighting.logRank(),
            LogRank.Weighting.petoPeto(),
            LogRank.Weighting.gehan(),
            LogRank.Weighting.taroneWare(),
            LogRank.Weighting.flemingHarrington(0.5, 2)
        }) {
            LogRank.Result result = LogRank.test(KaplanMeier.Times.of(stop, event, start), group, weighting);

            assertThat(Arrays.stream(result.total().observed()).sum())
                    .isCloseTo(Arrays.stream(result.total().expected()).sum(), within(1e-9));
            assertThat(result.degreesOfFreedom()).isEqualTo(2);
            assertThat(result.p()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void aGroupThatWasNeverAtRiskOfAnEventIsNotCompared() {
        double[] times = {1, 5, 6, 7, 8};
        boolean[] events = {false, true, true, true, true};
        int[] groups = {0, 1, 2, 1, 2};

        LogRank.Result result = LogRank.test(KaplanMeier.Times.of(times, events), groups, LogRank.Weighting.logRank());

        assertThat(result.degreesOfFreedom()).isEqualTo(1);
    }
}
