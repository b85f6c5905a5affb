package org.vauban.study.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoxRegressionTest {
    @Test
    void twoArmsWithoutTiesHaveTheHandComputedEstimate() {
        // Two treated and two untreated persons with events at 1 (treated), 2 (untreated) and 3 (treated), one censored
        // at 4.
        // The estimate solves the score equation over the risk sets (treated, untreated) = (2, 2), (1, 2), (1, 1).
        CoxData data = CoxData.of(new double[] {1, 2, 3, 4}, new boolean[] {true, true, true, false})
                .covariate("treated", new double[] {1, 0, 1, 0});

        CoxFit fit = CoxRegression.fit(data, Ties.EFRON).orThrow();

        double ratio = fit.hazardRatio(0);
        double score = 2 - 2 * ratio / (2 * ratio + 2) - ratio / (ratio + 2) - ratio / (ratio + 1);
        assertThat(score).isCloseTo(0, within(1e-12));
    }

    @Test
    void profileLimitsLieWhereTheLikelihoodRatioTestJustRejects() {
        CoxData data = simulated(400, 7);
        CoxFit fit = CoxRegression.fit(data, Ties.EFRON).orThrow();

        CoxFit.Interval interval = fit.profileInterval(0, 0.95);

        for (double limit : new double[] {interval.lower(), interval.upper()}) {
            double[] fixed = new double[data.rows()];
            for (int row = 0; row < fixed.length; row++) {
                fixed[row] = limit * data.value(0, row);
            }
            CoxFit rest = CoxRegression.fit(withoutFirst(data).offset(fixed), Ties.EFRON)
                    .orThrow();
            assertThat(2 * (fit.logLikelihood() - rest.logLikelihood())).isCloseTo(3.841458820694124, within(1e-9));
        }
    }

    @Test
    void aLargeShiftOfACovariateChangesNothing() {
        CoxData data = simulated(300, 11);
        double[] shifted = new double[data.rows()];
        for (int row = 0; row < shifted.length; row++) {
            shifted[row] = data.value(1, row) + 1e6;
        }
        CoxData moved = CoxData.of(data.stop, data.event)
                .covariate("arm", column(data, 0))
                .covariate("age", shifted);

        CoxFit fit = CoxRegression.fit(data, Ties.BRESLOW).orThrow();
        CoxFit same = CoxRegression.fit(moved, Ties.BRESLOW).orThrow();

        assertThat(same.coefficient(1)).isCloseTo(fit.coefficient(1), within(1e-9));
        assertThat(same.standardError(0)).isCloseTo(fit.standardError(0), within(1e-9));
    }

    @Test
    void entryAtTheBeginningIsTheSameAsNoEntry() {
        CoxData data = simulated(300, 13);

        CoxFit late = CoxRegression.fit(data.entering(new double[data.rows()]), Ties.EFRON)
                .orThrow();

        assertThat(late.coefficient(0))
                .isCloseTo(CoxRegression.fit(data, Ties.EFRON).orThrow().coefficient(0), within(1e-12));
    }

    @Test
    void anEffectThatSeparatesTheEventsIsNamedAndNotReportedAsANumber() {
        double[] times = {1, 2, 3, 4, 5, 6};
        boolean[] events = {true, true, true, false, false, false};
        CoxData data = CoxData.of(times, events)
                .covariate("exposed", new double[] {1, 1, 1, 0, 0, 0})
                .covariate("age", new double[] {3, 1, 2, 2, 1, 3});

        CoxResult result = CoxRegression.fit(data, Ties.EFRON);

        assertThat(result)
                .isEqualTo(new CoxResult.NoEstimate(CoxResult.Reason.MONOTONE_LIKELIHOOD, List.of("exposed")));
    }

    @Test
    void aConstantOrRepeatedCovariateIsNamed() {
        CoxData data = simulated(100, 17)
                .covariate("constant", new double[100])
                .covariate("copy", column(simulated(100, 17), 1));

        CoxResult result = CoxRegression.fit(data, Ties.EFRON);

        assertThat(result).isEqualTo(new CoxResult.NoEstimate(CoxResult.Reason.COLLINEAR, List.of("constant", "copy")));
    }

    @Test
    void withoutEventsThereIsNoEstimate() {
        CoxData data = CoxData.of(new double[] {1, 2}, new boolean[2]).covariate("arm", new double[] {0, 1});

        assertThat(CoxRegression.fit(data, Ties.BRESLOW))
                .isEqualTo(new CoxResult.NoEstimate(CoxResult.Reason.NO_EVENTS, List.of("arm")));
    }

    private static CoxData simulated(int rows, long seed) {
        var random = new Random(seed);
        double[] stop = new double[rows];
        boolean[] event = new boolean[rows];
        double[] arm = new double[rows];
        double[] age = new double[rows];
        for (int row = 0; row < rows; row++) {
            arm[row] = random.nextInt(2);
            age[row] = 40 + random.nextInt(40);
            double hazard = 0.01 * Math.exp(0.4 * arm[row] + 0.03 * (age[row] - 60));
            double time = -Math.log(1 - random.nextDouble()) / hazard;
            stop[row] = Math.ceil(Math.min(time, 90));
            event[row] = time <= 90;
        }
        return CoxData.of(stop, event).covariate("arm", arm).covariate("age", age);
    }

    private static CoxData withoutFirst(CoxData data) {
        return CoxData.of(data.stop, data.event).covariate("age", column(data, 1));
    }

    private static double[] column(CoxData data, int covariate) {
        double[] values = new double[data.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = data.value(covariate, row);
        }
        return values;
    }
}
