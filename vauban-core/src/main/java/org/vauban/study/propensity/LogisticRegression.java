package org.vauban.study.propensity;

import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** Logistic regression by maximum likelihood: Newton's method, which is iteratively reweighted least squares. */
final class LogisticRegression {
    private static final int STEPS_MAX = 40;
    private static final double CONVERGED = 1e-10;
    /** The least share of a column's information that no other column may explain. */
    private static final double INDEPENDENT = 1e-10;
    /** Beyond this a fitted probability is 0 or 1 for every purpose: the columns separate the outcomes. */
    private static final double LOGIT_MAX = 30;

    private final List<double[]> columns;
    private final boolean[] outcome;

    private LogisticRegression(List<double[]> columns, boolean[] outcome) {
        this.columns = columns;
        this.outcome = outcome;
    }

    /**
     * The fitted probability of each row; empty when the maximum does not exist.
     *
     * @param columns without an intercept, which is added
     */
    static Optional<double[]> probabilities(List<double[]> columns, boolean[] outcome) {
        return new LogisticRegression(columns, outcome).fit();
    }

    private Optional<double[]> fit() {
        int width = columns.size() + 1;
        double[] beta = new double[width];
        double deviance = Double.POSITIVE_INFINITY;
        for (int step = 0; step < STEPS_MAX; step++) {
            double[] linear = linear(beta);
            double now = deviance(linear);
            if (Math.abs(deviance - now) <= CONVERGED * (Math.abs(now) + 0.1)) {
                return separated(linear) ? Optional.empty() : Optional.of(fitted(linear));
            }
            deviance = now;
            Optional<double[]> move = move(linear, width);
            if (move.isEmpty()) {
                return Optional.empty();
            }
            for (int index = 0; index < width; index++) {
                beta[index] += move.get()[index];
            }
        }
        return Optional.empty();
    }

    private double[] linear(double[] beta) {
        double[] linear = new double[outcome.length];
        for (int row = 0; row < linear.length; row++) {
            double sum = beta[0];
            for (int column = 0; column < columns.size(); column++) {
                sum += beta[column + 1] * columns.get(column)[row];
            }
            linear[row] = sum;
        }
        return linear;
    }

    private double deviance(double[] linear) {
        double sum = 0;
        for (int row = 0; row < linear.length; row++) {
            double signed = outcome[row] ? linear[row] : -linear[row];
            sum += 2 * (signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed);
        }
        return sum;
    }

    private Optional<double[]> move(double[] linear, int width) {
        var information = new DMatrixRMaj(width, width);
        var score = new DMatrixRMaj(width, 1);
        double[] row = new double[width];
        row[0] = 1;
        for (int index = 0; index < linear.length; index++) {
            double probability = 1 / (1 + Math.exp(-linear[index]));
            double weight = probability * (1 - probability);
            double residual = (outcome[index] ? 1 : 0) - probability;
            for (int column = 0; column < columns.size(); column++) {
                row[column + 1] = columns.get(column)[index];
            }
            for (int left = 0; left < width; left++) {
                score.add(left, 0, row[left] * residual);
                for (int right = 0; right <= left; right++) {
                    information.add(left, right, weight * row[left] * row[right]);
                }
            }
        }
        for (int left = 0; left < width; left++) {
            for (int right = left + 1; right < width; right++) {
                information.set(left, right, information.get(right, left));
            }
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(width);
        var move = new DMatrixRMaj(width, 1);
        if (isSingular(information) || !solver.setA(information.copy())) {
            return Optional.empty();
        }
        solver.solve(score, move);
        return CommonOps_DDRM.elementMaxAbs(move) < Double.MAX_VALUE ? Optional.of(move.getData()) : Optional.empty();
    }

    /** Whether a column is a sum of those before it: next to nothing of it is left once they are taken out. */
    private static boolean isSingular(DMatrixRMaj information) {
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(information.numRows, true);
        if (!cholesky.decompose(information.copy())) {
            return true;
        }
        DMatrixRMaj lower = cholesky.getT(null);
        for (int column = 0; column < lower.numRows; column++) {
            double left = lower.get(column, column);
            if (left * left < INDEPENDENT * information.get(column, column)) {
                return true;
            }
        }
        return false;
    }

    private static boolean separated(double[] linear) {
        for (double each : linear) {
            if (Math.abs(each) > LOGIT_MAX) {
                return true;
            }
        }
        return false;
    }

    private static double[] fitted(double[] linear) {
        double[] fitted = new double[linear.length];
        for (int row = 0; row < linear.length; row++) {
            fitted[row] = 1 / (1 + Math.exp(-linear[row]));
        }
        return fitted;
    }
}
