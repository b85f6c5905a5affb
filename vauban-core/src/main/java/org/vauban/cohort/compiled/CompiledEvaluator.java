package org.vauban.cohort.compiled;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
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

/** Evaluates all definitions in one pass over each bucket. */
public final class CompiledEvaluator implements CohortEvaluator {
    private static final double NANOSECONDS_IN_A_MILLISECOND = 1e6;

    private final LongSupplier nanoseconds;

    public CompiledEvaluator() {
        this(System::nanoTime);
    }

    /**
     * An evaluator whose times are read from the caller's clock.
     *
     * @param nanoseconds a clock of which only differences count
     */
    public CompiledEvaluator(LongSupplier nanoseconds) {
        this.nanoseconds = nanoseconds;
    }

    @Override
    public CohortResults evaluate(
            List<CohortDefinition> definitions, TrajectorySource source, EvaluationProgress progress) {
        var batch = new Batch(definitions, source.vocabulary());
        Needs needs =
                Needs.all(definitions.stream().map(CohortDefinition::needs).toList());
        List<Collected> collected = new ArrayList<>();
        for (CohortDefinition definition : definitions) {
            collected.add(new Collected(definition));
        }
        for (int bucket = 0; bucket < source.buckets(); bucket++) {
            evaluate(batch, source.read(bucket, needs), collected, progress);
            progress.bucketDone(bucket + 1, source.buckets());
        }
        return new CohortResults(collected.stream().map(Collected::result).toList());
    }

    private void evaluate(Batch batch, Trajectories bucket, List<Collected> collected, EvaluationProgress progress) {
        var program = new BucketProgram(batch, bucket);
        for (int person = 0; person < bucket.persons().size(); person++) {
            if (progress.isCancelled()) {
                throw Problem.of(ProblemCode.CANCELLED).exception();
            }
            if (!program.isObserved(person)) {
                continue;
            }
            program.moveTo(person);
            long id = bucket.persons().id(person);
            long before = nanoseconds.getAsLong();
            for (int i = 0; i < program.activeSize(); i++) {
                int definition = program.active(i);
                Collected of = collected.get(definition);
                program.definition(definition).run(id, of.entries, of.tally);
                long after = nanoseconds.getAsLong();
                of.nanoseconds += after - before;
                before = after;
            }
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
