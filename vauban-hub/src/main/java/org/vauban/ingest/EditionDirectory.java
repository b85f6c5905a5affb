package org.vauban.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.vauban.custodian.Custodian;
import org.vauban.custodian.KeyKind;
import org.vauban.custodian.KeyName;
import org.vauban.custody.Keys;
import org.vauban.edition.Edition;
import org.vauban.edition.EditionDraft;

/**
 * Finds persons again in an edition: of each the keyed hash of what stands for the pseudonym, beside the edition's number, in the order of the
 * hashes. It is sealed with the edition and opens like its other documents; who reads it without the edition's own key at the custodian reads
 * numbers that say nothing, and when that key is destroyed nobody is found again.
 */
public final class EditionDirectory {
    /** The name of the document within the edition. */
    public static final String DOCUMENT = "directory";

    private static final byte[] PURPOSE = "vauban directory 1".getBytes(StandardCharsets.UTF_8);
    private static final int ROW_BYTES = Long.BYTES + Integer.BYTES;

    private final KeyedHash hash;
    private final long[] hashes;
    private final int[] numbers;

    private EditionDirectory(KeyedHash hash, byte[] document) {
        if (document.length % ROW_BYTES != 0) {
            throw new IllegalArgumentException("A directory has rows of " + ROW_BYTES + " bytes");
        }
        this.hash = hash;
        this.hashes = new long[document.length / ROW_BYTES];
        this.numbers = new int[hashes.length];
        ByteBuffer rows = ByteBuffer.wrap(document);
        for (int row = 0; row < hashes.length; row++) {
            hashes[row] = rows.getLong();
            numbers[row] = rows.getInt();
        }
    }

    /** Makes the key of a new edition's directory, and seals the directory with the edition. */
    public static void attach(PersonDirectory persons, EditionDraft draft, Custodian custodian) {
        KeyName key = Keys.ofDirectory(draft.id().value());
        custodian.createKey(key, KeyKind.HMAC_SHA_256);
        draft.attach(DOCUMENT, write(persons, hash(custodian, key)));
    }

    /**
     * The directory of an edition.
     *
     * @throws IllegalArgumentException when the edition has none
     */
    public static EditionDirectory of(Edition edition, Custodian custodian) {
        byte[] document = edition.document(DOCUMENT)
                .orElseThrow(() -> new IllegalArgumentException("This edition has no directory"));
        return new EditionDirectory(
                hash(custodian, Keys.ofDirectory(edition.id().value())), document);
    }

    /** The numbers in the edition, ascending, of those among the persons who are in it. */
    public int[] numbers(LongStream persons) {
        return persons.map(hash::of)
                .flatMap(this::places)
                .mapToInt(place -> numbers[(int) place])
                .sorted()
                .distinct()
                .toArray();
    }

    /** All rows of a hash: should two persons share one, both are meant, since one too many is better than one too few. */
    private LongStream places(long sought) {
        int found = Arrays.binarySearch(hashes, sought);
        if (found < 0) {
            return LongStream.empty();
        }
        int first = found;
        while (first > 0 && hashes[first - 1] == sought) {
            first--;
        }
        return LongStream.iterate(
                first, place -> place < hashes.length && hashes[(int) place] == sought, place -> place + 1);
    }

    private static byte[] write(PersonDirectory persons, KeyedHash hash) {
        record Row(long hash, int number) {}
        ByteBuffer document = ByteBuffer.allocate(persons.size() * ROW_BYTES);
        IntStream.range(0, persons.size())
                .mapToObj(place -> new Row(hash.of(persons.sourceId(place)), persons.number(place)))
                .sorted(Comparator.comparingLong(Row::hash))
                .forEach(row -> document.putLong(row.hash()).putInt(row.number()));
        return document.array();
    }

    private static KeyedHash hash(Custodian custodian, KeyName key) {
        return new KeyedHash(custodian.mac(key, PURPOSE));
    }

    @Override
    public String toString() {
        return "EditionDirectory[" + hashes.length + " persons]";
    }
}
