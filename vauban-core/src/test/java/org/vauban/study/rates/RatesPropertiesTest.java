package org.vauban.study.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the intervals and ratios promise, checked against their definitions and by hand. */
class RatesPropertiesTest {
    private static final double LEVEL = 0.95;

    @ParameterizedTest
    @CsvSource({"1, 10", "7, 123.4", "250, 3000"})
    void atGarwoodsLimitsATailOfThePoissonDistributionIsTwoAndAHalfPercent(int events, double time) {
        Interval limits = Rates.exact(events, time, LEVEL);

        double above = PoissonDistribution.of(limits.lower() * time).survivalProbability(events - 1);
        double below = PoissonDistribution.of(limits.upper() * time).cumulativeProbability(events);

        assertThat(above).isCloseTo(0.025, within(1e-9));
        assertThat(below).isCloseTo(0.025, within(1e-9));
    }

    @Test
    void withoutEventsTheExactLowerLimitIsNought() {
        Interval limits = Rates.exact(0, 2, LEVEL);

        assertThat(limits.lower()).isZero();
        assertThat(limits.upper()).isCloseTo(-Math.log(0.025) / 2, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "3, 20", "20, 20", "511, 2048"})
    void atClopperAndPearsonsLimitsATailOfTheBinomialIsTwoAndAHalfPercent(int successes, int trials) {
        Interval limits = Proportions.exact(successes, trials, LEVEL);

        if (successes > 0) {
            assertThat(BinomialDistribution.of(trials, limits.lower()).survivalProbability(successes - 1))
                    .isCloseTo(0.025, within(1e-9));
        }
        if (successes < trials) {
            assertThat(BinomialDistribution.of(trials, limits.upper()).cumulativeProbability(successes))
                    .isCloseTo(0.025, within(1e-9));
        }
    }

    @Test
    void wilsonsLimitsAreWhereTheScoreTestJustRejects() {
        Interval limits = Proportions.wilson(3, 20, LEVEL);

        for (double limit : new double[] {limits.lower(), limits.upper()}) {
            double z = (0.15 - limit) / Math.sqrt(limit * (1 - limit) / 20);
            assertThat(Math.abs(z)).isCloseTo(1.959963984540054, within(1e-9));
        }
    }

    @Test
    void aRateRatioByHand() {
        var rates = new RateComparison(41, 28_010, 15, 19_017);

        assertThat(rates.ratio()).isCloseTo(41.0 / 28_010 * 19_017 / 15, within(1e-12));
        assertThat(Math.log(rates.waldInterval(LEVEL).upper() / rates.ratio()))
                .isCloseTo(1.959963984540054 * Math.sqrt(1.0 / 41 + 1.0 / 15), within(1e-12));
        assertThat(rates.difference()).isCloseTo(41.0 / 28_010 - 15.0 / 19_017, within(1e-15));
        assertThat(rates.differenceInterval(LEVEL).upper())
                .isCloseTo(
                        rates.difference()
                                + 1.959963984540054 * Math.sqrt(41.0 / 28_010 / 28_010 + 15.0 / 19_017 / 19_017),
                        within(1e-15));
    }

    @Test
    void midLimitsLieInsideTheExactOnesAndTheirTailsAreHalfCounted() {
        var rates = new RateComparison(9, 100, 4, 120);
        Interval mid = rates.midInterval(LEVEL);
        Interval exact = rates.exactInterval(LEVEL);

        assertThat(mid.lower()).isBetween(exact.lower(), rates.midEstimate());
        assertThat(mid.upper()).isBetween(rates.midEstimate(), exact.upper());
        double odds = mid.lower() * 100 / 120;
        var binomial = BinomialDistribution.of(13, odds / (1 + odds));
        assertThat(binomial.survivalProbability(9) + 0.5 * binomial.probability(9))
                .isCloseTo(0.025, within(1e-10));
    }

    @Test
    void changingTheGroupsTurnsTheRatioAround() {
        var one = new RateComparison(9, 100, 4, 120);
        var other = new RateComparison(4, 120, 9, 100);

        assertThat(other.midEstimate()).isCloseTo(1 / one.midEstimate(), within(1e-10));
        assertThat(other.exactInterval(LEVEL).lower())
                .isCloseTo(1 / one.exactInterval(LEVEL).upper(), within(1e-10));
        assertThat(other.exactP()).isCloseTo(one.exactP(), within(1e-12));
        assertThat(other.midP()).isCloseTo(one.midP(), within(1e-12));
    }

    @Test
    void noEventsAmongTheOthersLeaveTheRatioOpenAbove() {
        var rates = new RateComparison(3, 10, 0, 10);

        assertThat(rates.exactInterval(LEVEL).upper()).isInfinite();
        assertThat(rates.midInterval(LEVEL).upper()).isInfinite();
        assertThat(new RateComparison(0, 10, 3, 10).exactInterval(LEVEL).lower())
                .isZero();
    }

    @Test
    void fishersTeaIsFishers() {
        // 3 of 4 cups right: the one-sided probability is 17/70, the two-sided one 34/70.
        ConditionalOdds tea = new TwoByTwo(3, 1, 1, 3).conditional();

        assertThat(tea.p()).isCloseTo(34.0 / 70, within(1e-12));
        // The estimate solves sum k C(4,k)^2 t^k = 3 sum C(4,k)^2 t^k.
        double t = tea.estimate();
        double sum = 1 + 16 * t + 36 * t * t + 16 * t * t * t + t * t * t * t;
        assertThat((16 * t + 72 * t * t + 48 * t * t * t + 4 * t * t * t * t) / sum)
                .isCloseTo(3, within(1e-10));
    }

    @ParameterizedTest
    @CsvSource({"15, 85, 5, 95", "4, 20, 1, 30", "12, 88, 8, 142"})
    void atTheConditionalLimitsATailIsTwoAndAHalfPercent(int a, int b, int c, int d) {
        Interval limits = new TwoByTwo(a, b, c, d).conditional().interval(LEVEL);

        assertThat(tail(a, b, c, d, limits.lower(), 1)).isCloseTo(0.025, within(1e-12));
        assertThat(tail(a, b, c, d, limits.upper(), -1)).isCloseTo(0.025, within(1e-12));
    }

    /** The probability of at least (1) or at most (-1) as many exposed cases, at an odds ratio; by the definition. */
    private static double tail(int a, int b, int c, int d, double ratio, int side) {
        var margins = HypergeometricDistribution.of(a + b + c + d, a + c, a + b);
        double inside = 0;
        double all = 0;
        for (int cases = margins.getSupportLowerBound(); cases <= margins.getSupportUpperBound(); cases++) {
            double weight = margins.probability(cases) * Math.pow(ratio, cases - a);
            all += weight;
            inside += side * (cases - a) >= 0 ? weight : 0;
        }
        return inside / all;
    }

    @Test
    void anEmptyCornerLeavesTheConditionalOddsOpen() {
        ConditionalOdds odds = new TwoByTwo(0, 5, 4, 6).conditional();

        assertThat(odds.estimate()).isZero();
        assertThat(odds.interval(LEVEL).lower()).isZero();
        assertThat(new TwoByTwo(5, 0, 4, 6).conditional().interval(LEVEL).upper())
                .isInfinite();
    }

    @Test
    void oneStratumIsTheTableItself() {
        var table = new TwoByTwo(15, 85, 5, 95);
        MantelHaenszel one = MantelHaenszel.of(List.of(table));

        assertThat(one.oddsRatio()).isCloseTo(table.oddsRatio(), within(1e-12));
        assertThat(one.oddsRatioInterval(LEVEL).lower())
                .isCloseTo(table.oddsRatioInterval(LEVEL).lower(), within(1e-12));
        assertThat(one.riskRatio()).isCloseTo(table.riskRatio(), within(1e-12));
        assertThat(one.riskRatioInterval(LEVEL).upper())
                .isCloseTo(table.riskRatioInterval(LEVEL).upper(), within(1e-12));
        assertThat(one.chiSquared()).isCloseTo(table.chiSquared() * 199 / 200, within(1e-10));
    }

    @Test
    void repeatingAStratumNarrowsTheIntervalByItsRoot() {
        var table = new TwoByTwo(15, 85, 5, 95);
        MantelHaenszel four = MantelHaenszel.of(Collections.nCopies(4, table));

        assertThat(four.oddsRatio()).isCloseTo(table.oddsRatio(), within(1e-12));
        assertThat(four.oddsRatioErrorLog())
                .isCloseTo(MantelHaenszel.of(List.of(table)).oddsRatioErrorLog() / 2, within(1e-12));
    }

    @Test
    void theStandardsOwnRatesGiveARatioOfOne() {
        double[] events = {3, 12, 40};
        double[] time = {20_000, 30_000, 10_000};

        Standardisation.Indirect indirect = Standardisation.indirect(events, time, events, time, LEVEL);

        assertThat(indirect.ratio()).isCloseTo(1, within(1e-12));
        assertThat(indirect.adjusted()).isCloseTo(indirect.crude(), within(1e-15));
        assertThat(indirect.interval().upper()).isCloseTo(Math.exp(1.959963984540054 / Math.sqrt(55)), within(1e-12));
        assertThat(indirect.exactInterval().lower())
                .isCloseTo(Rates.exact(55, 55, LEVEL).lower(), within(1e-12));
    }

    @Test
    void standardisedToItselfARateIsTheCrudeOneWithPoissonsLimitsBelow() {
        double[] events = {4, 4};
        double[] time = {100, 100};

        Standardisation.Direct direct = Standardisation.direct(events, time, time, LEVEL);

        assertThat(direct.adjusted()).isCloseTo(direct.crude(), within(1e-15));
        assertThat(direct.interval().lower())
                .isCloseTo(Rates.exact(8, 200, LEVEL).lower(), within(1e-10));
        assertThat(direct.interval().upper())
                .isCloseTo(Rates.exact(8, 200, LEVEL).upper(), within(1e-10));
    }
}
