package org.vauban.study.spline;

import org.vauban.study.matrix.PositiveMatrix;

/**
 * A cubic spline that ends as it begins, with knots at equal distances around its period (Wood, Generalized Additive Models, 2017,
 * 5.3.2). A column is the height at one knot; at the first the height is nought, so that the columns hold no constant.
 */
public final class CyclicCubicSpline {
    public static final int KNOTS_LEAST = 3;

    private final double period;
    private final int knots;
    /** By knot of height one: the second derivative at each knot. */
    private final double[][] bends;

    private CyclicCubicSpline(double period, int knots, double[][] bends) {
        this.period = period;
        this.knots = knots;
        this.bends = bends;
    }

    /**
     * A spline around a period that begins at nought.
     *
     * @param period its length
     * @param knots how many, the first at nought
     */
    public static CyclicCubicSpline around(double period, int knots) {
        if (knots < KNOTS_LEAST || !(period > 0)) {
            throw new IllegalArgumentException("A closed spline has at least three knots around a period");
        }
        double step = period / knots;
        double[][] smooth = new double[knots][knots];
        for (int knot = 0; knot < knots; knot++) {
            smooth[knot][knot] += 2 * step / 3;
            smooth[knot][(knot + 1) % knots] += step / 6;
            smooth[knot][(knot + knots - 1) % knots] += step / 6;
        }
        PositiveMatrix matrix = PositiveMatrix.certain(smooth);
        double[][] bends = new double[knots][];
        for (int high = 0; high < knots; high++) {
            double[] slopes = new double[knots];
            slopes[high] -= 2 / step;
            slopes[(high + 1) % knots] += 1 / step;
            slopes[(high + knots - 1) % knots] += 1 / step;
            bends[high] = matrix.solve(slopes);
        }
        return new CyclicCubicSpline(period, knots, bends);
    }

    /** How many columns a value has. */
    public int columns() {
        return knots - 1;
    }

    /** The columns of a value, wherever around the period it lies. */
    public double[] of(double value) {
        double step = period / knots;
        double around = value - period * Math.floor(value / period);
        int left = Math.min(knots - 1, (int) (around / step));
        int right = (left + 1) % knots;
        double before = around - left * step;
        double after = step - before;
        double[] columns = new double[columns()];
        for (int column = 0; column < columns.length; column++) {
            int high = column + 1;
            double height = (high == left ? after : 0) / step + (high == right ? before : 0) / step;
            columns[column] = height
                    + bends[high][left] * (after * after * after / step - step * after) / 6
                    + bends[high][right] * (before * before * before / step - step * before) / 6;
        }
        return columns;
    }

    @Override
    public String toString() {
        return "CyclicCubicSpline[" + knots + " knots]";
    }
}
