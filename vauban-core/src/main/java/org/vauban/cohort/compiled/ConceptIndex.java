package org.vauban.cohort.compiled;

import java.util.Arrays;

/** From a concept to the queries that look for it: a hash table with open addressing. */
final class ConceptIndex {
    private static final int[] NONE = new int[0];

    private int[] concepts = new int[64];
    private int[][] queries = new int[64][];
    private int size;

    ConceptIndex() {
        Arrays.fill(queries, NONE);
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(int concept, int query) {
        if (size * 2 >= concepts.length) {
            grow();
        }
        int place = place(concept);
        int[] known = queries[place];
        if (known.length == 0) {
            concepts[place] = concept;
            size++;
        }
        int[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = query;
        queries[place] = more;
    }

    /** The queries that look for a concept; the array is the table's own. */
    int[] queries(int concept) {
        return queries[place(concept)];
    }

    private int place(int concept) {
        int mask = concepts.length - 1;
        int place = spread(concept) & mask;
        while (queries[place].length > 0 && concepts[place] != concept) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private static int spread(int concept) {
        int mixed = concept * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }

    private void grow() {
        int[] oldConcepts = concepts;
        int[][] oldQueries = queries;
        concepts = new int[oldConcepts.length * 2];
        queries = new int[oldConcepts.length * 2][];
        Arrays.fill(queries, NONE);
        for (int i = 0; i < oldConcepts.length; i++) {
            if (oldQueries[i].length > 0) {
                int place = place(oldConcepts[i]);
                concepts[place] = oldConcepts[i];
                queries[place] = oldQueries[i];
            }
        }
    }
}
