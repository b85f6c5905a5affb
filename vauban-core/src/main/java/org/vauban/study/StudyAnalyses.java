package org.vauban.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vauban.output.EffectEstimates;
import org.vauban.output.FrequencyTable;
import org.vauban.output.SurvivalCurves;
import org.vauban.study.propensity.PropensityWeights;
import org.vauban.study.survival.CoxResult;

/** Computes all analyses of a study from its arms. */
final class StudyAnalyses {
    private StudyAnalyses() {}

    /**
     * Runs one analysis after the other.
     *
     * @param checkpoint called between them and inside long ones; it throws when the run is to stop
     */
    static StudyResults run(
            StudyDefinition definition,
            Design.NewUserActiveComparator design,
            NewUserArms arms,
            int buckets,
            Runnable checkpoint) {
        List<SurvivalCurves> curves = new ArrayList<>();
        List<EffectEstimates.Row> rows = new ArrayList<>();
        List<StudyResults.NotEstimated> notEstimated = new ArrayList<>();
        List<ComparisonResult> comparisons = new ArrayList<>();
        var hazards = new HazardRatios(definition, design, arms);
        var comparing = new Comparisons(definition, design, arms, checkpoint);
        for (Analysis analysis : definition.analyses()) {
            checkpoint.run();
            switch (analysis) {
                case Analysis.KaplanMeier survival ->
                    curves(definition, survival, arms)
                            .ifPresentOrElse(
                                    curves::add,
                                    () -> notEstimated.add(new StudyResults.NotEstimated(
                                            survival.name(), CoxResult.Reason.NO_PROPENSITY_SCORE)));
                case Analysis.Cox cox -> {
                    switch (hazards.estimate(cox)) {
                        case HazardRatios.Answer.Estimated(var row) -> rows.add(row);
                        case HazardRatios.Answer.None(var reason) ->
                            notEstimated.add(new StudyResults.NotEstimated(cox.name(), reason));
                    }
                }
                case Analysis.OverTime _, Analysis.TargetTrial _ ->
                    throw new IllegalStateException("A comparison was read with an analysis over time");
                case Analysis.Comparison comparison ->
                    comparing.run(comparison, notEstimated::add).ifPresent(comparisons::add);
            }
        }
        List<FrequencyTable> characteristics = new ArrayList<>();
        for (int covariate = 0; covariate < definition.covariates().size(); covariate++) {
            characteristics.add(Characteristics.table(definition.covariates().get(covariate), covariate, arms));
        }
        return new StudyResults(
                arms.attrition(),
                characteristics,
                curves,
                comparisons,
                rows.isEmpty() ? Optional.empty() : Optional.of(new EffectEstimates(StudyResults.ESTIMATES, rows)),
                followUp(arms),
                arms.commonPeriod(),
                notEstimated,
                List.of(),
                List.of(),
                buckets);
    }

    /** Empty when persons should be weighted and there are no weights. */
    private static Optional<SurvivalCurves> curves(
            StudyDefinition definition, Analysis.KaplanMeier analysis, NewUserArms arms) {
        List<List<Exposed>> exposed = arms.exposed().stream()
                .map(arm -> ModelColumns.complete(definition, analysis.balancing(), arm))
                .toList();
        return weights(definition, analysis, exposed).map(weights -> {
            List<SurvivalCurves.Arm> drawn = new ArrayList<>();
            int from = 0;
            for (int arm = 0; arm < exposed.size(); arm++) {
                int to = from + exposed.get(arm).size();
                drawn.add(curve(
                        label(arms, arm),
                        exposed.get(arm),
                        weights.length == 0 ? weights : Arrays.copyOfRange(weights, from, to)));
                from = to;
            }
            return new SurvivalCurves(analysis.name(), "days", drawn, analysis.interval());
        });
    }

    /** One weight for each person, arm after arm; no weights at all when each counts one. */
    private static Optional<double[]> weights(
            StudyDefinition definition, Analysis.KaplanMeier analysis, List<List<Exposed>> exposed) {
        if (analysis.balancing().isEmpty()) {
            return Optional.of(new double[0]);
        }
        List<Exposed> everybody = exposed.stream().flatMap(List::stream).toList();
        boolean[] target = new boolean[everybody.size()];
        Arrays.fill(target, 0, exposed.getFirst().size(), true);
        return PropensityWeights.stabilised(
                List.copyOf(ModelColumns.of(definition, analysis.balancing(), everybody)
                        .values()),
                target);
    }

    private static SurvivalCurves.Arm curve(String label, List<Exposed> exposed, double[] weights) {
        boolean[] events = new boolean[exposed.size()];
        for (int index = 0; index < events.length; index++) {
            events[index] = exposed.get(index).event();
        }
        return new SurvivalCurves.Arm(
                label,
                exposed.stream().mapToLong(Exposed::person).toArray(),
                exposed.stream().mapToInt(Exposed::days).toArray(),
                events,
                weights);
    }

    private static List<StudyResults.FollowUp> followUp(NewUserArms arms) {
        List<StudyResults.FollowUp> followUp = new ArrayList<>();
        for (int arm = 0; arm < arms.exposed().size(); arm++) {
            List<Exposed> exposed = arms.exposed().get(arm);
            followUp.add(new StudyResults.FollowUp(
                    label(arms, arm),
                    exposed.size(),
                    exposed.stream().mapToLong(Exposed::days).sum(),
                    (int) exposed.stream().filter(Exposed::event).count()));
        }
        return followUp;
    }

    static String label(NewUserArms arms, int arm) {
        return arms.attrition().arms().get(arm).label();
    }
}
