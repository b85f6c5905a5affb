package org.vauban.identity.linkage;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * One blocking pass: which records share a key. Each record has at most {@link #KEYS_PER_RECORD} keys.
 *
 * <p>Keys are told apart by 40 bits of their hash: two keys with one hash only propose a pair too many. Records with one key are a block;
 * blocks have numbers, so that a record finds its neighbours without a search.
 */
final class Pass {

    static final int KEYS_PER_RECORD = 2;

    /** The block of a record that has no such key. */
    static final int NONE = -1;

    private static final int RECORD_BITS = 24;
    private static final long RECORD_MASK = (1L << RECORD_BITS) - 1;

    /** The most records of a table. */
    static final int RECORDS_MAX = 1 << RECORD_BITS;

    private final int[] blockOf;
    private final Blocks everybody;

    private Pass(int[] blockOf, Blocks everybody) {
        this.blockOf = blockOf;
        this.everybody = everybody;
    }

    /** Gives a record's keys; an empty text is none. */
    interface Key {
        String of(int record, int number);
    }

    /**
     * The members of every block, block after block.
     *
     * @param begins the place of each block's first member, and after the last block the number of all members
     * @param members records, in their order within a block
     */
    record Blocks(int[] begins, int[] members) {
        int begin(int block) {
            return begins[block];
        }

        int end(int block) {
            return begins[block + 1];
        }

        int record(int place) {
            return members[place];
        }

        /** The same blocks with some of the records only. */
        Blocks only(IntPredicate records) {
            int[] kept = new int[members.length];
            int[] from = new int[begins.length];
            int count = 0;
            for (int block = 0; block + 1 < begins.length; block++) {
                from[block] = count;
                for (int place = begins[block]; place < begins[block + 1]; place++) {
                    if (records.test(members[place])) {
                        kept[count++] = members[place];
                    }
                }
            }
            from[begins.length - 1] = count;
            return new Blocks(from, Arrays.copyOf(kept, count));
        }
    }

    static Pass by(int records, Key key) {
        long[] hashes = new long[records * KEYS_PER_RECORD];
        long[] sorted = new long[hashes.length];
        int count = 0;
        for (int record = 0; record < records; record++) {
            for (int number = 0; number < KEYS_PER_RECORD; number++) {
                String text = key.of(record, number);
                if (!text.isEmpty()) {
                    long hash = hash(text) & ~RECORD_MASK;
                    hashes[record * KEYS_PER_RECORD + number] = hash;
                    sorted[count++] = hash | record;
                }
            }
        }
        Arrays.sort(sorted, 0, count);
        int[] blockOf = new int[hashes.length];
        Arrays.fill(blockOf, NONE);
        int[] members = new int[count];
        int[] begins = new int[count + 1];
        int blocks = 0;
        for (int place = 0; place < count; place++) {
            long hash = sorted[place] & ~RECORD_MASK;
            if (place == 0 || hash != (sorted[place - 1] & ~RECORD_MASK)) {
                begins[blocks++] = place;
            }
            int record = (int) (sorted[place] & RECORD_MASK);
            members[place] = record;
            for (int at = record * KEYS_PER_RECORD; at < (record + 1) * KEYS_PER_RECORD; at++) {
                if (hashes[at] == hash) {
                    blockOf[at] = blocks - 1;
                }
            }
        }
        begins[blocks] = count;
        return new Pass(blockOf, new Blocks(Arrays.copyOf(begins, blocks + 1), members));
    }

    /** The block of a record's key; {@link #NONE} when it has none. */
    int block(int record, int number) {
        return blockOf[record * KEYS_PER_RECORD + number];
    }

    Blocks everybody() {
        return everybody;
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
