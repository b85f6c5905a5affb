package org.vauban.study.selfcontrolled;

import java.util.List;

/**
 * Whether events come when the model expects them: observed against expected, stretch of the calendar by stretch. What is left once the
 * chance of a Poisson count is taken out is how far rates move in a way that the model does not know.
 */
public final class TimeTrend {
    private TimeTrend() {}

    /**
     * One stretch of the calendar.
     *
     * @param interval its number; numbers ascend with time
     * @param observed events
     * @param expected events under the model
     */
    public record Interval(int interval, double observed, double expected) {
        @Override
        public String toString() {
            return "Interval[" + interval + "]";
        }
    }

    /**
     * How far observed and expected lie apart, beyond chance.
     *
     * @param factor by which a rate is typically off: the exponential of the deviation of its logarithm; 1 = nothing beyond chance
     * @param standardErrors how many standard errors the sum of squares lies above what chance alone would give
     */
    public record Deviation(double factor, double standardErrors) {
        @Override
        public String toString() {
            return "Deviation";
        }
    }

    /**
     * Moments: an observed count varies by what is expected, and by the square of it times the variance of the rates. Intervals in which
     * nothing is expected say nothing.
     */
    public static Deviation of(List<Interval> intervals) {
        double beyond = 0;
        double squares = 0;
        double variance = 0;
        for (Interval each : intervals) {
            double difference = each.observed() - each.expected();
            beyond += difference * difference - each.expected();
            squares += each.expected() * each.expected();
            // The variance of a squared Poisson count around its mean.
            variance += each.expected() + 2 * each.expected() * each.expected();
        }
        if (squares == 0) {
            return new Deviation(1, 0);
        }
        return new Deviation(Math.exp(Math.sqrt(Math.max(0, beyond / squares))), beyond / Math.sqrt(variance));
    }
}
