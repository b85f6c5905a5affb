package org.vauban.study.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightedMeanTest {
    private static final int PERSONS = 400;
    private static final double HORIZON = 60;

    private final int[] days = new int[PERSONS];
    private final boolean[] events = new boolean[PERSONS];
    private final double[] weights = new double[PERSONS];

    WeightedMeanTest() {
        var random = new Random(20260108);
        for (int person = 0; person < PERSONS; person++) {
            days[person] = 1 + random.nextInt(90);
            events[person] = random.nextBoolean();
            weights[person] = 0.5 + random.nextDouble();
        }
    }

    @Test
    void withWeightsOfOneTheMeanIsTheAreaAndTheErrorNearlyGreenwoods() {
        double[] ones = new double[PERSONS];
        Arrays.fill(ones, 1);

        SurvivalCurve.RestrictedMean weighted = KaplanMeier.restrictedMean(days, events, ones, HORIZON);
        SurvivalCurve.RestrictedMean plain = KaplanMeier.restrictedMean(days, events, new double[0], HORIZON);

        assertThat(weighted.mean()).isCloseTo(plain.mean(), within(1e-9));
        assertThat(weighted.standardError()).isCloseTo(plain.standardError(), within(0.01 * plain.standardError()));
    }

    /** The error is made of what each person moves the mean: here each is moved by a little, one after the other. */
    @Test
    void theErrorIsTheInfinitesimalJackknife() {
        double step = 1e-5;
        double variance = 0;
        for (int person = 0; person < PERSONS; person++) {
            double[] more = weights.clone();
            more[person] += step;
            double[] less = weights.clone();
            less[person] -= step;
            double slope = (mean(more) - mean(less)) / (2 * step);
            variance += weights[person] * weights[person] * slope * slope;
        }

        assertThat(KaplanMeier.restrictedMean(days, events, weights, HORIZON).standardError())
                .isCloseTo(Math.sqrt(variance), within(1e-5));
    }

    private double mean(double[] weighing) {
        return KaplanMeier.restrictedMean(days, events, weighing, HORIZON).mean();
    }
}
