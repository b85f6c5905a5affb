package org.vauban.study.survival;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Orders of rows, without an object for each. */
final class Orders {
    private static final int INDEX_BITS = 32;

    private Orders() {}

    /** Rows by rising stratum, where there are strata, then by falling time, then as they came. */
    static int[] byStratumAndFallingTime(int @Nullable [] stratum, double[] time) {
        double[] times = time.clone();
        Arrays.parallelSort(times);
        long[] keys = new long[time.length];
        Arrays.parallelSetAll(keys, row -> key(-1 - placeOf(time[row], times), row));
        int[] order = sorted(keys);
        if (stratum == null) {
            return order;
        }
        Arrays.parallelSetAll(keys, place -> key(stratum[order[place]], place));
        int[] places = sorted(keys);
        for (int place = 0; place < places.length; place++) {
            places[place] = order[places[place]];
        }
        return places;
    }

    /** The first place that a value has among sorted ones: the same for equal values. */
    private static int placeOf(double value, double[] sorted) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Double.compare(sorted[middle], value) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long key(int first, int then) {
        return ((long) first << INDEX_BITS) | then;
    }

    private static int[] sorted(long[] keys) {
        long[] ordered = keys.clone();
        Arrays.parallelSort(ordered);
        int[] places = new int[keys.length];
        Arrays.setAll(places, place -> (int) ordered[place]);
        return places;
    }
}
