package org.vauban.vocabulary;

import java.util.Arrays;

/** Pairs of concepts, found by the first: sorted once, then read by binary search. */
final class IntPairs {
    private static final int[] NONE = new int[0];

    private final int[] firsts;
    private final int[] offsets;
    private final int[] seconds;

    private IntPairs(int[] firsts, int[] offsets, int[] seconds) {
        this.firsts = firsts;
        this.offsets = offsets;
        this.seconds = seconds;
    }

    /** The seconds of all pairs with that first, ascending, each once. */
    int[] of(int first) {
        int found = Arrays.binarySearch(firsts, first);
        return found < 0 ? NONE : Arrays.copyOfRange(seconds, offsets[found], offsets[found + 1]);
    }

    int size() {
        return seconds.length;
    }

    static final class Builder {
        private long[] pairs = new long[64];
        private int size;

        void add(int first, int second) {
            if (size == pairs.length) {
                pairs = Arrays.copyOf(pairs, size + (size >> 1));
            }
            pairs[size++] = ((long) first << Integer.SIZE) | (second & 0xFFFF_FFFFL);
        }

        IntPairs build() {
            long[] sorted = Arrays.copyOf(pairs, size);
            Arrays.sort(sorted);
            int[] firsts = new int[size];
            int[] offsets = new int[size + 1];
            int[] seconds = new int[size];
            int distinctFirsts = 0;
            int distinctPairs = 0;
            for (int i = 0; i < size; i++) {
                if (i > 0 && sorted[i] == sorted[i - 1]) {
                    continue;
                }
                int first = (int) (sorted[i] >> Integer.SIZE);
                if (distinctFirsts == 0 || firsts[distinctFirsts - 1] != first) {
                    offsets[distinctFirsts] = distinctPairs;
                    firsts[distinctFirsts++] = first;
                }
                seconds[distinctPairs++] = (int) sorted[i];
            }
            offsets[distinctFirsts] = distinctPairs;
            return new IntPairs(
                    Arrays.copyOf(firsts, distinctFirsts),
                    Arrays.copyOf(offsets, distinctFirsts + 1),
                    Arrays.copyOf(seconds, distinctPairs));
        }
    }
}
