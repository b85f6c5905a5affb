package org.vauban.cohort.compiled;

import java.util.Arrays;

/** Events of one person, column by column, reused from person to person. */
final class EventBuffer {
    long[] ids = new long[8];
    int[] starts = new int[8];
    /** The last day, or absent. */
    int[] ends = new int[8];
    /** The day that orders entry events. */
    int[] sortDays = new int[8];

    long[] visits = new long[8];
    int[] rows = new int[8];
    int size;

    void clear() {
        size = 0;
    }

    void add(long id, int start, int end, int sortDay, long visit, int row) {
        if (size == ids.length) {
            int more = size * 2;
            ids = Arrays.copyOf(ids, more);
            starts = Arrays.copyOf(starts, more);
            ends = Arrays.copyOf(ends, more);
            sortDays = Arrays.copyOf(sortDays, more);
            visits = Arrays.copyOf(visits, more);
            rows = Arrays.copyOf(rows, more);
        }
        ids[size] = id;
        starts[size] = start;
        ends[size] = end;
        sortDays[size] = sortDay;
        visits[size] = visit;
        rows[size++] = row;
    }

    /** Moves an event to an earlier place. */
    void move(int from, int to) {
        ids[to] = ids[from];
        starts[to] = starts[from];
        ends[to] = ends[from];
        sortDays[to] = sortDays[from];
        visits[to] = visits[from];
        rows[to] = rows[from];
    }
}
