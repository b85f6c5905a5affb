package org.vauban.ingest;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The persons of an edition: who is known, who is who under the edition's own numbers, and in which bucket.
 *
 * <p>A person's new number is the place in an order made by a keyed hash, 1 to the number of persons: short, and telling nothing once
 * the key is gone. The bucket comes from a key that the hub keeps, so that a person stays in one bucket for the hub's life.
 */
final class PersonDirectory {
    private final long[] sourceIds;
    private final int[] numbers;
    private final int[] buckets;

    private PersonDirectory(long[] sourceIds, int[] numbers, int[] buckets) {
        this.sourceIds = sourceIds;
        this.numbers = numbers;
        this.buckets = buckets;
    }

    /**
     * @param ids the persons' source ids in any order, perhaps repeated
     * @param order the key of this edition
     * @param spread the key of the hub's buckets
     * @param bucketCount a power of two
     */
    static PersonDirectory of(long[] ids, KeyedHash order, KeyedHash spread, int bucketCount) {
        long[] distinct = Arrays.stream(ids).sorted().distinct().toArray();
        long[] hashes = Arrays.stream(distinct).map(order::of).toArray();
        int[] shuffled = IntStream.range(0, distinct.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(index -> hashes[index])
                        .thenComparing(index -> index))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] numbers = new int[distinct.length];
        for (int place = 0; place < shuffled.length; place++) {
            numbers[shuffled[place]] = place + 1;
        }
        int[] buckets = Arrays.stream(distinct)
                .mapToInt(id -> (int) (spread.of(id) & (bucketCount - 1)))
                .toArray();
        return new PersonDirectory(distinct, numbers, buckets);
    }

    int size() {
        return sourceIds.length;
    }

    /** The place of a person here, negative when unknown. */
    int find(long sourceId) {
        return Arrays.binarySearch(sourceIds, sourceId);
    }

    /** The number in the edition. */
    int number(int place) {
        return numbers[place];
    }

    int bucket(int place) {
        return buckets[place];
    }

    long sourceId(int place) {
        return sourceIds[place];
    }
}
