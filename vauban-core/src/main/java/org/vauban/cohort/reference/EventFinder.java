package org.vauban.cohort.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.vauban.cohort.AttributeTest;
import org.vauban.cohort.CalendarWindow;
import org.vauban.cohort.Criterion;
import org.vauban.cohort.DateAdjustment;
import org.vauban.cohort.RecordColumns;
import org.vauban.cohort.Subject;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.Domain;

/** Finds a person's events of one criterion. */
final class EventFinder {
    private final History history;
    private final Map<Integer, Set<Integer>> conceptSets;
    private final AttributeCheck check;

    EventFinder(History history, Map<Integer, Set<Integer>> conceptSets) {
        this.history = history;
        this.conceptSets = conceptSets;
        this.check = new AttributeCheck(history, conceptSets);
    }

    /** The events, by start day as recorded, then rank. A record appears once for each visit that makes it match. */
    List<Event> find(Criterion criterion, boolean withVisit) {
        Domain domain = criterion.domain();
        List<Integer> rows = history.rows(domain).stream()
                .filter(row -> isInSets(criterion, row))
                .toList();
        if (criterion.isFirst() && !rows.isEmpty()) {
            // The first of these records ever, whatever the tests below say of it.
            rows = List.of(rows.getFirst());
        }
        List<Event> events = new ArrayList<>();
        for (int row : rows) {
            events.addAll(events(criterion, row, withVisit || aroundNeedsVisit(criterion)));
        }
        return criterion
                .conditionsAround()
                .map(group -> new GroupCheck(history, this).keep(events, group))
                .orElse(events);
    }

    Set<Integer> conceptSet(int id) {
        Set<Integer> set = conceptSets.get(id);
        if (set == null) {
            throw new IllegalStateException("No such concept set: " + id);
        }
        return set;
    }

    AttributeCheck attributes() {
        return check;
    }

    /** The last day of a record, with the defaults of its domain filled in; absent where there is no default. */
    int defaultEnd(Domain domain, int row) {
        int start = history.start(domain, row);
        return switch (domain) {
            case PROCEDURE_OCCURRENCE, MEASUREMENT, OBSERVATION, SPECIMEN, DEATH -> start + 1;
            case CONDITION_OCCURRENCE, DEVICE_EXPOSURE ->
                history.end(domain, row).orElse(start + 1);
            case DRUG_EXPOSURE -> {
                OptionalInt end = history.end(domain, row);
                OptionalInt supply = history.whole(domain, RecordColumns.DAYS_SUPPLY, row);
                yield end.isPresent() ? end.getAsInt() : start + supply.orElse(1);
            }
            case VISIT_OCCURRENCE,
                    VISIT_DETAIL,
                    CONDITION_ERA,
                    DRUG_ERA,
                    DOSE_ERA,
                    OBSERVATION_PERIOD,
                    PAYER_PLAN_PERIOD -> history.end(domain, row).orElse(Absent.INT);
        };
    }

    private boolean isInSets(Criterion criterion, int row) {
        Domain domain = criterion.domain();
        if (criterion.conceptSet().isPresent()) {
            OptionalInt concept = history.whole(domain, domain.conceptColumn(), row);
            if (concept.isEmpty()
                    || !conceptSet(criterion.conceptSet().getAsInt()).contains(concept.getAsInt())) {
                return false;
            }
        }
        if (criterion.sourceConceptSet().isPresent()) {
            OptionalInt concept = history.whole(domain, RecordColumns.sourceConcept(domain), row);
            return concept.isPresent()
                    && conceptSet(criterion.sourceConceptSet().getAsInt()).contains(concept.getAsInt());
        }
        return true;
    }

    private List<Event> events(Criterion criterion, int row, boolean withVisit) {
        Domain domain = criterion.domain();
        int recordStart = history.start(domain, row);
        int recordEnd = defaultEnd(domain, row);
        int start = recordStart;
        int end = recordEnd;
        Optional<DateAdjustment> adjustment = criterion.adjustmentThatCounts();
        if (adjustment.isPresent()) {
            DateAdjustment days = adjustment.get();
            int from = days.start() == Subject.Day.START ? recordStart : recordEnd;
            int to = days.end() == Subject.Day.START ? recordStart : recordEnd;
            if (Absent.is(from) || Absent.is(to)) {
                return List.of();
            }
            start = from + days.startOffsetDays();
            end = to + days.endOffsetDays();
            if (end < start) {
                return List.of();
            }
        }
        for (AttributeTest test : criterion.tests()) {
            if (!(test.subject() instanceof Subject.OfVisit) && !check.holds(test, domain, row, start, end)) {
                return List.of();
            }
        }
        int sortDay = start;
        if (criterion.fixedPeriod().isPresent()) {
            CalendarWindow fixed = criterion.fixedPeriod().get();
            var record = new Period(start, end);
            boolean coversStart =
                    fixed.startDay().isEmpty() || record.covers(fixed.startDay().getAsInt());
            boolean coversEnd =
                    fixed.endDay().isEmpty() || record.covers(fixed.endDay().getAsInt());
            if (!coversStart || !coversEnd) {
                return List.of();
            }
            start = fixed.startDay().orElse(start);
            end = fixed.endDay().orElse(end);
        }
        OptionalLong visit = withVisit ? check.visit(domain, row) : OptionalLong.empty();
        var event = new Event(history.rank(domain, row), start, end, sortDay, visit.orElse(Absent.LONG), row);
        return Collections.nCopies(visitsThatMatch(criterion, row), event);
    }

    /** How many visits make the record match: 1 when no visit is asked for. */
    private int visitsThatMatch(Criterion criterion, int row) {
        List<AttributeTest> tests = criterion.tests().stream()
                .filter(test -> test.subject() instanceof Subject.OfVisit)
                .toList();
        if (tests.isEmpty()) {
            return 1;
        }
        OptionalLong visit = check.visit(criterion.domain(), row);
        if (visit.isEmpty()) {
            return 0;
        }
        int matching = 0;
        for (int visitRow : history.rows(Domain.VISIT_OCCURRENCE)) {
            OptionalLong id = history.identifier(
                    Domain.VISIT_OCCURRENCE, CdmTable.VISIT_OCCURRENCE.column("visit_occurrence_id"), visitRow);
            if (id.equals(visit) && tests.stream().allMatch(test -> check.holdsOfVisit(test, visitRow))) {
                matching++;
            }
        }
        return matching;
    }

    private static boolean aroundNeedsVisit(Criterion criterion) {
        return criterion.conditionsAround().map(GroupCheck::restrictsVisit).orElse(false);
    }
}
