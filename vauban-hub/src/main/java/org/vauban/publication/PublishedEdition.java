package org.vauban.publication;

import java.time.Instant;
import org.vauban.omop.EditionId;

/**
 * An edition as the control plane knows it.
 *
 * @param root the Merkle root that the log holds and readers pin
 * @param source where it came from: {@code omop}
 * @param logIndex the index at which the root stands in the log
 */
public record PublishedEdition(
        EditionId id, String root, long persons, String source, Instant published, long logIndex) {}
