package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.vauban.cohort.CohortEntries;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.omop.CdmTable;
import org.vauban.output.AttritionFlow;
import org.vauban.output.FrequencyTable;
import org.vauban.output.Occurrences;
import org.vauban.output.PersonSet;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;

/**
 * Takes everybody through a study of incidence or prevalence, bucket by bucket: who is in the population on which days, then what is
 * counted of them.
 *
 * <p>A stratum is a part of one analysis, not an analysis of its own: a person who had the first event at 49 is not at risk again at 50
 * because the age group is another one. IncidencePrevalence counts each group of a finite washout without repeated events by itself; all
 * else is the same, and here strata add up.
 */
final class OccurrencePass {
    private static final int FEMALE_CONCEPT = 8532;
    private static final int MALE_CONCEPT = 8507;
    private static final List<String> SEXES = List.of(Levels.FEMALE, Levels.MALE);

    private final StudyDefinition definition;
    private final StudyPlan plan;
    private final Design.Population population;
    private final OccurrenceCount count;
    private final List<StudyCohort> cohorts = new ArrayList<>();
    private final TrajectorySource source;
    private final CohortEvaluator evaluator;
    private final int ageGroups;
    private final int sexes;

    private final PersonList everybody = new PersonList();
    private final PersonList sexKnown = new PersonList();
    private final PersonList birthKnown = new PersonList();
    private final PersonList observed = new PersonList();
    private final PersonList longEnough = new PersonList();
    private final PersonList ofAge = new PersonList();
    private final PersonList inTarget = new PersonList();
    private final PersonList counted = new PersonList();

    private final Map<Integer, Leaf[]> leavesByInterval = new TreeMap<>();
    private int firstDay = Integer.MAX_VALUE;
    private int lastDay = Integer.MIN_VALUE;

    /** One age group of one sex in one interval. */
    private static final class Leaf {
        private final PersonList persons = new PersonList();
        private final PersonList cases = new PersonList();
        private long days;
        private long events;
    }

    OccurrencePass(
            StudyPlan plan,
            Design.Population population,
            String outcome,
            OccurrenceCount count,
            TrajectorySource source,
            CohortEvaluator evaluator) {
        this.plan = plan;
        this.definition = plan.definition();
        this.population = population;
        this.count = count;
        this.source = source;
        this.evaluator = evaluator;
        this.ageGroups = Math.max(1, population.ages().size());
        this.sexes = population.bySex() ? SEXES.size() : 1;
        cohorts.add(definition.cohort(outcome));
        population.target().ifPresent(target -> cohorts.add(definition.cohort(target)));
    }

    void read(int bucket, EvaluationProgress progress) {
        Trajectories trajectories = source.read(bucket, plan.needs());
        List<CohortEntries> entries = CohortStays.evaluate(cohorts, trajectories, source, evaluator, progress);
        for (int person = 0; person < trajectories.persons().size(); person++) {
            take(trajectories, person, entries);
        }
    }

    private void take(Trajectories trajectories, int person, List<CohortEntries> entries) {
        long id = trajectories.persons().id(person);
        everybody.add(id);
        int sex = population.bySex() ? sex(trajectories, person) : 0;
        if (sex < 0) {
            return;
        }
        sexKnown.add(id);
        int born = population.ages().isEmpty()
                ? 0
                : trajectories.persons().ints(CdmTable.PERSON.column("year_of_birth"))[person];
        if (Absent.is(born)) {
            return;
        }
        birthKnown.add(id);
        List<Stay> periods = TimeLine.merged(CohortStays.observations(trajectories, person));
        List<Stay> stretches = CohortStays.in(definition.period(), periods);
        if (stretches.isEmpty()) {
            return;
        }
        observed.add(id);
        stretches = CohortStays.in(definition.period(), TimeLine.afterDays(periods, population.priorObservationDays()));
        if (stretches.isEmpty()) {
            return;
        }
        longEnough.add(id);
        if (!population.ages().isEmpty()) {
            stretches = TimeLine.both(stretches, daysOfAges(born));
            if (stretches.isEmpty()) {
                return;
            }
        }
        ofAge.add(id);
        if (population.target().isPresent()) {
            stretches = TimeLine.both(stretches, TimeLine.merged(CohortStays.of(entries.get(1), id)));
            if (stretches.isEmpty()) {
                return;
            }
        }
        inTarget.add(id);
        var shares = new PersonShares(ageGroups, ageGroup(born));
        count.count(joined(stretches), CohortStays.of(entries.get(0), id), shares);
        if (!shares.byInterval().isEmpty()) {
            counted.add(id);
            keep(id, sex, shares);
        }
    }

    private static int sex(Trajectories trajectories, int person) {
        return switch (trajectories.persons().ints(CdmTable.PERSON.column("gender_concept_id"))[person]) {
            case FEMALE_CONCEPT -> 0;
            case MALE_CONCEPT -> 1;
            default -> -1;
        };
    }

    private List<Stay> daysOfAges(int born) {
        return population.ages().stream()
                .map(group -> new Stay(
                        CalendarInterval.YEARS.first(born + group.from()),
                        CalendarInterval.YEARS.last(born + group.to())))
                .toList();
    }

    private IntUnaryOperator ageGroup(int born) {
        if (population.ages().isEmpty()) {
            return _ -> 0;
        }
        return day -> {
            int age = CalendarInterval.YEARS.of(day) - born;
            for (int group = 0; group < population.ages().size(); group++) {
                if (population.ages().get(group).holds(age)) {
                    return group;
                }
            }
            throw new IllegalStateException("A day that is counted is of an age asked for");
        };
    }

    /** What one age group ends and the next begins is one stretch: who contributes an interval whole is not asked group by group. */
    private static List<Stay> joined(List<Stay> stretches) {
        List<Stay> joined = new ArrayList<>();
        for (Stay next : stretches) {
            if (!joined.isEmpty() && next.start() == joined.getLast().end() + 1) {
                joined.add(new Stay(joined.removeLast().start(), next.end()));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }

    private void keep(long id, int sex, PersonShares shares) {
        firstDay = Math.min(firstDay, shares.firstDay());
        lastDay = Math.max(lastDay, shares.lastDay());
        shares.byInterval().forEach((interval, share) -> {
            Leaf[] leaves = leavesByInterval.computeIfAbsent(interval, _ -> leaves());
            leaves[leaf(share.group(), sex)].persons.add(id);
            if (share.isCase()) {
                leaves[leaf(share.group(), sex)].cases.add(id);
            }
            for (int group = 0; group < ageGroups; group++) {
                leaves[leaf(group, sex)].days += share.days(group);
                leaves[leaf(group, sex)].events += share.events(group);
            }
        });
    }

    private Leaf[] leaves() {
        Leaf[] leaves = new Leaf[ageGroups * sexes];
        for (int leaf = 0; leaf < leaves.length; leaf++) {
            leaves[leaf] = new Leaf();
        }
        return leaves;
    }

    private int leaf(int ageGroup, int sex) {
        return ageGroup * sexes + sex;
    }

    /** What was found, after the last bucket. */
    StudyResults results(int buckets) {
        List<Occurrences.Row> rows = new ArrayList<>();
        PersonSet shown = PersonSet.empty();
        for (Map.Entry<Integer, Leaf[]> entry : leavesByInterval.entrySet()) {
            if (isShown(entry.getKey())) {
                List<Occurrences.Row> found = rows(count.calendar().interval().label(entry.getKey()), entry.getValue());
                rows.addAll(found);
                shown = shown.or(found.getFirst().persons());
            }
        }
        String outcome = cohorts.getFirst().label();
        return StudyResults.of(
                attrition(shown),
                List.of(),
                List.of(new Occurrences(count.name(), count.measure(), outcome, rows)),
                buckets);
    }

    private boolean isShown(int interval) {
        CalendarInterval intervals = count.calendar().interval();
        return intervals == CalendarInterval.OVERALL
                || !count.calendar().completeIntervals()
                || (intervals.first(interval) >= firstDay && intervals.last(interval) <= lastDay);
    }

    /** All together first, then each sex, each age group, and each sex of each age group. */
    private List<Occurrences.Row> rows(String interval, Leaf[] leaves) {
        List<Occurrences.Row> rows = new ArrayList<>();
        List<Integer> agesOfRows = new ArrayList<>(List.of(-1));
        List<Integer> sexesOfRows = new ArrayList<>(List.of(-1));
        for (int group = 0; group < population.ages().size(); group++) {
            agesOfRows.add(group);
        }
        for (int sex = 0; sex < sexes && population.bySex(); sex++) {
            sexesOfRows.add(sex);
        }
        for (int group : agesOfRows) {
            for (int sex : sexesOfRows) {
                rows.add(row(interval, leaves, group, sex));
            }
        }
        return rows;
    }

    /** A negative group or sex stands for all. */
    private Occurrences.Row row(String interval, Leaf[] leaves, int group, int sex) {
        PersonSet persons = PersonSet.empty();
        PersonSet cases = PersonSet.empty();
        long days = 0;
        long events = 0;
        for (int place = 0; place < leaves.length; place++) {
            if ((group < 0 || place / sexes == group) && (sex < 0 || place % sexes == sex)) {
                persons = persons.or(leaves[place].persons.set());
                cases = cases.or(leaves[place].cases.set());
                days += leaves[place].days;
                events += leaves[place].events;
            }
        }
        return new Occurrences.Row(
                interval,
                group < 0 ? FrequencyTable.TOTAL : population.ages().get(group).label(),
                sex < 0 ? FrequencyTable.TOTAL : SEXES.get(sex),
                persons,
                cases,
                events,
                days,
                count.estimate(persons.size(), cases.size(), events, days));
    }

    private AttritionFlow attrition(PersonSet shown) {
        List<AttritionFlow.Step> steps = new ArrayList<>();
        steps.add(new AttritionFlow.Step(StepLabels.IN_THE_DATA, everybody.set()));
        if (population.bySex()) {
            steps.add(new AttritionFlow.Step(StepLabels.SEX_KNOWN, sexKnown.set()));
        }
        if (!population.ages().isEmpty()) {
            steps.add(new AttritionFlow.Step(StepLabels.BIRTH_KNOWN, birthKnown.set()));
        }
        steps.add(new AttritionFlow.Step(StepLabels.OBSERVED_SOME_DAY, observed.set()));
        if (population.priorObservationDays() > 0) {
            steps.add(new AttritionFlow.Step(
                    StepLabels.priorObservation(population.priorObservationDays()), longEnough.set()));
        }
        if (!population.ages().isEmpty()) {
            steps.add(new AttritionFlow.Step(StepLabels.OF_AN_AGE, ofAge.set()));
        }
        if (population.target().isPresent()) {
            steps.add(new AttritionFlow.Step(StepLabels.IN_TARGET, inTarget.set()));
        }
        count.step().ifPresent(step -> steps.add(new AttritionFlow.Step(step, counted.set())));
        steps.add(new AttritionFlow.Step(StepLabels.IN_AN_INTERVAL, shown));
        String arm = population.target().isPresent() ? cohorts.get(1).label() : StepLabels.EVERYBODY;
        return new AttritionFlow(StudyResults.ATTRITION, List.of(new AttritionFlow.Arm(arm, steps)));
    }
}
