package org.vauban.cohort.compiled;

import java.util.Arrays;

/**
 * From a concept to the queries that look for it: a hash table with open addressing. A concept stands beside the number of its list, so
 * that looking in vain, which most rows do, touches one place of memory.
 */
final class ConceptIndex {
    private static final int[] NONE = new int[0];

    /** Of each place the concept, then the number of its list plus one; zero where nothing is. */
    private int[] places = new int[2 * 64];

    private int[][] lists = new int[16][];
    private int[] sizes = new int[16];
    private int size;

    void add(int concept, int query) {
        int place = place(concept);
        if (places[place + 1] == 0) {
            if (size * 4 >= places.length) {
                grow();
                place = place(concept);
            }
            if (size == lists.length) {
                lists = Arrays.copyOf(lists, size * 2);
                sizes = Arrays.copyOf(sizes, size * 2);
            }
            lists[size++] = NONE;
            places[place] = concept;
            places[place + 1] = size;
        }
        int list = places[place + 1] - 1;
        if (sizes[list] == lists[list].length) {
            lists[list] = Arrays.copyOf(lists[list], Math.max(4, sizes[list] * 2));
        }
        lists[list][sizes[list]++] = query;
    }

    /** The queries that look for a concept, in the order in which they were added. */
    int[] queries(int concept) {
        int list = places[place(concept) + 1];
        return list == 0 ? NONE : Arrays.copyOf(lists[list - 1], sizes[list - 1]);
    }

    private int place(int concept) {
        int mask = places.length / 2 - 1;
        int place = spread(concept) & mask;
        while (places[2 * place + 1] != 0 && places[2 * place] != concept) {
            place = (place + 1) & mask;
        }
        return 2 * place;
    }

    private static int spread(int concept) {
        int mixed = concept * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }

    private void grow() {
        int[] old = places;
        places = new int[old.length * 2];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i + 1] != 0) {
                int place = place(old[i]);
                places[place] = old[i];
                places[place + 1] = old[i + 1];
            }
        }
    }
}
