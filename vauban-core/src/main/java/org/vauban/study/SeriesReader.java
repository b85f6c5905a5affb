package org.vauban.study;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vauban.document.Fields;
import org.vauban.problem.Phrase;
import org.vauban.study.spline.CyclicCubicSpline;
import org.vauban.study.spline.RestrictedCubicSpline;

/** Reads the design of a self-controlled case series. */
final class SeriesReader {
    private static final int KNOTS = 5;
    private static final int SEASON_KNOTS_MAX = 12;
    private static final int YEARS_MAX = 100;
    private static final int YEARS = 5;
    private static final int MONTHS_MAX = 6;
    private static final double RATIO_MAX = 1000;

    private final Fields fields;
    private final Set<String> known;
    private final Set<String> names = new HashSet<>();

    SeriesReader(Fields fields, Set<String> known) {
        this.fields = fields;
        this.known = known;
    }

    private enum Form {
        NONE,
        STEPS,
        SPLINE
    }

    Optional<Design> design() {
        String outcome = StudyReader.reference(fields, "outcome", known);
        var events = fields.choice("events", Design.Events.class, Design.Events.FIRST);
        int naive = fields.whole("naive-days", 0, StudyReader.DAYS_MAX, 0);
        List<RiskExposure> exposures = new ArrayList<>();
        List<Fields> asked = fields.objects("exposures");
        if (asked.isEmpty()) {
            fields.wrongValue("exposures", Phrase.AT_LEAST_ONE_EXPOSURE, Phrase.NONE);
        }
        Set<String> cohorts = new HashSet<>(Set.of(outcome));
        for (Fields each : asked) {
            exposure(each, cohorts).ifPresent(exposures::add);
        }
        TimeEffect age = fields.optionalObject("age").map(SeriesReader::age).orElse(new TimeEffect.None());
        TimeEffect season =
                fields.optionalObject("season").map(SeriesReader::season).orElse(new TimeEffect.None());
        var interval = fields.choice("interval", Analysis.Cox.Interval.class, Analysis.Cox.Interval.WALD);
        SeriesLimits limits =
                fields.optionalObject("limits").map(SeriesReader::limits).orElse(SeriesLimits.usual());
        fields.noOthers();
        return exposures.isEmpty()
                ? Optional.empty()
                : Optional.of(new Design.SelfControlledCaseSeries(
                        outcome, events, naive, exposures, age, season, interval, limits));
    }

    /** An exposure of a cohort that is none yet. */
    private Optional<RiskExposure> exposure(Fields each, Set<String> cohorts) {
        String cohort = StudyReader.reference(each, "cohort", known);
        if (!cohort.isEmpty() && !cohorts.add(cohort)) {
            each.wrongValue("cohort", Phrase.ANOTHER_COHORT, cohort);
        }
        int before = each.whole("pre-exposure-days", 0, StudyReader.DAYS_MAX, 0);
        List<RiskExposure.Window> windows = new ArrayList<>();
        List<Fields> asked = each.objects("windows");
        if (asked.isEmpty()) {
            each.wrongValue("windows", Phrase.AT_LEAST_ONE_WINDOW, Phrase.NONE);
        }
        for (Fields window : asked) {
            windows.add(window(window));
        }
        each.noOthers();
        return windows.isEmpty() ? Optional.empty() : Optional.of(new RiskExposure(cohort, before, windows));
    }

    private RiskExposure.Window window(Fields window) {
        String name = StudyReader.name(window, "name");
        if (!name.isEmpty() && !names.add(name)) {
            window.wrongValue("name", Phrase.EACH_NAME_ONCE, name);
        }
        Fields start = window.object("start");
        Fields end = window.object("end");
        var days = new TimeAtRisk(
                start.choice("anchor", TimeAtRisk.Anchor.class, null),
                start.whole("days", -StudyReader.DAYS_MAX, StudyReader.DAYS_MAX, 0),
                end.choice("anchor", TimeAtRisk.Anchor.class, null),
                end.whole("days", -StudyReader.DAYS_MAX, StudyReader.DAYS_MAX, 0),
                1);
        start.noOthers();
        end.noOthers();
        window.noOthers();
        if (days.startAnchor() == days.endAnchor() && days.endDays() < days.startDays()) {
            window.wrongValue("end", Phrase.A_DAY_NOT_BEFORE.with(days.startDays()), String.valueOf(days.endDays()));
        }
        return new RiskExposure.Window(name, days);
    }

    private static TimeEffect age(Fields fields) {
        TimeEffect read = switch (fields.choice("form", Form.class, Form.SPLINE)) {
            case NONE -> new TimeEffect.None();
            case STEPS -> new TimeEffect.Steps(fields.whole("group-years", 1, YEARS_MAX, YEARS));
            case SPLINE ->
                new TimeEffect.Spline(fields.whole(
                        "knots", RestrictedCubicSpline.KNOTS_LEAST, RestrictedCubicSpline.KNOTS_MOST, KNOTS));
        };
        fields.noOthers();
        return read;
    }

    private static TimeEffect season(Fields fields) {
        TimeEffect read = switch (fields.choice("form", Form.class, Form.SPLINE)) {
            case NONE -> new TimeEffect.None();
            case STEPS -> new TimeEffect.Steps(fields.whole("group-months", 1, MONTHS_MAX, 1));
            case SPLINE ->
                new TimeEffect.Spline(fields.whole("knots", CyclicCubicSpline.KNOTS_LEAST, SEASON_KNOTS_MAX, KNOTS));
        };
        fields.noOthers();
        return read;
    }

    private static SeriesLimits limits(Fields fields) {
        var usual = SeriesLimits.usual();
        var limits = new SeriesLimits(
                StudyReader.number(fields, "event-dependent-observation", 1, RATIO_MAX, usual.observation()),
                StudyReader.number(fields, "event-dependent-exposure", 1, RATIO_MAX, usual.exposure()),
                StudyReader.number(fields, "time-trend", 1, RATIO_MAX, usual.timeTrend()),
                StudyReader.number(fields, "detectable-ratio", 1, RATIO_MAX, usual.detectableRatio()));
        fields.noOthers();
        return limits;
    }
}
