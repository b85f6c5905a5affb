package org.vauban.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vauban.cohort.CohortEntries;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.output.AttritionFlow;
import org.vauban.output.Features;
import org.vauban.output.FrequencyTable;
import org.vauban.output.RawOutput;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;

/**
 * Takes the members of one cohort or two through the steps of a characterisation and describes each at the entry that counts. Steps are
 * those of a comparison, in the same order, as far as there is one.
 */
final class CharacterisationPass {
    private final StudyPlan plan;
    private final StudyDefinition definition;
    private final Design.Characterisation design;
    private final List<StudyCohort> cohorts;
    private final TrajectorySource source;
    private final CohortEvaluator evaluator;
    private final CovariateValues covariates;
    private final List<Group> groups = new ArrayList<>();
    private final Optional<FeatureCounts> features;

    CharacterisationPass(
            StudyPlan plan, Design.Characterisation design, TrajectorySource source, CohortEvaluator evaluator) {
        this.plan = plan;
        this.definition = plan.definition();
        this.design = design;
        this.cohorts = design.cohorts().stream().map(definition::cohort).toList();
        this.source = source;
        this.evaluator = evaluator;
        this.covariates = new CovariateValues(definition.covariates(), source.vocabulary());
        cohorts.forEach(cohort -> groups.add(new Group(cohort.label())));
        this.features =
                design.features().map(choice -> new FeatureCounts(choice, groups.size(), FeatureCounts.KEPT_MAX));
    }

    /** One cohort while buckets are read. */
    private static final class Group {
        private final String label;
        private final PersonList original = new PersonList();
        private final PersonList alone = new PersonList();
        private final PersonList inPeriod = new PersonList();
        private final List<Exposed> members = new ArrayList<>();
        private final Map<Long, Integer> entries = new HashMap<>();

        Group(String label) {
            this.label = label;
        }
    }

    /** Whether buckets are read a second time. */
    boolean readsTwice() {
        return features.isPresent();
    }

    void read(int bucket, EvaluationProgress progress) {
        Trajectories trajectories = source.read(bucket, plan.needs());
        List<CohortEntries> entries = CohortStays.evaluate(cohorts, trajectories, source, evaluator, progress);
        for (int person = 0; person < trajectories.persons().size(); person++) {
            long id = trajectories.persons().id(person);
            List<List<Stay>> stays =
                    entries.stream().map(each -> CohortStays.of(each, id)).toList();
            for (int group = 0; group < groups.size(); group++) {
                if (!stays.get(group).isEmpty()) {
                    take(trajectories, person, group, stays);
                }
            }
        }
    }

    private void take(Trajectories trajectories, int person, int place, List<List<Stay>> stays) {
        Group group = groups.get(place);
        long id = trajectories.persons().id(person);
        List<Stay> own = stays.get(place);
        group.original.add(id);
        if (stays.size() > 1 && !CohortStays.staysWith(own, stays.get(1 - place), design.personsInBoth())) {
            return;
        }
        group.alone.add(id);
        List<Stay> left = switch (design.entry()) {
            case FIRST -> own.subList(0, 1);
            case FIRST_ELIGIBLE -> own;
        };
        left = left.stream()
                .filter(stay -> CohortStays.isIn(definition.period(), stay.start()))
                .toList();
        if (left.isEmpty()) {
            return;
        }
        group.inPeriod.add(id);
        left.stream()
                .map(Stay::start)
                .filter(day -> CohortStays.observation(trajectories, person, day)
                        .filter(observed -> day - observed.start() >= design.priorObservationDays())
                        .isPresent())
                .findFirst()
                .ifPresent(day -> {
                    group.entries.put(id, day);
                    group.members.add(Exposed.described(id, day, covariates.of(trajectories, person, day)));
                    features.ifPresent(counts -> counts.count(place, trajectories, person, day));
                });
    }

    /** Between the readings. */
    void chooseFeatures() {
        features.orElseThrow()
                .choose(groups.stream().mapToInt(group -> group.members.size()).toArray());
    }

    /** The second reading. */
    void readAgain(int bucket) {
        Trajectories trajectories = source.read(
                bucket,
                Needs.all(design.features().orElseThrow().domains().stream()
                        .map(StudyPlanner::needsOfConcepts)
                        .toList()));
        FeatureCounts counts = features.orElseThrow();
        for (int person = 0; person < trajectories.persons().size(); person++) {
            long id = trajectories.persons().id(person);
            for (int place = 0; place < groups.size(); place++) {
                Integer entry = groups.get(place).entries.get(id);
                if (entry != null) {
                    counts.keep(place, trajectories, person, entry);
                }
            }
        }
    }

    /** What was found, after the last bucket. */
    StudyResults results(int buckets) {
        var arms = new NewUserArms(
                attrition(),
                groups.stream().map(group -> group.members).toList(),
                Optional.empty(),
                new RecordedBefore(definition.comparison(), source.vocabulary()));
        List<FrequencyTable> tables = new ArrayList<>();
        for (int covariate = 0; covariate < definition.covariates().size(); covariate++) {
            tables.add(Characteristics.table(definition.covariates().get(covariate), covariate, arms));
        }
        List<RawOutput> findings = features.<List<RawOutput>>map(counts -> List.of(new Features(
                        StudyResults.FEATURES,
                        groups.stream()
                                .map(group -> new Features.Group(
                                        group.label, Characteristics.persons(group.members, _ -> true)))
                                .toList(),
                        counts.rows(source.vocabulary()))))
                .orElse(List.of());
        return StudyResults.of(arms.attrition(), tables, findings, buckets);
    }

    private AttritionFlow attrition() {
        List<AttritionFlow.Arm> arms = new ArrayList<>();
        for (Group group : groups) {
            List<AttritionFlow.Step> steps = new ArrayList<>();
            steps.add(new AttritionFlow.Step(StepLabels.ORIGINAL, group.original.set()));
            if (groups.size() > 1) {
                steps.add(new AttritionFlow.Step(
                        switch (design.personsInBoth()) {
                            case REMOVE -> StepLabels.NOT_IN_BOTH;
                            case KEEP_FIRST -> StepLabels.FIRST_OF_BOTH;
                        },
                        group.alone.set()));
            }
            if (definition.period().isPresent()) {
                steps.add(new AttritionFlow.Step(StepLabels.STUDY_PERIOD, group.inPeriod.set()));
            }
            steps.add(new AttritionFlow.Step(
                    StepLabels.priorObservation(design.priorObservationDays()),
                    Characteristics.persons(group.members, _ -> true)));
            arms.add(new AttritionFlow.Arm(group.label, steps));
        }
        return new AttritionFlow(StudyResults.ATTRITION, arms);
    }
}
