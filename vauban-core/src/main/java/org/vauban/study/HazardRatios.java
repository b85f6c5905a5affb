package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
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
        List<Exposed> targets = complete(arms.exposed().get(0), analysis);
        List<Exposed> comparators = complete(arms.exposed().get(1), analysis);
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

    /** Persons whose values are all known; a model leaves the others out and counts whom it kept. */
    private List<Exposed> complete(List<Exposed> exposed, Analysis.Cox analysis) {
        int[] used = analysis.covariates().stream().mapToInt(this::place).toArray();
        return exposed.stream()
                .filter(each -> {
                    for (int place : used) {
                        if (Double.isNaN(each.values()[place])) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
    }

    private int place(String covariate) {
        return definition.covariates().indexOf(definition.covariate(covariate));
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
        for (String name : analysis.covariates()) {
            Covariate covariate = definition.covariate(name);
            int place = place(name);
            if (isLinear(covariate)) {
                data = data.covariate(name, column(everybody, each -> each.values()[place]));
            } else {
                List<String> levels = levels(covariate, place, everybody);
                for (String level : levels.subList(1, levels.size())) {
                    data = data.covariate(
                            name + ": " + level,
                            column(
                                    everybody,
                                    each -> Levels.level(covariate, each.values()[place])
                                                    .equals(level)
                                            ? 1
                                            : 0));
                }
            }
        }
        return data;
    }

    private static boolean isLinear(Covariate covariate) {
        return covariate instanceof Covariate.Age age && age.form() == Covariate.Age.Form.LINEAR;
    }

    /** The levels that somebody in the model has; the first is the reference. */
    private static List<String> levels(Covariate covariate, int place, List<Exposed> everybody) {
        return everybody.stream()
                .map(each -> each.values()[place])
                .distinct()
                .sorted()
                .map(value -> Levels.level(covariate, value))
                .distinct()
                .toList();
    }

    private static double[] column(List<Exposed> everybody, ToDoubleFunction<Exposed> value) {
        return everybody.stream().mapToDouble(value).toArray();
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
                (crude ? "hazard ratio, " : "conditional hazard ratio, ") + followed(),
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

    private String followed() {
        return switch (definition.timeAtRisk().endAnchor()) {
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
            if (!isLinear(covariate)) {
                int place = place(name);
                for (String level : levels(covariate, place, everybody)) {
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
