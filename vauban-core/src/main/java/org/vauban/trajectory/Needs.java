package org.vauban.trajectory;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;

/**
 * The columns that an evaluation must read. A plan states them before anything is read, a permit is checked against them, and a
 * reader reads these and no others.
 */
public record Needs(Set<CdmColumn> columns) {
    public Needs {
        columns = Set.copyOf(columns);
    }

    public static Needs none() {
        return new Needs(Set.of());
    }

    public static Needs of(CdmTable table, String... columns) {
        Set<CdmColumn> needed = new TreeSet<>();
        for (String column : columns) {
            needed.add(table.column(column));
        }
        return new Needs(needed);
    }

    public Needs and(Needs other) {
        Set<CdmColumn> both = new TreeSet<>(columns);
        both.addAll(other.columns);
        return new Needs(both);
    }

    public static Needs all(Collection<Needs> several) {
        return new Needs(several.stream().flatMap(each -> each.columns.stream()).collect(Collectors.toSet()));
    }

    public boolean reads(CdmTable table) {
        return columns.stream().anyMatch(column -> column.table() == table);
    }
}
