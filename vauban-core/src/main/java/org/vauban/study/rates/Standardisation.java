package org.vauban.study.rates;

import org.apache.commons.statistics.distribution.GammaDistribution;

/** Rates of groups of different ages told as one number. Arrays have one value for each stratum. */
public final class Standardisation {
    private Standardisation() {}

    /**
     * A standardised rate.
     *
     * @param crude all events over all time
     * @param adjusted the rate with the strata as in the standard
     * @param interval Fay and Feuer's gamma interval
     */
    public record Direct(double crude, double adjusted, Interval interval) {}

    /** Direct standardisation: the strata's rates averaged as the standard population is made (Fay and Feuer 1997). */
    public static Direct direct(double[] events, double[] time, double[] standard, double level) {
        sized(events, time, standard);
        double all = sum(standard);
        double adjusted = 0;
        double variance = 0;
        double largest = 0;
        for (int stratum = 0; stratum < events.length; stratum++) {
            double weight = standard[stratum] / all / time[stratum];
            adjusted += weight * events[stratum];
            variance += weight * weight * events[stratum];
            largest = Math.max(largest, weight);
        }
        double tail = (1 - level) / 2;
        double lower = adjusted == 0
                ? 0
                : GammaDistribution.of(adjusted * adjusted / variance, variance / adjusted)
                        .inverseCumulativeProbability(tail);
        double above = adjusted + largest;
        double aboveVariance = variance + largest * largest;
        double upper = GammaDistribution.of(above * above / aboveVariance, aboveVariance / above)
                .inverseSurvivalProbability(tail);
        return new Direct(sum(events) / sum(time), adjusted, new Interval(lower, upper));
    }

    /**
     * A standardised ratio.
     *
     * @param observed events seen
     * @param expected events at the standard's rates
     * @param crude all events over all time
     * @param standardCrude the same in the standard
     * @param level of the intervals
     */
    public record Indirect(double observed, double expected, double crude, double standardCrude, double level) {
        /** The standardised mortality or incidence ratio. */
        public double ratio() {
            return observed / expected;
        }

        /** The ratio times the standard's crude rate: an indirectly standardised rate. */
        public double adjusted() {
            return ratio() * standardCrude;
        }

        /** Symmetric on the logarithmic scale, as {@code epitools::ageadjust.indirect} has it. */
        public Interval interval() {
            return Interval.ofRatio(ratio(), 1 / Math.sqrt(observed), level);
        }

        /** Garwood's exact limits of the events seen over those expected. */
        public Interval exactInterval() {
            return Rates.garwood(observed, level).over(expected);
        }
    }

    /** Indirect standardisation: the events against those that the standard's rates let expect. */
    public static Indirect indirect(
            double[] events, double[] time, double[] standardEvents, double[] standardTime, double level) {
        sized(events, time, standardEvents);
        sized(events, time, standardTime);
        double expected = 0;
        for (int stratum = 0; stratum < events.length; stratum++) {
            expected += time[stratum] * standardEvents[stratum] / standardTime[stratum];
        }
        return new Indirect(
                sum(events), expected, sum(events) / sum(time), sum(standardEvents) / sum(standardTime), level);
    }

    private static void sized(double[] one, double[] two, double[] three) {
        if (one.length != two.length || one.length != three.length || one.length == 0) {
            throw new IllegalArgumentException("Each stratum has one value of each kind");
        }
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
