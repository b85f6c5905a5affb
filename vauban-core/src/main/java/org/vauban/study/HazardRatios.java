package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.vauban.document.Fields;
import org.vauban.output.EffectEstimates;
import org.vauban.study.survival.CoxData;
import org.vauban.study.survival.CoxFit;
import org.vauban.study.survival.CoxRegression;
import org.vauban.study.survival.CoxResult;

/** Fits the Cox models of a study: target against comparator, crude or adjusted. */
final class HazardRatios {
    private static final double LEVEL = 0.95;
    private static final String TARGET = "target";

    private final StudyDefinition definition;
    private final Design.NewUserActiveComparator design;
    private final NewUserArms arms;

    HazardRatios(StudyDefinition definition, Design.NewUserActiveComparator design, NewUserArms arms) {
        this.definition = definition;
        this.design = design;
        this.arms = arms;
    }

    /** What became of one model. */
    sealed interface Answer {
        record Estimated(EffectEstimates.Row row) implements Answer {}

        record None(CoxResult.Reason reason) implements Answer {}
    }

    Answer estimate(Analysis.Cox analysis) {
        List<Exposed> targets = ModelColumns.complete(
                definition, analysis.covariates(), arms.exposed().get(0));
        List<Exposed> comparators = ModelColumns.complete(
                definition, analysis.covariates(), arms.exposed().get(1));
        List<Exposed> everybody = new ArrayList<>(targets);
        everybody.addAll(comparators);
        if (everybody.isEmpty()) {
            return new Answer.None(CoxResult.Reason.NO_EVENTS);
        }
        CoxData data = data(analysis, everybody, targets.size());
        return switch (CoxRegression.fit(data, analysis.ties())) {
            case CoxFit fit -> new Answer.Estimated(row(analysis, fit, targets, comparators, everybody));
            case CoxResult.NoEstimate none -> new Answer.None(none.reason());
        };
    }

    private CoxData data(Analysis.Cox analysis, List<Exposed> everybody, int targets) {
        double[] days = new double[everybody.size()];
        boolean[] events = new boolean[days.length];
        double[] target = new double[days.length];
        for (int index = 0; index < days.length; index++) {
            days[index] = everybody.get(index).days();
            events[index] = everybody.get(index).event();
            target[index] = index < targets ? 1 : 0;
        }
        CoxData data = CoxData.of(days, events).covariate(TARGET, target);
        for (var column :
                ModelColumns.of(definition, analysis.covariates(), everybody).entrySet()) {
            data = data.covariate(column.getKey(), column.getValue());
        }
        return data;
    }

    private EffectEstimates.Row row(
            Analysis.Cox analysis,
            CoxFit fit,
            List<Exposed> targets,
            List<Exposed> comparators,
            List<Exposed> everybody) {
        CoxFit.Interval interval = switch (analysis.interval()) {
            case WALD -> fit.waldInterval(0, LEVEL);
            case PROFILE_LIKELIHOOD -> fit.profileInterval(0, LEVEL);
        };
        boolean crude = analysis.covariates().isEmpty();
        String method = "cox-" + Fields.word(analysis.ties()) + (crude ? "-crude" : "-adjusted");
        return new EffectEstimates.Row(
                analysis.name(),
                definition.cohort(design.target()).label(),
                definition.cohort(design.comparator()).label(),
                definition.cohort(design.outcome()).label(),
                method,
                (crude ? "hazard ratio, " : "conditional hazard ratio, ") + followed(design),
                "hr",
                fit.hazardRatio(0),
                Math.exp(interval.lower()),
                Math.exp(interval.upper()),
                OptionalDouble.of(fit.standardError(0)),
                OptionalDouble.of(fit.p(0)),
                Characteristics.persons(targets, _ -> true),
                Characteristics.persons(comparators, _ -> true),
                Characteristics.persons(targets, Exposed::event),
                Characteristics.persons(comparators, Exposed::event),
                model(analysis, fit, targets, comparators, everybody));
    }

    static String followed(Design.NewUserActiveComparator design) {
        return switch (design.timeAtRisk().endAnchor()) {
            case COHORT_END -> "on treatment";
            case COHORT_START -> "from start of treatment";
        };
    }

    private EffectEstimates.Model model(
            Analysis.Cox analysis,
            CoxFit fit,
            List<Exposed> targets,
            List<Exposed> comparators,
            List<Exposed> everybody) {
        List<List<Exposed>> groups = new ArrayList<>(List.of(targets, comparators));
        for (String name : analysis.covariates()) {
            Covariate covariate = definition.covariate(name);
            if (!ModelColumns.isLinear(covariate)) {
                int place = ModelColumns.place(definition, name);
                for (String level : ModelColumns.levels(covariate, place, everybody)) {
                    groups.add(everybody.stream()
                            .filter(each -> Levels.level(covariate, each.values()[place])
                                    .equals(level))
                            .toList());
                }
            }
        }
        int smallest = Integer.MAX_VALUE;
        int smallestEvents = Integer.MAX_VALUE;
        for (List<Exposed> group : groups) {
            int events = (int) group.stream().filter(Exposed::event).count();
            smallest = Math.min(smallest, group.size());
            smallestEvents = Math.min(smallestEvents, Math.min(events, group.size() - events));
        }
        return new EffectEstimates.Model(fit.names().size(), smallest, smallestEvents);
    }
}
