package org.vauban.ingest;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.vauban.custodian.Custodian;
import org.vauban.custody.Keys;

/**
 * The persons of an edition: who is known, who is who under the edition's own numbers, and in which bucket.
 *
 * <p>A person's new number is the place in an order made by a keyed hash, 1 to the number of persons: short, and telling nothing once
 * the key is gone. The bucket comes from a key that the hub keeps, so that a person stays in one bucket for the hub's life.
 */
public final class PersonDirectory {
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
        long[] inOrder = hashes.clone();
        Arrays.sort(inOrder);
        int[] numbers = new int[distinct.length];
        int[] sharing = new int[0];
        for (int index = 0; index < distinct.length; index++) {
            int place = firstPlace(inOrder, hashes[index]);
            if (place + 1 < inOrder.length && inOrder[place + 1] == hashes[index]) {
                // Two persons share a hash: the later in the order of ids takes the next place.
                sharing = sharing.length == 0 ? new int[distinct.length] : sharing;
                place += sharing[place]++;
            }
            numbers[index] = place + 1;
        }
        int[] buckets = Arrays.stream(distinct)
                .mapToInt(id -> (int) (spread.of(id) & (bucketCount - 1)))
                .toArray();
        return new PersonDirectory(distinct, numbers, buckets);
    }

    /** The first place at which a hash stands. */
    private static int firstPlace(long[] inOrder, long hash) {
        int place = Arrays.binarySearch(inOrder, hash);
        while (place > 0 && inOrder[place - 1] == hash) {
            place--;
        }
        return place;
    }

    /**
     * The persons of a new edition under a key that nobody keeps.
     *
     * @param ids the persons' ids in any order, perhaps repeated
     * @param custodian holds the key of the hub's buckets
     * @param bucketCount a power of two
     */
    public static PersonDirectory ofNewEdition(long[] ids, Custodian custodian, int bucketCount) {
        byte[] editionKey = new byte[32];
        new SecureRandom().nextBytes(editionKey);
        return of(ids, new KeyedHash(editionKey), bucketKey(custodian), bucketCount);
    }

    /** The key by which persons are spread over the buckets, for the hub's whole life. */
    static KeyedHash bucketKey(Custodian custodian) {
        return new KeyedHash(custodian.mac(Keys.BUCKET, "vauban buckets 1".getBytes(StandardCharsets.UTF_8)));
    }

    /** Number of persons; their places are 0 to before this. */
    public int size() {
        return sourceIds.length;
    }

    /** The place of a person here, negative when unknown. */
    int find(long sourceId) {
        return Arrays.binarySearch(sourceIds, sourceId);
    }

    /** The number in the edition. */
    public int number(int place) {
        return numbers[place];
    }

    /** The person's bucket, from 0. */
    public int bucket(int place) {
        return buckets[place];
    }

    /** The id under which the person came in. */
    public long sourceId(int place) {
        return sourceIds[place];
    }
}
