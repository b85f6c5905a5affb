package org.vauban.cohort;

/** Watches an evaluation, and may stop it. Called by the evaluating thread. */
public interface EvaluationProgress {
    EvaluationProgress SILENT = new EvaluationProgress() {};

    /** Told after each bucket. */
    default void bucketDone(int done, int buckets) {}

    /** Asked between persons; true stops the evaluation. */
    default boolean isCancelled() {
        return false;
    }
}
