package org.vauban.vocabulary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Concept ids for codes that the OMOP vocabularies do not know, such as CIM-10, CCAM and CIP: above two thousand million, where OMOP
 * leaves room for each site's own.
 *
 * <p>An id follows from vocabulary and code alone, so that a study can be written before the data are seen and means the same in every
 * edition. 27 bits of a digest leave a small chance that two codes ask for one id; then the later one in the order of vocabulary and
 * code takes the next free id, and {@link #moved()} tells it, because a study must then be written with that id.
 */
public final class LocalConcepts {
    /** Ids from here on belong to the site. */
    public static final int FIRST = 2_000_000_000;

    private static final int BITS = 27;
    private static final int IDS = 1 << BITS;

    private final SortedMap<LocalCode, Integer> ids;
    private final List<LocalCode> moved;

    private LocalConcepts(SortedMap<LocalCode, Integer> ids, List<LocalCode> moved) {
        this.ids = Collections.unmodifiableSortedMap(ids);
        this.moved = List.copyOf(moved);
    }

    /**
     * A code of a vocabulary, such as {@code K250} of {@code CIM10}.
     *
     * @param vocabulary its vocabulary's name
     * @param code the code as that vocabulary's data write it
     */
    public record LocalCode(String vocabulary, String code) implements Comparable<LocalCode> {
        @Override
        public int compareTo(LocalCode other) {
            int byVocabulary = vocabulary.compareTo(other.vocabulary);
            return byVocabulary != 0 ? byVocabulary : code.compareTo(other.code);
        }
    }

    /** The id that a code asks for: two thousand million and the first 27 bits of the SHA-256 of {@code vocabulary|code}. */
    public static int id(String vocabulary, String code) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((vocabulary + '|' + code).getBytes(StandardCharsets.UTF_8));
            return FIRST + (ByteBuffer.wrap(digest).getInt() >>> (Integer.SIZE - BITS));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    /** Gives each code an id of its own. */
    public static LocalConcepts of(Collection<LocalCode> codes) {
        if (codes.size() > IDS / 2) {
            throw new IllegalArgumentException("So many codes leave no free ids");
        }
        SortedMap<LocalCode, Integer> ids = new TreeMap<>();
        Set<Integer> taken = new HashSet<>();
        Set<LocalCode> moved = new TreeSet<>();
        for (LocalCode code : new TreeSet<>(codes)) {
            int wanted = id(code.vocabulary(), code.code());
            int id = wanted;
            while (!taken.add(id)) {
                id = FIRST + (id - FIRST + 1) % IDS;
            }
            if (id != wanted) {
                moved.add(code);
            }
            ids.put(code, id);
        }
        return new LocalConcepts(ids, List.copyOf(moved));
    }

    /** Every code with its id. */
    public Map<LocalCode, Integer> ids() {
        return ids;
    }

    /** The codes whose id is not the one that {@link #id} gives. */
    public List<LocalCode> moved() {
        return moved;
    }
}
