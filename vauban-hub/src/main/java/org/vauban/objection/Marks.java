package org.vauban.objection;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vauban.ledger.entry.Inputs;
import org.vauban.omop.EditionId;

/**
 * Who objects, as a version keeps it under a seal.
 *
 * @param format the version of this form, 1
 * @param salt 32 random bytes in hexadecimal, so that the root in the log tells nothing to who tries numbers
 * @param editions of each edition that was looked at the numbers of its persons who object, ascending
 */
record Marks(int format, String salt, SortedMap<String, List<Integer>> editions) {
    private static final int FORMAT = 1;
    private static final int SALT_BYTES = 32;

    Marks {
        editions = Collections.unmodifiableSortedMap(new TreeMap<>(editions));
    }

    static Marks of(SortedMap<String, List<Integer>> editions, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new Marks(FORMAT, HexFormat.of().formatHex(salt), editions);
    }

    /** The persons of an edition, or nothing when the edition was not looked at. */
    Optional<int[]> of(EditionId edition) {
        return Optional.ofNullable(editions.get(edition.value()))
                .map(numbers -> numbers.stream().mapToInt(Integer::intValue).toArray());
    }

    long size() {
        return editions.values().stream().mapToLong(List::size).sum();
    }

    /** What the log is told: how many marks, and a root over all of them. */
    Inputs inputs() {
        List<byte[]> leaves = new ArrayList<>();
        editions.forEach((edition, numbers) -> numbers.forEach(
                number -> leaves.add((salt + ' ' + edition + ' ' + number).getBytes(StandardCharsets.US_ASCII))));
        return Inputs.of(leaves);
    }

    @Override
    public String toString() {
        return "Marks[" + editions.size() + " editions]";
    }
}
