package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vauban.output.EffectEstimates;
import org.vauban.output.FrequencyTable;
import org.vauban.output.SurvivalCurves;

/** Computes all analyses of a study from its arms. */
final class StudyAnalyses {
    private StudyAnalyses() {}

    static StudyResults run(
            StudyDefinition definition, Design.NewUserActiveComparator design, NewUserArms arms, int buckets) {
        List<SurvivalCurves> curves = new ArrayList<>();
        List<EffectEstimates.Row> rows = new ArrayList<>();
        List<StudyResults.NotEstimated> notEstimated = new ArrayList<>();
        var hazards = new HazardRatios(definition, design, arms);
        for (Analysis analysis : definition.analyses()) {
            switch (analysis) {
                case Analysis.KaplanMeier survival -> curves.add(curves(survival, arms));
                case Analysis.Cox cox -> {
                    switch (hazards.estimate(cox)) {
                        case HazardRatios.Answer.Estimated(var row) -> rows.add(row);
                        case HazardRatios.Answer.None(var reason) ->
                            notEstimated.add(new StudyResults.NotEstimated(cox.name(), reason));
                    }
                }
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
                rows.isEmpty() ? Optional.empty() : Optional.of(new EffectEstimates(StudyResults.ESTIMATES, rows)),
                followUp(arms),
                arms.commonPeriod(),
                notEstimated,
                buckets);
    }

    private static SurvivalCurves curves(Analysis.KaplanMeier analysis, NewUserArms arms) {
        List<SurvivalCurves.Arm> drawn = new ArrayList<>();
        for (int arm = 0; arm < arms.exposed().size(); arm++) {
            List<Exposed> exposed = arms.exposed().get(arm);
            boolean[] events = new boolean[exposed.size()];
            for (int index = 0; index < events.length; index++) {
                events[index] = exposed.get(index).event();
            }
            drawn.add(new SurvivalCurves.Arm(
                    label(arms, arm),
                    exposed.stream().mapToLong(Exposed::person).toArray(),
                    exposed.stream().mapToInt(Exposed::days).toArray(),
                    events));
        }
        return new SurvivalCurves(analysis.name(), "days", drawn, analysis.interval());
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
