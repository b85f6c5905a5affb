package org.vauban.gate;

import java.util.List;
import org.vauban.omop.EditionId;
import org.vauban.permit.PermitId;
import org.vauban.permit.ProjectId;
import org.vauban.project.AnalysisId;
import org.vauban.project.Projects.OutputVerdict;

/**
 * What the author of a request gets to take away: names and verdicts, no result.
 *
 * @param studyHash the hash of the study and its cohort definitions, which is in the log
 * @param logIndex the index in the log at which the analysis began
 */
public record Receipt(
        AnalysisId analysis,
        ProjectId project,
        PermitId permit,
        EditionId edition,
        String studyHash,
        long logIndex,
        List<OutputVerdict> outputs) {
    public Receipt {
        outputs = List.copyOf(outputs);
    }
}
