package org.vauban.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.output.AttritionFlow;
import org.vauban.output.Pathways;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;

/** Takes the members of a cohort through the steps of a study of pathways, and counts who went which path. */
final class PathwayPass {
    private final StudyPlan plan;
    private final StudyDefinition definition;
    private final Design.TreatmentPathways design;
    private final TrajectorySource source;
    private final Treatments treatments;

    private final PersonList original = new PersonList();
    private final PersonList inPeriod = new PersonList();
    private final PersonList observed = new PersonList();
    private final Map<List<Integer>, PersonList> paths = new HashMap<>();

    PathwayPass(StudyPlan plan, Design.TreatmentPathways design, TrajectorySource source, CohortEvaluator evaluator) {
        this.plan = plan;
        this.definition = plan.definition();
        this.design = design;
        this.source = source;
        List<String> names = new ArrayList<>(List.of(design.target()));
        names.addAll(design.treatments());
        this.treatments = new Treatments(definition, names, source, evaluator);
    }

    void read(int bucket, EvaluationProgress progress) {
        Trajectories trajectories = source.read(bucket, plan.needs());
        Treatments.InBucket inBucket = treatments.in(trajectories, progress);
        for (int person = 0; person < trajectories.persons().size(); person++) {
            take(trajectories, inBucket, person);
        }
    }

    private void take(Trajectories trajectories, Treatments.InBucket inBucket, int person) {
        List<Stay> stays = inBucket.of(design.target(), person);
        if (stays.isEmpty()) {
            return;
        }
        long id = trajectories.persons().id(person);
        original.add(id);
        List<Stay> left = stays.stream()
                .filter(stay -> CohortStays.isIn(definition.period(), stay.start()))
                .toList();
        if (left.isEmpty()) {
            return;
        }
        inPeriod.add(id);
        Optional<Stay> eligible = left.stream()
                .filter(stay -> CohortStays.observation(trajectories, person, stay.start())
                        .filter(observation -> stay.start() - observation.start() >= design.priorObservationDays())
                        .isPresent())
                .findFirst();
        if (eligible.isPresent()) {
            observed.add(id);
            paths.computeIfAbsent(path(inBucket, person, eligible.get()), _ -> new PersonList())
                    .add(id);
        }
    }

    private List<Integer> path(Treatments.InBucket inBucket, int person, Stay stay) {
        long first = (long) stay.start() + design.fromDay();
        long last = design.followUpDays().isPresent()
                ? first + design.followUpDays().getAsInt() - 1
                : stay.end();
        if (definition.period().isPresent()) {
            last = Math.min(last, definition.period().get().to().toEpochDay());
        }
        List<PathwayLine.Era> eras = new ArrayList<>();
        for (int treatment = 0; treatment < design.treatments().size(); treatment++) {
            List<Stay> begun = new ArrayList<>();
            for (Stay each : inBucket.of(design.treatments().get(treatment), person)) {
                if (each.start() >= first && each.start() <= last) {
                    begun.add(each);
                }
            }
            for (Stay era : Episodes.joined(begun, design.collapseDays())) {
                if (Episodes.days(era) >= design.leastEraDays()) {
                    eras.add(new PathwayLine.Era(1 << treatment, era.start(), era.end() + 1));
                }
            }
        }
        return PathwayLine.path(
                PathwayLine.cut(eras, design.combinationDays(), design.leastPartDays()),
                design.kept(),
                design.longest());
    }

    /** What was found, after the last bucket. */
    StudyResults results(int buckets) {
        List<Pathways.Row> rows = new ArrayList<>();
        paths.forEach((path, persons) ->
                rows.add(new Pathways.Row(path.stream().map(this::step).toList(), persons.set())));
        rows.sort(java.util.Comparator.comparingInt(
                        (Pathways.Row row) -> -row.persons().size())
                .thenComparing(row -> row.steps().toString()));
        return StudyResults.of(
                attrition(),
                List.of(),
                List.of(new Pathways(StudyResults.PATHWAYS, definition.label(design.target()), rows)),
                buckets);
    }

    private Pathways.Step step(int taken) {
        List<String> labels = new ArrayList<>();
        for (int treatment = 0; treatment < design.treatments().size(); treatment++) {
            if ((taken & 1 << treatment) != 0) {
                labels.add(definition.label(design.treatments().get(treatment)));
            }
        }
        return new Pathways.Step(labels);
    }

    private AttritionFlow attrition() {
        List<AttritionFlow.Step> steps = new ArrayList<>();
        steps.add(new AttritionFlow.Step(StepLabels.ORIGINAL, original.set()));
        if (definition.period().isPresent()) {
            steps.add(new AttritionFlow.Step(StepLabels.STUDY_PERIOD, inPeriod.set()));
        }
        steps.add(new AttritionFlow.Step(StepLabels.priorObservation(design.priorObservationDays()), observed.set()));
        return new AttritionFlow(
                StudyResults.ATTRITION, List.of(new AttritionFlow.Arm(definition.label(design.target()), steps)));
    }
}
