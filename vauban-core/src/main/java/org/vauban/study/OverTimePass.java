package org.vauban.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.vauban.cohort.CohortEntries;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.output.AttritionFlow;
import org.vauban.study.overtime.History;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;

/** Takes the members of a population through the steps of a study over time, bucket by bucket, and follows each from entry on. */
final class OverTimePass {
    private final StudyPlan plan;
    private final StudyDefinition definition;
    private final Design.ExposureOverTime design;
    private final TrajectorySource source;
    private final CohortEvaluator evaluator;
    private final CovariateValues covariates;
    private final List<StudyCohort> cohorts;
    private final PersonList original = new PersonList();
    private final PersonList inPeriod = new PersonList();
    private final PersonList observed = new PersonList();
    private final List<OverTimePerson> candidates = new ArrayList<>();

    OverTimePass(StudyPlan plan, Design.ExposureOverTime design, TrajectorySource source, CohortEvaluator evaluator) {
        this.plan = plan;
        this.definition = plan.definition();
        this.design = design;
        this.source = source;
        this.evaluator = evaluator;
        this.covariates = new CovariateValues(definition.covariates(), source.vocabulary());
        this.cohorts = List.of(
                definition.cohort(design.population()),
                definition.cohort(design.exposure()),
                definition.cohort(design.outcome()));
    }

    void read(int bucket, EvaluationProgress progress) {
        Trajectories trajectories = source.read(bucket, plan.needs());
        List<CohortEntries> entries = CohortStays.evaluate(cohorts, trajectories, source, evaluator, progress);
        for (int person = 0; person < trajectories.persons().size(); person++) {
            long id = trajectories.persons().id(person);
            List<Stay> stays = CohortStays.of(entries.get(0), id);
            if (!stays.isEmpty()) {
                take(
                        trajectories,
                        person,
                        stays,
                        CohortStays.of(entries.get(1), id),
                        CohortStays.of(entries.get(2), id));
            }
        }
    }

    private void take(
            Trajectories trajectories, int person, List<Stay> stays, List<Stay> courses, List<Stay> outcomes) {
        long id = trajectories.persons().id(person);
        original.add(id);
        List<Stay> left = switch (design.entry()) {
            case FIRST -> stays.subList(0, 1);
            case FIRST_ELIGIBLE -> stays;
        };
        left = left.stream()
                .filter(stay -> CohortStays.isIn(definition.period(), stay.start()))
                .toList();
        if (left.isEmpty()) {
            return;
        }
        inPeriod.add(id);
        boolean seen = false;
        for (Stay entry : left) {
            Optional<Stay> observation = CohortStays.observation(trajectories, person, entry.start())
                    .filter(period -> entry.start() - period.start() >= design.priorObservationDays());
            if (observation.isPresent()) {
                seen = true;
                candidates.add(follow(
                        trajectories, person, entry.start(), observation.get().end(), courses, outcomes));
            }
        }
        if (seen) {
            observed.add(id);
        }
    }

    private OverTimePerson follow(
            Trajectories trajectories,
            int person,
            int entry,
            int observedUntil,
            List<Stay> courses,
            List<Stay> outcomes) {
        int last = observedUntil;
        if (definition.period().isPresent()) {
            last = Math.min(last, (int) definition.period().get().to().toEpochDay());
        }
        if (design.followUpDays().isPresent()) {
            last = Math.min(last, entry + design.followUpDays().getAsInt() - 1);
        }
        long lookback = design.priorOutcome().lookbackDays().isPresent()
                ? (long) entry - design.priorOutcome().lookbackDays().getAsInt()
                : Long.MIN_VALUE;
        boolean before = false;
        boolean event = false;
        for (Stay outcome : outcomes) {
            before |= outcome.start() < entry && outcome.start() >= lookback;
            if (!event && outcome.start() >= entry && outcome.start() <= last) {
                event = true;
                last = outcome.start();
            }
        }
        var history = new History(
                last - entry + 1,
                event,
                courses.stream()
                        .map(course -> new History.Course(course.start() - entry, course.end() - entry))
                        .toList());
        var described = new Exposed(
                trajectories.persons().id(person),
                entry,
                before,
                history.days(),
                history.days(),
                event,
                covariates.of(trajectories, person, entry),
                new Exposed.Followed[0],
                new int[0]);
        return new OverTimePerson(described, history.begun() < 0, history);
    }

    /** What was found, after the last bucket. */
    StudyResults results(int buckets, Runnable checkpoint) {
        List<AttritionFlow.Step> steps = new ArrayList<>();
        steps.add(new AttritionFlow.Step(StepLabels.ORIGINAL, original.set()));
        if (definition.period().isPresent()) {
            steps.add(new AttritionFlow.Step(StepLabels.STUDY_PERIOD, inPeriod.set()));
        }
        steps.add(new AttritionFlow.Step(StepLabels.priorObservation(design.priorObservationDays()), observed.set()));
        List<OverTimePerson> left = candidates;
        if (design.priorOutcome().remove()) {
            left = step(
                    steps,
                    StepLabels.noPriorOutcome(design.priorOutcome().lookbackDays()),
                    left,
                    each -> !each.described().priorOutcome());
        }
        if (design.newUsers()) {
            left = step(steps, StepLabels.NOT_EXPOSED_BEFORE, left, each -> !each.priorExposure());
        }
        var flow = new AttritionFlow(
                StudyResults.ATTRITION,
                List.of(new AttritionFlow.Arm(cohorts.getFirst().label(), steps)));
        return new OverTimeAnalyses(definition, design, firstOfEach(left), checkpoint).results(flow, buckets);
    }

    private static List<OverTimePerson> step(
            List<AttritionFlow.Step> steps,
            String label,
            List<OverTimePerson> before,
            Predicate<OverTimePerson> stays) {
        List<OverTimePerson> after = before.stream().filter(stays).toList();
        var persons = new PersonList();
        after.forEach(each -> persons.add(each.described().person()));
        steps.add(new AttritionFlow.Step(label, persons.set()));
        return after;
    }

    /** One entry of each person, the earliest, in the order of persons. */
    private static List<OverTimePerson> firstOfEach(List<OverTimePerson> all) {
        OverTimePerson[] ordered = all.toArray(OverTimePerson[]::new);
        Arrays.sort(
                ordered,
                Comparator.comparingLong(
                                (OverTimePerson each) -> each.described().person())
                        .thenComparingInt(each -> each.described().startDay()));
        List<OverTimePerson> first = new ArrayList<>();
        for (OverTimePerson each : ordered) {
            if (first.isEmpty()
                    || first.getLast().described().person() != each.described().person()) {
                first.add(each);
            }
        }
        return first;
    }
}
