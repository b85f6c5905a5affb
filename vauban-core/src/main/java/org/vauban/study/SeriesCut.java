package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Cuts the observed days of somebody who had the outcome wherever something changes that a case series knows of. */
final class SeriesCut {
    /** Outside all windows of an exposure. */
    static final int OUTSIDE = 0;
    /** Just before an exposure. */
    static final int BEFORE = -1;

    private SeriesCut() {}

    /**
     * Days in a row on which everything is alike.
     *
     * @param levels by exposure: {@link #OUTSIDE}, {@link #BEFORE}, or the number of the window, from 1
     */
    record Part(Stay days, List<Integer> levels) {
        int length() {
            return days.end() - days.start() + 1;
        }
    }

    /** The days of one level. */
    private record Marked(Stay days, int level) {}

    /**
     * Cuts observed days.
     *
     * @param courses by exposure: its courses, by start
     * @param calendar where the calendar cuts too
     */
    static List<Part> cut(
            Stay observed,
            List<RiskExposure> exposures,
            List<List<Stay>> courses,
            Optional<CalendarInterval> calendar) {
        List<List<Marked>> marked = new ArrayList<>();
        var starts = new TreeSet<Integer>();
        starts.add(observed.start());
        for (int each = 0; each < exposures.size(); each++) {
            List<Marked> own = marked(exposures.get(each), courses.get(each));
            for (Marked mark : own) {
                starts.add(mark.days().start());
                starts.add(mark.days().end() + 1);
            }
            marked.add(own);
        }
        calendar.ifPresent(intervals -> {
            for (int interval = intervals.of(observed.start()) + 1;
                    intervals.first(interval) <= observed.end();
                    interval++) {
                starts.add(intervals.first(interval));
            }
        });
        List<Part> parts = new ArrayList<>();
        for (int start : starts.subSet(observed.start(), true, observed.end(), true)) {
            Integer next = starts.higher(start);
            int end = next == null ? observed.end() : Math.min(observed.end(), next - 1);
            parts.add(new Part(
                    new Stay(start, end),
                    marked.stream().map(own -> level(own, start)).toList()));
        }
        return parts;
    }

    /** Windows in rising order of precedence: the days before all courses first, then course by course as written. */
    private static List<Marked> marked(RiskExposure exposure, List<Stay> courses) {
        List<Marked> marked = new ArrayList<>();
        for (Stay course : courses) {
            mark(marked, course.start() - exposure.preExposureDays(), course.start() - 1, BEFORE);
        }
        for (Stay course : courses) {
            for (int window = 0; window < exposure.windows().size(); window++) {
                TimeAtRisk days = exposure.windows().get(window).days();
                mark(
                        marked,
                        days.firstDay(course.start(), course.end()),
                        days.lastDay(course.start(), course.end()),
                        window + 1);
            }
        }
        return marked;
    }

    private static void mark(List<Marked> marked, int from, int to, int level) {
        if (from <= to) {
            marked.add(new Marked(new Stay(from, to), level));
        }
    }

    private static int level(List<Marked> marked, int day) {
        int level = OUTSIDE;
        for (Marked each : marked) {
            level = each.days().holds(day) ? each.level() : level;
        }
        return level;
    }
}
