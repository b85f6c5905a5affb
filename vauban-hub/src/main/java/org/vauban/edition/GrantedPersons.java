package org.vauban.edition;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.CohortEntries;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;
import org.vauban.vocabulary.Vocabulary;

/**
 * The persons who exist for a project. A bucket's are found before the first of its rows is handed out, on all the bucket's rows: who belongs
 * to a population is the committee's question, and its answer must not depend on what the project may see. How many they are is told to
 * nobody.
 */
final class GrantedPersons {
    private final CohortDefinition definition;
    private final Period granted;
    private final TrajectorySource everything;
    private final CohortEvaluator evaluator;
    private final EvaluationProgress progress;
    private final Map<Integer, long[]> found = new ConcurrentHashMap<>();

    /**
     * The persons of an edition.
     *
     * @param granted a person enters the cohort on one of these days
     * @param everything all rows of the edition
     * @param progress may stop the search
     */
    GrantedPersons(
            CohortDefinition definition,
            Period granted,
            TrajectorySource everything,
            CohortEvaluator evaluator,
            EvaluationProgress progress) {
        this.definition = definition;
        this.granted = granted;
        this.everything = everything;
        this.evaluator = evaluator;
        this.progress = progress;
    }

    LongPredicate of(int bucket) {
        long[] persons = found.computeIfAbsent(bucket, this::find);
        return person -> Arrays.binarySearch(persons, person) >= 0;
    }

    private long[] find(int bucket) {
        CohortEntries entries = evaluator
                .evaluate(List.of(definition), new OneBucket(everything, bucket), silently())
                .result(0)
                .entries();
        long[] persons = new long[entries.size()];
        int size = 0;
        for (int entry = 0; entry < entries.size(); entry++) {
            if (isGranted(entries.startDay(entry))) {
                persons[size++] = entries.person(entry);
            }
        }
        return Arrays.copyOf(persons, size);
    }

    private boolean isGranted(int day) {
        LocalDate start = LocalDate.ofEpochDay(day);
        return !start.isBefore(granted.from()) && !start.isAfter(granted.to());
    }

    /** Buckets of a population are no progress of the analysis that waits for them. */
    private EvaluationProgress silently() {
        return new EvaluationProgress() {
            @Override
            public boolean isCancelled() {
                return progress.isCancelled();
            }
        };
    }

    /** One bucket of a source, as a source. */
    private record OneBucket(TrajectorySource source, int bucket) implements TrajectorySource {
        @Override
        public int buckets() {
            return 1;
        }

        @Override
        public Trajectories read(int index, Needs needs) {
            return source.read(bucket, needs);
        }

        @Override
        public Vocabulary vocabulary() {
            return source.vocabulary();
        }
    }
}
