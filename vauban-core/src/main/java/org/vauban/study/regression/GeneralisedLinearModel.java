package org.vauban.study.regression;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vauban.study.matrix.PositiveMatrix;

/**
 * Generalised linear models with the canonical link by Newton's method with step halving (McCullagh and Nelder 1989; R's
 * {@code glm}): the normal model, logistic and Poisson regression. A Poisson model of a yes or no with {@link ModelFit#robust} errors
 * is Zou's modified Poisson regression (2004): its coefficients are logarithms of risk ratios.
 *
 * <p>When the likelihood flattens while a predictor still moves by whole units, the maximum lies at infinity: the outcomes are
 * separated, and that is the answer.
 */
public final class GeneralisedLinearModel {
    private static final int ITERATIONS_MAX = 100;
    private static final int HALVINGS_MAX = 40;

    /** Square of Newton's decrement below which one more full step is exact to rounding. */
    private static final double DECREMENT_DONE = 1e-14;

    /** At this flatness a regular fit moves no predictor by more than a few hundredths. */
    private static final double DECREMENT_FLAT = 1e-9;

    private static final double CHANGE_WHEN_FLAT_MAX = 0.05;

    private final ModelRows rows;
    private final Family family;
    private final LaidOut laidOut;

    private GeneralisedLinearModel(ModelRows rows, Family family) {
        this.rows = rows;
        this.family = family;
        this.laidOut = new LaidOut(rows);
    }

    /** Fits all covariates and an intercept. */
    public static ModelResult fit(ModelRows rows, Family family) {
        for (int row = 0; row < rows.rows(); row++) {
            double outcome = rows.outcome(row);
            boolean fits = switch (family) {
                case GAUSSIAN -> true;
                case BINOMIAL -> outcome >= 0 && outcome <= 1;
                case POISSON -> outcome >= 0;
            };
            if (!fits) {
                throw new IllegalArgumentException("An outcome is not one that " + family + " can have");
            }
        }
        return new GeneralisedLinearModel(rows, family).maximise();
    }

    private ModelResult maximise() {
        double[] ones = new double[rows.rows()];
        for (int row = 0; row < ones.length; row++) {
            ones[row] = rows.weight(row);
        }
        List<Integer> dependent = PositiveMatrix.dependent(laidOut.squares(ones));
        if (!dependent.isEmpty()) {
            return new ModelResult.NoEstimate(
                    ModelResult.Reason.COLLINEAR,
                    dependent.stream().map(rows.terms()::get).toList());
        }
        double[] coefficients = start();
        Point current = new Point(coefficients);
        for (int iteration = 1; iteration <= ITERATIONS_MAX; iteration++) {
            Optional<PositiveMatrix> information = PositiveMatrix.of(current.information());
            if (information.isEmpty()) {
                return none(ModelResult.Reason.SEPARATED);
            }
            double[] step = information.get().solve(current.score);
            double decrement = 0;
            for (int term = 0; term < step.length; term++) {
                decrement += step[term] * current.score[term];
            }
            if (Math.abs(decrement) < DECREMENT_FLAT && largestChange(step) > CHANGE_WHEN_FLAT_MAX) {
                return separated(step);
            }
            double[] next = plus(coefficients, step, 1);
            Point reached = new Point(next);
            if (Math.abs(decrement) < DECREMENT_DONE) {
                return finish(next, reached);
            }
            double share = 1;
            for (int halving = 0; worse(reached, current) && halving < HALVINGS_MAX; halving++) {
                share /= 2;
                next = plus(coefficients, step, share);
                reached = new Point(next);
            }
            coefficients = next;
            current = reached;
        }
        return none(ModelResult.Reason.NOT_CONVERGED);
    }

    /** The intercept that fits the mean, with the mean offset taken out. */
    private double[] start() {
        double outcome = 0;
        double offset = 0;
        double all = 0;
        for (int row = 0; row < rows.rows(); row++) {
            outcome += rows.weight(row) * rows.outcome(row);
            offset += rows.weight(row) * rows.offset(row);
            all += rows.weight(row);
        }
        double[] start = new double[laidOut.terms()];
        double intercept = family.link(outcome / all) - offset / all;
        start[0] = Double.isFinite(intercept) ? intercept : 0;
        return start;
    }

    private ModelResult finish(double[] coefficients, Point point) {
        Optional<PositiveMatrix> information = PositiveMatrix.of(point.information());
        if (information.isEmpty()) {
            return none(ModelResult.Reason.SEPARATED);
        }
        return new ModelFit(
                rows, family, laidOut, coefficients, information.get().inverse(), point.mean, nothing());
    }

    /** The deviance of the intercept alone. */
    private double nothing() {
        if (laidOut.terms() == 1) {
            return Double.NaN;
        }
        return switch (fit(rows.withoutCovariates(), family)) {
            case ModelFit fit -> fit.deviance();
            case ModelResult.NoEstimate _ -> Double.NaN;
        };
    }

    private ModelResult none(ModelResult.Reason reason) {
        return new ModelResult.NoEstimate(reason, rows.terms());
    }

    private ModelResult separated(double[] step) {
        List<String> moving = IntStream.range(1, step.length)
                .filter(term -> {
                    double largest = 0;
                    for (int row = 0; row < laidOut.rows(); row++) {
                        largest = Math.max(largest, Math.abs(laidOut.value(row, term)));
                    }
                    return Math.abs(step[term]) * largest > CHANGE_WHEN_FLAT_MAX / 10;
                })
                .mapToObj(rows.terms()::get)
                .toList();
        return new ModelResult.NoEstimate(
                ModelResult.Reason.SEPARATED, moving.isEmpty() ? List.of(ModelRows.INTERCEPT) : moving);
    }

    private double largestChange(double[] step) {
        double largest = 0;
        for (int row = 0; row < laidOut.rows(); row++) {
            largest = Math.max(largest, Math.abs(laidOut.predictor(row, step)));
        }
        // The normal model's likelihood is never flat; its units are not those of odds.
        return family == Family.GAUSSIAN ? 0 : largest;
    }

    private static boolean worse(Point reached, Point current) {
        return !(reached.deviance <= current.deviance + 1e-12 * Math.abs(current.deviance));
    }

    private static double[] plus(double[] values, double[] step, double share) {
        double[] sum = values.clone();
        for (int index = 0; index < sum.length; index++) {
            sum[index] += share * step[index];
        }
        return sum;
    }

    /** The likelihood at some coefficients. */
    private final class Point {
        private final double[] mean = new double[rows.rows()];
        private final double[] factor = new double[rows.rows()];
        private final double[] score = new double[laidOut.terms()];
        private double deviance;

        Point(double[] coefficients) {
            for (int row = 0; row < mean.length; row++) {
                mean[row] = family.mean(laidOut.predictor(row, coefficients) + rows.offset(row));
                factor[row] = rows.weight(row) * family.variance(mean[row]);
                deviance += rows.weight(row) * family.deviance(rows.outcome(row), mean[row]);
                double residual = rows.weight(row) * (rows.outcome(row) - mean[row]);
                for (int term = 0; term < score.length; term++) {
                    score[term] += residual * laidOut.value(row, term);
                }
            }
        }

        double[][] information() {
            return laidOut.squares(factor);
        }
    }
}
