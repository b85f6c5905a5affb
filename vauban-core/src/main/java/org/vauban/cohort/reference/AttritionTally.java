package org.vauban.cohort.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vauban.cohort.Attrition;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.InclusionRule;

/** Counts what rules leave, person by person. */
final class AttritionTally {
    private final List<String> rules;
    private final Map<Long, Long> events = new HashMap<>();
    private final Map<Long, Long> bestEvents = new HashMap<>();
    private final List<Long> personsAfter;

    AttritionTally(CohortDefinition definition) {
        this.rules = definition.rules().stream().map(InclusionRule::name).toList();
        this.personsAfter = new ArrayList<>(Collections.nCopies(rules.size(), 0L));
    }

    /** An event, the place it entered at, and the rules that hold of it. */
    record Judged(IndexEvent event, long mask) {}

    void add(List<Judged> ofPerson) {
        for (Judged judged : ofPerson) {
            events.merge(judged.mask(), 1L, Long::sum);
        }
        ofPerson.stream()
                .min(Comparator.comparingInt((Judged judged) -> -Long.bitCount(judged.mask()))
                        .thenComparingInt(judged -> judged.mask() == 0 ? 0 : Long.numberOfTrailingZeros(judged.mask()))
                        .thenComparingInt(judged -> judged.event().start())
                        .thenComparingLong(judged -> judged.event().id()))
                .ifPresent(best -> bestEvents.merge(best.mask(), 1L, Long::sum));
        for (int rule = 0; rule < rules.size(); rule++) {
            long upToHere = (1L << (rule + 1)) - 1;
            if (ofPerson.stream().anyMatch(judged -> (judged.mask() & upToHere) == upToHere)) {
                personsAfter.set(rule, personsAfter.get(rule) + 1);
            }
        }
    }

    Attrition attrition() {
        return new Attrition(rules, events, bestEvents, personsAfter);
    }
}
