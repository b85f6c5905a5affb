package org.vauban.cohort.compiled;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The records of the person whose turn it is, by the query that looks for them. All lie in one place, small enough to stay where a
 * processor looks first: a batch has thousands of queries, and most persons offer something to hundreds of them.
 */
final class Offers {
    /** Stands for a query that takes all records of its domain, and waits for no offer. */
    static final int TAKES_ALL = -1;

    private static final int NONE = -1;

    // Of each query: the turn in which it was last offered something, the first offer, the last, the walk that makes
    // its offers when they are
    // first asked for (from 1, or 0 for a query whose offers are there from the beginning).
    private static final int TURN = 0;
    private static final int FIRST = 1;
    private static final int LAST = 2;
    private static final int WALK = 3;
    private static final int FIELDS = 4;

    private final Cursor cursor;
    private final IntConsumer walks;
    private final int[] queries;
    private final boolean[] takesFirst;
    /** The turn in which each walk was last done. */
    private int[] walked = new int[8];

    private int[] rows = new int[256];
    private int[] next = new int[256];
    private int size;

    /** @param walks walks over the person's records and offers those of the walk's queries, when the first of them is asked for */
    Offers(int queries, Cursor cursor, IntConsumer walks) {
        this.queries = new int[queries * FIELDS];
        this.takesFirst = new boolean[queries];
        this.cursor = cursor;
        this.walks = walks;
    }

    /** Tells that a query looks at the first offer only. */
    void takeFirst(int query) {
        takesFirst[query] = true;
    }

    boolean takesFirst(int query) {
        return takesFirst[query];
    }

    /** Tells that the offers to a query are made by a walk of their own. */
    void makeBy(int query, int walk) {
        queries[query * FIELDS + WALK] = walk + 1;
        walked = Arrays.copyOf(walked, Math.max(walked.length, walk + 1));
    }

    /** Forgets the person before. */
    void clear() {
        size = 0;
    }

    /** Offers a record to a query, in the order of the records; true when it is the person's first. */
    boolean add(int query, int row) {
        int place = query * FIELDS;
        boolean first = queries[place + TURN] != cursor.turn;
        if (!first && takesFirst[query]) {
            return false;
        }
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, size * 2);
            next = Arrays.copyOf(next, size * 2);
        }
        if (first) {
            queries[place + TURN] = cursor.turn;
            queries[place + FIRST] = size;
        } else {
            next[queries[place + LAST]] = size;
        }
        queries[place + LAST] = size;
        rows[size] = row;
        next[size++] = NONE;
        return first;
    }

    boolean has(int query) {
        int place = query * FIELDS;
        return queries[place + TURN] == cursor.turn
                || queries[place + WALK] != 0 && hasAfterWalk(place, queries[place + WALK] - 1);
    }

    private boolean hasAfterWalk(int place, int walk) {
        if (walked[walk] != cursor.turn) {
            walked[walk] = cursor.turn;
            walks.accept(walk);
        }
        return queries[place + TURN] == cursor.turn;
    }

    /** True when a query certainly has no event, told without a look at the query itself. */
    boolean lacks(int query) {
        return query != TAKES_ALL && !has(query);
    }

    /** The first offer to a query that {@linkplain #has has} one. */
    int first(int query) {
        return queries[query * FIELDS + FIRST];
    }

    /** The offer after another one, or a negative number. */
    int next(int offer) {
        return next[offer];
    }

    int row(int offer) {
        return rows[offer];
    }
}
