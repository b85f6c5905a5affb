package org.vauban.duck;

import java.util.Set;
import java.util.TreeSet;
import org.vauban.omop.CdmColumn;

/**
 * The rows of one table as a session sees them.
 *
 * @param from what stands behind FROM: a name or a subquery. It has the {@code columns} under their OMOP names and types and, for tables
 *     about persons, the column {@value #RANK}
 * @param columns the columns that it has; all others are absent values
 */
public record TableRows(String from, Set<CdmColumn> columns) {
    /** The place of a row among all rows of its person, taken from the source's row ids: BIGINT. */
    public static final String RANK = "source_rank";

    public TableRows {
        columns = Set.copyOf(columns);
    }

    /** The column, or a null of its type. */
    String expression(CdmColumn column) {
        return columns.contains(column)
                ? DuckSession.quoted(column.name())
                : "CAST(NULL AS " + ColumnSql.type(column) + ')';
    }

    /** The needed columns of this table that it has, in a fixed order. */
    Set<CdmColumn> present(Set<CdmColumn> needed) {
        Set<CdmColumn> present = new TreeSet<>(needed);
        present.retainAll(columns);
        return present;
    }
}
