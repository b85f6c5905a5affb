package org.vauban.study.rates;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The rate among the exposed against the rate among the others.
 *
 * <p>Given how many events there were in all, those of the exposed are binomial, with a probability that the ratio of the rates and
 * the times at risk fix: the exact and the mid-P answers are those of that binomial.
 *
 * @param exposedEvents events among the exposed
 * @param exposedTime their time at risk, above 0
 * @param otherEvents events among the others
 * @param otherTime their time at risk, above 0
 */
public record RateComparison(int exposedEvents, double exposedTime, int otherEvents, double otherTime) {
    public RateComparison {
        if (exposedEvents < 0 || otherEvents < 0 || !(exposedTime > 0) || !(otherTime > 0)) {
            throw new IllegalArgumentException("Counts are not negative and times at risk are positive");
        }
    }

    public double ratio() {
        return (exposedEvents / exposedTime) / (otherEvents / otherTime);
    }

    /** Wald's interval of the ratio, symmetric on the logarithmic scale. */
    public Interval waldInterval(double level) {
        return Interval.ofRatio(ratio(), Math.sqrt(1.0 / exposedEvents + 1.0 / otherEvents), level);
    }

    /** Wald's test of a ratio of 1, on the logarithmic scale. */
    public double waldP() {
        double z = Math.log(ratio()) / Math.sqrt(1.0 / exposedEvents + 1.0 / otherEvents);
        return 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z));
    }

    /** The normal test: squared excess of the exposed's events over its variance, both given the total. */
    public double scoreP() {
        double share = exposedTime / (exposedTime + otherTime);
        double all = (double) exposedEvents + otherEvents;
        double z = (exposedEvents - all * share) / Math.sqrt(all * share * (1 - share));
        return 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z));
    }

    /** Clopper and Pearson's interval of the binomial, told as a ratio of rates. */
    public Interval exactInterval(double level) {
        Interval share = Proportions.exact(exposedEvents, exposedEvents + otherEvents, level);
        return new Interval(ratioOf(share.lower()), ratioOf(share.upper()));
    }

    /** The probability of a split at most as likely as the one seen, if the rates were the same. */
    public double exactP() {
        return Proportions.exactP(exposedEvents, exposedEvents + otherEvents, exposedTime / (exposedTime + otherTime));
    }

    /** The ratio at which as much mid-P lies above as below: the median-unbiased estimate. */
    public double midEstimate() {
        return midLimit(0.5);
    }

    /** The ratios at which a mid-P tail is half of what the level leaves. */
    public Interval midInterval(double level) {
        double tail = (1 - level) / 2;
        return new Interval(
                exposedEvents == 0 ? 0 : midLimit(tail),
                otherEvents == 0 ? Double.POSITIVE_INFINITY : midLimit(1 - tail));
    }

    /** Twice the smaller mid-P tail, if the rates were the same. */
    public double midP() {
        double upper = midUpperTail(exposedTime / (exposedTime + otherTime));
        return 2 * Math.min(upper, 1 - upper);
    }

    public double difference() {
        return exposedEvents / exposedTime - otherEvents / otherTime;
    }

    /** Wald's interval of the difference of the rates. */
    public Interval differenceInterval(double level) {
        double variance = exposedEvents / (exposedTime * exposedTime) + otherEvents / (otherTime * otherTime);
        return Interval.around(difference(), Math.sqrt(variance), level);
    }

    private double ratioOf(double share) {
        return share >= 1 ? Double.POSITIVE_INFINITY : share / (1 - share) * otherTime / exposedTime;
    }

    /** The ratio at which the upper mid-P tail of what was seen is a given number; the tail rises with the share. */
    private double midLimit(double tail) {
        DoubleUnaryOperator excess = share -> midUpperTail(share) - tail;
        return ratioOf(Bisection.root(excess, 0, 1));
    }

    private double midUpperTail(double share) {
        var binomial = BinomialDistribution.of(exposedEvents + otherEvents, share);
        return binomial.survivalProbability(exposedEvents) + 0.5 * binomial.probability(exposedEvents);
    }
}
