package org.vauban.permit;

import java.util.List;
import java.util.Set;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.EditionId;
import org.vauban.trajectory.Period;

/**
 * How far a permit reaches into the data. What is not in it cannot be read.
 *
 * @param editions the editions it covers
 * @param columns the columns it grants
 * @param period the days it grants
 */
public record Extent(List<EditionId> editions, Set<CdmColumn> columns, Period period) {
    public Extent {
        editions = List.copyOf(editions);
        columns = Set.copyOf(columns);
        if (editions.isEmpty() || columns.isEmpty()) {
            throw new IllegalArgumentException("A permit names editions and columns");
        }
    }
}
