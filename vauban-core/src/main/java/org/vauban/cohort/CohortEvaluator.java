package org.vauban.cohort;

import java.util.List;
import org.vauban.trajectory.TrajectorySource;

/** Finds the members of cohorts. */
public interface CohortEvaluator {

    /**
     * Evaluates all definitions over all buckets of the source, reading each bucket once.
     *
     * @return one result for each definition, in their order
     * @throws org.vauban.problem.ProblemException {@code CANCELLED} when {@code progress} asks to stop
     */
    CohortResults evaluate(List<CohortDefinition> definitions, TrajectorySource source, EvaluationProgress progress);
}
