package org.vauban.sql;

import java.nio.file.Path;
import org.vauban.omop.EditionId;
import org.vauban.permit.ProjectId;

/** Somebody asks for the statement in a file to be run on an edition, in a project space. */
public record SqlRequest(Path file, EditionId edition, ProjectId project) {}
