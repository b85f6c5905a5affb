package org.vauban.study.rates;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The common odds ratio of one or several tables, given their margins (Fisher 1935; over strata Gart 1970): the exposed cases of all
 * tables together follow a sum of hypergeometric distributions, tilted by the odds ratio.
 */
public final class ConditionalOdds {
    /** Probabilities this close are the same: an outcome as likely as the one seen is not lost to rounding. */
    private static final double SAME = 1 + 1e-7;

    private final int seen;
    private final int fewest;
    /** Logarithms of the probabilities at an odds ratio of 1. */
    private final double[] logProbability;

    private ConditionalOdds(int seen, int fewest, double[] logProbability) {
        this.seen = seen;
        this.fewest = fewest;
        this.logProbability = logProbability;
    }

    /** From the strata's tables. */
    public static ConditionalOdds of(List<TwoByTwo> tables) {
        double[] sum = {1};
        int fewest = 0;
        int seen = 0;
        for (TwoByTwo table : tables) {
            int low = Math.max(0, table.cases() - table.unexposed());
            sum = convolved(sum, hypergeometric(table, low));
            fewest += low;
            seen += table.exposedCases();
        }
        double[] logarithms = new double[sum.length];
        for (int index = 0; index < sum.length; index++) {
            logarithms[index] = Math.log(sum[index]);
        }
        return new ConditionalOdds(seen, fewest, logarithms);
    }

    /** The odds ratio that makes what was seen most likely; 0 or infinite when it is the least or the most possible. */
    public double estimate() {
        if (seen == fewest) {
            return logProbability.length == 1 ? Double.NaN : 0;
        }
        if (seen == most()) {
            return Double.POSITIVE_INFINITY;
        }
        return Bisection.positiveRoot(ratio -> mean(ratio) - seen);
    }

    /** The odds ratios at which neither tail is below half of what the level leaves. */
    public Interval interval(double level) {
        double tail = (1 - level) / 2;
        DoubleUnaryOperator above = ratio -> upperTail(ratio) - tail;
        DoubleUnaryOperator below = ratio -> lowerTail(ratio) - tail;
        return new Interval(
                seen == fewest ? 0 : Bisection.positiveRoot(above),
                seen == most() ? Double.POSITIVE_INFINITY : Bisection.positiveRoot(below));
    }

    /** The probability, without an association, of an outcome at most as likely as the one seen. */
    public double p() {
        double[] probability = tilted(1);
        double limit = probability[seen - fewest] * SAME;
        double sum = 0;
        for (double each : probability) {
            sum += each <= limit ? each : 0;
        }
        return Math.min(1, sum);
    }

    private int most() {
        return fewest + logProbability.length - 1;
    }

    private double mean(double ratio) {
        double[] probability = tilted(ratio);
        double sum = 0;
        for (int index = 0; index < probability.length; index++) {
            sum += (fewest + index) * probability[index];
        }
        return sum;
    }

    private double upperTail(double ratio) {
        double[] probability = tilted(ratio);
        double sum = 0;
        for (int index = probability.length - 1; index >= seen - fewest; index--) {
            sum += probability[index];
        }
        return sum;
    }

    private double lowerTail(double ratio) {
        double[] probability = tilted(ratio);
        double sum = 0;
        for (int index = 0; index <= seen - fewest; index++) {
            sum += probability[index];
        }
        return sum;
    }

    private double[] tilted(double ratio) {
        double[] tilted = new double[logProbability.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int index = 0; index < tilted.length; index++) {
            tilted[index] = logProbability[index] + index * Math.log(ratio);
            largest = Math.max(largest, tilted[index]);
        }
        double sum = 0;
        for (int index = 0; index < tilted.length; index++) {
            tilted[index] = Math.exp(tilted[index] - largest);
            sum += tilted[index];
        }
        for (int index = 0; index < tilted.length; index++) {
            tilted[index] /= sum;
        }
        return tilted;
    }

    /** Probabilities of the exposed cases of one table, from the fewest on. */
    private static double[] hypergeometric(TwoByTwo table, int low) {
        int high = Math.min(table.exposed(), table.cases());
        double[] logarithms = new double[high - low + 1];
        double largest = 0;
        for (int index = 1; index < logarithms.length; index++) {
            double exposedCases = low + index;
            logarithms[index] = logarithms[index - 1]
                    + Math.log((table.exposed() - exposedCases + 1) * (table.cases() - exposedCases + 1))
                    - Math.log(exposedCases * (table.unexposed() - table.cases() + exposedCases));
            largest = Math.max(largest, logarithms[index]);
        }
        double sum = 0;
        double[] probability = new double[logarithms.length];
        for (int index = 0; index < probability.length; index++) {
            probability[index] = Math.exp(logarithms[index] - largest);
            sum += probability[index];
        }
        for (int index = 0; index < probability.length; index++) {
            probability[index] /= sum;
        }
        return probability;
    }

    private static double[] convolved(double[] left, double[] right) {
        double[] sum = new double[left.length + right.length - 1];
        for (int one = 0; one < left.length; one++) {
            for (int two = 0; two < right.length; two++) {
                sum[one + two] += left[one] * right[two];
            }
        }
        return sum;
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "ConditionalOdds[" + logProbability.length + " outcomes]";
    }
}
