package org.vauban.harmonise;

import java.util.List;
import org.vauban.duck.DuckSession;

/**
 * How many times over the persons are worked through, a range of whole buckets each time: so many that the rows of one pass fit into
 * memory. What a pass seals is final, and nothing of it stays in memory.
 *
 * @param count a power of two, at most the number of buckets
 * @param buckets the hub's number of buckets
 */
record Passes(int count, int buckets) {
    /**
     * What a byte of a sealed part becomes while its rows are harmonised, parts being compressed: measured on the generated country,
     * and rounded up.
     */
    private static final long UNFOLDING = 6;

    Passes {
        if (count < 1 || count > buckets || Integer.bitCount(count) != 1) {
            throw new IllegalArgumentException("The number of passes is a power of two, at most that of buckets");
        }
    }

    /** So many that the rows of each fit into half of the memory; the other half is for sorting and joining them. */
    static Passes of(List<DepositedTable> parts, int buckets, DuckSession.Limits limits) {
        long bytes = parts.stream().mapToLong(DepositedTable::bytes).sum();
        long needed = Math.ceilDiv(bytes * UNFOLDING, limits.memoryBytes() / 2);
        return new Passes((int) Math.min(buckets, Long.highestOneBit(Math.max(1, 2 * needed - 1))), buckets);
    }

    /** Whether all rows are in memory at once. */
    boolean isOne() {
        return count == 1;
    }

    /** The pass of a bucket, as SQL. */
    String ofBucket(String bucket) {
        return '(' + bucket + " // " + buckets / count + ')';
    }
}
