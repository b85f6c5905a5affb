package org.vauban.cohort.compiled;

import java.util.Arrays;

/** Days in a cohort or under a drug, joined where the gap is small; reused from person to person. */
final class Stays {
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    /** First day in the upper half, last day in the lower, shifted so that they sort as numbers. */
    private long[] stays = new long[8];

    private int[] starts = new int[8];
    private int[] ends = new int[8];
    private int added;
    private int size;

    void clear() {
        added = 0;
        size = 0;
    }

    void add(int start, int end) {
        if (added == stays.length) {
            stays = Arrays.copyOf(stays, added * 2);
        }
        stays[added++] = ((long) start << Integer.SIZE) | ((end ^ Integer.MIN_VALUE) & LOW_HALF);
    }

    /** Joins stays when the next begins no later than the pad after the latest end so far. */
    void join(int padDays) {
        Arrays.sort(stays, 0, added);
        if (starts.length < added) {
            starts = new int[stays.length];
            ends = new int[stays.length];
        }
        size = 0;
        int latest = 0;
        for (int i = 0; i < added; i++) {
            int start = (int) (stays[i] >> Integer.SIZE);
            int end = (int) stays[i] ^ Integer.MIN_VALUE;
            if (i > 0 && latest + padDays >= start) {
                ends[size - 1] = Math.max(ends[size - 1], end);
            } else {
                starts[size] = start;
                ends[size++] = end;
            }
            latest = i == 0 ? end : Math.max(latest, end);
        }
    }

    int size() {
        return size;
    }

    int start(int stay) {
        return starts[stay];
    }

    int end(int stay) {
        return ends[stay];
    }
}
