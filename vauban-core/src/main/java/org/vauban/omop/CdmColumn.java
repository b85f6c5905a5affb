package org.vauban.omop;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One column of the model. Two columns are equal when table and name are.
 *
 * @param table its table
 * @param name its name in lower case
 * @param type what it holds
 * @param required whether the specification demands a value
 * @param role what it is for
 * @param refersTo the table that a reference names
 */
public record CdmColumn(
        CdmTable table, String name, ColumnType type, boolean required, ColumnRole role, Optional<CdmTable> refersTo)
        implements Comparable<CdmColumn> {

    /** {@code condition_occurrence.condition_start_date}: how permits and messages write a column. */
    public String qualifiedName() {
        return table.tableName() + '.' + name;
    }

    /** Finds a column by its qualified name, in any case. */
    public static Optional<CdmColumn> parse(String qualifiedName) {
        String lower = qualifiedName.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        return dot < 0
                ? Optional.empty()
                : CdmTable.named(lower.substring(0, dot)).flatMap(table -> table.find(lower.substring(dot + 1)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CdmColumn column && table == column.table && name.equals(column.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(table, name);
    }

    @Override
    public int compareTo(CdmColumn other) {
        return table == other.table
                ? name.compareTo(other.name)
                : table.tableName().compareTo(other.table.tableName());
    }

    @Override
    public String toString() {
        return qualifiedName();
    }
}
