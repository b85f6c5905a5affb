package org.vauban.cohort.explain;

import java.util.ArrayList;
import java.util.List;
import org.vauban.cohort.CalendarWindow;
import org.vauban.cohort.CorrelatedCriterion;
import org.vauban.cohort.CriteriaGroup;
import org.vauban.cohort.Criterion;
import org.vauban.cohort.DateAdjustment;
import org.vauban.cohort.DemographicCriterion;
import org.vauban.cohort.Occurrence;
import org.vauban.trajectory.Domain;

/** Says which events a criterion takes, and what a group of conditions asks around an index event. */
final class CriterionWording {
    /** The index event of rules, as it is called in keys. */
    static final String ENTRY = "entry";

    /** The index event of conditions around another event. */
    private static final String EVENT = "event";

    private final Wording wording;
    private final ConceptSetNames sets;
    private final TestWording tests;
    private final WindowWording windows;

    CriterionWording(Wording wording, ConceptSetNames sets) {
        this.wording = wording;
        this.sets = sets;
        this.tests = new TestWording(wording, sets);
        this.windows = new WindowWording(wording);
    }

    /** An event of a criterion that stands alone. */
    Explanation event(Criterion criterion) {
        return new Explanation(wording.text("event", events(criterion, domain(criterion) + ".a")), details(criterion));
    }

    /** What a group asks; a group of one condition is that condition. */
    Explanation group(CriteriaGroup group, String index) {
        List<Explanation> conditions = conditions(group, index);
        boolean counts = group.kind() == CriteriaGroup.Kind.AT_LEAST || group.kind() == CriteriaGroup.Kind.AT_MOST;
        if (group.isEmpty()) {
            return Explanation.of(wording.text("group.empty"));
        } else if (group.size() == 1 && !counts) {
            return conditions.getFirst();
        } else if (group.kind() == CriteriaGroup.Kind.AT_MOST && group.count() == 0) {
            return new Explanation(wording.text("group.none"), conditions);
        } else {
            return new Explanation(wording.text("group." + group.kind(), group.count()), conditions);
        }
    }

    private List<Explanation> conditions(CriteriaGroup group, String index) {
        List<Explanation> conditions = new ArrayList<>();
        group.correlated().forEach(correlated -> conditions.add(correlated(correlated, index)));
        group.demographic().forEach(demographic -> conditions.add(demographic(demographic)));
        group.groups().forEach(inner -> conditions.add(group(inner, index)));
        return conditions;
    }

    private Explanation correlated(CorrelatedCriterion correlated, String index) {
        boolean inPeriod = !correlated.ignoreObservationPeriod();
        var line = new StringBuilder(count(correlated));
        line.append(' ').append(windows.of(correlated.startWindow(), index, inPeriod));
        correlated
                .endWindow()
                .ifPresent(window -> line.append(wording.text("and", windows.of(window, index, inPeriod))));
        line.append(wording.text(inPeriod ? "in-period." + index : "any-period"));
        if (correlated.restrictVisit()) {
            line.append(wording.text("same-visit." + index));
        }
        return new Explanation(line.toString(), details(correlated.criterion()));
    }

    private String count(CorrelatedCriterion correlated) {
        Criterion criterion = correlated.criterion();
        Occurrence occurrence = correlated.occurrence();
        boolean isNone = occurrence.count() == 0 && occurrence.kind() != Occurrence.Kind.AT_LEAST;
        String number = wording.isOne(occurrence.count()) ? ".one" : ".many";
        if (occurrence.distinct().isPresent()) {
            return wording.text(
                    "count." + occurrence.kind() + ".distinct",
                    occurrence.count(),
                    wording.text("distinct." + occurrence.distinct().get() + number),
                    events(criterion, domain(criterion) + ".many"));
        } else if (isNone) {
            return events(criterion, domain(criterion) + ".none");
        } else {
            return wording.text(
                    "count." + occurrence.kind(), occurrence.count(), events(criterion, domain(criterion) + number));
        }
    }

    private static String domain(Criterion criterion) {
        return "domain." + criterion.domain();
    }

    /** The events by domain and concept sets. */
    private String events(Criterion criterion, String noun) {
        String events = wording.text(noun);
        boolean hasConcepts =
                criterion.domain() != Domain.OBSERVATION_PERIOD && criterion.domain() != Domain.PAYER_PLAN_PERIOD;
        if (criterion.conceptSet().isPresent()) {
            String of = domain(criterion) + ".of";
            events = wording.text(
                    wording.has(of) ? of : "of",
                    events,
                    sets.of(criterion.conceptSet().getAsInt()));
        } else if (hasConcepts && criterion.sourceConceptSet().isEmpty()) {
            events = wording.text("of-any", events);
        }
        return criterion.sourceConceptSet().isPresent()
                ? wording.text(
                        "of-source",
                        events,
                        sets.of(criterion.sourceConceptSet().getAsInt()))
                : events;
    }

    private List<Explanation> details(Criterion criterion) {
        List<Explanation> details = new ArrayList<>();
        if (criterion.isFirst()) {
            details.add(Explanation.of(wording.text("first")));
        }
        criterion.dateAdjustment().ifPresent(days -> details.add(adjustment(criterion, days)));
        criterion.fixedPeriod().ifPresent(period -> details.add(fixedPeriod(period)));
        details.addAll(tests.of(criterion.domain().name(), criterion.tests()));
        criterion.correlated().ifPresent(group -> details.add(around(group)));
        return details;
    }

    private Explanation around(CriteriaGroup group) {
        return Explanation.of(wording.text("around"), group(group, EVENT));
    }

    private Explanation adjustment(Criterion criterion, DateAdjustment written) {
        boolean counts = criterion.adjustmentThatCounts().isPresent();
        DateAdjustment days = criterion.adjustmentThatCounts().orElse(written);
        return Explanation.of(wording.text(
                counts ? "adjusted" : "adjusted.ignored",
                moved(days.start() + "", days.startOffsetDays()),
                moved(days.end() + "", days.endOffsetDays())));
    }

    private String moved(String day, int offset) {
        String anchor = wording.text("anchor.own." + day);
        return offset == 0
                ? anchor
                : wording.text(
                        "window.bound",
                        wording.text(offset < 0 ? "window.before" : "window.after", wording.days(Math.abs(offset))),
                        anchor);
    }

    private Explanation fixedPeriod(CalendarWindow period) {
        return Explanation.of(wording.text("fixed-period." + open(period), calendar(period)));
    }

    /** Which bounds a calendar window has, as it is called in keys. */
    static String open(CalendarWindow window) {
        if (window.isOpen()) {
            return "open";
        } else if (window.endDay().isEmpty()) {
            return "from";
        } else {
            return window.startDay().isEmpty() ? "to" : "both";
        }
    }

    Object[] calendar(CalendarWindow window) {
        return new Object[] {
            window.startDay().isPresent() ? wording.day(window.startDay().getAsInt()) : "",
            window.endDay().isPresent() ? wording.day(window.endDay().getAsInt()) : ""
        };
    }

    private Explanation demographic(DemographicCriterion demographic) {
        List<Explanation> conditions = tests.of("PERSON", demographic.tests());
        return switch (conditions.size()) {
            case 0 -> Explanation.of(wording.text("person.known"));
            case 1 ->
                Explanation.of(wording.text("person.one", conditions.getFirst().line()));
            default -> new Explanation(wording.text("person.all"), conditions);
        };
    }
}
