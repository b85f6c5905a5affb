package org.vauban.cohort;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each inclusion rule left, in events and in persons.
 *
 * <p>A mask says which rules hold of an event: bit {@code i} for rule {@code i}. As in OHDSI's reports a person is represented by
 * the best event: the one that meets most rules, then the one whose first rule met is the earliest, then the earliest event.
 *
 * @param rules the rules' names
 * @param events number of qualified events by mask
 * @param bestEvents number of persons by the mask of their best event
 * @param personsAfter persons with an event that meets the rules up to and including this one, taken in order
 */
public record Attrition(
        List<String> rules, Map<Long, Long> events, Map<Long, Long> bestEvents, List<Long> personsAfter) {

    public Attrition {
        rules = List.copyOf(rules);
        events = Map.copyOf(events);
        bestEvents = Map.copyOf(bestEvents);
        personsAfter = List.copyOf(personsAfter);
        if (personsAfter.size() != rules.size()) {
            throw new IllegalArgumentException(
                    "Attrition has " + rules.size() + " rules and " + personsAfter.size() + " steps");
        }
    }

    /** Events that entered, before any rule. */
    public long qualifiedEvents() {
        return total(events);
    }

    /** Persons who entered, before any rule. */
    public long qualifiedPersons() {
        return total(bestEvents);
    }

    /** Events that meet all rules. */
    public long includedEvents() {
        return events.getOrDefault(allRules(), 0L);
    }

    /** Persons with an event that meets all rules. */
    public long includedPersons() {
        return bestEvents.getOrDefault(allRules(), 0L);
    }

    /** The rules with what each leaves. */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (int rule = 0; rule < rules.size(); rule++) {
            long bit = 1L << rule;
            long upToHere = (bit << 1) - 1;
            steps.add(new Step(
                    rules.get(rule),
                    matching(events, bit),
                    matching(bestEvents, bit),
                    events.getOrDefault(allRules() & ~bit, 0L),
                    bestEvents.getOrDefault(allRules() & ~bit, 0L),
                    matching(events, upToHere),
                    personsAfter.get(rule)));
        }
        return List.copyOf(steps);
    }

    private long allRules() {
        return (1L << rules.size()) - 1;
    }

    private static long matching(Map<Long, Long> counts, long bits) {
        return counts.entrySet().stream()
                .filter(entry -> (entry.getKey() & bits) == bits)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static long total(Map<Long, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Counts by ascending mask, for reports. */
    public Map<Long, Long> eventsByMask() {
        return new TreeMap<>(events);
    }

    /** Persons by ascending mask of their best event, for reports. */
    public Map<Long, Long> bestEventsByMask() {
        return new TreeMap<>(bestEvents);
    }

    /**
     * One rule.
     *
     * @param rule its name
     * @param eventsMeeting events that meet it, whatever the other rules say
     * @param personsMeeting persons whose best event meets it
     * @param eventsLostToItAlone events that meet every other rule
     * @param personsLostToItAlone persons whose best event meets every other rule
     * @param eventsAfter events that meet this rule and all before it
     * @param personsAfter persons with an event that meets this rule and all before it
     */
    public record Step(
            String rule,
            long eventsMeeting,
            long personsMeeting,
            long eventsLostToItAlone,
            long personsLostToItAlone,
            long eventsAfter,
            long personsAfter) {}
}
