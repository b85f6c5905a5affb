package org.vauban.cohort.compiled;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vauban.trajectory.Absent;

/**
 * What a query found of one person, reused from person to person. Of most events nobody asks more than the first day, so what stands in
 * other columns of the record is read there when it is asked for.
 */
final class EventBuffer {
    int[] starts = new int[8];

    /** The day that orders entry events. */
    int[] sortDays = new int[8];

    int[] rows = new int[8];
    int size;

    /** Last days that are not the records' own, or nothing. */
    private int @Nullable [] ends;

    private final EndDays recorded;
    private final long[] ranks;
    private final long @Nullable [] visits;

    /**
     * Of one query on one bucket.
     *
     * @param ownEnds whether events end on days of their own, which {@link #endsOn} tells, and not with their records
     */
    EventBuffer(EndDays recorded, long[] ranks, long @Nullable [] visits, boolean ownEnds) {
        this.recorded = recorded;
        this.ranks = ranks;
        this.visits = visits;
        this.ends = ownEnds ? new int[8] : null;
    }

    void clear() {
        size = 0;
    }

    void add(int start, int sortDay, int row) {
        if (size == starts.length) {
            int more = size * 2;
            starts = Arrays.copyOf(starts, more);
            sortDays = Arrays.copyOf(sortDays, more);
            rows = Arrays.copyOf(rows, more);
            if (ends != null) {
                ends = Arrays.copyOf(ends, more);
            }
        }
        starts[size] = start;
        sortDays[size] = sortDay;
        rows[size++] = row;
    }

    /** The last day of the event added last, of a buffer whose events have their own. */
    void endsOn(int day) {
        if (ends != null) {
            ends[size - 1] = day;
        }
    }

    long id(int event) {
        return ranks[rows[event]];
    }

    /** The last day, or absent. */
    int end(int event) {
        return ends == null ? recorded.at(rows[event]) : ends[event];
    }

    /** The record's visit, or absent. */
    long visit(int event) {
        return visits == null ? Absent.LONG : visits[rows[event]];
    }

    /** Moves an event to an earlier place. */
    void move(int from, int to) {
        starts[to] = starts[from];
        sortDays[to] = sortDays[from];
        rows[to] = rows[from];
        if (ends != null) {
            ends[to] = ends[from];
        }
    }
}
