package org.vauban.study;

import java.util.List;
import java.util.Optional;
import org.vauban.output.Occurrences;
import org.vauban.study.rates.Interval;
import org.vauban.study.rates.Rates;

/** Counts events and the days at risk of them. */
record IncidenceCount(Design.Incidence design) implements OccurrenceCount {
    static final double DAYS_PER_YEAR = 365.25;
    static final double PER_PERSON_YEARS = 100_000;
    private static final double LEVEL = 0.95;

    @Override
    public String name() {
        return StudyResults.INCIDENCE;
    }

    @Override
    public Occurrences.Measure measure() {
        return Occurrences.Measure.INCIDENCE_RATE;
    }

    @Override
    public Design.Calendar calendar() {
        return design.calendar();
    }

    @Override
    public Optional<String> step() {
        return Optional.of(StepLabels.AT_RISK);
    }

    @Override
    public void count(List<Stay> stretches, List<Stay> outcomes, PersonShares shares) {
        CalendarInterval intervals = design.calendar().interval();
        for (TimeLine.AtRisk risk :
                TimeLine.atRisk(stretches, outcomes, design.washoutDays(), design.repeatedEvents())) {
            shares.covers(risk.days());
            int from = risk.days().start();
            while (from <= risk.days().end()) {
                // Ages change with the year, so a part ends with its interval or its year.
                int interval = intervals.of(from);
                int year = CalendarInterval.YEARS.of(from);
                int to = Math.min(
                        risk.days().end(), Math.min(intervals.last(interval), CalendarInterval.YEARS.last(year)));
                shares.atRisk(interval, new Stay(from, to));
                from = to + 1;
            }
            if (risk.event()) {
                shares.event(intervals.of(risk.days().end()), risk.days().end());
            }
        }
    }

    @Override
    public Optional<Occurrences.Estimate> estimate(int persons, int cases, long events, long days) {
        if (days == 0) {
            return Optional.empty();
        }
        double time = days / DAYS_PER_YEAR / PER_PERSON_YEARS;
        Interval limits = switch (design.confidence()) {
            case EXACT -> Rates.exact(events, time, LEVEL);
            case BYAR -> Rates.byar(events, time, LEVEL);
        };
        // Without an event Byar's lower limit lies below what a rate can be.
        return Optional.of(new Occurrences.Estimate(events / time, Math.max(0, limits.lower()), limits.upper()));
    }
}
