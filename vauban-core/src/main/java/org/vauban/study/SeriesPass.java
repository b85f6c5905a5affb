package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import org.vauban.cohort.CohortEntries;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.omop.CdmTable;
import org.vauban.output.AttritionFlow;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;

/**
 * Finds those who had the outcome, bucket by bucket, and keeps of each the observed days, the outcomes and the courses of exposures.
 *
 * <p>Each period of observation is a series of its own: what two periods of one person have in common besides the person, nobody observed.
 */
final class SeriesPass {
    private final StudyPlan plan;
    private final StudyDefinition definition;
    private final Design.SelfControlledCaseSeries design;
    private final TrajectorySource source;
    private final CohortEvaluator evaluator;
    private final List<StudyCohort> cohorts = new ArrayList<>();
    private final PersonList original = new PersonList();
    private final PersonList birthKnown = new PersonList();
    private final PersonList observed = new PersonList();
    private final PersonList counted = new PersonList();
    private final List<ObservedCase> cases = new ArrayList<>();
    private int lastDay = Integer.MIN_VALUE;

    SeriesPass(
            StudyPlan plan,
            Design.SelfControlledCaseSeries design,
            TrajectorySource source,
            CohortEvaluator evaluator) {
        this.plan = plan;
        this.definition = plan.definition();
        this.design = design;
        this.source = source;
        this.evaluator = evaluator;
        cohorts.add(definition.cohort(design.outcome()));
        design.exposures().forEach(exposure -> cohorts.add(definition.cohort(exposure.cohort())));
    }

    void read(int bucket, EvaluationProgress progress) {
        Trajectories trajectories = source.read(bucket, plan.needs());
        List<CohortEntries> entries = CohortStays.evaluate(cohorts, trajectories, source, evaluator, progress);
        for (int person = 0; person < trajectories.persons().size(); person++) {
            List<Stay> periods = TimeLine.merged(CohortStays.observations(trajectories, person));
            List<Stay> inStudy = CohortStays.in(definition.period(), periods);
            if (!inStudy.isEmpty()) {
                lastDay = Math.max(lastDay, inStudy.getLast().end());
            }
            List<Stay> outcomes =
                    CohortStays.of(entries.getFirst(), trajectories.persons().id(person));
            if (!outcomes.isEmpty()) {
                take(trajectories, person, periods, inStudy, outcomes, entries);
            }
        }
    }

    private void take(
            Trajectories trajectories,
            int person,
            List<Stay> periods,
            List<Stay> inStudy,
            List<Stay> outcomes,
            List<CohortEntries> entries) {
        long id = trajectories.persons().id(person);
        original.add(id);
        int born = design.age() instanceof TimeEffect.None
                ? 0
                : trajectories.persons().ints(CdmTable.PERSON.column("year_of_birth"))[person];
        if (Absent.is(born)) {
            return;
        }
        birthKnown.add(id);
        List<Integer> days = switch (design.events()) {
            case FIRST -> List.of(outcomes.getFirst().start());
            case ALL -> outcomes.stream().map(Stay::start).distinct().toList();
        };
        if (events(inStudy, days).isEmpty()) {
            return;
        }
        observed.add(id);
        List<Stay> counting = CohortStays.in(definition.period(), TimeLine.afterDays(periods, design.naiveDays()));
        if (events(counting, days).isEmpty()) {
            return;
        }
        counted.add(id);
        List<List<Stay>> courses = entries.subList(1, entries.size()).stream()
                .map(each -> CohortStays.of(each, id))
                .toList();
        for (Stay series : counting) {
            List<Integer> events = events(List.of(series), days);
            if (!events.isEmpty()) {
                cases.add(new ObservedCase(id, born, series, events, courses));
            }
        }
    }

    private static List<Integer> events(List<Stay> stays, List<Integer> days) {
        return days.stream()
                .filter(day -> stays.stream().anyMatch(stay -> stay.holds(day)))
                .toList();
    }

    /** What was found, after the last bucket. */
    StudyResults results(int buckets, Runnable checkpoint) {
        return new SeriesAnalysis(definition, design, cases, lastDay, checkpoint).results(attrition(), buckets);
    }

    private AttritionFlow attrition() {
        List<AttritionFlow.Step> steps = new ArrayList<>();
        steps.add(new AttritionFlow.Step(StepLabels.ORIGINAL, original.set()));
        if (!(design.age() instanceof TimeEffect.None)) {
            steps.add(new AttritionFlow.Step(StepLabels.BIRTH_KNOWN, birthKnown.set()));
        }
        steps.add(new AttritionFlow.Step(StepLabels.OUTCOME_OBSERVED, observed.set()));
        if (design.naiveDays() > 0) {
            steps.add(new AttritionFlow.Step(StepLabels.afterNaive(design.naiveDays()), counted.set()));
        }
        return new AttritionFlow(
                StudyResults.ATTRITION,
                List.of(new AttritionFlow.Arm(cohorts.getFirst().label(), steps)));
    }
}
