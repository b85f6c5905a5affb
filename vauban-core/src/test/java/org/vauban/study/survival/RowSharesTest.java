package org.vauban.study.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The likelihood by rows against the one that walks over denominators: strata, late entry, weights and many ties, with fewer rows than one
 * block has and with so many that threads share them.
 */
class RowSharesTest {
    private static final int COVARIATES = 4;
    private static final int DAYS = 200;

    @ParameterizedTest
    @CsvSource({"EFRON, 300", "BRESLOW, 300", "EFRON, 20000", "BRESLOW, 20000"})
    void gradientAndInformationAreThoseOfTheDenominators(Ties ties, int rows) {
        var likelihood = new PartialLikelihood(data(rows), ties);
        double[] coefficients = {0.4, -0.3, 0.2, -0.1};
        double[] ofDenominators = new double[COVARIATES * (COVARIATES + 1) / 2];

        likelihood.visit(coefficients, (_, _, events, _, _, _, spread) -> {
            for (int cell = 0; cell < spread.length; cell++) {
                ofDenominators[cell] += events * spread[cell];
            }
        });
        var found = likelihood.at(coefficients);

        int cell = 0;
        for (int left = 0; left < COVARIATES; left++) {
            for (int right = 0; right <= left; right++) {
                assertThat(found.information()[left][right])
                        .isCloseTo(ofDenominators[cell], within(1e-9 * rows))
                        .isEqualTo(found.information()[right][left]);
                cell++;
            }
            assertThat(found.gradient()[left])
                    .isCloseTo(slope(likelihood, coefficients, left), within(1e-4 * rows / 100));
        }
    }

    private static double slope(PartialLikelihood likelihood, double[] coefficients, int covariate) {
        double step = 1e-5;
        double[] above = coefficients.clone();
        double[] below = coefficients.clone();
        above[covariate] += step;
        below[covariate] -= step;
        return (likelihood.at(above).logLikelihood() - likelihood.at(below).logLikelihood()) / (2 * step);
    }

    private static CoxData data(int rows) {
        var random = new SplittableRandom(17);
        double[] start = new double[rows];
        double[] stop = new double[rows];
        boolean[] event = new boolean[rows];
        double[] weight = new double[rows];
        int[] stratum = new int[rows];
        double[][] columns = new double[COVARIATES][rows];
        for (int row = 0; row < rows; row++) {
            start[row] = random.nextInt(DAYS / 2);
            stop[row] = start[row] + 1 + random.nextInt(DAYS / 2);
            event[row] = random.nextInt(3) == 0;
            weight[row] = 0.5 + random.nextDouble();
            stratum[row] = random.nextInt(3);
            for (double[] column : columns) {
                column[row] = random.nextGaussian();
            }
        }
        CoxData data = CoxData.of(stop, event).entering(start).weighted(weight).stratified(stratum);
        for (int column = 0; column < COVARIATES; column++) {
            data = data.covariate("x" + column, columns[column]);
        }
        return data;
    }
}
