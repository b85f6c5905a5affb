package org.vauban.cohort.compiled;

import java.util.Arrays;

/** Index events of one person, each seen from one observation period; reused from person to person. */
final class IndexBuffer {
    long[] ids = new long[8];
    int[] starts = new int[8];
    /** The last day, or absent. */
    int[] ends = new int[8];

    int[] sortDays = new int[8];
    long[] visits = new long[8];
    int[] periodStarts = new int[8];
    int[] periodEnds = new int[8];
    int size;

    void clear() {
        size = 0;
    }

    void add(long id, int start, int end, int sortDay, long visit, int periodStart, int periodEnd) {
        if (size == ids.length) {
            makeRoom(size * 2);
        }
        ids[size] = id;
        starts[size] = start;
        ends[size] = end;
        sortDays[size] = sortDay;
        visits[size] = visit;
        periodStarts[size] = periodStart;
        periodEnds[size++] = periodEnd;
    }

    /** Appends an event of another buffer under a new id. */
    void addFrom(IndexBuffer other, int event, long id) {
        add(
                id,
                other.starts[event],
                other.ends[event],
                other.sortDays[event],
                other.visits[event],
                other.periodStarts[event],
                other.periodEnds[event]);
    }

    /** Leaves the first so many events, and numbers them from 0. */
    void keepFirst(int taken) {
        for (int event = 0; event < taken; event++) {
            ids[event] = event;
        }
        size = taken;
    }

    private void makeRoom(int events) {
        ids = Arrays.copyOf(ids, events);
        starts = Arrays.copyOf(starts, events);
        ends = Arrays.copyOf(ends, events);
        sortDays = Arrays.copyOf(sortDays, events);
        visits = Arrays.copyOf(visits, events);
        periodStarts = Arrays.copyOf(periodStarts, events);
        periodEnds = Arrays.copyOf(periodEnds, events);
    }
}
