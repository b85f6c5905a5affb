package org.vauban.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that somebody of the project may look at; they are kept nowhere.
 *
 * @param columns the answer's columns
 * @param rows texts, or nothing where there is no value
 * @param isWhole false when there are more rows than these
 * @param logIndex the index in the log at which the act began
 */
public record Explored(List<Column> columns, List<List<@Nullable String>> rows, boolean isWhole, long logIndex) {
    public Explored {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** A column of the answer, its type as the engine names it. */
    public record Column(String name, String type) {}

    @Override
    public String toString() {
        return "Explored[" + columns.size() + " columns, " + rows.size() + " rows]";
    }
}
