package org.vauban.cohort.compiled;

import java.util.Arrays;

/** Keeps the events of which a group holds, seen from the observation periods they start in. */
final class GroupFilter {
    /** So few are sooner compared than sorted. */
    private static final int FEW = 12;

    private final GroupProgram group;
    private final Periods periods;
    private final IndexBuffer index = new IndexBuffer();
    private long[] sortedIds = new long[8];

    GroupFilter(GroupProgram group, Periods periods) {
        this.group = group;
        this.periods = periods;
    }

    void keep(EventBuffer events) {
        int kept = 0;
        boolean sharesIds = sharesIds(events);
        boolean[] holds = sharesIds ? judgeEach(events) : new boolean[0];
        for (int event = 0; event < events.size; event++) {
            if (sharesIds ? holds[event] : holds(events, event, event + 1, events.id(event))) {
                events.move(event, kept++);
            }
        }
        events.size = kept;
    }

    /** When records share an identifier, each is judged together with all of its namesakes. */
    private boolean[] judgeEach(EventBuffer events) {
        boolean[] holds = new boolean[events.size];
        for (int event = 0; event < events.size; event++) {
            holds[event] = holds(events, 0, events.size, events.id(event));
        }
        return holds;
    }

    private boolean holds(EventBuffer events, int from, int to, long id) {
        index.clear();
        for (int event = from; event < to; event++) {
            if (events.id(event) == id) {
                for (int period = periods.from(); period < periods.to(); period++) {
                    if (periods.covers(period, events.starts[event])) {
                        index.add(
                                id,
                                events.starts[event],
                                events.end(event),
                                events.sortDays[event],
                                events.visit(event),
                                periods.start(period),
                                periods.end(period));
                    }
                }
            }
        }
        return index.size > 0 && group.holds(index, 0, index.size);
    }

    private static boolean sharesIdsOfFew(EventBuffer events) {
        for (int i = 1; i < events.size; i++) {
            for (int j = 0; j < i; j++) {
                if (events.id(i) == events.id(j)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean sharesIds(EventBuffer events) {
        if (events.size <= FEW) {
            return sharesIdsOfFew(events);
        }
        if (sortedIds.length < events.size) {
            sortedIds = new long[events.size * 2];
        }
        for (int event = 0; event < events.size; event++) {
            sortedIds[event] = events.id(event);
        }
        Arrays.sort(sortedIds, 0, events.size);
        for (int i = 1; i < events.size; i++) {
            if (sortedIds[i] == sortedIds[i - 1]) {
                return true;
            }
        }
        return false;
    }
}
