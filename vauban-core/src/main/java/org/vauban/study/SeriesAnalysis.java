package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.vauban.output.AttritionFlow;
import org.vauban.output.DesignChecks;
import org.vauban.output.DesignChecks.Answer;
import org.vauban.output.DesignChecks.Check;
import org.vauban.output.DesignChecks.Found;
import org.vauban.output.DesignChecks.Question;
import org.vauban.output.EffectEstimates;
import org.vauban.output.PersonSet;
import org.vauban.study.rates.Interval;
import org.vauban.study.rates.Rates;
import org.vauban.study.selfcontrolled.DetectableRatio;
import org.vauban.study.selfcontrolled.TimeTrend;
import org.vauban.study.survival.CoxFit;
import org.vauban.study.survival.CoxResult;

/**
 * Estimates a self-controlled case series, and says by limits that the study set before whether its ratios may be read.
 *
 * <p>Three things that the model takes for granted can be looked at: that an outcome does not end observation (Farrington and others 2011;
 * the rate near an early end), that it does not change who is exposed (the rate just before exposures), and that rates change with time
 * only as age and season say (observed against expected, month by month).
 */
final class SeriesAnalysis {
    private static final double LEVEL = 0.95;
    /** Beyond so many standard errors, on one side, chance is not the reason (5 %). */
    private static final double CHANCE = 1.6448536269514722;
    /** How many last days of observation are looked at. */
    static final int NEAR_END_DAYS = 30;

    private static final String METHOD = "conditional-poisson";
    private static final String ESTIMAND = "rate ratio, persons who had the outcome";

    private final StudyDefinition definition;
    private final Design.SelfControlledCaseSeries design;
    private final List<ObservedCase> cases;
    private final int lastDay;
    private final Runnable checkpoint;
    private final String outcome;
    private final PersonSet everybody;

    SeriesAnalysis(
            StudyDefinition definition,
            Design.SelfControlledCaseSeries design,
            List<ObservedCase> cases,
            int lastDay,
            Runnable checkpoint) {
        this.definition = definition;
        this.design = design;
        this.cases = cases;
        this.lastDay = lastDay;
        this.checkpoint = checkpoint;
        this.outcome = definition.cohort(design.outcome()).label();
        this.everybody =
                PersonSet.of(cases.stream().mapToLong(ObservedCase::person).toArray());
    }

    StudyResults results(AttritionFlow attrition, int buckets) {
        checkpoint.run();
        var model = new SeriesModel(design, cases, SeriesModel.NearEnd.none());
        List<EffectEstimates.Row> rows = new ArrayList<>();
        List<StudyResults.NotEstimated> notEstimated = new ArrayList<>();
        for (int exposure = 0; exposure < design.exposures().size(); exposure++) {
            for (int window = 1;
                    window <= design.exposures().get(exposure).windows().size();
                    window++) {
                estimate(model, exposure, window, rows, notEstimated);
            }
        }
        checkpoint.run();
        return new StudyResults(
                attrition,
                List.of(),
                List.of(),
                List.of(),
                rows.isEmpty() ? Optional.empty() : Optional.of(new EffectEstimates(StudyResults.ESTIMATES, rows)),
                followUp(model),
                Optional.empty(),
                notEstimated,
                List.of(checks(model)),
                fit(model).map(model::trend).orElse(List.of()),
                buckets);
    }

    private static Optional<CoxFit> fit(SeriesModel model) {
        return switch (model.result()) {
            case CoxFit fit -> Optional.of(fit);
            case CoxResult.NoEstimate _ -> Optional.empty();
        };
    }

    // Estimates.

    private void estimate(
            SeriesModel model,
            int exposure,
            int window,
            List<EffectEstimates.Row> rows,
            List<StudyResults.NotEstimated> notEstimated) {
        String name = design.exposures().get(exposure).windows().get(window - 1).name();
        switch (model.result()) {
            case CoxResult.NoEstimate none -> notEstimated.add(new StudyResults.NotEstimated(name, none.reason()));
            case CoxFit fit ->
                model.place(name)
                        .ifPresentOrElse(
                                place -> rows.add(row(model, fit, exposure, window, place)),
                                () -> notEstimated.add(
                                        new StudyResults.NotEstimated(name, CoxResult.Reason.NO_EVENTS)));
        }
    }

    private EffectEstimates.Row row(SeriesModel model, CoxFit fit, int exposure, int window, int place) {
        CoxFit.Interval interval = switch (design.interval()) {
            case WALD -> fit.waldInterval(place, LEVEL);
            case PROFILE_LIKELIHOOD -> fit.profileInterval(place, LEVEL);
        };
        RiskExposure asked = design.exposures().get(exposure);
        return new EffectEstimates.Row(
                asked.windows().get(window - 1).name(),
                definition.cohort(asked.cohort()).label(),
                StepLabels.OTHER_DAYS,
                outcome,
                METHOD,
                ESTIMAND,
                "irr",
                fit.hazardRatio(place),
                Math.exp(interval.lower()),
                Math.exp(interval.upper()),
                OptionalDouble.of(fit.standardError(place)),
                OptionalDouble.of(fit.p(place)),
                model.counted(cell -> level(cell, exposure) > SeriesCut.OUTSIDE).persons(),
                everybody,
                model.counted(cell -> level(cell, exposure) == window).having(),
                model.counted(SeriesAnalysis::isOther).having(),
                size(model));
    }

    private static int level(SeriesModel.Cell cell, int exposure) {
        return cell.part().levels().get(exposure);
    }

    /** Whether days are outside all windows of all exposures. */
    private static boolean isOther(SeriesModel.Cell cell) {
        return cell.part().levels().stream().allMatch(level -> level == SeriesCut.OUTSIDE);
    }

    private EffectEstimates.Model size(SeriesModel model) {
        int smallest = everybody.size();
        int smallestEvents = everybody.size();
        for (SeriesModel.Counted level : model.levels()) {
            smallest = Math.min(smallest, level.persons().size());
            smallestEvents = Math.min(
                    smallestEvents,
                    Math.min(
                            level.having().size(),
                            everybody.size() - level.having().size()));
        }
        return new EffectEstimates.Model(model.parameters(), smallest, smallestEvents);
    }

    private List<StudyResults.FollowUp> followUp(SeriesModel model) {
        List<StudyResults.FollowUp> found = new ArrayList<>();
        for (int exposure = 0; exposure < design.exposures().size(); exposure++) {
            int of = exposure;
            List<RiskExposure.Window> windows = design.exposures().get(exposure).windows();
            for (int window = 1; window <= windows.size(); window++) {
                int which = window;
                found.add(followUp(windows.get(window - 1).name(), model.counted(cell -> level(cell, of) == which)));
            }
        }
        found.add(followUp(StepLabels.OTHER_DAYS, model.counted(SeriesAnalysis::isOther)));
        return found;
    }

    private static StudyResults.FollowUp followUp(String label, SeriesModel.Counted counted) {
        return new StudyResults.FollowUp(
                label,
                counted.persons().size(),
                counted.days(),
                counted.having().size());
    }

    // Checks.

    private DesignChecks checks(SeriesModel model) {
        List<Check> checks = new ArrayList<>();
        Optional<CoxFit> fit = fit(model);
        for (int exposure = 0; exposure < design.exposures().size(); exposure++) {
            checks.add(beforeExposure(model, exposure));
        }
        checks.add(nearTheEnd());
        checks.add(fit.map(found -> timeTrend(model.trend(found)))
                .orElse(notRun(Question.TIME_TREND, outcome, design.limits().timeTrend())));
        for (int exposure = 0; exposure < design.exposures().size(); exposure++) {
            checks.add(detectable(model, exposure));
        }
        return new DesignChecks(StudyResults.CHECKS, outcome, everybody, checks);
    }

    private Check beforeExposure(SeriesModel model, int exposure) {
        RiskExposure asked = design.exposures().get(exposure);
        return ratio(
                Question.EVENT_DEPENDENT_EXPOSURE,
                definition.cohort(asked.cohort()).label(),
                design.limits().exposure(),
                model,
                SeriesModel.beforeName(exposure),
                cell -> level(cell, exposure) == SeriesCut.BEFORE);
    }

    /** In a model of its own: the days near an early end are looked at, and not adjusted for. */
    private Check nearTheEnd() {
        checkpoint.run();
        var model = new SeriesModel(design, cases, new SeriesModel.NearEnd(NEAR_END_DAYS, lastDay));
        return ratio(
                Question.EVENT_DEPENDENT_OBSERVATION,
                outcome,
                design.limits().observation(),
                model,
                SeriesModel.NEAR_END,
                SeriesModel.Cell::nearEnd);
    }

    private static Check ratio(
            Question question,
            String about,
            double limit,
            SeriesModel model,
            String term,
            Predicate<SeriesModel.Cell> where) {
        SeriesModel.Counted counted = model.counted(where);
        Optional<CoxFit> fitted = fit(model);
        if (fitted.isEmpty() || counted.days() == 0) {
            return notRun(question, about, limit);
        }
        CoxFit fit = fitted.get();
        Found found = model.place(term)
                .map(place -> {
                    CoxFit.Interval interval = fit.waldInterval(place, LEVEL);
                    return found(fit.hazardRatio(place), Math.exp(interval.lower()), Math.exp(interval.upper()));
                })
                .orElseGet(() -> {
                    // Nobody had the outcome then: as many as a Poisson count may hide.
                    Interval interval = Rates.exact(0, model.expectedWhere(fit, where), LEVEL);
                    return found(0, 0, interval.upper());
                });
        double low = found.low().orElse(0);
        double high = found.high().orElse(Double.POSITIVE_INFINITY);
        boolean beyond = found.value() > limit || found.value() < 1 / limit;
        boolean byChance = low <= 1 && high >= 1;
        return new Check(
                question,
                about,
                beyond && !byChance ? Answer.CROSSED : Answer.KEPT,
                Optional.of(found),
                limit,
                counted.having());
    }

    private static Found found(double value, double low, double high) {
        return new Found(value, OptionalDouble.of(low), OptionalDouble.of(high));
    }

    private Check timeTrend(List<TimeTrend.Interval> trend) {
        TimeTrend.Deviation deviation = TimeTrend.of(trend);
        double limit = design.limits().timeTrend();
        return new Check(
                Question.TIME_TREND,
                outcome,
                deviation.factor() > limit && deviation.standardErrors() > CHANCE ? Answer.CROSSED : Answer.KEPT,
                Optional.of(new Found(deviation.factor())),
                limit,
                everybody);
    }

    private Check detectable(SeriesModel model, int exposure) {
        int events = cases.stream().mapToInt(each -> each.events().size()).sum();
        double all = model.counted(_ -> true).days();
        double exposed =
                model.counted(cell -> level(cell, exposure) > SeriesCut.OUTSIDE).days();
        double ratio = DetectableRatio.of(events, all == 0 ? 0 : exposed / all);
        double limit = design.limits().detectableRatio();
        return new Check(
                Question.DETECTABLE_RATIO,
                definition.cohort(design.exposures().get(exposure).cohort()).label(),
                ratio <= limit ? Answer.KEPT : Answer.CROSSED,
                Optional.of(new Found(ratio)),
                limit,
                everybody);
    }

    private static Check notRun(Question question, String about, double limit) {
        return new Check(question, about, Answer.NOT_RUN, Optional.empty(), limit, PersonSet.empty());
    }
}
