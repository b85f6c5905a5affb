package org.vauban.study.survival;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The product-limit estimate of survival (Kaplan and Meier 1958) with Greenwood's variance.
 *
 * <p>A row is at risk at {@code t} when {@code start < t <= stop}; at equal times events come before censorings.
 */
public final class KaplanMeier {
    private KaplanMeier() {}

    /**
     * Rows for one curve.
     *
     * @param stop when each row's time at risk ends, finite
     * @param event whether it ends with the event
     * @param start when it begins; null for the beginning of time
     * @param weight how many the row stands for, above 0; null for one each
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Times(double[] stop, boolean[] event, double @Nullable [] start, double @Nullable [] weight) {
        public Times {
            if (stop.length != event.length
                    || (start != null && start.length != stop.length)
                    || (weight != null && weight.length != stop.length)) {
                throw new IllegalArgumentException("Each time has one event flag, one entry and one weight");
            }
            for (int row = 0; row < stop.length; row++) {
                if (!Double.isFinite(stop[row])) {
                    throw new IllegalArgumentException("A time at risk is a finite number");
                }
                if (start != null && !(start[row] < stop[row])) {
                    throw new IllegalArgumentException("A row enters before it leaves");
                }
                if (weight != null && !(weight[row] > 0)) {
                    throw new IllegalArgumentException("A weight is positive; leave the row out instead");
                }
            }
        }

        public static Times of(double[] stop, boolean[] event) {
            return new Times(stop, event, null, null);
        }

        /** Rows that enter late, or all at the beginning when there is no start. */
        public static Times of(double[] stop, boolean[] event, double @Nullable [] start) {
            return new Times(stop, event, start, null);
        }

        /** The same rows, each standing for so many. */
        public Times weighted(double[] weights) {
            return new Times(stop, event, start, weights);
        }

        double weight(int row) {
            return weight == null ? 1 : weight[row];
        }

        double start(int row) {
            return start == null ? Double.NEGATIVE_INFINITY : start[row];
        }
    }

    /** Estimates one curve. Weights are frequencies: a row of weight 2 is two rows alike, also in the standard errors. */
    public static SurvivalCurve estimate(Times times) {
        return SurvivalCurve.of(times);
    }

    /** The same for everybody from the beginning. */
    public static SurvivalCurve estimate(double[] times, boolean[] events) {
        return estimate(Times.of(times, events));
    }

    /** The same for whole days. */
    public static SurvivalCurve estimate(int[] days, boolean[] events) {
        return estimate(IntStream.of(days).asDoubleStream().toArray(), events);
    }

    /**
     * The curve of a population in which each row stands for as many as the weight says (Cole and Hernán 2004). Standard errors are
     * robust: the infinitesimal jackknife over rows, which treats the weights as known. R does so when a weight is not whole.
     */
    public static SurvivalCurve robust(Times times) {
        return WeightedCurve.of(estimate(times), times);
    }

    /**
     * The robust curve for whole days.
     *
     * @param weights above 0; empty for one each, with Greenwood's error
     */
    public static SurvivalCurve estimate(int[] days, boolean[] events, double[] weights) {
        double[] times = Arrays.stream(days).asDoubleStream().toArray();
        return weights.length == 0
                ? estimate(times, events)
                : robust(Times.of(times, events).weighted(weights));
    }

    /**
     * The mean time without event up to a horizon.
     *
     * @param weights above 0; empty for one each, with Greenwood's error
     */
    public static SurvivalCurve.RestrictedMean restrictedMean(
            int[] days, boolean[] events, double[] weights, double horizon) {
        return weights.length == 0
                ? estimate(days, events).restrictedMean(horizon)
                : WeightedMean.of(days, events, weights, horizon);
    }
}
