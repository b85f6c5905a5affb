package org.vauban.identity.linkage;

import java.util.Arrays;

/** Pairs that may well be one person, with their odds. */
final class Edges {

    private int[] ones = new int[1 << 12];
    private int[] others = new int[1 << 12];
    private float[] logOdds = new float[1 << 12];
    private int size;

    void add(int one, int other, double odds) {
        if (size == ones.length) {
            ones = Arrays.copyOf(ones, size * 2);
            others = Arrays.copyOf(others, size * 2);
            logOdds = Arrays.copyOf(logOdds, size * 2);
        }
        ones[size] = one;
        others[size] = other;
        logOdds[size++] = (float) odds;
    }

    int size() {
        return size;
    }

    int one(int edge) {
        return ones[edge];
    }

    int other(int edge) {
        return others[edge];
    }

    double logOdds(int edge) {
        return logOdds[edge];
    }
}
