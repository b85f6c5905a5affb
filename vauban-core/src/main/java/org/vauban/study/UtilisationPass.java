package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.output.AttritionFlow;
import org.vauban.output.Distributions;
import org.vauban.output.FrequencyTable;
import org.vauban.output.RawOutput;
import org.vauban.output.SurvivalCurves;
import org.vauban.output.TwoLanguages;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;

/** Takes everybody who has the medicine through the steps that make a new user, and says how each new user takes it. */
final class UtilisationPass {
    /** As many episodes are told apart; more are told together. */
    private static final int EPISODES_APART = 4;

    private final StudyPlan plan;
    private final StudyDefinition definition;
    private final Design.DrugUtilisation design;
    private final TrajectorySource source;
    private final Treatments treatments;

    private final PersonList exposed = new PersonList();
    private final PersonList observed = new PersonList();
    private final PersonList inPeriod = new PersonList();
    private final PersonList newUsers = new PersonList();
    private final PersonList longEnough = new PersonList();
    private final PersonList inTarget = new PersonList();
    private final List<Use> uses = new ArrayList<>();
    private final Counts episodes = new Counts();
    private final List<Counts> indications = new ArrayList<>();
    private final Counts changes = new Counts();

    /** Persons by level, levels in the order in which they were named. */
    private static final class Counts {
        private final List<String> levels = new ArrayList<>();
        private final Map<String, PersonList> persons = new TreeMap<>();

        void level(String level) {
            levels.add(level);
            persons.put(level, new PersonList());
        }

        void add(String level, long person) {
            Optional.ofNullable(persons.get(level)).orElseThrow().add(person);
        }

        FrequencyTable table(String name, String dimension) {
            List<FrequencyTable.Cell> cells = new ArrayList<>();
            var everybody = new PersonList();
            for (String level : levels) {
                var set = Optional.ofNullable(persons.get(level)).orElseThrow().set();
                cells.add(FrequencyTable.Cell.of(set, level));
                set.stream().forEach(everybody::add);
            }
            cells.add(FrequencyTable.Cell.of(everybody.set(), FrequencyTable.TOTAL));
            return new FrequencyTable(name, List.of(dimension), cells, java.util.Set.of(dimension));
        }
    }

    UtilisationPass(StudyPlan plan, Design.DrugUtilisation design, TrajectorySource source, CohortEvaluator evaluator) {
        this.plan = plan;
        this.definition = plan.definition();
        this.design = design;
        this.source = source;
        List<String> names = new ArrayList<>(List.of(design.drug()));
        design.target().ifPresent(names::add);
        design.indications().ifPresent(sought -> names.addAll(sought.among()));
        design.changes().ifPresent(sought -> names.addAll(sought.switchTo()));
        this.treatments = new Treatments(definition, names, source, evaluator);
        for (int count = 1; count <= EPISODES_APART; count++) {
            episodes.level(String.valueOf(count));
        }
        episodes.level(UseLabels.more(EPISODES_APART + 1));
        design.indications().ifPresent(sought -> sought.windows().forEach(_ -> indications.add(levels(sought))));
        design.changes().ifPresent(this::levels);
    }

    private Counts levels(Design.Indications sought) {
        var counts = new Counts();
        sought.among().forEach(name -> counts.level(definition.label(name)));
        if (sought.among().size() > 1) {
            counts.level(UseLabels.SEVERAL);
        }
        counts.level(UseLabels.NONE_OF_THEM);
        return counts;
    }

    private void levels(Design.Changes sought) {
        int from = 1;
        for (int to : sought.days()) {
            for (Use.Change change : Use.Change.values()) {
                if (change == Use.Change.RESTARTED || !sought.switchTo().isEmpty()) {
                    changes.level(UseLabels.change(change, from, to));
                }
            }
            from = to + 1;
        }
        changes.level(UseLabels.NEITHER);
    }

    void read(int bucket, EvaluationProgress progress) {
        Trajectories trajectories = source.read(bucket, plan.needs());
        Treatments.InBucket inBucket = treatments.in(trajectories, progress);
        for (int person = 0; person < trajectories.persons().size(); person++) {
            take(trajectories, inBucket, person);
        }
    }

    /** A day on which the use of a person may begin. */
    private record Start(Stay observation, Stay episode, OptionalInt sinceTarget) {}

    private void take(Trajectories trajectories, Treatments.InBucket inBucket, int person) {
        List<Stay> exposures = inBucket.of(design.drug(), person);
        if (exposures.isEmpty()) {
            return;
        }
        long id = trajectories.persons().id(person);
        exposed.add(id);
        List<Start> starts = new ArrayList<>();
        for (Stay observation : TimeLine.merged(observation(trajectories, person))) {
            Episodes.joined(Episodes.within(exposures, observation), design.gapDays())
                    .forEach(episode -> starts.add(new Start(observation, episode, OptionalInt.empty())));
        }
        if (!step(observed, id, starts, _ -> true)
                || !step(
                        inPeriod,
                        id,
                        starts,
                        start -> CohortStays.isIn(
                                definition.period(), start.episode().start()))
                || !step(
                        newUsers,
                        id,
                        starts,
                        start -> Episodes.isNew(exposures, start.episode().start(), design.washoutDays()))
                || !step(
                        longEnough,
                        id,
                        starts,
                        start -> start.episode().start() - start.observation().start()
                                >= design.priorObservationDays())) {
            return;
        }
        if (design.target().isPresent()) {
            List<Stay> stays = inBucket.of(design.target().get(), person);
            starts.replaceAll(start -> new Start(
                    start.observation(),
                    start.episode(),
                    stays.stream()
                            .filter(stay -> stay.holds(start.episode().start()))
                            .mapToInt(stay -> start.episode().start() - stay.start())
                            .findFirst()));
            if (!step(inTarget, id, starts, start -> start.sinceTarget().isPresent())) {
                return;
            }
        }
        keep(use(id, starts.getFirst(), exposures), inBucket, person);
    }

    /** Keeps the starts that fulfil a step; whether there are any, and then the person does. */
    private static boolean step(
            PersonList persons, long id, List<Start> starts, java.util.function.Predicate<Start> fulfils) {
        starts.removeIf(fulfils.negate());
        if (starts.isEmpty()) {
            return false;
        }
        persons.add(id);
        return true;
    }

    private Use use(long id, Start start, List<Stay> exposures) {
        int first = start.episode().start();
        long last = start.observation().end();
        if (design.followUpDays().isPresent()) {
            last = Math.min(last, (long) first + design.followUpDays().getAsInt() - 1);
        }
        if (definition.period().isPresent()) {
            last = Math.min(last, definition.period().get().to().toEpochDay());
        }
        return Use.of(id, new Stay(first, (int) last), exposures, design.gapDays(), start.sinceTarget());
    }

    private void keep(Use use, Treatments.InBucket inBucket, int person) {
        uses.add(use);
        int count = use.episodes().size();
        episodes.add(count > EPISODES_APART ? UseLabels.more(EPISODES_APART + 1) : String.valueOf(count), use.person());
        design.indications().ifPresent(sought -> {
            for (int window = 0; window < sought.windows().size(); window++) {
                indications
                        .get(window)
                        .add(indication(sought, sought.windows().get(window), use, inBucket, person), use.person());
            }
        });
        design.changes()
                .filter(sought -> use.isFollowedAfterFirstEpisode(sought.days().getLast()))
                .ifPresent(sought -> changes.add(change(sought, use, inBucket, person), use.person()));
    }

    private String indication(
            Design.Indications sought, DayWindow window, Use use, Treatments.InBucket inBucket, int person) {
        List<String> found = sought.among().stream()
                .filter(name -> inBucket.of(name, person).stream()
                        .anyMatch(stay ->
                                window.holds(stay.start() - use.followUp().start())))
                .toList();
        return switch (found.size()) {
            case 0 -> UseLabels.NONE_OF_THEM;
            case 1 -> definition.label(found.getFirst());
            default -> UseLabels.SEVERAL;
        };
    }

    private static String change(Design.Changes sought, Use use, Treatments.InBucket inBucket, int person) {
        List<Stay> others = sought.switchTo().stream()
                .flatMap(name -> inBucket.of(name, person).stream())
                .toList();
        Optional<Use.FirstChange> first = use.firstChange(others);
        int from = 1;
        for (int to : sought.days()) {
            if (first.isPresent() && first.get().day() <= to) {
                return UseLabels.change(first.get().change(), from, to);
            }
            from = to + 1;
        }
        return UseLabels.NEITHER;
    }

    private static List<Stay> observation(Trajectories trajectories, int person) {
        Events periods = trajectories.events(Domain.OBSERVATION_PERIOD);
        List<Stay> found = new ArrayList<>();
        for (int row = periods.from(person); row < periods.to(person); row++) {
            found.add(new Stay(periods.startDays()[row], periods.endDays()[row]));
        }
        return found;
    }

    /** What was found, after the last bucket. */
    StudyResults results(int buckets) {
        List<RawOutput> findings = new ArrayList<>();
        findings.add(distributions());
        findings.add(episodes.table(StudyResults.EPISODES, UseLabels.EPISODES));
        design.indications().ifPresent(sought -> {
            for (int window = 0; window < sought.windows().size(); window++) {
                findings.add(indications
                        .get(window)
                        .table(
                                StudyResults.INDICATIONS + (window + 1),
                                UseLabels.indications(sought.windows().get(window))));
            }
        });
        design.changes().ifPresent(_ -> findings.add(changes.table(StudyResults.CHANGES, UseLabels.CHANGES)));
        return StudyResults.of(attrition(), List.of(), List.of(persistence()), findings, buckets);
    }

    private Distributions distributions() {
        List<Distributions.Row> rows = new ArrayList<>();
        if (design.target().isPresent()) {
            rows.add(row(UseLabels.SINCE_TARGET, Distributions.Unit.DAYS, false, use -> of(use.sinceTarget())));
        }
        rows.add(row(
                UseLabels.EXPOSURES,
                Distributions.Unit.COUNT,
                false,
                use -> OptionalDouble.of(use.exposures().size())));
        rows.add(row(
                UseLabels.EPISODES,
                Distributions.Unit.COUNT,
                false,
                use -> OptionalDouble.of(use.episodes().size())));
        rows.add(row(
                UseLabels.FIRST_EPISODE,
                Distributions.Unit.DAYS,
                false,
                use -> OptionalDouble.of(use.daysOfFirstEpisode())));
        rows.add(row(UseLabels.TREATED, Distributions.Unit.DAYS, false, use -> OptionalDouble.of(use.daysTreated())));
        rows.add(row(UseLabels.FIRST_GAP, Distributions.Unit.DAYS, true, use -> of(use.firstGap())));
        for (int days : design.coveredDays()) {
            rows.add(row(UseLabels.covered(days), Distributions.Unit.SHARE, false, use -> use.shareCovered(days)));
        }
        var persons = new PersonList();
        uses.forEach(use -> persons.add(use.person()));
        return new Distributions(StudyResults.UTILISATION, definition.label(design.drug()), persons.set(), rows);
    }

    private Distributions.Row row(
            String measure, Distributions.Unit unit, boolean telling, Function<Use, OptionalDouble> value) {
        List<Use> having =
                uses.stream().filter(use -> value.apply(use).isPresent()).toList();
        return new Distributions.Row(
                measure,
                unit,
                telling,
                having.stream().mapToLong(Use::person).toArray(),
                having.stream()
                        .mapToDouble(use -> value.apply(use).getAsDouble())
                        .toArray());
    }

    private static OptionalDouble of(OptionalInt value) {
        return value.isPresent() ? OptionalDouble.of(value.getAsInt()) : OptionalDouble.empty();
    }

    private SurvivalCurves persistence() {
        List<Use> followed = uses.stream()
                .filter(use -> use.persistence(design.graceDays()).isPresent())
                .toList();
        List<Episodes.Persistence> times = followed.stream()
                .map(use -> use.persistence(design.graceDays()).orElseThrow())
                .toList();
        boolean[] ended = new boolean[times.size()];
        for (int index = 0; index < ended.length; index++) {
            ended[index] = times.get(index).ended();
        }
        return new SurvivalCurves(
                StudyResults.PERSISTENCE,
                "days",
                List.of(new SurvivalCurves.Arm(
                        persistenceOf(definition.label(design.drug())),
                        followed.stream().mapToLong(Use::person).toArray(),
                        times.stream().mapToInt(Episodes.Persistence::days).toArray(),
                        ended)),
                SurvivalCurves.Interval.LOG_LOG);
    }

    /** The event of the curve is the end of the use, and whoever reads the curve alone must see it. */
    private static String persistenceOf(String label) {
        String english = TwoLanguages.in(label, Locale.ENGLISH) + " (persistence)";
        String french = TwoLanguages.in(label, Locale.FRENCH) + " (persistance)";
        return english + " | " + french;
    }

    private AttritionFlow attrition() {
        List<AttritionFlow.Step> steps = new ArrayList<>();
        steps.add(new AttritionFlow.Step(StepLabels.EXPOSED, exposed.set()));
        steps.add(new AttritionFlow.Step(StepLabels.EXPOSED_OBSERVED, observed.set()));
        if (definition.period().isPresent()) {
            steps.add(new AttritionFlow.Step(StepLabels.STUDY_PERIOD, inPeriod.set()));
        }
        steps.add(new AttritionFlow.Step(StepLabels.newUser(design.washoutDays()), newUsers.set()));
        if (design.priorObservationDays() > 0) {
            steps.add(new AttritionFlow.Step(
                    StepLabels.priorObservation(design.priorObservationDays()), longEnough.set()));
        }
        if (design.target().isPresent()) {
            steps.add(new AttritionFlow.Step(StepLabels.IN_TARGET, inTarget.set()));
        }
        return new AttritionFlow(
                StudyResults.ATTRITION, List.of(new AttritionFlow.Arm(definition.label(design.drug()), steps)));
    }
}
