package org.vauban.cohort.compiled;

import org.vauban.cohort.CriteriaGroup;
import org.vauban.trajectory.Persons;

/** A group of conditions on index events that share an identifier; nearly always that is one event. */
final class GroupProgram {
    private final CriteriaGroup.Kind kind;
    private final int count;
    private final int size;
    private final CountProgram[] counts;
    private final RowTest[] demographics;
    private final GroupProgram[] groups;
    private final Persons persons;
    private final Cursor cursor;

    GroupProgram(
            CriteriaGroup group,
            CountProgram[] counts,
            RowTest[] demographics,
            GroupProgram[] groups,
            Persons persons,
            Cursor cursor) {
        this.kind = group.kind();
        this.count = group.count();
        this.size = group.size();
        this.counts = counts;
        this.demographics = demographics;
        this.groups = groups;
        this.persons = persons;
        this.cursor = cursor;
    }

    boolean holds(IndexBuffer index, int from, int to) {
        return rows(index, from, to) > 0;
    }

    private int rows(IndexBuffer index, int from, int to) {
        int events = to - from;
        if (size == 0) {
            return events;
        }
        // An empty group inside counts once for each index event; a single event makes that one, and lets us stop
        // early.
        boolean single = events == 1;
        int met = 0;
        int judged = 0;
        for (RowTest demographic : demographics) {
            met += holds(demographic, index, from, to) ? 1 : 0;
            judged++;
            if (single && isDecided(met, judged)) {
                return verdict(met);
            }
        }
        for (CountProgram program : counts) {
            met += program.holds(index, from, to) ? 1 : 0;
            judged++;
            if (single && isDecided(met, judged)) {
                return verdict(met);
            }
        }
        for (GroupProgram inner : groups) {
            met += inner.rows(index, from, to);
            judged++;
            if (single && isDecided(met, judged)) {
                return verdict(met);
            }
        }
        return verdict(met * events);
    }

    /** True when the conditions not yet looked at cannot change the verdict. */
    private boolean isDecided(int met, int judged) {
        return switch (kind) {
            case ALL -> met < judged;
            case ANY -> met > 0;
            case AT_LEAST -> met > 0 && met >= count;
            case AT_MOST -> met > count;
        };
    }

    private int verdict(int met) {
        boolean holds = switch (kind) {
            case ALL -> met == size;
            case ANY -> met > 0;
            case AT_LEAST -> count == 0 || (met > 0 && met >= count);
            case AT_MOST -> met <= count;
        };
        return holds ? 1 : 0;
    }

    private boolean holds(RowTest demographic, IndexBuffer index, int from, int to) {
        if (!persons.isKnown(cursor.person)) {
            return false;
        }
        for (int event = from; event < to; event++) {
            if (demographic.holds(0, index.starts[event], index.ends[event])) {
                return true;
            }
        }
        return false;
    }
}
