package org.vauban.study;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import org.vauban.output.AttritionFlow;
import org.vauban.output.DesignChecks;
import org.vauban.output.DesignChecks.Answer;
import org.vauban.output.DesignChecks.Check;
import org.vauban.output.DesignChecks.Found;
import org.vauban.output.DesignChecks.Question;
import org.vauban.output.EffectEstimates;
import org.vauban.output.FrequencyTable;
import org.vauban.output.PersonSet;
import org.vauban.study.overtime.CloneCensorWeight;
import org.vauban.study.overtime.ExposureMeasure;
import org.vauban.study.overtime.ExposureModel;
import org.vauban.study.overtime.ExposureRows;
import org.vauban.study.overtime.History;
import org.vauban.study.survival.CoxResult;
import org.vauban.study.synthesis.Power;
import org.vauban.vocabulary.Vocabulary;

/** Computes the analyses of persons who are followed while an exposure changes. */
final class OverTimeAnalyses {
    private static final double LEVEL = 0.95;

    private final StudyDefinition definition;
    private final Design.ExposureOverTime design;
    private final List<OverTimePerson> persons;
    private final Runnable checkpoint;
    private final List<EffectEstimates.Row> rows = new ArrayList<>();
    private final List<StudyResults.NotEstimated> notEstimated = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();

    OverTimeAnalyses(
            StudyDefinition definition,
            Design.ExposureOverTime design,
            List<OverTimePerson> persons,
            Runnable checkpoint) {
        this.definition = definition;
        this.design = design;
        this.persons = persons;
        this.checkpoint = checkpoint;
    }

    StudyResults results(AttritionFlow attrition, int buckets) {
        for (Analysis analysis : definition.analyses()) {
            checkpoint.run();
            switch (analysis) {
                case Analysis.OverTime one -> estimate(one);
                case Analysis.TargetTrial trial -> estimate(trial);
                case Analysis.KaplanMeier _, Analysis.Cox _, Analysis.Comparison _ ->
                    throw new IllegalStateException("A study over time was read with another design's analysis");
            }
        }
        return new StudyResults(
                attrition,
                characteristics(attrition),
                List.of(),
                List.of(),
                rows.isEmpty() ? Optional.empty() : Optional.of(new EffectEstimates(StudyResults.ESTIMATES, rows)),
                followUp(),
                Optional.empty(),
                notEstimated,
                List.of(new DesignChecks(
                        StudyResults.CHECKS, definition.cohort(design.outcome()).label(), persons(persons), checks)),
                List.of(),
                buckets);
    }

    private List<FrequencyTable> characteristics(AttritionFlow attrition) {
        var arms = new NewUserArms(
                attrition,
                List.of(persons.stream().map(OverTimePerson::described).toList()),
                Optional.empty(),
                new RecordedBefore(definition.comparison(), Vocabulary.builder().build()));
        List<FrequencyTable> tables = new ArrayList<>();
        for (int covariate = 0; covariate < definition.covariates().size(); covariate++) {
            tables.add(Characteristics.table(definition.covariates().get(covariate), covariate, arms));
        }
        return tables;
    }

    /** Days while exposed, and all others. */
    private List<StudyResults.FollowUp> followUp() {
        ExposureRows cut = ExposureRows.of(histories(persons), new ExposureMeasure.Current(0, 0));
        List<StudyResults.FollowUp> found = new ArrayList<>();
        for (boolean exposed : new boolean[] {true, false}) {
            List<ExposureRows.Row> own = cut.rows().stream()
                    .filter(row -> row.exposure() > 0 == exposed)
                    .toList();
            found.add(new StudyResults.FollowUp(
                    exposed ? definition.cohort(design.exposure()).label() : StepLabels.NOT_EXPOSED,
                    (int) own.stream()
                            .mapToInt(ExposureRows.Row::person)
                            .distinct()
                            .count(),
                    own.stream().mapToLong(ExposureRows.Row::days).sum(),
                    (int) own.stream().filter(ExposureRows.Row::event).count()));
        }
        return found;
    }

    // The hazard by exposure.

    private void estimate(Analysis.OverTime analysis) {
        List<OverTimePerson> complete = complete(analysis.covariates());
        List<History> histories = histories(complete);
        ExposureRows cut = ExposureRows.of(histories, analysis.measure());
        check(analysis, complete, histories, cut);
        if (complete.isEmpty()) {
            notEstimated.add(new StudyResults.NotEstimated(analysis.name(), CoxResult.Reason.NOBODY_LEFT));
            return;
        }
        Map<String, double[]> covariates = columns(analysis.covariates(), complete);
        switch (ExposureModel.fit(histories, cut, analysis.measure(), covariates)) {
            case ExposureModel.Answer.None(var reason) ->
                notEstimated.add(new StudyResults.NotEstimated(analysis.name(), reason));
            case ExposureModel.Answer.Estimated(var estimates, var without, int parameters) -> {
                without.forEach(level -> notEstimated.add(
                        new StudyResults.NotEstimated(analysis.name() + " / " + level, CoxResult.Reason.NO_EVENTS)));
                for (int place = 0; place < estimates.size(); place++) {
                    EffectEstimates.Row row = row(analysis, complete, cut, estimates.get(place), place, parameters);
                    // As many days as nobody reached: a curve says nothing there.
                    if (row.targets().size() == 0) {
                        notEstimated.add(new StudyResults.NotEstimated(
                                analysis.name() + " / " + estimates.get(place).level(), CoxResult.Reason.NOBODY_LEFT));
                    } else {
                        rows.add(row);
                    }
                }
            }
        }
    }

    private EffectEstimates.Row row(
            Analysis.OverTime analysis,
            List<OverTimePerson> complete,
            ExposureRows cut,
            ExposureModel.Estimate estimate,
            int place,
            int parameters) {
        Predicate<ExposureRows.Row> exposed = switch (analysis.measure()) {
            case ExposureMeasure.CumulativeSpline spline ->
                row -> row.exposure() >= spline.at().get(place);
            case ExposureMeasure.Current _,
                    ExposureMeasure.Recency _,
                    ExposureMeasure.CumulativeSteps _,
                    ExposureMeasure.Ever _ -> {
                int level = 1 + analysis.measure().levels().indexOf(estimate.level());
                yield row -> row.exposure() == level;
            }
        };
        Predicate<ExposureRows.Row> none = row -> row.exposure() == 0;
        boolean crude = analysis.covariates().isEmpty();
        return new EffectEstimates.Row(
                analysis.name(),
                definition.cohort(design.exposure()).label(),
                StepLabels.NOT_EXPOSED,
                definition.cohort(design.outcome()).label(),
                crude ? "cox-efron-crude" : "cox-efron-adjusted",
                (crude ? "hazard ratio, " : "conditional hazard ratio, ") + estimate.level(),
                "hr",
                Math.exp(estimate.logRatio()),
                estimate.limit(LEVEL, false),
                estimate.limit(LEVEL, true),
                OptionalDouble.of(estimate.standardError()),
                OptionalDouble.of(estimate.p()),
                of(complete, cut, exposed),
                of(complete, cut, none),
                of(complete, cut, exposed.and(ExposureRows.Row::event)),
                of(complete, cut, none.and(ExposureRows.Row::event)),
                size(analysis.covariates(), complete, parameters));
    }

    private static PersonSet of(List<OverTimePerson> complete, ExposureRows cut, Predicate<ExposureRows.Row> chosen) {
        return PersonSet.of(cut.rows().stream()
                .filter(chosen)
                .mapToLong(row -> complete.get(row.person()).described().person())
                .toArray());
    }

    /** What the fewest persons of a level of a covariate are; the groups of the exposure are told with the estimate. */
    private EffectEstimates.Model size(List<String> covariates, List<OverTimePerson> complete, int parameters) {
        int smallest = complete.size();
        int smallestEvents = complete.size();
        List<Exposed> everybody =
                complete.stream().map(OverTimePerson::described).toList();
        for (String name : covariates) {
            Covariate covariate = definition.covariate(name);
            if (!ModelColumns.isLinear(covariate)) {
                int place = ModelColumns.place(definition, name);
                for (String level : ModelColumns.levels(covariate, place, everybody)) {
                    List<Exposed> group = everybody.stream()
                            .filter(each -> Levels.level(covariate, each.values()[place])
                                    .equals(level))
                            .toList();
                    int events = (int) group.stream().filter(Exposed::event).count();
                    smallest = Math.min(smallest, group.size());
                    smallestEvents = Math.min(smallestEvents, Math.min(events, group.size() - events));
                }
            }
        }
        return new EffectEstimates.Model(parameters, smallest, smallestEvents);
    }

    private void check(
            Analysis.OverTime analysis, List<OverTimePerson> complete, List<History> histories, ExposureRows cut) {
        long exposed = cut.exposedDays();
        long immortal = cut.immortalDays(histories);
        double limit = design.limits().immortalTime();
        Set<Long> credited = new HashSet<>();
        for (ExposureRows.Row row : cut.rows()) {
            if (row.exposure() > 0 && row.from() < histories.get(row.person()).begun()) {
                credited.add(complete.get(row.person()).described().person());
            }
        }
        double share = exposed == 0 ? 0 : (double) immortal / exposed;
        checks.add(new Check(
                Question.IMMORTAL_TIME,
                analysis.name(),
                share <= limit ? Answer.KEPT : Answer.CROSSED,
                Optional.of(new Found(share)),
                limit,
                PersonSet.of(credited.stream().mapToLong(Long::longValue).toArray())));
        long all = cut.rows().stream().mapToLong(ExposureRows.Row::days).sum();
        int events = (int) histories.stream().filter(History::event).count();
        double ratio = exposed == 0 || exposed == all
                ? Double.POSITIVE_INFINITY
                : Power.detectableRatio(events, (double) exposed / all);
        checks.add(new Check(
                Question.DETECTABLE_RATIO,
                analysis.name(),
                ratio <= design.limits().detectableRatio() ? Answer.KEPT : Answer.CROSSED,
                Optional.of(new Found(ratio)),
                design.limits().detectableRatio(),
                persons(complete)));
    }

    // The trial.

    private void estimate(Analysis.TargetTrial analysis) {
        List<OverTimePerson> complete = complete(analysis.covariates());
        if (complete.isEmpty()) {
            notEstimated.add(new StudyResults.NotEstimated(analysis.name(), CoxResult.Reason.NOBODY_LEFT));
            return;
        }
        switch (CloneCensorWeight.emulate(
                histories(complete),
                analysis.graceDays(),
                analysis.intervalDays(),
                columns(analysis.covariates(), complete))) {
            case CloneCensorWeight.Answer.None(var reason) ->
                notEstimated.add(new StudyResults.NotEstimated(analysis.name(), reason));
            case CloneCensorWeight.Answer.Estimated found -> rows.add(row(analysis, complete, found));
        }
    }

    private EffectEstimates.Row row(
            Analysis.TargetTrial analysis, List<OverTimePerson> complete, CloneCensorWeight.Answer.Estimated found) {
        ExposureModel.Estimate estimate = found.estimate();
        return new EffectEstimates.Row(
                analysis.name(),
                definition.cohort(design.exposure()).label(),
                StepLabels.NOT_EXPOSED,
                definition.cohort(design.outcome()).label(),
                "clone-censor-weight",
                "hazard ratio, all persons, begun within " + analysis.graceDays() + " days",
                "hr",
                Math.exp(estimate.logRatio()),
                estimate.limit(LEVEL, false),
                estimate.limit(LEVEL, true),
                OptionalDouble.of(estimate.standardError()),
                OptionalDouble.of(estimate.p()),
                persons(complete),
                persons(complete),
                side(complete, found, true),
                side(complete, found, false),
                size(analysis.covariates(), complete, found.parameters()));
    }

    /** Who has the outcome on a side. */
    private static PersonSet side(
            List<OverTimePerson> complete, CloneCensorWeight.Answer.Estimated found, boolean begins) {
        return PersonSet.of(found.rows().stream()
                .filter(row -> row.begins() == begins && row.event())
                .mapToLong(row -> complete.get(row.person()).described().person())
                .toArray());
    }

    // Persons.

    private List<OverTimePerson> complete(List<String> covariates) {
        Set<Exposed> known = new HashSet<>(ModelColumns.complete(
                definition,
                covariates,
                persons.stream().map(OverTimePerson::described).toList()));
        return persons.stream().filter(each -> known.contains(each.described())).toList();
    }

    private Map<String, double[]> columns(List<String> covariates, List<OverTimePerson> complete) {
        return ModelColumns.of(
                definition,
                covariates,
                complete.stream().map(OverTimePerson::described).toList());
    }

    private static List<History> histories(List<OverTimePerson> some) {
        return some.stream().map(OverTimePerson::history).toList();
    }

    private static PersonSet persons(List<OverTimePerson> some) {
        return PersonSet.of(
                some.stream().mapToLong(each -> each.described().person()).toArray());
    }
}
