package org.vauban.pseudonym;

import java.util.Arrays;
import java.util.OptionalLong;

/** Numbers by numbers that are not negative and spread evenly, sixteen to thirty-two bytes each: there is one for every record. */
final class LongTable {
    private static final long FREE = -1;
    private static final int LEAST = 1 << 8;

    private long[] keys = free(LEAST);
    private long[] values = new long[LEAST];
    private int size;

    /** Puts a value, in the place of an earlier one. */
    void put(long key, long value) {
        int place = place(key);
        if (keys[place] == FREE) {
            keys[place] = key;
            size++;
        }
        values[place] = value;
        if (size > keys.length / 2) {
            grow();
        }
    }

    /** Puts a value if there is none; what is there afterwards. */
    long putIfAbsent(long key, long value) {
        int place = place(key);
        if (keys[place] == key) {
            return values[place];
        }
        put(key, value);
        return value;
    }

    OptionalLong get(long key) {
        int place = place(key);
        return keys[place] == FREE ? OptionalLong.empty() : OptionalLong.of(values[place]);
    }

    int size() {
        return size;
    }

    /** Where the key is, or would be. */
    private int place(long key) {
        if (key < 0) {
            throw new IllegalArgumentException("A key is not negative");
        }
        int place = (int) (key ^ key >>> 32) & (keys.length - 1);
        while (keys[place] != FREE && keys[place] != key) {
            place = place + 1 & (keys.length - 1);
        }
        return place;
    }

    private void grow() {
        long[] olderKeys = keys;
        long[] olderValues = values;
        keys = free(olderKeys.length * 2);
        values = new long[keys.length];
        for (int older = 0; older < olderKeys.length; older++) {
            if (olderKeys[older] != FREE) {
                int place = place(olderKeys[older]);
                keys[place] = olderKeys[older];
                values[place] = olderValues[older];
            }
        }
    }

    private static long[] free(int length) {
        long[] keys = new long[length];
        Arrays.fill(keys, FREE);
        return keys;
    }
}
