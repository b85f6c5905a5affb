package org.vauban.app.api;

import java.util.List;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.CohortResults;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.trajectory.TrajectorySource;

/** What nobody may write in the API: a way to an evaluator past the gate. Planted, so that a test can show that it is found. */
public final class PlantedShortcut {
    private PlantedShortcut() {}

    static CohortResults pastTheGate(List<CohortDefinition> definitions, TrajectorySource source) {
        return new CompiledEvaluator().evaluate(definitions, source, EvaluationProgress.SILENT);
    }
}
