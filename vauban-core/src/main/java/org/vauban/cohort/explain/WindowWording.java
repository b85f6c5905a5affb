package org.vauban.cohort.explain;

import java.util.OptionalInt;
import org.vauban.cohort.EventWindow;

/** Says where a counted event lies around an index event. */
final class WindowWording {
    private final Wording wording;

    WindowWording(Wording wording) {
        this.wording = wording;
    }

    /**
     * The window, as it follows the event that is counted.
     *
     * @param index what the index event is called in keys
     * @param inPeriod whether an open bound is that of the observation period
     */
    String of(EventWindow window, String index, boolean inPeriod) {
        String anchor = wording.text("anchor." + index + (window.fromIndexEnd() ? ".end" : ".start"));
        return wording.text(window.ofEventEnd() ? "window.ends" : "window.starts", days(window, anchor, inPeriod));
    }

    private String days(EventWindow window, String anchor, boolean inPeriod) {
        OptionalInt from = window.start().offset();
        OptionalInt to = window.end().offset();
        boolean startsAtPeriodsEnd =
                from.isEmpty() && inPeriod && !window.start().before();
        boolean endsAtPeriodsStart = to.isEmpty() && inPeriod && window.end().before();
        if (startsAtPeriodsEnd || endsAtPeriodsStart) {
            return wording.text(
                    "window.odd",
                    from.isPresent() ? bound(from.getAsInt(), anchor) : period(!startsAtPeriodsEnd),
                    to.isPresent() ? bound(to.getAsInt(), anchor) : period(endsAtPeriodsStart));
        } else if (from.isEmpty() && to.isEmpty()) {
            return wording.text("window.any");
        } else if (from.isEmpty()) {
            return wording.text("window.until", bound(to.getAsInt(), anchor));
        } else if (to.isEmpty()) {
            return wording.text("window.since", bound(from.getAsInt(), anchor));
        } else {
            return between(from.getAsInt(), to.getAsInt(), anchor);
        }
    }

    private String between(int from, int to, String anchor) {
        if (from == 0 && to == 0) {
            return wording.text("window.same-day", anchor);
        } else if (to == 0) {
            return wording.text("window.to-day", bound(from, anchor));
        } else if (from == 0) {
            return wording.text("window.from-day", anchor, distance(to));
        } else {
            return wording.text("window.between", distance(from), distance(to), anchor);
        }
    }

    private String bound(int offset, String anchor) {
        return offset == 0 ? anchor : wording.text("window.bound", distance(offset), anchor);
    }

    /** Days before or after the anchor that follows. */
    private String distance(int offset) {
        return wording.text(offset < 0 ? "window.before" : "window.after", wording.days(Math.abs((long) offset)));
    }

    private String period(boolean isStart) {
        return wording.text(isStart ? "window.period-start" : "window.period-end");
    }
}
