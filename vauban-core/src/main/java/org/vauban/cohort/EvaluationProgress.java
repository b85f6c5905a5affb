package org.vauban.cohort;

/** Watches an evaluation, and may stop it. */
public interface EvaluationProgress {
    EvaluationProgress SILENT = new EvaluationProgress() {};

    /** Told after each bucket, by one thread. */
    default void bucketDone(int done, int buckets) {}

    /** Asked between persons, by every thread that evaluates; true stops the evaluation. */
    default boolean isCancelled() {
        return false;
    }
}
