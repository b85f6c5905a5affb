package org.vauban.study.regularised;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The minimum of a loss plus a penalty by cyclic coordinate descent on quadratic approximations (Friedman, Hastie and Tibshirani
 * 2010), kept between calls so that a path of penalties starts each fit from the one before.
 *
 * <p>An approximation has one curvature for each row. Columns are taken as if centred at their curvature-weighted mean: then the
 * intercept has no part in a column's move, columns with a large mean do not fight each other, and a sparse column still costs only
 * its cells. Of the centring itself only one number is kept, a shift of all predictors.
 *
 * <p>Columns that the sequential strong rule (Tibshirani and others 2012) rules out are left aside. The rule is a guess: after each
 * approximation the optimum's conditions are checked for every column, and who breaks them comes in.
 */
final class CoordinateDescent {
    private static final int APPROXIMATIONS_MAX = 500;
    private static final int CYCLES_MAX = 20_000;
    private static final int HALVINGS_MAX = 40;

    /** Slopes this far from the optimum's conditions are good enough; the promise is a hundred times more. */
    private static final double RESIDUAL_GOAL = 1e-10;

    /** So much of an objective is lost in its sum over the rows: a step that worsens it by less may well be the last good one. */
    private static final double ROUNDING = 1e-13;

    private final SparseColumns columns;
    private final Loss loss;
    private final double[] deviation;

    private final double[] coefficients;
    private double intercept;
    private final double[] predictor;
    private final double[] slope;
    private final double[] curvature;
    private final double[] columnSlope;
    private double lastLambda = Double.POSITIVE_INFINITY;

    /** Whether the rows' derivatives, and the slopes of all columns, are those at the present predictors. */
    private boolean derivativesKnown;

    private boolean everySlopeKnown;

    CoordinateDescent(SparseColumns columns, Loss loss) {
        this.columns = columns;
        this.loss = loss;
        int width = columns.columns();
        this.coefficients = new double[width];
        this.predictor = new double[columns.rows()];
        this.slope = new double[columns.rows()];
        this.curvature = new double[columns.rows()];
        this.columnSlope = new double[width];
        // A constant column, whose deviation is 0, says nothing that the intercept does not.
        this.deviation = columns.deviations();
    }

    /** The smallest lambda at which no column is in the model. */
    double lambdaMax(double alpha, boolean standardised) {
        solve(new Penalty(Double.MAX_VALUE, Math.max(alpha, 1e-3), standardised));
        double largest = 0;
        for (int column = 0; column < coefficients.length; column++) {
            if (deviation[column] > 0) {
                double unit = standardised ? deviation[column] : 1;
                largest = Math.max(largest, Math.abs(columnSlope[column]) / unit);
            }
        }
        return largest / Math.max(alpha, 1e-3);
    }

    RegularisedFit solve(Penalty penalty) {
        if (!derivativesKnown) {
            loss.derivatives(predictor, slope, curvature);
            derivativesKnown = true;
        }
        everySlope();
        BitSet candidates = strong(penalty);
        double residual = residual(penalty, candidates.stream());
        int approximations = 0;
        while (approximations < APPROXIMATIONS_MAX) {
            if (residual < RESIDUAL_GOAL) {
                everySlope();
                if (!addBreaking(penalty, candidates)) {
                    break;
                }
                residual = residual(penalty, candidates.stream());
            }
            if (!improve(new Approximation(penalty, candidates, residual), penalty)) {
                break;
            }
            approximations++;
            loss.derivatives(predictor, slope, curvature);
            slopes(candidates.stream());
            everySlopeKnown = false;
            residual = residual(penalty, candidates.stream());
        }
        everySlope();
        lastLambda = penalty.lambda();
        return new RegularisedFit(
                penalty,
                loss.hasIntercept() ? intercept : 0,
                coefficients.clone(),
                loss.value(predictor) + cost(penalty, coefficients),
                residual(penalty, everyColumn()),
                approximations);
    }

    private void everySlope() {
        if (!everySlopeKnown) {
            // Each column's sum is its own: threads change nothing in it.
            slopes(everyColumn().parallel());
            everySlopeKnown = true;
        }
    }

    private IntStream everyColumn() {
        return IntStream.range(0, coefficients.length);
    }

    private double unit(Penalty penalty, int column) {
        return penalty.standardised() ? deviation[column] : 1;
    }

    private void slopes(IntStream some) {
        some.forEach(column -> {
            double sum = 0;
            for (int cell = columns.begin(column), end = columns.begin(column + 1); cell < end; cell++) {
                sum += columns.value(cell) * slope[columns.row(cell)];
            }
            columnSlope[column] = sum;
        });
    }

    private BitSet strong(Penalty penalty) {
        var strong = new BitSet(coefficients.length);
        double bar = penalty.alpha() * (2 * penalty.lambda() - Math.min(lastLambda, 1e300));
        for (int column = 0; column < coefficients.length; column++) {
            boolean says = deviation[column] > 0;
            if (says && (coefficients[column] != 0 || Math.abs(columnSlope[column]) >= bar * unit(penalty, column))) {
                strong.set(column);
            }
        }
        return strong;
    }

    /** Lets in who was ruled out and breaks the conditions; false when nobody does. */
    private boolean addBreaking(Penalty penalty, BitSet candidates) {
        int before = candidates.cardinality();
        for (int column = 0; column < coefficients.length; column++) {
            if (!candidates.get(column) && deviation[column] > 0 && excess(penalty, column) > RESIDUAL_GOAL) {
                candidates.set(column);
            }
        }
        return candidates.cardinality() > before;
    }

    /** How far a column's slope is from what the optimum allows, in the penalty's units. */
    private double excess(Penalty penalty, int column) {
        double unit = unit(penalty, column);
        double price = penalty.lambda() * penalty.alpha();
        double scaled = coefficients[column] * unit;
        double total = columnSlope[column] / unit + penalty.lambda() * (1 - penalty.alpha()) * scaled;
        return coefficients[column] == 0
                ? Math.max(0, Math.abs(total) - price)
                : Math.abs(total + price * Math.signum(scaled));
    }

    private double residual(Penalty penalty, IntStream some) {
        double ofIntercept = loss.hasIntercept() ? Math.abs(Arrays.stream(slope).sum()) : 0;
        return Math.max(
                ofIntercept,
                some.filter(column -> deviation[column] > 0)
                        .mapToDouble(column -> excess(penalty, column))
                        .max()
                        .orElse(0));
    }

    private double cost(Penalty penalty, double[] at) {
        double absolute = 0;
        double square = 0;
        for (int column = 0; column < at.length; column++) {
            if (at[column] != 0) {
                double scaled = at[column] * unit(penalty, column);
                absolute += Math.abs(scaled);
                square += scaled * scaled;
            }
        }
        // Nothing costs nothing, also at an endless price.
        return absolute == 0 ? 0 : penalty.lambda() * (penalty.alpha() * absolute + (1 - penalty.alpha()) / 2 * square);
    }

    /** Goes along the approximation's step as far as the objective falls; false when it does not any more. */
    private boolean improve(Approximation step, Penalty penalty) {
        double now = loss.value(predictor) + cost(penalty, coefficients);
        double share = 1;
        double[] next = new double[predictor.length];
        double[] nextCoefficients = new double[coefficients.length];
        for (int halving = 0; halving < HALVINGS_MAX; halving++) {
            for (int row = 0; row < next.length; row++) {
                next[row] = predictor[row] + share * (step.moved[row] + step.shift);
            }
            for (int column = 0; column < nextCoefficients.length; column++) {
                nextCoefficients[column] = share == 1
                        ? step.target[column]
                        : coefficients[column] + share * (step.target[column] - coefficients[column]);
            }
            double reached = loss.value(next) + cost(penalty, nextCoefficients);
            if (reached <= now + ROUNDING * Math.abs(now)) {
                System.arraycopy(next, 0, predictor, 0, next.length);
                System.arraycopy(nextCoefficients, 0, coefficients, 0, nextCoefficients.length);
                intercept += share * step.shift;
                return true;
            }
            share /= 2;
        }
        return false;
    }

    /** One quadratic approximation of the loss around the present point, minimised with the penalty over the candidates. */
    private final class Approximation {
        private final Penalty penalty;
        private final double[] target = coefficients.clone();
        private final double[] moved = new double[predictor.length];
        private double shift;

        /** Slope of the approximation by each row's predictor, without the shift's part. */
        private final double[] tilt = slope.clone();

        private final double allCurvature;
        private final int[] members;
        private final double[] meanCurvature;
        private final double[] ownCurvature;

        Approximation(Penalty penalty, BitSet candidates, double residual) {
            this.penalty = penalty;
            this.allCurvature = Arrays.stream(curvature).sum();
            this.members = candidates.stream().toArray();
            this.meanCurvature = new double[members.length];
            this.ownCurvature = new double[members.length];
            this.shift = -Arrays.stream(slope).sum() / allCurvature;
            for (int place = 0; place < members.length; place++) {
                curve(place);
            }
            minimise(Math.max(0.03 * residual, RESIDUAL_GOAL / 20));
        }

        private void curve(int place) {
            double first = 0;
            double second = 0;
            for (int cell = columns.begin(members[place]), end = columns.begin(members[place] + 1);
                    cell < end;
                    cell++) {
                double product = columns.value(cell) * curvature[columns.row(cell)];
                first += product;
                second += product * columns.value(cell);
            }
            meanCurvature[place] = first;
            ownCurvature[place] = Math.max(0, second - first * first / allCurvature);
        }

        /** All candidates once, then those in the model until they rest, until all rest. */
        private void minimise(double goal) {
            for (int cycle = 0; cycle < CYCLES_MAX; cycle++) {
                double largest = 0;
                for (int place = 0; place < members.length; place++) {
                    largest = Math.max(largest, move(place));
                }
                if (largest < goal) {
                    return;
                }
                while (largest >= goal && cycle++ < CYCLES_MAX) {
                    largest = 0;
                    for (int place = 0; place < members.length; place++) {
                        if (target[members[place]] != 0) {
                            largest = Math.max(largest, move(place));
                        }
                    }
                }
            }
        }

        /** Moves one column to its best place; answers by how much its slope changed, in the penalty's units. */
        private double move(int place) {
            int column = members[place];
            double own = ownCurvature[place];
            if (own == 0) {
                return 0;
            }
            double pull = shift * meanCurvature[place];
            int end = columns.begin(column + 1);
            for (int cell = columns.begin(column); cell < end; cell++) {
                pull += columns.value(cell) * tilt[columns.row(cell)];
            }
            double unit = unit(penalty, column);
            double price = penalty.lambda() * penalty.alpha() * unit;
            double wish = own * target[column] - pull;
            double next = Math.abs(wish) <= price
                    ? 0
                    : (wish - Math.signum(wish) * price)
                            / (own + penalty.lambda() * (1 - penalty.alpha()) * unit * unit);
            double step = next - target[column];
            if (step == 0) {
                return 0;
            }
            target[column] = next;
            for (int cell = columns.begin(column); cell < end; cell++) {
                int row = columns.row(cell);
                double change = step * columns.value(cell);
                moved[row] += change;
                tilt[row] += curvature[row] * change;
            }
            shift -= step * meanCurvature[place] / allCurvature;
            return Math.abs(step) * own / unit;
        }
    }
}
