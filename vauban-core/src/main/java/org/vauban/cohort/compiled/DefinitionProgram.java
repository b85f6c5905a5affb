package org.vauban.cohort.compiled;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vauban.cohort.CalendarWindow;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.CohortEntries;
import org.vauban.cohort.EventLimit;
import org.vauban.cohort.ExitStrategy;
import org.vauban.cohort.Subject;
import org.vauban.trajectory.Absent;

/** One definition on one bucket: entry, rules, exit, joined stays. */
final class DefinitionProgram {
    private final CohortDefinition definition;
    private final Query[] primary;
    private final int[] primaryOffered;
    private final @Nullable GroupProgram additional;
    private final GroupProgram[] rules;
    private final Query[] censoring;
    private final @Nullable Query exposures;
    private final @Nullable Query exposuresBySource;
    private final Offers offers;
    private final Periods periods;
    private final Order order;
    private final long allRules;

    private IndexBuffer events = new IndexBuffer();
    private IndexBuffer spare = new IndexBuffer();
    private final Stays stays = new Stays();
    private final Stays eras = new Stays();
    private boolean erasKnown;
    private int[] qualified = new int[8];
    private int qualifiedSize;
    private long[] masks = new long[8];
    private int[] starts = new int[8];

    DefinitionProgram(
            CohortDefinition definition,
            Query[] primary,
            @Nullable GroupProgram additional,
            GroupProgram[] rules,
            Query[] censoring,
            @Nullable Query exposures,
            @Nullable Query exposuresBySource,
            Offers offers,
            Periods periods,
            Order order) {
        this.definition = definition;
        this.primary = primary;
        this.primaryOffered = Stream.of(primary).mapToInt(Query::offered).toArray();
        this.offers = offers;
        this.additional = additional;
        this.rules = rules;
        this.censoring = censoring;
        this.exposures = exposures;
        this.exposuresBySource = exposuresBySource;
        this.periods = periods;
        this.order = order;
        this.allRules = (1L << rules.length) - 1;
    }

    /** Evaluates the person whose turn it is. */
    void run(long person, CohortEntries.Builder entries, Tally tally) {
        enter();
        if (events.size == 0) {
            return;
        }
        qualify();
        judge(tally);
        include();
        if (qualifiedSize > 0) {
            stay(person, entries);
        }
    }

    // Entry: events of any primary criterion, once for each observation period that is long enough around them.

    private void enter() {
        var criteria = definition.primary();
        IndexBuffer entered = events;
        entered.clear();
        int periodsFrom = periods.from();
        int periodsTo = periods.to();
        int priorDays = criteria.priorDays();
        int postDays = criteria.postDays();
        for (int query = 0; query < primary.length; query++) {
            if (offers.lacks(primaryOffered[query])) {
                continue;
            }
            EventBuffer found = primary[query].events();
            for (int event = 0; event < found.size; event++) {
                int start = found.starts[event];
                for (int period = periodsFrom; period < periodsTo; period++) {
                    if (periods.covers(period, start)
                            && start - periods.start(period) >= priorDays
                            && periods.end(period) - start >= postDays) {
                        entered.add(
                                found.id(event),
                                start,
                                found.end(event),
                                found.sortDays[event],
                                found.visit(event),
                                periods.start(period),
                                periods.end(period));
                    }
                }
            }
        }
        if (entered.size > 0) {
            int taken = criteria.limit() == EventLimit.ALL ? entered.size : 1;
            events = order.arrange(entered, criteria.limit() == EventLimit.LAST, taken, spare);
            spare = events == entered ? spare : entered;
        }
    }

    private void qualify() {
        makeRoom(events.size);
        qualifiedSize = 0;
        for (int event = 0; event < events.size; event++) {
            if (additional == null || additional.holds(events, event, event + 1)) {
                qualified[qualifiedSize++] = event;
            }
        }
        if (additional != null) {
            limit(definition.qualifiedLimit());
        }
    }

    private void judge(Tally tally) {
        for (int i = 0; i < qualifiedSize; i++) {
            int event = qualified[i];
            long mask = 0;
            for (int rule = 0; rule < rules.length; rule++) {
                if (rules[rule].holds(events, event, event + 1)) {
                    mask |= 1L << rule;
                }
            }
            masks[i] = mask;
            starts[i] = events.starts[event];
        }
        tally.add(masks, starts, qualifiedSize);
    }

    private void include() {
        int included = 0;
        for (int i = 0; i < qualifiedSize; i++) {
            if (masks[i] == allRules) {
                qualified[included++] = qualified[i];
            }
        }
        qualifiedSize = included;
        limit(definition.expressionLimit());
    }

    /** Leaves the first or last event by start day; events of one day stand in the order in which they entered. */
    private void limit(EventLimit limit) {
        if (limit == EventLimit.ALL || qualifiedSize == 0) {
            return;
        }
        int chosen = qualified[0];
        for (int i = 1; i < qualifiedSize; i++) {
            int day = events.starts[qualified[i]];
            int chosenDay = events.starts[chosen];
            if (limit == EventLimit.FIRST ? day < chosenDay : day > chosenDay) {
                chosen = qualified[i];
            }
        }
        qualified[0] = chosen;
        qualifiedSize = 1;
    }

    private void makeRoom(int size) {
        if (qualified.length < size) {
            qualified = new int[size * 2];
            masks = new long[size * 2];
            starts = new int[size * 2];
        }
    }

    // Exit.

    private void stay(long person, CohortEntries.Builder entries) {
        stays.clear();
        erasKnown = false;
        for (int i = 0; i < qualifiedSize; i++) {
            int event = qualified[i];
            int end = censored(event, exit(event));
            if (end != Integer.MAX_VALUE) {
                stays.add(events.starts[event], end);
            }
        }
        stays.join(definition.eraPadDays());
        CalendarWindow window = definition.censorWindow();
        for (int i = 0; i < stays.size(); i++) {
            int start = Math.max(stays.start(i), window.startDay().orElse(stays.start(i)));
            int end = Math.min(stays.end(i), window.endDay().orElse(stays.end(i)));
            if (start <= end) {
                entries.add(person, start, end);
            }
        }
    }

    /** The earliest end that the strategy gives and that is not before the start, or the largest number. */
    private int exit(int event) {
        int start = events.starts[event];
        return switch (definition.exit()) {
            case ExitStrategy.EndOfObservation _ -> events.periodEnds[event];
            case ExitStrategy.FixedOffset offset -> {
                int from = offset.from() == Subject.Day.START ? start : events.ends[event];
                int end = Absent.is(from) ? from : Math.min(from + offset.days(), events.periodEnds[event]);
                yield end >= start ? end : Integer.MAX_VALUE;
            }
            case ExitStrategy.DrugExposureEnd drug -> Math.min(events.periodEnds[event], eraEnd(drug, start));
        };
    }

    private int eraEnd(ExitStrategy.DrugExposureEnd drug, int day) {
        if (!erasKnown) {
            erasKnown = true;
            eras.clear();
            addExposures(drug, exposures);
            addExposures(drug, exposuresBySource);
            eras.join(drug.gapDays());
        }
        int end = Integer.MAX_VALUE;
        for (int era = 0; era < eras.size(); era++) {
            if (eras.start(era) <= day && day <= eras.end(era)) {
                end = Math.min(end, eras.end(era));
            }
        }
        return end;
    }

    private void addExposures(ExitStrategy.DrugExposureEnd drug, @Nullable Query query) {
        if (query == null) {
            return;
        }
        EventBuffer found = query.events();
        for (int i = 0; i < found.size; i++) {
            int end = drug.daysSupply().isPresent()
                    ? found.starts[i] + drug.daysSupply().getAsInt()
                    : found.end(i);
            eras.add(found.starts[i], end + drug.offsetDays());
        }
    }

    private int censored(int event, int end) {
        int start = events.starts[event];
        int earliest = end;
        for (Query query : censoring) {
            EventBuffer found = query.events();
            for (int i = 0; i < found.size; i++) {
                int day = found.starts[i];
                if (day >= start && day <= events.periodEnds[event] && day < earliest) {
                    earliest = day;
                }
            }
        }
        return earliest;
    }
}
