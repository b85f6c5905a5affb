package org.vauban.study.survival;

import java.util.stream.IntStream;

/**
 * The product-limit estimate of survival (Kaplan and Meier 1958) with Greenwood's variance.
 *
 * <p>A person whose time ends at {@code t} is at risk at {@code t}; at equal times events come before censorings.
 */
public final class KaplanMeier {
    private KaplanMeier() {}

    /**
     * Estimates one curve.
     *
     * @param times each person's time at risk, finite
     * @param events whether that time ended with the event
     */
    public static SurvivalCurve estimate(double[] times, boolean[] events) {
        if (times.length != events.length) {
            throw new IllegalArgumentException("Each time has one event flag");
        }
        for (double time : times) {
            if (!Double.isFinite(time)) {
                throw new IllegalArgumentException("A time at risk is a finite number");
            }
        }
        int[] order = IntStream.range(0, times.length)
                .boxed()
                .sorted((left, right) -> Double.compare(times[left], times[right]))
                .mapToInt(Integer::intValue)
                .toArray();
        int distinct = 0;
        for (int index = 0; index < order.length; index++) {
            if (index == 0 || times[order[index]] != times[order[index - 1]]) {
                distinct++;
            }
        }
        double[] time = new double[distinct];
        int[] atRisk = new int[distinct];
        int[] eventsAt = new int[distinct];
        int[] censoredAt = new int[distinct];
        int row = -1;
        for (int index = 0; index < order.length; index++) {
            int person = order[index];
            if (index == 0 || times[person] != time[row]) {
                row++;
                time[row] = times[person];
                atRisk[row] = order.length - index;
            }
            if (events[person]) {
                eventsAt[row]++;
            } else {
                censoredAt[row]++;
            }
        }
        return SurvivalCurve.of(times.length, time, atRisk, eventsAt, censoredAt);
    }

    /** The same for whole days. */
    public static SurvivalCurve estimate(int[] days, boolean[] events) {
        return estimate(IntStream.of(days).asDoubleStream().toArray(), events);
    }

    /**
     * The curve of a population in which each person stands for as many as the weight says (Cole and Hernán 2004). Standard errors are
     * robust: the infinitesimal jackknife over persons, which treats the weights as known.
     *
     * @param weights above 0; empty for one each
     */
    public static SurvivalCurve estimate(int[] days, boolean[] events, double[] weights) {
        SurvivalCurve counts = estimate(days, events);
        return weights.length == 0 ? counts : WeightedCurve.of(counts, days, events, weights);
    }
}
