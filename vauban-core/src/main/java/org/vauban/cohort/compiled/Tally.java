package org.vauban.cohort.compiled;

import java.util.List;
import java.util.stream.LongStream;
import org.vauban.cohort.Attrition;

/** Counts what rules leave, for one definition over all buckets. */
final class Tally {
    private final MaskCounts events;
    private final MaskCounts bestEvents;
    private final long[] personsReaching;

    Tally(int rules) {
        this.events = new MaskCounts(rules);
        this.bestEvents = new MaskCounts(rules);
        this.personsReaching = new long[rules];
    }

    /**
     * Adds one person.
     *
     * @param masks which rules hold of each qualified event
     * @param starts the events' first days
     * @param size how many events there are; they stand in the order in which they entered
     */
    void add(long[] masks, int[] starts, int size) {
        if (size == 0) {
            return;
        }
        int best = 0;
        int reached = 0;
        for (int event = 0; event < size; event++) {
            events.count(masks[event]);
            reached = Math.max(reached, Long.numberOfTrailingZeros(~masks[event]));
            if (event > 0 && isBetter(masks[event], starts[event], masks[best], starts[best])) {
                best = event;
            }
        }
        bestEvents.count(masks[best]);
        for (int rule = 0; rule < Math.min(reached, personsReaching.length); rule++) {
            personsReaching[rule]++;
        }
    }

    /** Adds what was counted of other persons. */
    void addAll(Tally other) {
        events.addAll(other.events);
        bestEvents.addAll(other.bestEvents);
        for (int rule = 0; rule < personsReaching.length; rule++) {
            personsReaching[rule] += other.personsReaching[rule];
        }
    }

    Attrition attrition(List<String> rules) {
        return new Attrition(
                rules,
                events.counts(),
                bestEvents.counts(),
                LongStream.of(personsReaching).boxed().toList());
    }

    /** More rules, then an earlier first rule (none counts as the first), then an earlier event. */
    private static boolean isBetter(long mask, int start, long than, int thanStart) {
        int rules = Long.bitCount(mask);
        int thanRules = Long.bitCount(than);
        if (rules != thanRules) {
            return rules > thanRules;
        }
        int first = mask == 0 ? 0 : Long.numberOfTrailingZeros(mask);
        int thanFirst = than == 0 ? 0 : Long.numberOfTrailingZeros(than);
        return first != thanFirst ? first < thanFirst : start < thanStart;
    }
}
