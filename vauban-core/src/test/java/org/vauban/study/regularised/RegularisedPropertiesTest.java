package org.vauban.study.regularised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.study.regression.Family;
import org.vauban.study.regression.GeneralisedLinearModel;
import org.vauban.study.regression.ModelFit;
import org.vauban.study.regression.ModelRows;
import org.vauban.study.survival.CoxData;
import org.vauban.study.survival.CoxFit;
import org.vauban.study.survival.CoxRegression;
import org.vauban.study.survival.Ties;

/** What must hold for every regularised fit, on made rows with a fixed seed: few ones among many noughts, and two dense columns. */
class RegularisedPropertiesTest {
    private static final int ROWS = 300;
    private static final int COLUMNS = 40;
    private final List<double[]> columns = new ArrayList<>();
    private final boolean[] yes = new boolean[ROWS];
    private final double[] time = new double[ROWS];

    RegularisedPropertiesTest() {
        var random = new Random(43);
        for (int column = 0; column < COLUMNS; column++) {
            double[] values = new double[ROWS];
            for (int row = 0; row < ROWS; row++) {
                values[row] = column < 2 ? 60 + 10 * random.nextGaussian() : random.nextInt(8) == 0 ? 1 : 0;
            }
            columns.add(values);
        }
        for (int row = 0; row < ROWS; row++) {
            double predictor = 0.04 * (columns.get(0)[row] - 60) + columns.get(2)[row] - columns.get(3)[row];
            yes[row] = random.nextDouble() < 1 / (1 + Math.exp(-predictor));
            time[row] = 1 + random.nextInt(50);
        }
    }

    private RegularisedRegression logistic() {
        return RegularisedRegression.logistic(SparseColumns.of(columns), yes);
    }

    private RegularisedRegression cox() {
        return RegularisedRegression.cox(SparseColumns.of(columns), time, yes);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "1, false", "0.5, true", "0.5, false", "0, true", "0, false"})
    void everyFitMeetsTheConditionsOfAnOptimum(double alpha, boolean standardised) {
        for (RegularisedRegression regression : List.of(logistic(), cox())) {
            double[] lambdas = regression.lambdas(5, 0.02, alpha, standardised);
            for (RegularisedFit fit : regression.path(lambdas, alpha, standardised)) {
                assertThat(fit.residual()).isLessThan(1e-8);
                assertThat(fit.objective()).isFinite();
            }
        }
    }

    @Test
    void aPathFindsWhatEachFitFindsAlone() {
        double[] lambdas = {0.01, 0.05, 0.02};
        List<RegularisedFit> path = logistic().path(lambdas, 0.7, true);

        for (int index = 0; index < lambdas.length; index++) {
            RegularisedFit alone = logistic().fit(new Penalty(lambdas[index], 0.7, true));
            assertThat(path.get(index).penalty().lambda()).isEqualTo(lambdas[index]);
            assertThat(path.get(index).objective()).isCloseTo(alone.objective(), within(1e-12));
            for (int column = 0; column < COLUMNS; column++) {
                assertThat(path.get(index).coefficients()[column])
                        .isCloseTo(alone.coefficients()[column], within(1e-7));
            }
        }
    }

    @Test
    void atTheLargestLambdaNoColumnIsInTheModelAndJustBelowOneIs() {
        double largest = logistic().lambdas(1, 0.1, 1, true)[0];

        assertThat(logistic().fit(new Penalty(largest * 1.0001, 1, true)).chosen())
                .isZero();
        assertThat(logistic().fit(new Penalty(largest * 0.999, 1, true)).chosen())
                .isEqualTo(1);
    }

    @Test
    void withoutAPenaltyItIsTheModelItself() {
        List<double[]> few = columns.subList(0, 5);
        ModelRows rows = ModelRows.of(number(yes));
        CoxData survival = CoxData.of(time, yes);
        for (int column = 0; column < few.size(); column++) {
            rows = rows.covariate("x" + column, few.get(column));
            survival = survival.covariate("x" + column, few.get(column));
        }
        ModelFit model = GeneralisedLinearModel.fit(rows, Family.BINOMIAL).orThrow();
        CoxFit cox = CoxRegression.fit(survival, Ties.BRESLOW).orThrow();
        Penalty none = new Penalty(0, 1, true);

        RegularisedFit fit =
                RegularisedRegression.logistic(SparseColumns.of(few), yes).fit(none);
        RegularisedFit hazards =
                RegularisedRegression.cox(SparseColumns.of(few), time, yes).fit(none);

        assertThat(fit.intercept()).isCloseTo(model.coefficient(0), within(1e-6));
        for (int column = 0; column < few.size(); column++) {
            assertThat(fit.coefficients()[column]).isCloseTo(model.coefficient(column + 1), within(1e-7));
            assertThat(hazards.coefficients()[column]).isCloseTo(cox.coefficient(column), within(1e-7));
        }
    }

    @Test
    void standardisedFitsDoNotKnowUnits() {
        List<double[]> inMonths = new ArrayList<>(columns);
        inMonths.set(
                0, Arrays.stream(columns.getFirst()).map(each -> 12 * each + 7).toArray());

        RegularisedFit years = logistic().fit(new Penalty(0.01, 0.5, true));
        RegularisedFit months =
                RegularisedRegression.logistic(SparseColumns.of(inMonths), yes).fit(new Penalty(0.01, 0.5, true));

        assertThat(months.coefficients()[0] * 12).isCloseTo(years.coefficients()[0], within(1e-8));
        assertThat(months.objective()).isCloseTo(years.objective(), within(1e-12));
    }

    @Test
    void priorsAreThePenaltiesTheyMean() {
        assertThat(Penalty.laplace(0.1, ROWS).lambda()).isCloseTo(Math.sqrt(20) / ROWS, within(1e-15));
        assertThat(Penalty.normal(0.1, ROWS).lambda()).isCloseTo(10.0 / ROWS, within(1e-15));
    }

    @Test
    void aConstantColumnStaysOutside() {
        List<double[]> more = new ArrayList<>(columns);
        double[] constant = new double[ROWS];
        Arrays.fill(constant, 3);
        more.add(constant);

        RegularisedFit fit =
                RegularisedRegression.logistic(SparseColumns.of(more), yes).fit(new Penalty(0.001, 1, true));

        assertThat(fit.coefficients()[COLUMNS]).isZero();
    }

    @Test
    void crossValidationIsRepeatedByItsSeedAndPrefersSomethingInside() {
        double[] lambdas = logistic().lambdas(8, 0.01, 1, true);

        RegularisedRegression.CrossValidation one = logistic().crossValidate(lambdas, 1, true, 5, 7);
        RegularisedRegression.CrossValidation same = logistic().crossValidate(lambdas, 1, true, 5, 7);
        RegularisedRegression.CrossValidation other = logistic().crossValidate(lambdas, 1, true, 5, 8);

        assertThat(same).isEqualTo(one);
        assertThat(other.loss()).isNotEqualTo(one.loss());
        assertThat(one.best()).isBetween(1, 7);
    }

    private static double[] number(boolean[] flags) {
        double[] numbers = new double[flags.length];
        for (int row = 0; row < flags.length; row++) {
            numbers[row] = flags[row] ? 1 : 0;
        }
        return numbers;
    }
}
