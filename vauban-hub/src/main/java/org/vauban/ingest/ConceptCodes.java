package org.vauban.ingest;

import java.util.Arrays;

/** The code of each concept, as a 64-bit digest: enough to ask whether a source value is the code of its own concept. */
final class ConceptCodes {
    private final int[] ids;
    private final long[] digests;

    private ConceptCodes(int[] ids, long[] digests) {
        this.ids = ids;
        this.digests = digests;
    }

    int size() {
        return ids.length;
    }

    /** The concepts, ascending. */
    int[] ids() {
        return ids.clone();
    }

    boolean isCodeOf(String text, int conceptId) {
        int place = Arrays.binarySearch(ids, conceptId);
        return place >= 0 && digests[place] == digest(text);
    }

    /** FNV-1a; the codes are public, so nobody gains by finding two alike. */
    private static long digest(String text) {
        long digest = 0xcbf29ce484222325L;
        for (int index = 0; index < text.length(); index++) {
            digest = (digest ^ text.charAt(index)) * 0x100000001b3L;
        }
        return digest;
    }

    static final class Builder {
        private int[] ids = new int[1_024];
        private long[] digests = new long[1_024];
        private int size;

        void add(int conceptId, String code) {
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, size * 2);
                digests = Arrays.copyOf(digests, size * 2);
            }
            ids[size] = conceptId;
            digests[size++] = digest(code);
        }

        ConceptCodes build() {
            Integer[] order = new Integer[size];
            Arrays.setAll(order, index -> index);
            Arrays.sort(order, (left, right) -> Integer.compare(ids[left], ids[right]));
            int[] sortedIds = new int[size];
            long[] sortedDigests = new long[size];
            for (int place = 0; place < size; place++) {
                sortedIds[place] = ids[order[place]];
                sortedDigests[place] = digests[order[place]];
            }
            return new ConceptCodes(sortedIds, sortedDigests);
        }
    }
}
