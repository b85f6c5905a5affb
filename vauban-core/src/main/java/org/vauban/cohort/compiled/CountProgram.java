package org.vauban.cohort.compiled;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vauban.cohort.CorrelatedCriterion;
import org.vauban.cohort.Occurrence;
import org.vauban.trajectory.Absent;

/** Counts a query's events around index events. */
final class CountProgram {
    private final Query query;
    private final Offers offers;
    private final int offered;
    private final boolean holdsOfNone;
    private final Window startWindow;
    private final @Nullable Window endWindow;
    private final boolean inPeriod;
    private final boolean restrictVisit;
    private final Occurrence occurrence;
    private final @Nullable DistinctValues distinct;

    private long[] values = new long[8];
    private int valuesSize;

    /** What is counted in different values. */
    interface DistinctValues {
        /** Stands for "no value", which is not counted. */
        long NONE = Long.MIN_VALUE;

        long of(EventBuffer events, int event);
    }

    CountProgram(CorrelatedCriterion correlated, Query query, Offers offers, @Nullable DistinctValues distinct) {
        this.query = query;
        this.offers = offers;
        this.offered = query.offered();
        this.inPeriod = !correlated.ignoreObservationPeriod();
        this.startWindow = new Window(correlated.startWindow(), inPeriod);
        this.endWindow = correlated
                .endWindow()
                .map(window -> new Window(window, inPeriod))
                .orElse(null);
        this.restrictVisit = correlated.restrictVisit();
        this.occurrence = correlated.occurrence();
        this.distinct = distinct;
        this.holdsOfNone = occurrence.allowsNone() && occurrence.holds(0);
    }

    boolean holds(IndexBuffer index, int from, int to) {
        if (offers.lacks(offered)) {
            return holdsOfNone;
        }
        EventBuffer events = query.events();
        valuesSize = 0;
        long matches = 0;
        for (int event = from; event < to; event++) {
            matches += count(index, event, events);
        }
        if (matches == 0 && !occurrence.allowsNone()) {
            return false;
        }
        if (distinct != null) {
            return occurrence.holds(differentValues());
        }
        return occurrence.holds(occurrence.allowsNone() ? matches * (to - from) : matches);
    }

    private long count(IndexBuffer index, int around, EventBuffer events) {
        if (!startWindow.place(index, around) || (endWindow != null && !endWindow.place(index, around))) {
            return 0;
        }
        long matches = 0;
        for (int event = 0; event < events.size; event++) {
            if (isInside(index, around, events, event)) {
                matches++;
                if (distinct != null) {
                    add(distinct.of(events, event));
                }
            }
        }
        return matches;
    }

    private boolean isInside(IndexBuffer index, int around, EventBuffer events, int event) {
        if (inPeriod) {
            int start = events.starts[event];
            if (start < index.periodStarts[around] || start > index.periodEnds[around]) {
                return false;
            }
        }
        if (!startWindow.contains(events, event) || (endWindow != null && !endWindow.contains(events, event))) {
            return false;
        }
        return !restrictVisit || (!Absent.is(events.visit(event)) && events.visit(event) == index.visits[around]);
    }

    private void add(long value) {
        if (value == DistinctValues.NONE) {
            return;
        }
        if (valuesSize == values.length) {
            values = Arrays.copyOf(values, valuesSize * 2);
        }
        values[valuesSize++] = value;
    }

    private int differentValues() {
        Arrays.sort(values, 0, valuesSize);
        int different = 0;
        for (int i = 0; i < valuesSize; i++) {
            if (i == 0 || values[i] != values[i - 1]) {
                different++;
            }
        }
        return different;
    }
}
