package org.vauban.cohort.compiled;

import java.util.HashMap;
import java.util.Map;

/** How often each combination of rules was met. Few rules have few combinations, and those have a place of their own. */
final class MaskCounts {
    private static final int FEW_RULES = 10;

    private final long[] few;
    private final Map<Long, Long> many = new HashMap<>();

    MaskCounts(int rules) {
        this.few = new long[rules <= FEW_RULES ? 1 << rules : 0];
    }

    void count(long mask) {
        if (few.length > 0) {
            few[(int) mask]++;
        } else {
            many.merge(mask, 1L, Long::sum);
        }
    }

    void addAll(MaskCounts other) {
        other.many.forEach((mask, times) -> many.merge(mask, times, Long::sum));
        for (int mask = 0; mask < few.length; mask++) {
            few[mask] += other.few[mask];
        }
    }

    /** The combinations that were met at all. */
    Map<Long, Long> counts() {
        Map<Long, Long> counts = new HashMap<>(many);
        for (int mask = 0; mask < few.length; mask++) {
            if (few[mask] > 0) {
                counts.put((long) mask, few[mask]);
            }
        }
        return counts;
    }
}
