package org.vauban.study.regularised;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A lasso path on many sparse columns: more columns than rows here, and as large as asked by {@code tools/lasso}, with its seconds, its
 * objective and its distance from the optimum's conditions.
 */
class SparseLassoTest {
    private static final int ROWS = Integer.getInteger("vauban.lasso.rows", 400);
    private static final int COLUMNS = Integer.getInteger("vauban.lasso.columns", 1_000);
    private static final int CELLS = Integer.getInteger("vauban.lasso.cells", 20);
    private static final int LAMBDAS = Integer.getInteger("vauban.lasso.lambdas", 6);
    private static final double SMALLEST_SHARE = 0.1;

    /** Columns of ones of very unequal number, of which every hundredth has an effect. */
    private final int[] begin = new int[COLUMNS + 1];

    private final boolean[] outcome = new boolean[ROWS];
    private final SparseColumns columns;

    SparseLassoTest() {
        var random = new SplittableRandom(59);
        int[][] rowsOf = new int[COLUMNS][];
        double[] predictor = new double[ROWS];
        Arrays.fill(predictor, -1);
        for (int column = 0; column < COLUMNS; column++) {
            int own = Math.max(5, (int) (CELLS * (0.2 + 1.6 * random.nextDouble())));
            rowsOf[column] = random.ints(own, 0, ROWS).distinct().sorted().toArray();
            begin[column + 1] = begin[column] + rowsOf[column].length;
            double effect = column % 100 == 0 ? 2 * random.nextDouble() - 1 : 0;
            for (int row : rowsOf[column]) {
                predictor[row] += effect;
            }
        }
        int[] row = new int[begin[COLUMNS]];
        for (int column = 0; column < COLUMNS; column++) {
            System.arraycopy(rowsOf[column], 0, row, begin[column], rowsOf[column].length);
        }
        double[] value = new double[row.length];
        Arrays.fill(value, 1);
        columns = SparseColumns.of(ROWS, begin, row, value);
        for (int each = 0; each < ROWS; each++) {
            outcome[each] = random.nextDouble() < 1 / (1 + Math.exp(-predictor[each]));
        }
    }

    @Test
    void everyFitOfThePathIsAnOptimum() {
        long begun = System.nanoTime();
        RegularisedRegression regression = RegularisedRegression.logistic(columns, outcome);
        double[] lambdas = regression.lambdas(LAMBDAS, SMALLEST_SHARE, 1, true);

        List<RegularisedFit> path = regression.path(lambdas, 1, true);

        double seconds = (System.nanoTime() - begun) / 1e9;
        for (RegularisedFit fit : path) {
            assertThat(fit.residual()).isLessThan(1e-8);
        }
        RegularisedFit last = path.getLast();
        assertThat(last.chosen()).isPositive();
        System.out.printf(
                Locale.ROOT,
                "lasso: %d x %d with %d cells, %d lambdas in %.1f s on one thread; at the last %d chosen, objective %.10f, residual"
                        + " %.1e%n",
                ROWS,
                COLUMNS,
                begin[COLUMNS],
                LAMBDAS,
                seconds,
                last.chosen(),
                last.objective(),
                last.residual());
    }
}
