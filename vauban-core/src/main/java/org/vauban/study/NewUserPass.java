package org.vauban.study;

import java.time.LocalDate;
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
import org.vauban.trajectory.Period;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;

/**
 * Takes the persons of a new-user active-comparator study through its steps.
 *
 * <p>The order of the steps is that of OHDSI's CohortMethod, so that a reader can lay both attrition tables side by side: original
 * cohorts, persons in both, first exposure, study period, prior observation, common calendar period, prior outcome, days at risk.
 * Steps up to prior observation are taken bucket by bucket; the common period needs all buckets, and what follows it is taken at
 * the end from the facts kept of each exposure.
 */
final class NewUserPass {
    private static final int ARMS = 2;

    private final StudyDefinition definition;
    private final Design.NewUserActiveComparator design;
    private final StudyPlan plan;
    private final TrajectorySource source;
    private final CohortEvaluator evaluator;
    private final CovariateValues covariates;
    private final RecordedBefore before;
    private final List<Arm> arms = new ArrayList<>();

    NewUserPass(
            StudyPlan plan, Design.NewUserActiveComparator design, TrajectorySource source, CohortEvaluator evaluator) {
        this.plan = plan;
        this.definition = plan.definition();
        this.design = design;
        this.source = source;
        this.evaluator = evaluator;
        this.covariates = new CovariateValues(definition.covariates(), source.vocabulary());
        this.before = new RecordedBefore(definition.comparison(), source.vocabulary());
        arms.add(new Arm(definition.cohort(design.target()).label()));
        arms.add(new Arm(definition.cohort(design.comparator()).label()));
    }

    /** One arm while buckets are read. */
    private static final class Arm {
        private final String label;
        private final PersonList original = new PersonList();
        private final PersonList alone = new PersonList();
        private final PersonList first = new PersonList();
        private final PersonList inPeriod = new PersonList();
        private final PersonList observed = new PersonList();
        private final List<Exposed> exposed = new ArrayList<>();
        private int firstStart = Integer.MAX_VALUE;
        private int lastStart = Integer.MIN_VALUE;

        Arm(String label) {
            this.label = label;
        }
    }

    void read(int bucket, EvaluationProgress progress) {
        Trajectories trajectories = source.read(bucket, plan.needs());
        List<CohortEntries> entries = evaluate(trajectories, progress);
        List<CohortEntries> outcomes = entries.subList(2, entries.size());
        for (int person = 0; person < trajectories.persons().size(); person++) {
            long id = trajectories.persons().id(person);
            List<List<Stay>> exposures =
                    List.of(CohortStays.of(entries.get(0), id), CohortStays.of(entries.get(1), id));
            for (int arm = 0; arm < ARMS; arm++) {
                if (!exposures.get(arm).isEmpty()) {
                    take(trajectories, person, arm, exposures, outcomes);
                }
            }
        }
    }

    /** Target, comparator, outcome and what else is followed, of one bucket. */
    private List<CohortEntries> evaluate(Trajectories trajectories, EvaluationProgress progress) {
        List<StudyCohort> cohorts = new ArrayList<>(List.of(
                definition.cohort(design.target()),
                definition.cohort(design.comparator()),
                definition.cohort(design.outcome())));
        definition.comparison().alsoFollowed().forEach(name -> cohorts.add(definition.cohort(name)));
        return CohortStays.evaluate(cohorts, trajectories, source, evaluator, progress);
    }

    private void take(
            Trajectories trajectories,
            int person,
            int armIndex,
            List<List<Stay>> exposures,
            List<CohortEntries> outcomes) {
        Arm arm = arms.get(armIndex);
        long id = trajectories.persons().id(person);
        List<Stay> own = exposures.get(armIndex);
        List<Stay> other = exposures.get(1 - armIndex);
        arm.original.add(id);
        arm.firstStart = Math.min(arm.firstStart, own.getFirst().start());
        arm.lastStart = Math.max(arm.lastStart, own.getLast().start());
        if (!CohortStays.staysWith(own, other, design.personsInBoth())) {
            return;
        }
        arm.alone.add(id);
        List<Stay> left = switch (design.exposure()) {
            case FIRST -> own.subList(0, 1);
            case FIRST_ELIGIBLE -> own;
        };
        arm.first.add(id);
        left = left.stream()
                .filter(exposure -> CohortStays.isIn(definition.period(), exposure.start()))
                .toList();
        if (left.isEmpty()) {
            return;
        }
        arm.inPeriod.add(id);
        boolean observed = false;
        for (Stay exposure : left) {
            Optional<Stay> observation = CohortStays.observation(trajectories, person, exposure.start());
            if (observation.isPresent()
                    && exposure.start() - observation.get().start() >= design.priorObservationDays()) {
                observed = true;
                arm.exposed.add(facts(trajectories, person, exposure, observation.get(), outcomes));
            }
        }
        if (observed) {
            arm.observed.add(id);
        }
    }

    private Exposed facts(
            Trajectories trajectories, int person, Stay exposure, Stay observation, List<CohortEntries> outcomes) {
        TimeAtRisk risk = design.timeAtRisk();
        long id = trajectories.persons().id(person);
        int from = risk.firstDay(exposure.start(), exposure.end());
        int to = Math.min(risk.lastDay(exposure.start(), exposure.end()), observation.end());
        if (definition.period().isPresent()) {
            to = Math.min(to, (int) definition.period().get().to().toEpochDay());
        }
        var atRisk = new Stay(from, to);
        Exposed.Followed[] followed = new Exposed.Followed[outcomes.size()];
        for (int each = 0; each < followed.length; each++) {
            followed[each] = follow(CohortStays.of(outcomes.get(each), id), exposure, atRisk);
        }
        return new Exposed(
                id,
                exposure.start(),
                followed[0].before(),
                to - from + 1,
                followed[0].days(),
                followed[0].event(),
                covariates.of(trajectories, person, exposure.start()),
                Arrays.copyOfRange(followed, 1, followed.length),
                before.of(trajectories, person, exposure.start()));
    }

    private Exposed.Followed follow(List<Stay> entries, Stay exposure, Stay atRisk) {
        long lookback = design.priorOutcome().lookbackDays().isPresent()
                ? (long) exposure.start() - design.priorOutcome().lookbackDays().getAsInt()
                : Long.MIN_VALUE;
        boolean earlier = false;
        boolean event = false;
        int last = atRisk.end();
        for (Stay each : entries) {
            earlier |= each.start() < atRisk.start() && each.start() >= lookback;
            if (!event && atRisk.holds(each.start())) {
                event = true;
                last = each.start();
            }
        }
        return new Exposed.Followed(earlier, last - atRisk.start() + 1, event);
    }

    /** The arms after the last bucket. */
    NewUserArms arms() {
        int from = Math.max(arms.get(0).firstStart, arms.get(1).firstStart);
        int to = Math.min(arms.get(0).lastStart, arms.get(1).lastStart);
        List<AttritionFlow.Arm> flows = new ArrayList<>();
        List<List<Exposed>> exposed = new ArrayList<>();
        for (Arm arm : arms) {
            List<AttritionFlow.Step> steps = new ArrayList<>(stepsOfBuckets(arm));
            List<Exposed> left = arm.exposed;
            if (design.commonCalendarPeriod()) {
                left = step(
                        steps,
                        StepLabels.COMMON_PERIOD,
                        left,
                        each -> each.startDay() >= from && each.startDay() <= to);
            }
            if (design.priorOutcome().remove()) {
                left = step(
                        steps,
                        StepLabels.noPriorOutcome(design.priorOutcome().lookbackDays()),
                        left,
                        each -> !each.priorOutcome());
            }
            int least = design.timeAtRisk().leastDays();
            left = step(steps, StepLabels.atRisk(least), left, each -> each.daysObservable() >= least);
            flows.add(new AttritionFlow.Arm(arm.label, steps));
            exposed.add(firstOfEach(left));
        }
        Optional<Period> common = design.commonCalendarPeriod() && from <= to
                ? Optional.of(new Period(LocalDate.ofEpochDay(from), LocalDate.ofEpochDay(to)))
                : Optional.empty();
        return new NewUserArms(new AttritionFlow(StudyResults.ATTRITION, flows), exposed, common, before);
    }

    private List<AttritionFlow.Step> stepsOfBuckets(Arm arm) {
        List<AttritionFlow.Step> steps = new ArrayList<>();
        steps.add(new AttritionFlow.Step(StepLabels.ORIGINAL, arm.original.set()));
        String alone = switch (design.personsInBoth()) {
            case REMOVE -> StepLabels.NOT_IN_BOTH;
            case KEEP_FIRST -> StepLabels.FIRST_OF_BOTH;
        };
        steps.add(new AttritionFlow.Step(alone, arm.alone.set()));
        if (design.exposure() == Design.Exposure.FIRST) {
            steps.add(new AttritionFlow.Step(StepLabels.FIRST_EXPOSURE, arm.first.set()));
        }
        if (definition.period().isPresent()) {
            steps.add(new AttritionFlow.Step(StepLabels.STUDY_PERIOD, arm.inPeriod.set()));
        }
        steps.add(
                new AttritionFlow.Step(StepLabels.priorObservation(design.priorObservationDays()), arm.observed.set()));
        return steps;
    }

    private static List<Exposed> step(
            List<AttritionFlow.Step> steps, String label, List<Exposed> before, Predicate<Exposed> stays) {
        List<Exposed> after = before.stream().filter(stays).toList();
        var persons = new PersonList();
        after.forEach(each -> persons.add(each.person()));
        steps.add(new AttritionFlow.Step(label, persons.set()));
        return after;
    }

    /** One exposure for each person, the earliest, in the order of persons. */
    private static List<Exposed> firstOfEach(List<Exposed> exposed) {
        Exposed[] ordered = exposed.toArray(Exposed[]::new);
        Arrays.sort(ordered, Comparator.comparingLong(Exposed::person).thenComparingInt(Exposed::startDay));
        List<Exposed> first = new ArrayList<>();
        for (Exposed each : ordered) {
            if (first.isEmpty() || first.getLast().person() != each.person()) {
                first.add(each);
            }
        }
        return first;
    }
}
