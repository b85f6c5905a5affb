package org.vauban.study;

import java.util.function.IntConsumer;
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
                eachBucket(source, progress, bucket -> pass.read(bucket, progress));
                NewUserArms arms = pass.arms();
                yield StudyAnalyses.run(definition, design, arms, source.buckets(), () -> stopIfAsked(progress));
            }
            case Design.Incidence design ->
                occurrences(
                        new OccurrencePass(
                                plan,
                                design.population(),
                                design.outcome(),
                                new IncidenceCount(design),
                                source,
                                evaluator),
                        source,
                        progress);
            case Design.Prevalence design ->
                occurrences(
                        new OccurrencePass(
                                plan,
                                design.population(),
                                design.outcome(),
                                new PrevalenceCount(design),
                                source,
                                evaluator),
                        source,
                        progress);
            case Design.Characterisation design -> {
                var pass = new CharacterisationPass(plan, design, source, evaluator);
                eachBucket(source, progress, bucket -> pass.read(bucket, progress));
                if (pass.readsTwice()) {
                    pass.chooseFeatures();
                    eachBucket(source, progress, pass::readAgain);
                }
                yield pass.results(source.buckets());
            }
            case Design.ExposureOverTime design -> {
                var pass = new OverTimePass(plan, design, source, evaluator);
                eachBucket(source, progress, bucket -> pass.read(bucket, progress));
                yield pass.results(source.buckets(), () -> stopIfAsked(progress));
            }
            case Design.SelfControlledCaseSeries design -> {
                var pass = new SeriesPass(plan, design, source, evaluator);
                eachBucket(source, progress, bucket -> pass.read(bucket, progress));
                yield pass.results(source.buckets(), () -> stopIfAsked(progress));
            }
            case Design.DrugUtilisation design -> {
                var pass = new UtilisationPass(plan, design, source, evaluator);
                eachBucket(source, progress, bucket -> pass.read(bucket, progress));
                yield pass.results(source.buckets());
            }
            case Design.TreatmentPathways design -> {
                var pass = new PathwayPass(plan, design, source, evaluator);
                eachBucket(source, progress, bucket -> pass.read(bucket, progress));
                yield pass.results(source.buckets());
            }
        };
    }

    private static StudyResults occurrences(OccurrencePass pass, TrajectorySource source, EvaluationProgress progress) {
        eachBucket(source, progress, bucket -> pass.read(bucket, progress));
        return pass.results(source.buckets());
    }

    private static void eachBucket(TrajectorySource source, EvaluationProgress progress, IntConsumer read) {
        for (int bucket = 0; bucket < source.buckets(); bucket++) {
            stopIfAsked(progress);
            read.accept(bucket);
            progress.bucketDone(bucket + 1, source.buckets());
        }
        stopIfAsked(progress);
    }

    private static void stopIfAsked(EvaluationProgress progress) {
        if (progress.isCancelled()) {
            throw Problem.of(ProblemCode.CANCELLED).exception();
        }
    }
}
