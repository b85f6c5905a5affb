package org.vauban.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * From eras of treatment to a path. Semantics are those that DARWIN EU's TreatmentPatterns documents; the specification draws each rule as
 * lines of days that a clinician can check.
 *
 * <p>Here an era ends on the day on which it is over, which does not count: so parts that are cut from one another touch, and lengths are
 * differences.
 */
final class PathwayLine {
    private PathwayLine() {}

    /**
     * Days of one treatment, or of several at a time.
     *
     * @param treatments which, a bit each
     * @param start first day
     * @param end the day after the last
     */
    record Era(int treatments, int start, int end) {
        int days() {
            return end - start;
        }

        Era from(int day) {
            return new Era(treatments, day, end);
        }

        Era until(int day) {
            return new Era(treatments, start, day);
        }

        @Override
        public String toString() {
            return "Era";
        }
    }

    /**
     * Cuts eras that overlap, the earliest first, until none do.
     *
     * <ul>
     *   <li>Two that overlap for fewer than {@code combinationDays} are a switch: the first is over when the second begins. Unless one lies
     *       inside the other from edge to edge: what goes on afterwards was not switched away from.
     *   <li>Others are a combination: the first alone, both, and the one that lasts longer alone.
     *   <li>What cutting leaves and lasts fewer than {@code leastPartDays} is left out.
     * </ul>
     */
    static List<Era> cut(List<Era> eras, int combinationDays, int leastPartDays) {
        List<Era> line = new ArrayList<>(eras);
        Comparator<Era> order =
                Comparator.comparingInt(Era::start).thenComparingInt(Era::end).thenComparingInt(Era::treatments);
        line.sort(order);
        int place = 1;
        while (place < line.size()) {
            Era first = line.get(place - 1);
            Era second = line.get(place);
            if (second.start() >= first.end()) {
                place++;
            } else {
                line.subList(place - 1, place + 1).clear();
                parts(first, second, combinationDays).stream()
                        .filter(part -> part.days() > 0)
                        .filter(part -> part.days() >= leastPartDays || part.equals(first) || part.equals(second))
                        .forEach(line::add);
                line.sort(order);
                place = 1;
            }
        }
        return List.copyOf(line);
    }

    private static List<Era> parts(Era first, Era second, int combinationDays) {
        int overlap = first.end() - second.start();
        boolean inside = overlap >= second.days() || overlap == first.days();
        if (overlap < combinationDays && !inside) {
            return List.of(first.until(second.start()), second);
        }
        int over = Math.min(first.end(), second.end());
        var both = new Era(first.treatments() | second.treatments(), second.start(), over);
        Era after = first.end() > second.end() ? first.from(over) : second.from(over);
        return List.of(first.until(second.start()), both, after);
    }

    /** The treatments of a line in their order, at most so many. */
    static List<Integer> path(List<Era> line, Design.Kept kept, int longest) {
        List<Integer> path = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (Era era : line) {
            boolean keeps = switch (kept) {
                case FIRST -> seen.add(era.treatments());
                case CHANGES -> path.isEmpty() || path.getLast() != era.treatments();
                case ALL -> true;
            };
            if (keeps) {
                path.add(era.treatments());
            }
        }
        return List.copyOf(path.subList(0, Math.min(longest, path.size())));
    }
}
