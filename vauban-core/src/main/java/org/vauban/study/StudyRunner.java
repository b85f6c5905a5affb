package org.vauban.study;

import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.trajectory.TrajectorySource;

/**
 * Runs a study: one pass over the buckets, then the analyses.
 *
 * <p>Each bucket is read once and dropped. What stays in memory are the persons of the arms with a few numbers each, because the
 * calendar period common to both cohorts is known only after the last bucket.
 */
public final class StudyRunner {
    private StudyRunner() {}

    /**
     * Runs the plan.
     *
     * @throws org.vauban.problem.ProblemException {@code CANCELLED} when {@code progress} asks to stop
     */
    public static StudyResults run(
            StudyPlan plan, TrajectorySource source, CohortEvaluator evaluator, EvaluationProgress progress) {
        StudyDefinition definition = plan.definition();
        return switch (definition.design()) {
            case Design.NewUserActiveComparator design -> {
                var pass = new NewUserPass(plan, design, source, evaluator);
                for (int bucket = 0; bucket < source.buckets(); bucket++) {
                    stopIfAsked(progress);
                    pass.read(bucket, progress);
                    progress.bucketDone(bucket + 1, source.buckets());
                }
                stopIfAsked(progress);
                NewUserArms arms = pass.arms();
                yield StudyAnalyses.run(definition, design, arms, source.buckets());
            }
        };
    }

    private static void stopIfAsked(EvaluationProgress progress) {
        if (progress.isCancelled()) {
            throw Problem.of(ProblemCode.CANCELLED).exception();
        }
    }
}
