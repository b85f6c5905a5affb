package org.vauban.project;

import java.time.Instant;
import org.vauban.omop.EditionId;
import org.vauban.people.AccountId;
import org.vauban.permit.ProjectId;

/** One run of a study in a project space. */
public record Analysis(
        AnalysisId id, ProjectId project, AccountId author, EditionId edition, String state, Instant begun) {}
