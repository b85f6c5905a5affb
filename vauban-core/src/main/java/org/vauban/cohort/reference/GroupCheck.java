package org.vauban.cohort.reference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vauban.cohort.CorrelatedCriterion;
import org.vauban.cohort.CriteriaGroup;
import org.vauban.cohort.DemographicCriterion;
import org.vauban.cohort.DistinctColumn;
import org.vauban.cohort.EventWindow;
import org.vauban.cohort.Occurrence;
import org.vauban.cohort.RecordColumns;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.Domain;

/**
 * Says of which index events a group of conditions holds.
 *
 * <p>OHDSI's queries group by the event's identifier. Usually one index event stands behind it; there are several when a record
 * lies in overlapping observation periods or shares its identifier with another, and then their matches are counted together, as
 * the queries do.
 */
final class GroupCheck {
    private final History history;
    private final EventFinder finder;

    GroupCheck(History history, EventFinder finder) {
        this.history = history;
        this.finder = finder;
    }

    /** The events of which the group holds, seen from the observation periods they start in. */
    List<Event> keep(List<Event> events, CriteriaGroup group) {
        Map<Long, List<IndexEvent>> byId = new LinkedHashMap<>();
        for (Event event : events) {
            for (Period period : history.observationPeriods()) {
                if (period.covers(event.start())) {
                    byId.computeIfAbsent(event.id(), _ -> new ArrayList<>())
                            .add(new IndexEvent(
                                    event.id(),
                                    event.start(),
                                    event.end(),
                                    event.visit(),
                                    period.start(),
                                    period.end()));
                }
            }
        }
        Set<Long> kept = new HashSet<>();
        byId.forEach((id, indexEvents) -> {
            if (holds(group, indexEvents)) {
                kept.add(id);
            }
        });
        return events.stream().filter(event -> kept.contains(event.id())).toList();
    }

    boolean holds(CriteriaGroup group, List<IndexEvent> index) {
        return rows(group, index) > 0;
    }

    static boolean restrictsVisit(CriteriaGroup group) {
        return group.correlated().stream().anyMatch(CorrelatedCriterion::restrictVisit)
                || group.groups().stream().anyMatch(GroupCheck::restrictsVisit);
    }

    /** How many rows the group's query returns for these index events, which share their identifier. */
    private int rows(CriteriaGroup group, List<IndexEvent> index) {
        if (group.isEmpty()) {
            return index.size();
        }
        int met = 0;
        for (CorrelatedCriterion correlated : group.correlated()) {
            met += holds(correlated, index) ? 1 : 0;
        }
        for (DemographicCriterion demographic : group.demographic()) {
            met += index.stream().anyMatch(event -> holds(demographic, event)) ? 1 : 0;
        }
        for (CriteriaGroup inner : group.groups()) {
            met += rows(inner, index);
        }
        int counted = met * index.size();
        boolean holds = switch (group.kind()) {
            case ALL -> counted == group.size();
            case ANY -> counted > 0;
            case AT_LEAST -> counted >= group.count() && (counted > 0 || group.count() == 0);
            case AT_MOST -> counted <= group.count();
        };
        return holds ? 1 : 0;
    }

    private boolean holds(CorrelatedCriterion correlated, List<IndexEvent> index) {
        Occurrence occurrence = correlated.occurrence();
        List<Event> events = finder.find(correlated.criterion(), needsVisit(correlated));
        long rows = 0;
        Set<Object> values = new HashSet<>();
        for (IndexEvent around : index) {
            for (Event event : events) {
                if (isInside(correlated, around, event)) {
                    rows++;
                    occurrence.distinct().ifPresent(column -> value(correlated, column, event, values));
                }
            }
        }
        if (rows == 0 && !occurrence.allowsNone()) {
            return false;
        }
        if (occurrence.distinct().isPresent()) {
            return occurrence.holds(values.size());
        }
        // Where none is allowed the query joins the index events once more, and so counts each match for each of them.
        return occurrence.holds(occurrence.allowsNone() ? rows * index.size() : rows);
    }

    private static boolean needsVisit(CorrelatedCriterion correlated) {
        return correlated.restrictVisit()
                || correlated.occurrence().distinct().equals(Optional.of(DistinctColumn.VISIT_ID));
    }

    private boolean isInside(CorrelatedCriterion correlated, IndexEvent around, Event event) {
        boolean inPeriod = !correlated.ignoreObservationPeriod();
        if (inPeriod && !new Period(around.periodStart(), around.periodEnd()).covers(event.start())) {
            return false;
        }
        if (!isInside(correlated.startWindow(), around, event, inPeriod)) {
            return false;
        }
        if (correlated.endWindow().isPresent()
                && !isInside(correlated.endWindow().get(), around, event, inPeriod)) {
            return false;
        }
        return !correlated.restrictVisit() || (event.visit() != Absent.LONG && event.visit() == around.visit());
    }

    private static boolean isInside(EventWindow window, IndexEvent around, Event event, boolean inPeriod) {
        int indexDay = window.fromIndexEnd() ? around.end() : around.start();
        int eventDay = window.ofEventEnd() ? event.end() : event.start();
        OptionalInt first = bound(window.start(), indexDay, around, inPeriod);
        OptionalInt last = bound(window.end(), indexDay, around, inPeriod);
        boolean isBounded = first.isPresent() || last.isPresent();
        if (isBounded && (Absent.is(eventDay) || !isKnown(window, indexDay))) {
            return false;
        }
        return (first.isEmpty() || eventDay >= first.getAsInt()) && (last.isEmpty() || eventDay <= last.getAsInt());
    }

    /** A bound that counts from an index day needs one; an index event may have no end. */
    private static boolean isKnown(EventWindow window, int indexDay) {
        boolean counts =
                window.start().days().isPresent() || window.end().days().isPresent();
        return !counts || !Absent.is(indexDay);
    }

    private static OptionalInt bound(EventWindow.Bound bound, int indexDay, IndexEvent around, boolean inPeriod) {
        if (bound.offset().isPresent()) {
            return OptionalInt.of(indexDay + bound.offset().getAsInt());
        }
        if (!inPeriod) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(bound.before() ? around.periodStart() : around.periodEnd());
    }

    /** Adds the value that is counted; a missing one is not a value. */
    private void value(CorrelatedCriterion correlated, DistinctColumn column, Event event, Set<Object> values) {
        Domain domain = correlated.criterion().domain();
        switch (column) {
            case START_DATE -> values.add(event.start());
            case END_DATE -> {
                if (!Absent.is(event.end())) {
                    values.add(event.end());
                }
            }
            case DURATION -> {
                if (lastsOneDay(domain)) {
                    values.add(1);
                } else if (!Absent.is(event.end())) {
                    values.add(event.end() - event.start());
                }
            }
            case VISIT_ID -> {
                if (event.visit() != Absent.LONG) {
                    values.add(event.visit());
                }
            }
            default -> {
                var found = history.number(domain, RecordColumns.distinct(domain, column), event.row());
                if (found.isPresent()) {
                    values.add(found.getAsDouble());
                } else if (domain == Domain.DEATH) {
                    // A death without a cause counts as cause 0.
                    values.add(0.0);
                }
            }
        }
    }

    private static boolean lastsOneDay(Domain domain) {
        return switch (domain) {
            case PROCEDURE_OCCURRENCE, MEASUREMENT, OBSERVATION, SPECIMEN, DEATH -> true;
            default -> false;
        };
    }

    private boolean holds(DemographicCriterion demographic, IndexEvent event) {
        return history.isKnown()
                && demographic.tests().stream()
                        .allMatch(test -> finder.attributes()
                                .holds(test, Domain.OBSERVATION_PERIOD, 0, event.start(), event.end()));
    }
}
