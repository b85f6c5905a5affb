package org.vauban.cohort.compiled;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.vauban.cohort.Attrition;

/** Counts what rules leave, for one definition over all buckets. */
final class Tally {
    private final Map<Long, long[]> events = new HashMap<>();
    private final Map<Long, long[]> bestEvents = new HashMap<>();
    private final long[] personsReaching;

    Tally(int rules) {
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
            count(events, masks[event]);
            reached = Math.max(reached, Long.numberOfTrailingZeros(~masks[event]));
            if (event > 0 && isBetter(masks[event], starts[event], masks[best], starts[best])) {
                best = event;
            }
        }
        count(bestEvents, masks[best]);
        for (int rule = 0; rule < Math.min(reached, personsReaching.length); rule++) {
            personsReaching[rule]++;
        }
    }

    Attrition attrition(List<String> rules) {
        return new Attrition(
                rules,
                counts(events),
                counts(bestEvents),
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

    private static void count(Map<Long, long[]> counts, long mask) {
        counts.computeIfAbsent(mask, _ -> new long[1])[0]++;
    }

    private static Map<Long, Long> counts(Map<Long, long[]> counted) {
        Map<Long, Long> counts = new HashMap<>();
        counted.forEach((mask, count) -> counts.put(mask, Arrays.stream(count).sum()));
        return counts;
    }
}
