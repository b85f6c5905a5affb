package org.vauban.study.survival;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.vauban.study.matrix.PositiveMatrix;

/**
 * Cox's proportional hazards regression by Newton's method with step halving.
 *
 * <p>An iteration ends when Newton's decrement (the step measured in standard errors) is so small that the next one would be below
 * rounding. When the likelihood flattens while a linear predictor still moves by whole units, the maximum lies at infinity: that
 * is reported as a monotone likelihood and never as a large number. See Therneau and Grambsch 2000, chapter 3.
 */
public final class CoxRegression {
    private static final int ITERATIONS_MAX = 100;
    private static final int HALVINGS_MAX = 40;

    /** Square of Newton's decrement below which one more full step is exact to rounding. */
    private static final double DECREMENT_DONE = 1e-14;

    /** At this flatness a regular fit moves no predictor by more than a few hundredths. */
    private static final double DECREMENT_FLAT = 1e-9;

    private static final double CHANGE_WHEN_FLAT_MAX = 0.05;

    private CoxRegression() {}

    /** Fits all covariates of the data. */
    public static CoxResult fit(CoxData data, Ties ties) {
        if (data.covariates() == 0) {
            throw new IllegalArgumentException("A regression has at least one covariate");
        }
        if (data.events() == 0) {
            return new CoxResult.NoEstimate(CoxResult.Reason.NO_EVENTS, data.names());
        }
        var likelihood = new PartialLikelihood(data, ties);
        var atNull = likelihood.at(new double[data.covariates()]);
        List<String> dependent = PositiveMatrix.dependent(atNull.information()).stream()
                .map(data.names()::get)
                .toList();
        if (!dependent.isEmpty()) {
            return new CoxResult.NoEstimate(CoxResult.Reason.COLLINEAR, dependent);
        }
        double score =
                decrement(atNull.gradient(), solve(atNull.information(), atNull.gradient(), all(data.covariates())));
        return switch (maximise(likelihood, new double[data.covariates()], atNull, all(data.covariates()))) {
            case Search.Found found -> new CoxFit(data, ties, likelihood, found, atNull.logLikelihood(), score);
            case Search.Infinite(boolean[] covariates) ->
                new CoxResult.NoEstimate(CoxResult.Reason.MONOTONE_LIKELIHOOD, named(data.names(), covariates));
            case Search.Lost _ -> new CoxResult.NoEstimate(CoxResult.Reason.NOT_CONVERGED, data.names());
        };
    }

    /** How a search for the maximum ended. Handed over, never shared. */
    @SuppressWarnings("ArrayRecordComponent")
    sealed interface Search {
        record Found(double[] coefficients, PartialLikelihood.Evaluation evaluation, int iterations)
                implements Search {}

        record Infinite(boolean[] covariates) implements Search {}

        record Lost() implements Search {}
    }

    /** Maximises over the free coefficients from a starting point; the others keep their values. */
    static Search maximise(PartialLikelihood likelihood, double[] from, boolean[] free) {
        return maximise(likelihood, from, likelihood.at(from), free);
    }

    private static Search maximise(
            PartialLikelihood likelihood, double[] from, PartialLikelihood.Evaluation atFrom, boolean[] free) {
        double[] coefficients = from.clone();
        var current = atFrom;
        for (int iteration = 1; iteration <= ITERATIONS_MAX; iteration++) {
            double[] step = solve(current.information(), current.gradient(), free);
            if (!finite(step)) {
                return new Search.Lost();
            }
            double decrement = decrement(current.gradient(), step);
            if (Math.abs(decrement) < DECREMENT_FLAT && likelihood.largestChange(step) > CHANGE_WHEN_FLAT_MAX) {
                return new Search.Infinite(moving(likelihood, step));
            }
            double[] next = plus(coefficients, step, 1);
            var reached = likelihood.at(next);
            if (Math.abs(decrement) < DECREMENT_DONE) {
                return new Search.Found(next, reached, iteration);
            }
            double share = 1;
            for (int halving = 0; worse(reached, current) && halving < HALVINGS_MAX; halving++) {
                share /= 2;
                next = plus(coefficients, step, share);
                reached = likelihood.at(next);
            }
            coefficients = next;
            current = reached;
        }
        return new Search.Lost();
    }

    private static boolean worse(PartialLikelihood.Evaluation reached, PartialLikelihood.Evaluation current) {
        double allowed = 1e-12 * Math.abs(current.logLikelihood());
        return !(reached.logLikelihood() >= current.logLikelihood() - allowed);
    }

    private static boolean[] moving(PartialLikelihood likelihood, double[] step) {
        boolean[] moving = new boolean[step.length];
        for (int covariate = 0; covariate < step.length; covariate++) {
            moving[covariate] =
                    Math.abs(step[covariate]) * likelihood.largestValue(covariate) > CHANGE_WHEN_FLAT_MAX / 10;
        }
        return moving;
    }

    private static double decrement(double[] gradient, double[] step) {
        double sum = 0;
        for (int index = 0; index < gradient.length; index++) {
            sum += gradient[index] * step[index];
        }
        return sum;
    }

    /** Newton's step over the free coefficients; zero elsewhere, NaN when the information is not positive. */
    static double[] solve(double[][] information, double[] gradient, boolean[] free) {
        int[] index = indexes(free);
        double[] step = new double[gradient.length];
        if (index.length == 0) {
            return step;
        }
        var matrix = new DMatrixRMaj(index.length, index.length);
        var right = new DMatrixRMaj(index.length, 1);
        for (int row = 0; row < index.length; row++) {
            right.set(row, 0, gradient[index[row]]);
            for (int column = 0; column < index.length; column++) {
                matrix.set(row, column, information[index[row]][index[column]]);
            }
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(index.length);
        var solution = new DMatrixRMaj(index.length, 1);
        boolean solved = solver.setA(matrix);
        if (solved) {
            solver.solve(right, solution);
        }
        for (int row = 0; row < index.length; row++) {
            step[index[row]] = solved ? solution.get(row, 0) : Double.NaN;
        }
        return step;
    }

    static double[][] inverse(double[][] information) {
        int size = information.length;
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(size);
        if (!solver.setA(new DMatrixRMaj(information))) {
            throw new IllegalStateException("The information at a maximum is positive");
        }
        var inverse = new DMatrixRMaj(size, size);
        solver.invert(inverse);
        double[][] copy = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                copy[row][column] = inverse.get(row, column);
            }
        }
        return copy;
    }

    static boolean[] all(int size) {
        boolean[] all = new boolean[size];
        Arrays.fill(all, true);
        return all;
    }

    private static int[] indexes(boolean[] free) {
        return IntStream.range(0, free.length).filter(index -> free[index]).toArray();
    }

    private static boolean finite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static double[] plus(double[] values, double[] step, double share) {
        double[] sum = values.clone();
        for (int index = 0; index < sum.length; index++) {
            sum[index] += share * step[index];
        }
        return sum;
    }

    private static List<String> named(List<String> names, boolean[] chosen) {
        return IntStream.range(0, chosen.length)
                .filter(index -> chosen[index])
                .mapToObj(names::get)
                .toList();
    }
}
