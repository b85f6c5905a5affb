package org.vauban.study.rates;

import java.util.function.DoubleUnaryOperator;

/** The place where a rising or falling function crosses zero, to the last digit. */
final class Bisection {
    private static final int HALVINGS_MAX = 2_000;

    private Bisection() {}

    /** Halves until the two ends are neighbours. */
    static double root(DoubleUnaryOperator function, double from, double to) {
        double low = from;
        double high = to;
        boolean rising = function.applyAsDouble(low) < function.applyAsDouble(high);
        for (int halving = 0; halving < HALVINGS_MAX; halving++) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                return middle;
            }
            if (function.applyAsDouble(middle) < 0 == rising) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The same for a function of a positive number, searched on the logarithmic scale. */
    static double positiveRoot(DoubleUnaryOperator function) {
        return Math.exp(root(logarithm -> function.applyAsDouble(Math.exp(logarithm)), -60, 60));
    }
}
