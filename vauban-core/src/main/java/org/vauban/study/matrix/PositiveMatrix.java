package org.vauban.study.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * A symmetric positive definite matrix, factored once.
 *
 * <p>It is scaled to a unit diagonal first, so that a column in years and one in millions lose no digits to each other and "almost
 * singular" means the same in every unit.
 */
public final class PositiveMatrix {
    /** A column of which no more than this share is left, once those before it are taken out, is a sum of them. */
    private static final double INDEPENDENT = 1e-12;

    /** The same, more carefully, where a column is to be named. */
    private static final double NEW = 1e-10;

    private final int size;
    private final double[] scale;
    private final LinearSolverDense<DMatrixRMaj> solver;

    private PositiveMatrix(double[] scale, LinearSolverDense<DMatrixRMaj> solver) {
        this.size = scale.length;
        this.scale = scale;
        this.solver = solver;
    }

    /** The matrix, or nothing when it is not positive definite. */
    public static Optional<PositiveMatrix> of(double[][] values) {
        int size = values.length;
        double[] scale = new double[size];
        for (int row = 0; row < size; row++) {
            if (!(values[row][row] > 0) || Double.isInfinite(values[row][row])) {
                return Optional.empty();
            }
            scale[row] = Math.sqrt(values[row][row]);
        }
        var scaled = new DMatrixRMaj(size, size);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                scaled.set(row, column, values[row][column] / (scale[row] * scale[column]));
            }
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(size);
        if (!solver.setA(scaled)) {
            return Optional.empty();
        }
        CholeskyDecomposition_F64<DMatrixRMaj> factor = solver.getDecomposition();
        DMatrixRMaj lower = factor.getT(null);
        for (int row = 0; row < size; row++) {
            double pivot = lower.get(row, row);
            if (!(pivot * pivot > INDEPENDENT)) {
                return Optional.empty();
            }
        }
        return Optional.of(new PositiveMatrix(scale, solver));
    }

    /** The matrix, for callers whose matrix is positive definite by construction. */
    public static PositiveMatrix certain(double[][] values) {
        return of(values).orElseThrow(() -> new IllegalStateException("A matrix is not positive definite"));
    }

    /** Columns that add nothing to those before them, found by elimination: where a symmetric matrix is singular. */
    public static List<Integer> dependent(double[][] values) {
        int size = values.length;
        double[][] left = new double[size][];
        for (int row = 0; row < size; row++) {
            left[row] = values[row].clone();
        }
        List<Integer> dependent = new ArrayList<>();
        for (int pivot = 0; pivot < size; pivot++) {
            double value = left[pivot][pivot];
            if (!(value > NEW * values[pivot][pivot]) || values[pivot][pivot] <= 0) {
                dependent.add(pivot);
                continue;
            }
            for (int row = pivot + 1; row < size; row++) {
                double factor = left[row][pivot] / value;
                for (int column = pivot + 1; column < size; column++) {
                    left[row][column] -= factor * left[pivot][column];
                }
            }
        }
        return dependent;
    }

    /** The vector that the matrix takes to the right side. */
    public double[] solve(double[] right) {
        var scaled = new DMatrixRMaj(size, 1);
        for (int row = 0; row < size; row++) {
            scaled.set(row, 0, right[row] / scale[row]);
        }
        var solution = new DMatrixRMaj(size, 1);
        solver.solve(scaled, solution);
        double[] solved = new double[size];
        for (int row = 0; row < size; row++) {
            solved[row] = solution.get(row, 0) / scale[row];
        }
        return solved;
    }

    public double[][] inverse() {
        var inverse = new DMatrixRMaj(size, size);
        solver.invert(inverse);
        double[][] values = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                values[row][column] = inverse.get(row, column) / (scale[row] * scale[column]);
            }
        }
        return values;
    }

    /** The square of a vector measured with the inverse: Wald's and the score test's statistic. */
    public double squaredLength(double[] vector) {
        double[] solved = solve(vector);
        double sum = 0;
        for (int row = 0; row < size; row++) {
            sum += vector[row] * solved[row];
        }
        return sum;
    }

    /** Huber's sandwich: the bread on both sides of the sum of squares of the rows. */
    public static double[][] sandwich(double[][] bread, double[][] rows) {
        double[][] spread = new double[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            spread[row] = times(bread, rows[row]);
        }
        return squares(spread, bread.length);
    }

    /** The sum over rows of each row's products with itself. */
    public static double[][] squares(double[][] rows, int width) {
        double[][] sum = new double[width][width];
        for (double[] row : rows) {
            for (int left = 0; left < width; left++) {
                for (int right = 0; right < width; right++) {
                    sum[left][right] += row[left] * row[right];
                }
            }
        }
        return sum;
    }

    /** A matrix times a vector. */
    public static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < vector.length; column++) {
                product[row] += matrix[row][column] * vector[column];
            }
        }
        return product;
    }

    /**
     * Rows added up by group: the contributions of persons who belong together.
     *
     * @param group each row's group, any numbers
     */
    public static double[][] sumByGroup(double[][] rows, int[] group) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        Map<Integer, double[]> sums = new TreeMap<>();
        for (int row = 0; row < rows.length; row++) {
            double[] sum = sums.computeIfAbsent(group[row], _ -> new double[width]);
            for (int column = 0; column < width; column++) {
                sum[column] += rows[row][column];
            }
        }
        return sums.values().toArray(new double[0][]);
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "PositiveMatrix[" + size + "]";
    }
}
