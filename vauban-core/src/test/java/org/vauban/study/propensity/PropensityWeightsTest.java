package org.vauban.study.propensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PropensityWeightsTest {
    @Test
    void withOneYesOrNoCovariateTheScoreIsTheShareInEachGroup() {
        // 3 of 4 with the covariate are treated, 1 of 6 without it: 4 of 10 in all.
        double[] covariate = {1, 1, 1, 1, 0, 0, 0, 0, 0, 0};
        boolean[] treated = {true, true, true, false, true, false, false, false, false, false};

        double[] weights =
                PropensityWeights.stabilised(List.of(covariate), treated).orElseThrow();

        assertThat(weights[0]).isCloseTo(0.4 / 0.75, within(1e-9));
        assertThat(weights[3]).isCloseTo(0.6 / 0.25, within(1e-9));
        assertThat(weights[4]).isCloseTo(0.4 / (1.0 / 6), within(1e-9));
        assertThat(weights[5]).isCloseTo(0.6 / (5.0 / 6), within(1e-9));
    }

    @Test
    void underTheWeightsBothArmsHaveTheCovariatesOfEverybody() {
        var random = new Random(7);
        int persons = 20_000;
        double[] age = new double[persons];
        double[] ill = new double[persons];
        boolean[] treated = new boolean[persons];
        for (int person = 0; person < persons; person++) {
            age[person] = 60 + 10 * random.nextGaussian();
            ill[person] = random.nextDouble() < 0.3 ? 1 : 0;
            double logit = -0.5 + 0.06 * (age[person] - 60) + 0.9 * ill[person];
            treated[person] = random.nextDouble() < 1 / (1 + Math.exp(-logit));
        }

        double[] weights =
                PropensityWeights.stabilised(List.of(age, ill), treated).orElseThrow();

        for (double[] covariate : List.of(age, ill)) {
            double everybody = mean(covariate, weights, treated, null);
            assertThat(mean(covariate, weights, treated, true)).isCloseTo(everybody, within(0.02 * everybody));
            assertThat(mean(covariate, weights, treated, false)).isCloseTo(everybody, within(0.02 * everybody));
        }
    }

    @Test
    void thereIsNoScoreWhenTheArmsAreSeparatedOrColumnsRepeatOrAnArmIsEmpty() {
        double[] separating = {1, 2, 3, 10, 11, 12};
        boolean[] treated = {false, false, false, true, true, true};
        double[] some = {1, 0, 1, 1, 0, 1};

        assertThat(PropensityWeights.stabilised(List.of(separating), treated)).isEmpty();
        assertThat(PropensityWeights.stabilised(List.of(some, some.clone()), treated))
                .isEmpty();
        assertThat(PropensityWeights.stabilised(List.of(some), new boolean[6])).isEmpty();
    }

    private static double mean(double[] covariate, double[] weights, boolean[] treated, @Nullable Boolean arm) {
        double sum = 0;
        double all = 0;
        for (int person = 0; person < covariate.length; person++) {
            if (arm == null || treated[person] == arm) {
                double weight = arm == null ? 1 : weights[person];
                sum += weight * covariate[person];
                all += weight;
            }
        }
        return sum / all;
    }
}
