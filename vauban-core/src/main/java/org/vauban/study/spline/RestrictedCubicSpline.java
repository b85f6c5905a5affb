package org.vauban.study.spline;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * A cubic spline that is a line beyond its outer knots, in Harrell's basis: the value itself, then one column for each inner knot, all
 * in the value's own unit (Harrell, Regression Modeling Strategies, 2015, 2.4.5).
 */
public final class RestrictedCubicSpline {
    /** Where knots lie, in shares of the values, for three to seven knots (Harrell, table 2.3). */
    private static final double[][] QUANTILES = {
        {0.1, 0.5, 0.9},
        {0.05, 0.35, 0.65, 0.95},
        {0.05, 0.275, 0.5, 0.725, 0.95},
        {0.05, 0.23, 0.41, 0.59, 0.77, 0.95},
        {0.025, 0.1833, 0.3417, 0.5, 0.6583, 0.8167, 0.975}
    };

    /** With fewer knots than this there is nothing to bend. */
    public static final int KNOTS_LEAST = 3;

    public static final int KNOTS_MOST = 7;

    private final double[] knots;

    private RestrictedCubicSpline(double[] knots) {
        this.knots = knots;
    }

    /**
     * A spline through these knots; of fewer than three it is a line.
     *
     * @param knots ascending
     */
    public static RestrictedCubicSpline at(double... knots) {
        for (int knot = 1; knot < knots.length; knot++) {
            if (!(knots[knot] > knots[knot - 1])) {
                throw new IllegalArgumentException("Knots ascend");
            }
        }
        return new RestrictedCubicSpline(knots.length < KNOTS_LEAST ? new double[0] : knots.clone());
    }

    /**
     * A spline with knots where Harrell puts them among these values. Values that crowd on one number make some of them fall together;
     * then there are fewer, and of fewer than three the spline is a line.
     */
    public static RestrictedCubicSpline among(double[] values, int knots) {
        if (knots < KNOTS_LEAST || knots > KNOTS_MOST) {
            throw new IllegalArgumentException("A spline has three to seven knots");
        }
        if (values.length == 0) {
            return at();
        }
        double[] sorted = DoubleStream.of(values).sorted().toArray();
        return at(DoubleStream.of(QUANTILES[knots - KNOTS_LEAST])
                .map(share -> quantile(sorted, share))
                .distinct()
                .toArray());
    }

    /** As R's default: a line between the two values beside the place. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** How many columns a value has. */
    public int columns() {
        return Math.max(1, knots.length - 1);
    }

    /** The knots; none when the spline is a line. */
    public double[] knots() {
        return knots.clone();
    }

    /** The columns of a value. */
    public double[] of(double value) {
        double[] columns = new double[columns()];
        columns[0] = value;
        int last = knots.length - 1;
        for (int inner = 0; inner < columns.length - 1; inner++) {
            double gap = knots[last] - knots[last - 1];
            double width = knots[last] - knots[0];
            columns[inner + 1] = (cube(value - knots[inner])
                            - cube(value - knots[last - 1]) * (knots[last] - knots[inner]) / gap
                            + cube(value - knots[last]) * (knots[last - 1] - knots[inner]) / gap)
                    / (width * width);
        }
        return columns;
    }

    private static double cube(double value) {
        return value <= 0 ? 0 : value * value * value;
    }

    @Override
    public String toString() {
        return "RestrictedCubicSpline" + Arrays.toString(knots);
    }
}
