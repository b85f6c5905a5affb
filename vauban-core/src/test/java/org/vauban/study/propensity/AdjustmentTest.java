package org.vauban.study.propensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdjustmentTest {
    private static final int PERSONS = 900;

    private final double[] scores = new double[PERSONS];
    private final boolean[] target = new boolean[PERSONS];

    AdjustmentTest() {
        var random = new Random(20260105);
        for (int person = 0; person < PERSONS; person++) {
            scores[person] = 0.05 + 0.9 * random.nextDouble();
            target[person] = random.nextDouble() < scores[person];
        }
    }

    @Test
    void matchedSetsHoldOneOfTheTargetAndAtMostAsManyOthersAsAskedFor() {
        var matching = new Adjustment.Matching(2, 0.1, 7);

        Adjustment.Adjusted adjusted = Adjustment.apply(matching, scores, target);

        Map<Integer, int[]> sets = new HashMap<>();
        for (int row : adjusted.kept()) {
            sets.computeIfAbsent(adjusted.sets()[row], _ -> new int[2])[target[row] ? 0 : 1]++;
        }
        assertThat(sets).isNotEmpty().doesNotContainKey(-1);
        assertThat(sets.values()).allSatisfy(set -> {
            assertThat(set[0]).isEqualTo(1);
            assertThat(set[1]).isBetween(1, 2);
        });
        double[] logits = Arrays.stream(scores)
                .map(score -> Math.log(score / (1 - score)))
                .toArray();
        double caliper = GreedyMatching.caliper(logits, 0.1);
        for (int row : adjusted.kept()) {
            for (int other : adjusted.kept()) {
                if (adjusted.sets()[row] == adjusted.sets()[other] && target[row]) {
                    assertThat(Math.abs(logits[row] - logits[other])).isLessThanOrEqualTo(caliper);
                }
            }
        }
    }

    @Test
    void theSameSeedMatchesTheSamePersonsAndAnotherSeedOthers() {
        Adjustment.Adjusted one = Adjustment.apply(new Adjustment.Matching(1, 0.2, 1), scores, target);
        Adjustment.Adjusted again = Adjustment.apply(new Adjustment.Matching(1, 0.2, 1), scores, target);
        Adjustment.Adjusted other = Adjustment.apply(new Adjustment.Matching(1, 0.2, 2), scores, target);

        assertThat(again.sets()).isEqualTo(one.sets());
        assertThat(other.sets()).isNotEqualTo(one.sets());
    }

    @Test
    void strataWeighInEachArmWhatTheyWeighAmongAll() {
        Adjustment.Adjusted adjusted = Adjustment.apply(new Adjustment.Stratification(5), scores, target);

        double[][] weight = new double[2][5];
        int[] persons = new int[5];
        for (int row = 0; row < PERSONS; row++) {
            weight[target[row] ? 0 : 1][adjusted.sets()[row]] += adjusted.weights()[row];
            persons[adjusted.sets()[row]]++;
        }
        for (int stratum = 0; stratum < 5; stratum++) {
            assertThat(weight[0][stratum]).isCloseTo(persons[stratum], within(1e-9));
            assertThat(weight[1][stratum]).isCloseTo(persons[stratum], within(1e-9));
        }
    }

    @Test
    void aScoreThatTellsNothingHasACStatisticOfOneHalfAndAPerfectOneOfOne() {
        boolean[] two = {true, false, true, false};

        assertThat(Discrimination.of(new double[] {0.5, 0.5, 0.5, 0.5}, two)).isEqualTo(0.5);
        assertThat(Discrimination.of(new double[] {0.9, 0.1, 0.8, 0.2}, two)).isEqualTo(1);
        assertThat(Discrimination.of(new double[] {0.9, 0.8, 0.7, 0.2}, two)).isEqualTo(0.75);
    }

    @Test
    void balanceIsMeasuredByTheDeviationBefore() {
        CovariateColumn column = CovariateColumn.of("ill", new double[] {1, 1, 0, 0, 1, 0, 0, 0});
        boolean[] arms = {true, true, true, true, false, false, false, false};
        double[] weights = {1, 0, 1, 1, 1, 1, 1, 0};

        ColumnBalance balance = ColumnBalance.of(List.of(column), arms, weights).getFirst();

        double variance = (1.0 / 3 + 0.25) / 2;
        assertThat(balance.differenceBefore()).isCloseTo(0.25 / Math.sqrt(variance), within(1e-12));
        assertThat(balance.targetAfter()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(balance.differenceAfter()).isCloseTo(0, within(1e-12));
    }

    /** Columns of nothing but chance do not enter; one that decides the arm does. */
    @Test
    void theLassoTakesWhatTellsTheArmsApart() {
        var random = new Random(20260106);
        double[] deciding = new double[PERSONS];
        double[] noise = new double[PERSONS];
        for (int person = 0; person < PERSONS; person++) {
            deciding[person] = random.nextDouble() < (target[person] ? 0.6 : 0.3) ? 1 : 0;
            noise[person] = random.nextDouble() < 0.5 ? 1 : 0;
        }
        List<CovariateColumn> columns =
                List.of(CovariateColumn.of("noise", noise), CovariateColumn.of("deciding", deciding));

        LargeScaleScores fit = LargeScaleScores.fit(columns, target, new LargeScaleScores.Cost.CrossValidated(5, 1));
        LargeScaleScores again = LargeScaleScores.fit(columns, target, new LargeScaleScores.Cost.CrossValidated(5, 1));

        assertThat(fit.chosen()).isPositive();
        assertThat(Discrimination.of(fit.scores(), target)).isGreaterThan(0.6);
        assertThat(again.scores()).isEqualTo(fit.scores());
    }
}
