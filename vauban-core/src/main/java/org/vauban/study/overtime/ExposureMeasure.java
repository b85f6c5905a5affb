package org.vauban.study.overtime;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What of an exposure is asked of a day. A lag of days means: of what was, so many days before. */
public sealed interface ExposureMeasure {
    /** How many days before a day are looked at; exposure since does not count yet. */
    int lagDays();

    /**
     * Exposed now or until lately.
     *
     * @param graceDays days after a course that still count
     */
    record Current(int lagDays, int graceDays) implements ExposureMeasure {
        public Current {
            notNegative(lagDays, graceDays);
        }
    }

    /**
     * Exposed now, lately, long ago, or never yet.
     *
     * @param bands last days since a course of each band, ascending; the last band has no end
     */
    record Recency(int lagDays, List<Integer> bands) implements ExposureMeasure {
        public Recency {
            notNegative(lagDays);
            bands = ascending(bands);
        }
    }

    /**
     * How many days were exposed so far, in steps.
     *
     * @param bounds last numbers of days of each step, ascending; the last step has no end
     * @param updateDays after so many days of follow-up the count is taken again
     */
    record CumulativeSteps(int lagDays, List<Integer> bounds, int updateDays) implements ExposureMeasure {
        public CumulativeSteps {
            notNegative(lagDays);
            positive(updateDays);
            bounds = ascending(bounds);
        }
    }

    /**
     * How many days were exposed so far, along a restricted cubic spline.
     *
     * @param knots how many; 2 for a line
     * @param at numbers of days that are compared with none
     * @param updateDays after so many days of follow-up the count is taken again
     */
    record CumulativeSpline(int lagDays, int knots, List<Integer> at, int updateDays) implements ExposureMeasure {
        public CumulativeSpline {
            notNegative(lagDays);
            positive(updateDays);
            at = ascending(at);
        }
    }

    /**
     * Exposed on some day of follow-up, told from its beginning on. Nobody knows that then: who is to be exposed must first live to see
     * it. It is here to show what it does, and its check fires.
     */
    record Ever() implements ExposureMeasure {
        @Override
        public int lagDays() {
            return 0;
        }
    }

    /** The names of the levels above none, in order; a spline has none. */
    default List<String> levels() {
        return switch (this) {
            case Current _ -> List.of("current");
            case Ever _ -> List.of("ever");
            case Recency(int _, List<Integer> bands) -> {
                List<String> levels = new ArrayList<>(List.of("current"));
                levels.addAll(between(bands, " days ago"));
                yield levels;
            }
            case CumulativeSteps(int _, List<Integer> bounds, int _) -> between(bounds, " days in all");
            case CumulativeSpline _ -> List.of();
        };
    }

    private static List<String> between(List<Integer> bounds, String unit) {
        List<String> names = new ArrayList<>();
        int from = 1;
        for (int bound : bounds) {
            names.add(from + " to " + bound + unit);
            from = bound + 1;
        }
        names.add("more than " + (from - 1) + unit);
        return names;
    }

    /** What a day has: the number of its level, 0 for none; of a spline, the days exposed so far. */
    default int on(History history, int day) {
        int seen = day - lagDays();
        return switch (this) {
            case Current(int _, int grace) -> {
                int since = history.daysSince(seen);
                yield since >= 0 && since <= grace ? 1 : 0;
            }
            case Ever _ -> history.begun() < history.days() ? 1 : 0;
            case Recency(int _, List<Integer> bands) -> {
                int since = history.daysSince(seen);
                yield since < 0 ? 0 : since == 0 ? 1 : 2 + band(bands, since);
            }
            case CumulativeSteps(int _, List<Integer> bounds, int _) -> {
                int exposed = history.exposedUntil(seen);
                yield exposed == 0 ? 0 : 1 + band(bounds, exposed);
            }
            case CumulativeSpline _ -> history.exposedUntil(seen);
        };
    }

    private static int band(List<Integer> bounds, int value) {
        return (int) bounds.stream().filter(bound -> value > bound).count();
    }

    /** The days from 0 on which what a day has may become another; day 0 is one of them. */
    default List<Integer> changes(History history) {
        var days = new TreeSet<Integer>();
        days.add(0);
        switch (this) {
            case Ever _ -> {}
            case Current(int lag, int grace) -> {
                for (History.Course course : history.courses()) {
                    days.add(course.first() + lag);
                    days.add(course.last() + lag + grace + 1);
                }
            }
            case Recency(int lag, List<Integer> bands) -> {
                for (History.Course course : history.courses()) {
                    days.add(course.first() + lag);
                    days.add(course.last() + lag + 1);
                    bands.forEach(band -> days.add(course.last() + lag + band + 1));
                }
            }
            case CumulativeSteps steps -> every(days, steps.updateDays(), history.days());
            case CumulativeSpline spline -> every(days, spline.updateDays(), history.days());
        }
        return List.copyOf(days.subSet(0, true, history.days(), false));
    }

    private static void every(TreeSet<Integer> days, int step, int until) {
        for (int day = step; day < until; day += step) {
            days.add(day);
        }
    }

    private static void notNegative(int... days) {
        for (int each : days) {
            if (each < 0) {
                throw new IllegalArgumentException("Days are not negative");
            }
        }
    }

    private static void positive(int days) {
        if (days < 1) {
            throw new IllegalArgumentException("Days are at least one");
        }
    }

    private static List<Integer> ascending(List<Integer> values) {
        for (int place = 0; place < values.size(); place++) {
            if (values.get(place) < 1 || (place > 0 && values.get(place) <= values.get(place - 1))) {
                throw new IllegalArgumentException("Numbers of days ascend from one");
            }
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException("There is a number of days");
        }
        return List.copyOf(values);
    }
}
