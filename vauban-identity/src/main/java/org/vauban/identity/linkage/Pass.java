package org.vauban.identity.linkage;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * One blocking pass: which records share a key. Each record has at most {@link #KEYS_PER_RECORD} keys.
 *
 * <p>Held as one sorted array of longs: the key's hash in the upper 40 bits, the record in the lower 24. Two keys with one
 * hash only propose a pair too many.
 */
final class Pass {

    static final int KEYS_PER_RECORD = 2;

    private static final int RECORD_BITS = 24;
    private static final long RECORD_MASK = (1L << RECORD_BITS) - 1;

    /** The most records of a table. */
    static final int RECORDS_MAX = 1 << RECORD_BITS;

    private final long[] keys;
    private final long[] sorted;

    private Pass(long[] keys, long[] sorted) {
        this.keys = keys;
        this.sorted = sorted;
    }

    /** Gives a record's keys; an empty text is none. */
    interface Key {
        String of(int record, int number);
    }

    static Pass by(int records, Key key) {
        long[] keys = new long[records * KEYS_PER_RECORD];
        long[] sorted = new long[keys.length];
        int count = 0;
        for (int record = 0; record < records; record++) {
            for (int number = 0; number < KEYS_PER_RECORD; number++) {
                String text = key.of(record, number);
                if (!text.isEmpty()) {
                    long hash = hash(text) & ~RECORD_MASK;
                    keys[record * KEYS_PER_RECORD + number] = hash;
                    sorted[count++] = hash | record;
                }
            }
        }
        long[] exact = Arrays.copyOf(sorted, count);
        Arrays.sort(exact);
        return new Pass(keys, exact);
    }

    /** A record's key; 0 for none. */
    long key(int record, int number) {
        return keys[record * KEYS_PER_RECORD + number];
    }

    /** The same blocks with some of the records only. */
    Pass only(IntPredicate records) {
        return new Pass(
                keys,
                Arrays.stream(sorted).filter(each -> records.test(record(each))).toArray());
    }

    /** Where the block of a key begins. */
    int begin(long key) {
        return firstFrom(key);
    }

    /** Where it ends: the place after its last record. */
    int end(long key) {
        long last = key | RECORD_MASK;
        return last == Long.MAX_VALUE ? sorted.length : firstFrom(last + 1);
    }

    private int firstFrom(long least) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int recordAt(int at) {
        return record(sorted[at]);
    }

    private static int record(long keyed) {
        return (int) (keyed & RECORD_MASK);
    }

    // FNV-1a, then mixed: the upper bits are the ones that are kept.
    private static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
        return hash == 0 ? RECORD_MASK + 1 : hash;
    }
}
