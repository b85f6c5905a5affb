package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The days of one person that count, before they are cut by calendar and age. Semantics are those that DARWIN EU's IncidencePrevalence
 * documents; the specification draws each of them as a line a clinician can check.
 */
final class TimeLine {
    private TimeLine() {}

    /**
     * Days at risk in a row.
     *
     * @param days first and last day; the day of the event is one of them
     * @param event whether it ends with the outcome
     */
    record AtRisk(Stay days, boolean event) {}

    /** Overlapping periods of observation as one; those that only touch stay two, and each asks for its own days before. */
    static List<Stay> merged(List<Stay> byStart) {
        List<Stay> merged = new ArrayList<>();
        for (Stay next : byStart) {
            if (!merged.isEmpty() && next.start() <= merged.getLast().end()) {
                Stay before = merged.removeLast();
                merged.add(new Stay(before.start(), Math.max(before.end(), next.end())));
            } else {
                merged.add(next);
            }
        }
        return List.copyOf(merged);
    }

    /** The days of observation once there were so many days of it before. */
    static List<Stay> afterDays(List<Stay> observed, int days) {
        return observed.stream()
                .map(stay -> new Stay(stay.start() + days, stay.end()))
                .filter(stay -> stay.start() <= stay.end())
                .toList();
    }

    /** The days that are in both; each list is without overlaps, by start. */
    static List<Stay> both(List<Stay> ones, List<Stay> others) {
        List<Stay> both = new ArrayList<>();
        for (Stay one : ones) {
            for (Stay other : others) {
                if (one.meets(other)) {
                    both.add(new Stay(Math.max(one.start(), other.start()), Math.min(one.end(), other.end())));
                }
            }
        }
        return List.copyOf(both);
    }

    /**
     * The days at risk of the outcome. An outcome that began before takes the days until its last day and the washout after it; one that
     * begins on a day that is not at risk is no event, but its own washout counts.
     *
     * @param washoutDays days after an outcome's last day; empty = for ever
     * @param repeated whether a person is at risk again after an event
     */
    static List<AtRisk> atRisk(List<Stay> stretches, List<Stay> outcomes, OptionalInt washoutDays, boolean repeated) {
        List<AtRisk> found = new ArrayList<>();
        for (Stay stretch : stretches) {
            int from = stretch.start();
            int next = 0;
            while (from <= stretch.end()) {
                while (next < outcomes.size() && outcomes.get(next).start() < from) {
                    if (washoutDays.isEmpty()) {
                        return found;
                    }
                    from = Math.max(from, outcomes.get(next).end() + washoutDays.getAsInt() + 1);
                    next++;
                }
                if (from > stretch.end()) {
                    break;
                }
                boolean event = next < outcomes.size() && outcomes.get(next).start() <= stretch.end();
                int last = event ? outcomes.get(next).start() : stretch.end();
                found.add(new AtRisk(new Stay(from, last), event));
                if (event && !repeated) {
                    return found;
                }
                from = last + 1;
            }
        }
        return found;
    }
}
