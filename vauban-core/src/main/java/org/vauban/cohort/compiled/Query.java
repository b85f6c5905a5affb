package org.vauban.cohort.compiled;

import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.vauban.cohort.CalendarWindow;
import org.vauban.cohort.Criterion;
import org.vauban.cohort.DateAdjustment;
import org.vauban.cohort.RecordColumns;
import org.vauban.cohort.Subject;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Trajectories;

/**
 * One criterion on one bucket. The pass over the person's events offers it the records of its concepts; what comes of them is worked
 * out when first asked for, and once for each person.
 */
final class Query {
    private final int number;
    private final Offers offers;
    private final Cursor cursor;
    private final Events events;
    private final int[] starts;
    private final EndDays ends;
    private final int @Nullable [] sources;
    private final int[] sourceConcepts;
    private final boolean takesAll;
    private final boolean isFirst;
    private final @Nullable DateAdjustment adjustment;
    private final @Nullable CalendarWindow fixedPeriod;
    private final RowTest test;
    private final @Nullable IntUnaryOperator matchingVisits;
    private final @Nullable GroupFilter around;

    /** Nothing is asked of a record but that it is there: its other columns stay unread. */
    private final boolean looksAtStartsOnly;

    private final EventBuffer found;
    private int foundTurn;

    Query(
            Criterion criterion,
            Batch batch,
            Trajectories bucket,
            Offers offers,
            Cursor cursor,
            TestCompiler tests,
            @Nullable GroupFilter around) {
        this.number = batch.number(criterion);
        this.offers = offers;
        this.cursor = cursor;
        Domain domain = criterion.domain();
        this.events = bucket.events(domain);
        this.starts = events.startDays();
        this.ends = EndDays.of(domain, events);
        this.takesAll =
                criterion.conceptSet().isEmpty() && criterion.sourceConceptSet().isEmpty();
        boolean checksSource = criterion.conceptSet().isPresent()
                && criterion.sourceConceptSet().isPresent();
        this.sources = checksSource ? events.ints(RecordColumns.sourceConcept(domain)) : null;
        this.sourceConcepts =
                checksSource ? batch.concepts(criterion.sourceConceptSet().getAsInt()) : new int[0];
        this.isFirst = criterion.isFirst();
        this.adjustment = criterion.adjustmentThatCounts().orElse(null);
        this.fixedPeriod = criterion.fixedPeriod().orElse(null);
        this.test = tests.all(criterion.tests(), domain);
        this.matchingVisits = tests.visits(criterion.tests(), domain);
        this.around = around;
        this.looksAtStartsOnly =
                test == RowTest.ALWAYS && matchingVisits == null && adjustment == null && fixedPeriod == null;
        // A column of visits that nobody's meaning depends on was not read.
        long @Nullable [] visits = RecordColumns.visit(domain)
                .filter(events.columns()::contains)
                .map(events::longs)
                .orElse(null);
        this.found = new EventBuffer(ends, events.ranks(), visits, adjustment != null || fixedPeriod != null);
        if (isFirst && sources == null) {
            offers.takeFirst(number);
        }
    }

    /** Where its offers are, or {@link Offers#TAKES_ALL}. */
    int offered() {
        return takesAll ? Offers.TAKES_ALL : number;
    }

    /** True when the query looks at all records of its domain, whatever their concept. */
    boolean takesAll() {
        return takesAll;
    }

    /** True when the person has any record that could match. */
    boolean hasRecords() {
        return takesAll ? events.count(cursor.person) > 0 : offers.has(number);
    }

    /** The person's events, in the order of the records. */
    EventBuffer events() {
        if (foundTurn != cursor.turn) {
            foundTurn = cursor.turn;
            found.clear();
            if (hasRecords()) {
                find();
                if (around != null && found.size > 0) {
                    around.keep(found);
                }
            }
        }
        return found;
    }

    private void find() {
        if (takesAll) {
            int to = events.to(cursor.person);
            for (int row = events.from(cursor.person); row < to; row++) {
                record(row);
                if (isFirst) {
                    return;
                }
            }
            return;
        }
        for (int offer = offers.first(number); offer >= 0; offer = offers.next(offer)) {
            int row = offers.row(offer);
            if (sources == null || ConceptSetPool.contains(sourceConcepts, sources[row])) {
                record(row);
                if (isFirst) {
                    return;
                }
            }
        }
    }

    private void record(int row) {
        int start = starts[row];
        if (looksAtStartsOnly) {
            found.add(start, start, row);
            return;
        }
        int end = ends.at(row);
        if (adjustment != null) {
            int newStart = adjustment.start() == Subject.Day.START ? start : end;
            int newEnd = adjustment.end() == Subject.Day.START ? start : end;
            if (Absent.is(newStart) || Absent.is(newEnd)) {
                return;
            }
            start = newStart + adjustment.startOffsetDays();
            end = newEnd + adjustment.endOffsetDays();
            if (end < start) {
                return;
            }
        }
        if (!test.holds(row, start, end)) {
            return;
        }
        int sortDay = start;
        if (fixedPeriod != null) {
            if (!covers(fixedPeriod, start, end)) {
                return;
            }
            start = fixedPeriod.startDay().orElse(start);
            end = fixedPeriod.endDay().orElse(end);
        }
        int times = matchingVisits == null ? 1 : matchingVisits.applyAsInt(row);
        for (int i = 0; i < times; i++) {
            found.add(start, sortDay, row);
            found.endsOn(end);
        }
    }

    private static boolean covers(CalendarWindow fixed, int start, int end) {
        return covers(fixed.startDay().isPresent(), fixed.startDay().orElse(0), start, end)
                && covers(fixed.endDay().isPresent(), fixed.endDay().orElse(0), start, end);
    }

    private static boolean covers(boolean asked, int day, int start, int end) {
        return !asked || (start <= day && day <= end);
    }
}
