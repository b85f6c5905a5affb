package org.vauban.gate;

import java.nio.file.Path;
import org.vauban.omop.EditionId;
import org.vauban.permit.ProjectId;

/** Somebody asks for a study to be run on an edition, in a project space. */
public record StudyRequest(Path study, EditionId edition, ProjectId project) {}
