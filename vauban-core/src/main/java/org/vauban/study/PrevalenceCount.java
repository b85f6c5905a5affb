package org.vauban.study;

import java.util.List;
import java.util.Optional;
import org.vauban.output.Occurrences;
import org.vauban.study.rates.Interval;
import org.vauban.study.rates.Proportions;

/** Counts persons, and those who have the outcome on a day or on some day of an interval. */
record PrevalenceCount(Design.Prevalence design) implements OccurrenceCount {
    private static final double LEVEL = 0.95;

    @Override
    public String name() {
        return StudyResults.PREVALENCE;
    }

    @Override
    public Occurrences.Measure measure() {
        return Occurrences.Measure.PREVALENCE;
    }

    @Override
    public Design.Calendar calendar() {
        return design.calendar();
    }

    @Override
    public Optional<String> step() {
        return Optional.empty();
    }

    @Override
    public void count(List<Stay> stretches, List<Stay> outcomes, PersonShares shares) {
        CalendarInterval intervals = design.calendar().interval();
        for (Stay stretch : stretches) {
            shares.covers(stretch);
            int to = intervals.of(stretch.end());
            for (int interval = intervals.of(stretch.start()); interval <= to; interval++) {
                part(intervals, interval, stretch).ifPresent(new Part(interval, outcomes, shares)::count);
            }
        }
    }

    /** The days of a stretch on which the outcome is looked for in an interval. */
    private Optional<Stay> part(CalendarInterval intervals, int interval, Stay stretch) {
        int first = intervals.first(interval);
        int last = intervals.last(interval);
        return switch (design.moment()) {
            case PERIOD ->
                design.fullContribution() && !(stretch.holds(first) && stretch.holds(last))
                        ? Optional.empty()
                        : Optional.of(new Stay(Math.max(first, stretch.start()), Math.min(last, stretch.end())));
            case START -> day(first, stretch);
            case MIDDLE -> day(first + (last - first) / 2, stretch);
            case END -> day(last, stretch);
        };
    }

    private static Optional<Stay> day(int day, Stay stretch) {
        return stretch.holds(day) ? Optional.of(new Stay(day, day)) : Optional.empty();
    }

    private record Part(int interval, List<Stay> outcomes, PersonShares shares) {
        void count(Stay days) {
            shares.present(interval, days.start());
            outcomes.stream()
                    .filter(days::meets)
                    .findFirst()
                    .ifPresent(outcome -> shares.ill(interval, Math.max(days.start(), outcome.start())));
        }
    }

    @Override
    public Optional<Occurrences.Estimate> estimate(int persons, int cases, long events, long days) {
        if (persons == 0) {
            return Optional.empty();
        }
        Interval limits = Proportions.wilson(cases, persons, LEVEL);
        double share = (double) cases / persons;
        // Of nobody and of everybody, one limit is the share itself but for the last digits.
        return Optional.of(new Occurrences.Estimate(
                share, Math.clamp(limits.lower(), 0, share), Math.clamp(limits.upper(), share, 1)));
    }
}
