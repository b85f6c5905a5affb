package org.vauban.study.propensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.study.regression.Family;
import org.vauban.study.regression.GeneralisedLinearModel;
import org.vauban.study.regression.ModelFit;
import org.vauban.study.regression.ModelRows;

/** What weights, strata, matched sets and effects promise, by hand or on made persons with a fixed seed. */
class PropensityPropertiesTest {
    private static final int PERSONS = 400;
    private final double[] age = new double[PERSONS];
    private final boolean[] treated = new boolean[PERSONS];
    private final double[] outcome = new double[PERSONS];
    private final double[] score;

    PropensityPropertiesTest() {
        var random = new Random(47);
        double[] arm = new double[PERSONS];
        for (int person = 0; person < PERSONS; person++) {
            age[person] = random.nextGaussian();
            treated[person] = random.nextDouble() < 1 / (1 + Math.exp(0.5 - age[person]));
            arm[person] = treated[person] ? 1 : 0;
            outcome[person] = 2 * arm[person] + 3 * age[person] + random.nextGaussian();
        }
        score = GeneralisedLinearModel.fit(ModelRows.of(arm).covariate("age", age), Family.BINOMIAL)
                .orThrow()
                .fitted();
    }

    @Test
    void weightsByHand() {
        double[] scores = {0.8, 0.8, 0.25, 0.25};
        boolean[] arms = {true, false, true, false};

        assertThat(BalancingWeights.ALL.of(scores, arms))
                .containsExactly(new double[] {1.25, 5, 4, 4 / 3.0}, within(1e-12));
        assertThat(BalancingWeights.ALL_STABILISED.of(scores, arms))
                .containsExactly(new double[] {0.625, 2.5, 2, 2 / 3.0}, within(1e-12));
        assertThat(BalancingWeights.TREATED.of(scores, arms))
                .containsExactly(new double[] {1, 4, 1, 1 / 3.0}, within(1e-12));
        assertThat(BalancingWeights.OTHERS.of(scores, arms))
                .containsExactly(new double[] {0.25, 1, 3, 1}, within(1e-12));
        assertThat(BalancingWeights.OVERLAP.of(scores, arms))
                .containsExactly(new double[] {0.2, 0.8, 0.75, 0.25}, within(1e-12));
        assertThat(BalancingWeights.MATCHING.of(scores, arms))
                .containsExactly(new double[] {0.25, 1, 1, 1 / 3.0}, within(1e-12));
    }

    @Test
    void aScoreOfNoughtOrOneIsRefused() {
        assertThatThrownBy(() -> BalancingWeights.ALL.of(new double[] {0, 0.5}, new boolean[] {false, true}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void overlapWeightsBalanceTheModelsCovariatesExactly() {
        Balance balance = Balance.of(age, treated, BalancingWeights.OVERLAP.of(score, treated));

        assertThat(balance.difference()).isCloseTo(0, within(1e-10));
        assertThat(Math.abs(Balance.of(age, treated).byUnweightedVariance())).isGreaterThan(0.5);
    }

    @Test
    void balanceByHand() {
        // Treated 1, 2, 3; others 2, 4, of which the last counts twice.
        Balance balance =
                Balance.of(new double[] {1, 2, 3, 2, 4}, new boolean[] {true, true, true, false, false}, new double[] {
                    1, 1, 1, 1, 2
                });

        assertThat(balance.difference()).isCloseTo(2 - 10 / 3.0, within(1e-12));
        // The others' weighted squares are 8/3: over 3 - 5/3 they are 2, over 3 they are 8/9, unweighted 2.
        assertThat(balance.byWeightedSampleVariance()).isCloseTo(-4 / 3.0 / Math.sqrt(1.5), within(1e-12));
        assertThat(balance.byWeightedVariance())
                .isCloseTo(-4 / 3.0 / Math.sqrt((2 / 3.0 + 8 / 9.0) / 2), within(1e-12));
        assertThat(balance.byTreatedDeviation()).isCloseTo(-4 / 3.0, within(1e-12));
        assertThat(balance.varianceRatio()).isCloseTo(0.5, within(1e-12));
        assertThat(balance.byShare()).isNaN();
    }

    @Test
    void scalingTheWeightsDoesNotMoveTheEffectOrItsError() {
        double[] weights = BalancingWeights.ALL.of(score, treated);
        double[] tenfold = Arrays.stream(weights).map(each -> 10 * each).toArray();

        AverageEffect effect = AverageEffect.weighted(outcome, treated, weights);
        AverageEffect scaled = AverageEffect.weighted(outcome, treated, tenfold);

        assertThat(scaled.difference()).isCloseTo(effect.difference(), within(1e-10));
        assertThat(scaled.standardError()).isCloseTo(effect.standardError(), within(1e-10));
        assertThat(effect.difference()).isCloseTo(2, within(4 * effect.standardError()));
    }

    @Test
    void theSurveysErrorIsTheSandwichTimesPersonsOverPersonsLessOne() {
        ModelFit fit = AverageEffect.weightedModel(outcome, treated, BalancingWeights.OVERLAP.of(score, treated));
        int[] alone = IntStream.range(0, PERSONS).toArray();

        assertThat(fit.ofSurvey(alone).standardError(1))
                .isCloseTo(fit.robust().standardError(1) * Math.sqrt(PERSONS / (PERSONS - 1.0)), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"1, false", "3, false", "1, true", "3, true"})
    void matchingIsWhatThePlainRuleSays(int ratio, boolean replacement) {
        // Rounded, so that there are ties to be broken.
        double[] distance =
                Arrays.stream(score).map(each -> Math.rint(50 * each) / 50).toArray();
        for (GreedyMatching.Order order : GreedyMatching.Order.values()) {
            List<GreedyMatching.Pair> pairs = GreedyMatching.match(
                    distance, treated, new GreedyMatching.Options(0.051, ratio, order, replacement));

            assertThat(new HashSet<>(pairs))
                    .isEqualTo(new HashSet<>(plain(distance, 0.051, ratio, order, replacement)));
        }
    }

    /** The rule written down without any index. */
    private List<GreedyMatching.Pair> plain(
            double[] distance, double caliper, int ratio, GreedyMatching.Order order, boolean replacement) {
        var pairs = new ArrayList<GreedyMatching.Pair>();
        var choosing = new ArrayList<Integer>();
        for (int row = 0; row < PERSONS; row++) {
            if (treated[row]) {
                choosing.add(row);
            }
        }
        if (order == GreedyMatching.Order.LARGEST_FIRST) {
            choosing.sort((one, two) -> Double.compare(distance[two], distance[one]));
        }
        for (int round = 1; round <= ratio; round++) {
            for (int row : choosing) {
                int best = -1;
                for (int control = 0; control < PERSONS; control++) {
                    int candidate = control;
                    boolean used = pairs.stream()
                            .anyMatch(pair -> pair.control() == candidate && (!replacement || pair.treated() == row));
                    boolean nearer = best < 0
                            || Math.abs(distance[control] - distance[row]) < Math.abs(distance[best] - distance[row]);
                    best = !treated[control] && !used && nearer ? control : best;
                }
                if (best >= 0 && Math.abs(distance[best] - distance[row]) <= caliper) {
                    pairs.add(new GreedyMatching.Pair(row, best, round, Math.abs(distance[best] - distance[row])));
                }
            }
        }
        return pairs;
    }

    @Test
    void strataOfTheTreatedHoldEquallyManyOfThem() {
        ScoreStrata strata = ScoreStrata.ofTreated(score, treated, 4);
        List<ScoreStrata.Row> rows = strata.rows(outcome, treated);
        int all = rows.stream().mapToInt(ScoreStrata.Row::treated).sum();

        for (ScoreStrata.Row row : rows) {
            assertThat(row.treated()).isBetween(all / 4 - 1, all / 4 + 1);
        }
        assertThat(rows.stream().mapToInt(row -> row.treated() + row.others()).sum())
                .isEqualTo(PERSONS);
        assertThat(ScoreStrata.inTreated(rows).estimate()).isCloseTo(2, within(1.0));
    }

    @Test
    void preferenceTakesThePopularityOut() {
        double share = PreferenceScore.share(treated);
        double[] alike = new double[PERSONS];
        Arrays.fill(alike, share);

        double[] preferences = PreferenceScore.of(alike, treated);

        assertThat(preferences[0]).isCloseTo(0.5, within(1e-12));
        assertThat(PreferenceScore.equipoise(preferences, 0.3, 0.7)).isEqualTo(1);
        assertThat(PreferenceScore.equipoise(new double[] {0.1, 0.3, 0.5, 0.9}, 0.3, 0.7))
                .isEqualTo(0.5);
    }

    @Test
    void trimmingInCommonKeepsFewerThanAll() {
        boolean[] kept = PreferenceScore.inCommon(score, treated, 0.05);

        int count = 0;
        for (int person = 0; person < PERSONS; person++) {
            count += kept[person] ? 1 : 0;
        }
        assertThat(count).isBetween(PERSONS / 3, PERSONS - 1);
    }

    @Test
    void theGFormulaOfALinearModelIsItsCoefficient() {
        double[] arm = new double[PERSONS];
        double[] ones = new double[PERSONS];
        Arrays.fill(ones, 1);
        for (int person = 0; person < PERSONS; person++) {
            arm[person] = treated[person] ? 1 : 0;
        }
        ModelFit fit = GeneralisedLinearModel.fit(
                        ModelRows.of(outcome).covariate("arm", arm).covariate("age", age), Family.GAUSSIAN)
                .orThrow();

        AverageEffect effect = AverageEffect.standardised(
                outcome, List.of(arm, age), List.of(ones, age), List.of(new double[PERSONS], age), Family.GAUSSIAN);

        assertThat(effect.difference()).isCloseTo(fit.coefficient(1), within(1e-10));
    }

    @Test
    void withoutCovariatesAugmentingIsTheDifferenceOfMeans() {
        double[] share = new double[PERSONS];
        Arrays.fill(share, PreferenceScore.share(treated));

        AverageEffect effect = AverageEffect.augmented(outcome, treated, share, List.of(), Family.GAUSSIAN);

        double one = ScoreStrata.mean(ScoreStrata.of(outcome, treated, true));
        double two = ScoreStrata.mean(ScoreStrata.of(outcome, treated, false));
        assertThat(effect.difference()).isCloseTo(one - two, within(1e-10));
    }
}
