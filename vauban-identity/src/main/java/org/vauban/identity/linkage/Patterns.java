package org.vauban.identity.linkage;

import java.util.Arrays;

/** How often each combination of levels was seen. Millions of pairs show a few thousand combinations. */
final class Patterns {

    private final int width;
    private byte[][] patterns = new byte[1 << 10][];
    private long[] counts = new long[1 << 10];
    private int size;
    private int[] table = new int[1 << 12];

    Patterns(int width) {
        this.width = width;
        Arrays.fill(table, -1);
    }

    void add(byte[] levels) {
        int place = place(levels);
        if (table[place] >= 0) {
            counts[table[place]]++;
            return;
        }
        if (size == patterns.length) {
            patterns = Arrays.copyOf(patterns, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        patterns[size] = Arrays.copyOf(levels, width);
        counts[size] = 1;
        table[place] = size++;
        if (size * 2 > table.length) {
            grow();
        }
    }

    int size() {
        return size;
    }

    byte[] pattern(int number) {
        return patterns[number];
    }

    long count(int number) {
        return counts[number];
    }

    private int place(byte[] levels) {
        int place = mixed(Arrays.hashCode(levels)) & (table.length - 1);
        while (table[place] >= 0 && !Arrays.equals(patterns[table[place]], levels)) {
            place = (place + 1) & (table.length - 1);
        }
        return place;
    }

    private void grow() {
        table = new int[table.length * 2];
        Arrays.fill(table, -1);
        for (int number = 0; number < size; number++) {
            table[place(patterns[number])] = number;
        }
    }

    private static int mixed(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x7FEB352D;
        return mixed ^ (mixed >>> 15);
    }
}
