package org.vauban.permit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vauban.omop.CdmColumn;

/**
 * What was asked, granted, delivered and used under a permit, column by column: the question whether less would have done.
 *
 * @param studies how many studies were begun
 * @param statements how many statements were begun
 * @param columns the columns that were asked for, by name
 */
public record Minimisation(PermitId permit, long studies, long statements, List<ColumnUse> columns) {
    public Minimisation {
        columns = List.copyOf(columns);
    }

    /**
     * One column that was asked for.
     *
     * @param granted whether it was granted too
     * @param delivered to how many studies and statements it was given
     * @param used by how many it was used
     */
    public record ColumnUse(CdmColumn column, boolean granted, long delivered, long used) {
        /** True when nobody needed it so far. */
        public boolean isIdle() {
            return granted && used == 0;
        }
    }

    /** @param begun what the log was told when each analysis began */
    static Minimisation of(Permit permit, List<Map<String, String>> begun) {
        Map<String, Long> delivered = new TreeMap<>();
        Map<String, Long> used = new TreeMap<>();
        long statements = 0;
        for (Map<String, String> analysis : begun) {
            Set<String> given = names(analysis.getOrDefault("columns", ""));
            given.forEach(column -> delivered.merge(column, 1L, Long::sum));
            // A plan reads what it names. Of a statement that does not say what it used, all counts.
            names(analysis.getOrDefault("used", analysis.getOrDefault("columns", "")))
                    .forEach(column -> used.merge(column, 1L, Long::sum));
            statements += analysis.containsKey("sql") ? 1 : 0;
        }
        Set<CdmColumn> granted = permit.terms().extent().columns();
        List<ColumnUse> columns = new ArrayList<>();
        permit.terms().extent().asked().stream()
                .sorted()
                .forEach(column -> columns.add(new ColumnUse(
                        column,
                        granted.contains(column),
                        delivered.getOrDefault(column.qualifiedName(), 0L),
                        used.getOrDefault(column.qualifiedName(), 0L))));
        return new Minimisation(permit.id(), begun.size() - statements, statements, columns);
    }

    /** The names in a list as the log's bodies have it: {@code [a, b]}. */
    private static Set<String> names(String list) {
        String inside = list.startsWith("[") && list.endsWith("]") ? list.substring(1, list.length() - 1) : list;
        return Arrays.stream(inside.split(", ")).filter(name -> !name.isBlank()).collect(Collectors.toSet());
    }
}
