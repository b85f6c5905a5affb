package org.vauban.cohort.compiled;

import org.vauban.cohort.EventWindow;
import org.vauban.trajectory.Absent;

/** Days around an index event, worked out for one index event at a time. */
final class Window {
    private final boolean fromIndexEnd;
    private final boolean ofEventEnd;
    private final boolean inPeriod;
    private final boolean countsFirst;
    private final boolean countsLast;
    private final int firstOffset;
    private final int lastOffset;
    private final boolean firstAtPeriodStart;
    private final boolean lastAtPeriodStart;

    private int first;
    private int last;

    Window(EventWindow window, boolean inPeriod) {
        this.fromIndexEnd = window.fromIndexEnd();
        this.ofEventEnd = window.ofEventEnd();
        this.inPeriod = inPeriod;
        this.countsFirst = window.start().days().isPresent();
        this.countsLast = window.end().days().isPresent();
        this.firstOffset = window.start().offset().orElse(0);
        this.lastOffset = window.end().offset().orElse(0);
        this.firstAtPeriodStart = window.start().before();
        this.lastAtPeriodStart = window.end().before();
    }

    /** Places the window around an index event; false when it lies nowhere. */
    boolean place(IndexBuffer index, int event) {
        int day = fromIndexEnd ? index.ends[event] : index.starts[event];
        if ((countsFirst || countsLast) && Absent.is(day)) {
            return false;
        }
        boolean bounded = countsFirst || countsLast || inPeriod;
        // The absent day is the smallest number; a bound of any kind shuts it out.
        first = bounded ? Absent.INT + 1 : Absent.INT;
        last = Integer.MAX_VALUE;
        if (countsFirst) {
            first = day + firstOffset;
        } else if (inPeriod) {
            first = firstAtPeriodStart ? index.periodStarts[event] : index.periodEnds[event];
        }
        if (countsLast) {
            last = day + lastOffset;
        } else if (inPeriod) {
            last = lastAtPeriodStart ? index.periodStarts[event] : index.periodEnds[event];
        }
        return first <= last;
    }

    boolean contains(EventBuffer events, int event) {
        int day = ofEventEnd ? events.end(event) : events.starts[event];
        return first <= day && day <= last;
    }
}
