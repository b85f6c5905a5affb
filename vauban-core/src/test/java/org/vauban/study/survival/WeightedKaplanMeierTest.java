package org.vauban.study.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightedKaplanMeierTest {
    private static final int PERSONS = 400;

    private final int[] days = new int[PERSONS];
    private final boolean[] events = new boolean[PERSONS];
    private final double[] weights = new double[PERSONS];

    WeightedKaplanMeierTest() {
        var random = new Random(3);
        for (int person = 0; person < PERSONS; person++) {
            days[person] = 1 + random.nextInt(90);
            events[person] = random.nextInt(3) == 0;
            weights[person] = 1 + random.nextInt(3);
        }
    }

    @Test
    void equalWeightsChangeNothing() {
        SurvivalCurve plain = KaplanMeier.estimate(days, events);
        double[] equal = new double[PERSONS];
        Arrays.fill(equal, 2.5);

        SurvivalCurve weighted = KaplanMeier.estimate(days, events, equal);

        for (int row = 0; row < plain.rows(); row++) {
            assertThat(weighted.survival(row)).isCloseTo(plain.survival(row), within(1e-12));
            assertThat(weighted.atRisk(row)).isEqualTo(plain.atRisk(row));
        }
    }

    @Test
    void withoutWeightingTheRobustErrorIsGreenwoods() {
        SurvivalCurve plain = KaplanMeier.estimate(days, events);
        double[] ones = new double[PERSONS];
        Arrays.fill(ones, 1);

        SurvivalCurve robust = KaplanMeier.estimate(days, events, ones);

        // The infinitesimal jackknife of the product-limit estimate is Greenwood's formula.
        for (int row = 0; row < plain.rows() - 1; row++) {
            assertThat(robust.standardErrorLog(row)).isCloseTo(plain.standardErrorLog(row), within(1e-9));
        }
    }

    @Test
    void aWeightOfThreeIsThreePersonsAlike() {
        SurvivalCurve weighted = KaplanMeier.estimate(days, events, weights);
        int all = (int) Arrays.stream(weights).sum();
        int[] repeatedDays = new int[all];
        boolean[] repeatedEvents = new boolean[all];
        int next = 0;
        for (int person = 0; person < PERSONS; person++) {
            for (int copy = 0; copy < weights[person]; copy++) {
                repeatedDays[next] = days[person];
                repeatedEvents[next++] = events[person];
            }
        }

        SurvivalCurve repeated = KaplanMeier.estimate(repeatedDays, repeatedEvents);

        for (int row = 0; row < weighted.rows(); row++) {
            assertThat(weighted.survival(row)).isCloseTo(repeated.survival(row), within(1e-12));
            // Copies are no new information.
            if (repeated.standardErrorLog(row) > 0 && repeated.survival(row) > 0) {
                assertThat(weighted.standardErrorLog(row)).isGreaterThan(repeated.standardErrorLog(row));
            }
        }
    }
}
