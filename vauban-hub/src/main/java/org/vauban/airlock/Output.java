package org.vauban.airlock;

import org.vauban.omop.EditionId;
import org.vauban.people.AccountId;
import org.vauban.permit.ProjectId;
import org.vauban.project.AnalysisId;

/**
 * An output as the airlock sees it: where it comes from and how far it is.
 *
 * @param name its name in the analysis, such as {@code kaplan-meier}
 * @param kind what it is, such as {@code survival-curves}
 * @param verdict the machine's: {@code cleared} or {@code withheld}
 * @param digest of what would leave, if cleared
 * @param state {@code inside}, {@code requested}, {@code released} or {@code refused}
 * @param approvals how many have approved
 */
public record Output(
        OutputId id,
        AnalysisId analysis,
        ProjectId project,
        EditionId edition,
        AccountId author,
        String name,
        String kind,
        String verdict,
        String digest,
        String state,
        int approvals) {}
