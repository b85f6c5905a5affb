package org.vauban.cohort.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vauban.cohort.CalendarWindow;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.Criterion;
import org.vauban.cohort.EventLimit;
import org.vauban.cohort.ExitStrategy;
import org.vauban.cohort.PrimaryCriteria;
import org.vauban.cohort.RecordColumns;
import org.vauban.cohort.Subject;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.Domain;

/** One definition, one person: entry, rules, exit, and the stays that come of it. */
final class PersonEvaluation {
    private final CohortDefinition definition;
    private final History history;
    private final EventFinder finder;

    PersonEvaluation(CohortDefinition definition, Map<Integer, Set<Integer>> conceptSets, History history) {
        this.definition = definition;
        this.history = history;
        this.finder = new EventFinder(history, conceptSets);
    }

    /** The events that entered and met the additional criteria; their place in entry order is their id. */
    List<IndexEvent> qualified() {
        List<IndexEvent> events = primary();
        var group = definition.additional();
        if (group.isEmpty()) {
            // Without additional criteria the limit on them does not count.
            return events;
        }
        List<IndexEvent> meeting = events.stream()
                .filter(event -> new GroupCheck(history, finder).holds(group.get(), List.of(event)))
                .toList();
        return limit(meeting, definition.qualifiedLimit());
    }

    /** Which rules hold of a qualified event: bit i for rule i. */
    long rulesMet(IndexEvent event) {
        long mask = 0;
        for (int rule = 0; rule < definition.rules().size(); rule++) {
            if (new GroupCheck(history, finder)
                    .holds(definition.rules().get(rule).group(), List.of(event))) {
                mask |= 1L << rule;
            }
        }
        return mask;
    }

    /** The stays that the qualified events lead to. */
    List<Stay> stays(List<IndexEvent> qualified) {
        long all = (1L << definition.rules().size()) - 1;
        List<IndexEvent> meeting =
                qualified.stream().filter(event -> rulesMet(event) == all).toList();
        List<IndexEvent> included = limit(meeting, definition.expressionLimit());
        List<Stay> stays = new ArrayList<>();
        for (IndexEvent event : included) {
            OptionalInt end = exit(event);
            if (end.isPresent()) {
                stays.add(new Stay(event.start(), end.getAsInt()));
            }
        }
        return cut(collapse(stays, definition.eraPadDays()), definition.censorWindow());
    }

    // Entry.

    private record Entry(Event event, Period period) {}

    private List<IndexEvent> primary() {
        PrimaryCriteria primary = definition.primary();
        boolean usesVisit =
                definition.additional().map(GroupCheck::restrictsVisit).orElse(false)
                        || definition.rules().stream().anyMatch(rule -> GroupCheck.restrictsVisit(rule.group()));
        List<Entry> entries = new ArrayList<>();
        for (Criterion criterion : primary.criteria()) {
            for (Event event : finder.find(criterion, usesVisit)) {
                for (Period period : history.observationPeriods()) {
                    if (period.covers(event.start())
                            && period.start() + primary.priorDays() <= event.start()
                            && event.start() + primary.postDays() <= period.end()) {
                        entries.add(new Entry(event, period));
                    }
                }
            }
        }
        Comparator<Entry> byDay = Comparator.comparingInt(entry -> entry.event().sortDay());
        Comparator<Entry> order = (primary.limit() == EventLimit.LAST ? byDay.reversed() : byDay)
                .thenComparingLong(entry -> entry.event().id());
        entries.sort(order);
        List<IndexEvent> numbered = new ArrayList<>();
        for (Entry entry : entries) {
            Event event = entry.event();
            numbered.add(new IndexEvent(
                    numbered.size() + 1,
                    event.start(),
                    event.end(),
                    event.visit(),
                    entry.period().start(),
                    entry.period().end()));
        }
        return primary.limit() == EventLimit.ALL || numbered.isEmpty() ? numbered : List.of(numbered.getFirst());
    }

    /** The first or last event by start day; of several the one that entered first. */
    private static List<IndexEvent> limit(List<IndexEvent> events, EventLimit limit) {
        Comparator<IndexEvent> byDay = Comparator.comparingInt(IndexEvent::start);
        Optional<IndexEvent> one = switch (limit) {
            case ALL -> Optional.empty();
            case FIRST -> events.stream().min(byDay.thenComparingLong(IndexEvent::id));
            case LAST -> events.stream().min(byDay.reversed().thenComparingLong(IndexEvent::id));
        };
        return limit == EventLimit.ALL ? events : one.map(List::of).orElse(List.of());
    }

    // Exit.

    /** The earliest end that is not before the start; nothing when all are. */
    private OptionalInt exit(IndexEvent event) {
        List<Integer> ends = new ArrayList<>();
        switch (definition.exit()) {
            case ExitStrategy.EndOfObservation _ -> ends.add(event.periodEnd());
            case ExitStrategy.FixedOffset offset -> {
                int from = offset.from() == Subject.Day.START ? event.start() : event.end();
                if (!Absent.is(from)) {
                    ends.add(Math.min(from + offset.days(), event.periodEnd()));
                }
            }
            case ExitStrategy.DrugExposureEnd drug -> {
                ends.add(event.periodEnd());
                for (Stay era : eras(drug)) {
                    if (era.start() <= event.start() && event.start() <= era.end()) {
                        ends.add(era.end());
                    }
                }
            }
        }
        for (Criterion criterion : definition.censoring()) {
            finder.find(criterion, false).stream()
                    .mapToInt(Event::start)
                    .filter(day -> day >= event.start() && day <= event.periodEnd())
                    .min()
                    .ifPresent(ends::add);
        }
        return ends.stream()
                .mapToInt(Integer::intValue)
                .filter(end -> end >= event.start())
                .min();
    }

    private List<Stay> eras(ExitStrategy.DrugExposureEnd drug) {
        Set<Integer> concepts = finder.conceptSet(drug.conceptSet());
        List<Stay> exposures = new ArrayList<>();
        for (int row : history.rows(Domain.DRUG_EXPOSURE)) {
            OptionalInt concept = history.whole(Domain.DRUG_EXPOSURE, Domain.DRUG_EXPOSURE.conceptColumn(), row);
            OptionalInt source =
                    history.whole(Domain.DRUG_EXPOSURE, RecordColumns.sourceConcept(Domain.DRUG_EXPOSURE), row);
            boolean isDrug = concept.isPresent() && concepts.contains(concept.getAsInt());
            boolean isDrugBySource = source.isPresent() && concepts.contains(source.getAsInt());
            if (isDrug || isDrugBySource) {
                int start = history.start(Domain.DRUG_EXPOSURE, row);
                int end = drug.daysSupply().isPresent()
                        ? start + drug.daysSupply().getAsInt()
                        : finder.defaultEnd(Domain.DRUG_EXPOSURE, row);
                exposures.add(new Stay(start, end + drug.offsetDays()));
            }
        }
        return collapse(exposures, drug.gapDays());
    }

    /** Joins stays whose gap is at most the pad; an end on the next one's first day joins them even without a pad. */
    private static List<Stay> collapse(List<Stay> stays, int padDays) {
        List<Stay> ordered = stays.stream()
                .sorted(Comparator.comparingInt(Stay::start).thenComparingInt(Stay::end))
                .toList();
        List<Stay> joined = new ArrayList<>();
        int lastEnd = Integer.MIN_VALUE;
        for (Stay stay : ordered) {
            if (!joined.isEmpty() && lastEnd + padDays >= stay.start()) {
                Stay previous = joined.removeLast();
                joined.add(new Stay(previous.start(), Math.max(previous.end(), stay.end())));
            } else {
                joined.add(stay);
            }
            lastEnd = Math.max(lastEnd, stay.end());
        }
        return joined;
    }

    private static List<Stay> cut(List<Stay> stays, CalendarWindow window) {
        return stays.stream()
                .map(stay -> new Stay(
                        Math.max(stay.start(), window.startDay().orElse(stay.start())),
                        Math.min(stay.end(), window.endDay().orElse(stay.end()))))
                .filter(stay -> stay.start() <= stay.end())
                .toList();
    }
}
