package org.vauban.study.regularised;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Lasso paths on sparse columns: more columns than rows, and so many rows that a plain sum of their losses would lose more than a step near
 * the optimum gains. Then good steps were refused, hundreds for one fit. {@code vauban bench studies} says what large ones cost.
 */
class SparseLassoTest {
    private static final double RESIDUAL_MAX = 1e-8;
    private static final int APPROXIMATIONS_MAX = 12;
    private static final double DAYS = 3_650;

    @Test
    void everyFitIsAnOptimumWithMoreColumnsThanRows() {
        var rows = new MadeRows(400, 1_000, 20);
        isOptimal(RegularisedRegression.logistic(rows.columns, rows.outcome()), 6);
    }

    @Test
    void manyRowsTakeFewApproximationsOfALogisticLoss() {
        var rows = new MadeRows(100_000, 500, 500);
        isOptimal(RegularisedRegression.logistic(rows.columns, rows.outcome()), 10);
    }

    @Test
    void manyRowsTakeFewApproximationsOfASurvivalLoss() {
        var rows = new MadeRows(100_000, 2_000, 500);
        boolean[] event = new boolean[rows.predictor.length];
        double[] time = rows.times(event);
        isOptimal(RegularisedRegression.cox(rows.columns, time, event), 10);
    }

    private static void isOptimal(RegularisedRegression regression, int lambdas) {
        List<RegularisedFit> path = regression.path(regression.lambdas(lambdas, 0.1, 1, false), 1, false);

        assertThat(path).allSatisfy(fit -> {
            assertThat(fit.residual()).isLessThan(RESIDUAL_MAX);
            assertThat(fit.iterations()).isLessThanOrEqualTo(APPROXIMATIONS_MAX);
        });
        assertThat(path.getLast().chosen()).isPositive();
    }

    /** Columns of ones, of which every fiftieth has an effect. */
    private static final class MadeRows {
        private final SplittableRandom random = new SplittableRandom(59);
        private final double[] predictor;
        private final SparseColumns columns;

        MadeRows(int rows, int width, int cells) {
            predictor = new double[rows];
            int[][] rowsOf = new int[width][];
            int[] begin = new int[width + 1];
            for (int column = 0; column < width; column++) {
                rowsOf[column] = random.ints(cells, 0, rows).distinct().sorted().toArray();
                begin[column + 1] = begin[column] + rowsOf[column].length;
                double effect = column % 50 == 0 ? 2 * random.nextDouble() - 1 : 0;
                for (int row : rowsOf[column]) {
                    predictor[row] += effect;
                }
            }
            int[] row = Arrays.stream(rowsOf).flatMapToInt(Arrays::stream).toArray();
            double[] ones = new double[row.length];
            Arrays.fill(ones, 1);
            columns = SparseColumns.of(rows, begin, row, ones);
        }

        boolean[] outcome() {
            boolean[] outcome = new boolean[predictor.length];
            for (int row = 0; row < outcome.length; row++) {
                outcome[row] = random.nextDouble() < 1 / (1 + Math.exp(1 - predictor[row]));
            }
            return outcome;
        }

        double[] times(boolean[] event) {
            double[] time = new double[predictor.length];
            for (int row = 0; row < time.length; row++) {
                double until = -Math.log(1 - random.nextDouble()) * 5_000 / Math.exp(predictor[row]);
                double censored = DAYS * random.nextDouble();
                event[row] = until <= censored;
                time[row] = Math.ceil(Math.min(until, censored));
            }
            return time;
        }
    }
}
