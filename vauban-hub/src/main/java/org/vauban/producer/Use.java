package org.vauban.producer;

import java.time.Instant;
import org.vauban.omop.EditionId;
import org.vauban.permit.ProjectId;

/**
 * An analysis that could read rows of a producer: it was begun on an edition that holds some. Not who asked, and not what was found.
 *
 * @param at when it began
 * @param logIndex of its beginning
 */
public record Use(Instant at, ProjectId project, EditionId edition, QueryClass query, long logIndex) {}
