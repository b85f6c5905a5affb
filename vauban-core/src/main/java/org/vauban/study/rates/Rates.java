package org.vauban.study.rates;

import org.apache.commons.statistics.distribution.GammaDistribution;

/** The rate of events in a time at risk. Events are counted; time is in the caller's unit, and the rate is per that unit. */
public final class Rates {
    private Rates() {}

    /** Garwood 1936: the exact interval of a Poisson count, in the form with the gamma distribution. */
    public static Interval exact(double events, double time, double level) {
        return garwood(events, level).over(time);
    }

    /** The exact limits of a Poisson mean. */
    static Interval garwood(double events, double level) {
        double tail = (1 - level) / 2;
        double lower = events == 0 ? 0 : GammaDistribution.of(events, 1).inverseCumulativeProbability(tail);
        return new Interval(lower, GammaDistribution.of(events + 1, 1).inverseSurvivalProbability(tail));
    }

    /**
     * Byar's approximation (Rothman and Boice 1979), on the count and a half as {@code epitools::pois.byar} has it. With no event its
     * lower limit lies below zero, as printed there.
     */
    public static Interval byar(double events, double time, double level) {
        double count = events + 0.5;
        double centre = 1 - 1 / (9 * count);
        double half = Interval.quantile(level) / 3 * Math.sqrt(1 / count);
        return new Interval(count * cube(centre - half), count * cube(centre + half)).over(time);
    }

    /** Symmetric around the rate; poor with few events. */
    public static Interval normal(double events, double time, double level) {
        return Interval.around(events, Math.sqrt(events), level).over(time);
    }

    private static double cube(double value) {
        return value * value * value;
    }
}
