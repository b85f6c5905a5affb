package org.vauban.synth;

import java.util.Map;
import java.util.TreeMap;

/** How many persons have how many events, in memory that does not grow with persons. */
final class EventCounts {
    private final Map<Integer, Long> persons = new TreeMap<>();
    private long people;
    private long events;

    void add(int numberOfEvents) {
        persons.merge(numberOfEvents, 1L, Long::sum);
        people++;
        events += numberOfEvents;
    }

    long total() {
        return events;
    }

    double mean() {
        return (double) events / people;
    }

    int least() {
        return persons.keySet().iterator().next();
    }

    int median() {
        long passed = 0;
        for (Map.Entry<Integer, Long> count : persons.entrySet()) {
            passed += count.getValue();
            if (2 * passed >= people) {
                return count.getKey();
            }
        }
        throw new IllegalStateException("there is no person to take a median of");
    }
}
