package org.vauban.cohort.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.CohortEntries;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.CohortResult;
import org.vauban.cohort.CohortResults;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;
import org.vauban.vocabulary.ConceptSet;
import org.vauban.vocabulary.Vocabulary;

/** Evaluates definition after definition, person after person. */
public final class ReferenceEvaluator implements CohortEvaluator {
    private static final double NANOSECONDS_IN_A_MILLISECOND = 1e6;

    private final LongSupplier nanoseconds;

    public ReferenceEvaluator() {
        this(System::nanoTime);
    }

    /**
     * An evaluator whose times are read from the caller's clock.
     *
     * @param nanoseconds a clock that only its differences count of
     */
    public ReferenceEvaluator(LongSupplier nanoseconds) {
        this.nanoseconds = nanoseconds;
    }

    @Override
    public CohortResults evaluate(
            List<CohortDefinition> definitions, TrajectorySource source, EvaluationProgress progress) {
        Needs needs =
                Needs.all(definitions.stream().map(CohortDefinition::needs).toList());
        List<Running> all = new ArrayList<>();
        for (CohortDefinition definition : definitions) {
            all.add(new Running(definition, source.vocabulary()));
        }
        for (int bucket = 0; bucket < source.buckets(); bucket++) {
            Trajectories trajectories = source.read(bucket, needs);
            for (Running running : all) {
                long before = nanoseconds.getAsLong();
                running.evaluate(trajectories, progress);
                running.nanoseconds += nanoseconds.getAsLong() - before;
            }
            progress.bucketDone(bucket + 1, source.buckets());
        }
        return new CohortResults(all.stream().map(Running::result).toList());
    }

    /** One definition on its way through the buckets. */
    private static final class Running {
        private final CohortDefinition definition;
        private final Map<Integer, Set<Integer>> conceptSets = new HashMap<>();
        private final CohortEntries.Builder entries = new CohortEntries.Builder();
        private final AttritionTally tally;
        private long nanoseconds;

        Running(CohortDefinition definition, Vocabulary vocabulary) {
            this.definition = definition;
            this.tally = new AttritionTally(definition);
            for (ConceptSet set : definition.conceptSets()) {
                Set<Integer> concepts = new HashSet<>();
                for (int concept : vocabulary.resolve(set)) {
                    concepts.add(concept);
                }
                conceptSets.put(set.id(), concepts);
            }
        }

        void evaluate(Trajectories bucket, EvaluationProgress progress) {
            for (int person = 0; person < bucket.persons().size(); person++) {
                if (progress.isCancelled()) {
                    throw Problem.of(ProblemCode.CANCELLED).exception();
                }
                var evaluation = new PersonEvaluation(definition, conceptSets, new History(bucket, person));
                List<IndexEvent> qualified = evaluation.qualified();
                tally.add(qualified.stream()
                        .map(event -> new AttritionTally.Judged(event, evaluation.rulesMet(event)))
                        .toList());
                for (Stay stay : evaluation.stays(qualified)) {
                    entries.add(bucket.persons().id(person), stay.start(), stay.end());
                }
            }
        }

        CohortResult result() {
            return new CohortResult(
                    definition.name(), entries.build(), tally.attrition(), nanoseconds / NANOSECONDS_IN_A_MILLISECOND);
        }
    }
}
