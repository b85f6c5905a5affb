package org.vauban.cohort.compiled;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.CohortEntries;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.CohortResult;
import org.vauban.cohort.CohortResults;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.InclusionRule;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;

/** Evaluates all definitions in one pass over each bucket, every processor taking a part of its persons. */
public final class CompiledEvaluator implements CohortEvaluator {
    private static final double NANOSECONDS_IN_A_MILLISECOND = 1e6;

    /** For fewer persons a thread is not worth the programs that it needs. */
    private static final int PERSONS_A_PART_MIN = 1_000;

    /** Persons are unlike, and who is done first takes the next part. */
    private static final int PARTS_A_THREAD = 4;

    /** The clock is looked at for one person of so many, who stands for the others: for many definitions, looking costs as much as running. */
    private static final int TIMED_EVERY = 8;

    private final LongSupplier nanoseconds;
    private final int threads;

    public CompiledEvaluator() {
        this(System::nanoTime, Runtime.getRuntime().availableProcessors());
    }

    /**
     * An evaluator whose times are read from the caller's clock.
     *
     * @param nanoseconds a clock of which only differences count
     * @param threads how many parts of a bucket may be worked on at the same time
     */
    public CompiledEvaluator(LongSupplier nanoseconds, int threads) {
        this.nanoseconds = nanoseconds;
        this.threads = threads;
    }

    @Override
    public CohortResults evaluate(
            List<CohortDefinition> definitions, TrajectorySource source, EvaluationProgress progress) {
        Needs needs =
                Needs.all(definitions.stream().map(CohortDefinition::needs).toList());
        Collected[] collected = nothingYet(definitions);
        // The first bucket is read while the vocabulary is, and while the definitions are put together.
        try (var first = new Meanwhile<>(() -> source.read(0, needs))) {
            var batch = new Batch(definitions, source.vocabulary());
            for (int bucket = 0; bucket < source.buckets(); bucket++) {
                Trajectories events = bucket == 0 ? first.made() : source.read(bucket, needs);
                evaluate(batch, events, collected, progress);
                progress.bucketDone(bucket + 1, source.buckets());
            }
        }
        return new CohortResults(Stream.of(collected).map(Collected::result).toList());
    }

    private void evaluate(Batch batch, Trajectories events, Collected[] collected, EvaluationProgress progress) {
        Queue<BucketProgram> idle = new ConcurrentLinkedQueue<>();
        parts(events.persons().size())
                .parallel()
                .map(part -> {
                    BucketProgram known = idle.poll();
                    var program = known == null ? new BucketProgram(batch, events) : known;
                    Collected[] found = evaluate(program, events, part, nothingYet(collected), progress);
                    idle.add(program);
                    return found;
                })
                .toList()
                .forEach(part -> add(part, collected));
    }

    /** Persons by their place in the bucket: from, to. */
    private record Part(int from, int to) {}

    private Stream<Part> parts(int persons) {
        int parts = threads == 1 ? 1 : Math.clamp(persons / PERSONS_A_PART_MIN, 1, threads * PARTS_A_THREAD);
        return IntStream.range(0, parts)
                .mapToObj(part ->
                        new Part((int) ((long) persons * part / parts), (int) ((long) persons * (part + 1) / parts)));
    }

    private Collected[] evaluate(
            BucketProgram program, Trajectories bucket, Part part, Collected[] collected, EvaluationProgress progress) {
        for (int person = part.from(); person < part.to(); person++) {
            if (progress.isCancelled()) {
                throw Problem.of(ProblemCode.CANCELLED).exception();
            }
            if (!program.isObserved(person)) {
                continue;
            }
            program.moveTo(person);
            if (person % TIMED_EVERY == 0) {
                runTimed(program, bucket.persons().id(person), collected);
            } else {
                run(program, bucket.persons().id(person), collected);
            }
        }
        return collected;
    }

    private static void run(BucketProgram program, long id, Collected[] collected) {
        for (int i = 0; i < program.activeSize(); i++) {
            int definition = program.active(i);
            Collected of = collected[definition];
            program.definition(definition).run(id, of.entries, of.tally);
        }
    }

    private void runTimed(BucketProgram program, long id, Collected[] collected) {
        long before = nanoseconds.getAsLong();
        for (int i = 0; i < program.activeSize(); i++) {
            int definition = program.active(i);
            Collected of = collected[definition];
            program.definition(definition).run(id, of.entries, of.tally);
            long after = nanoseconds.getAsLong();
            of.nanoseconds += TIMED_EVERY * (after - before);
            before = after;
        }
    }

    private static Collected[] nothingYet(List<CohortDefinition> definitions) {
        return definitions.stream().map(Collected::new).toArray(Collected[]::new);
    }

    private static Collected[] nothingYet(Collected[] collected) {
        return Stream.of(collected).map(of -> new Collected(of.definition)).toArray(Collected[]::new);
    }

    private static void add(Collected[] part, Collected[] all) {
        for (int definition = 0; definition < all.length; definition++) {
            all[definition].addAll(part[definition]);
        }
    }

    /** What one definition has given so far. */
    private static final class Collected {
        private final CohortDefinition definition;
        private final CohortEntries.Builder entries = new CohortEntries.Builder();
        private final Tally tally;
        private long nanoseconds;

        Collected(CohortDefinition definition) {
            this.definition = definition;
            this.tally = new Tally(definition.rules().size());
        }

        void addAll(Collected other) {
            entries.addAll(other.entries);
            tally.addAll(other.tally);
            nanoseconds += other.nanoseconds;
        }

        CohortResult result() {
            return new CohortResult(
                    definition.name(),
                    entries.build(),
                    tally.attrition(
                            definition.rules().stream().map(InclusionRule::name).toList()),
                    nanoseconds / NANOSECONDS_IN_A_MILLISECOND);
        }
    }
}
