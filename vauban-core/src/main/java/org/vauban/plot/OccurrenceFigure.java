package org.vauban.plot;

import java.util.List;

/**
 * A rate or a share by calendar interval, each with its limits, for up to four groups.
 *
 * @param id unique in its page
 * @param words title, description, language
 * @param valueAxis what is shown, such as {@code Events per 100,000 person-years}
 * @param shares whether values are shares of 1, written in per cent
 * @param intervals labels of the intervals, in order
 * @param groups what is drawn
 */
public record OccurrenceFigure(
        String id, FigureWords words, String valueAxis, boolean shares, List<String> intervals, List<Group> groups)
        implements Figure {
    /** As many groups as can be told apart. */
    public static final int GROUPS_MAX = Svg.ARMS_MAX;

    public OccurrenceFigure {
        intervals = List.copyOf(intervals);
        groups = List.copyOf(groups);
        if (intervals.isEmpty() || groups.isEmpty() || groups.size() > GROUPS_MAX) {
            throw new IllegalArgumentException("A figure has intervals and one to " + GROUPS_MAX + " groups");
        }
        for (Group group : groups) {
            for (Point point : group.points()) {
                if (point.interval() >= intervals.size()) {
                    throw new IllegalArgumentException("A point lies in an interval of the figure");
                }
            }
        }
    }

    /** One group; an interval without a point is a gap. Points ascend by interval. */
    public record Group(String label, List<Point> points) {
        public Group {
            points = List.copyOf(points);
        }
    }

    /** One estimate: in which interval, counted from 0, and its value with limits, none below 0. */
    public record Point(int interval, double value, double low, double high) {
        public Point {
            if (interval < 0 || !(low >= 0) || !(value >= low) || !(high >= value) || Double.isInfinite(high)) {
                throw new IllegalArgumentException("A value lies between its limits");
            }
        }
    }
}
