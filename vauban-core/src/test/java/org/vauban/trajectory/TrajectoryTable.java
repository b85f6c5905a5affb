package org.vauban.trajectory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;

/**
 * Writes trajectories as a table that a clinician can check by eye:
 *
 * <pre>
 * person | table                | concept | start      | end        | rank | more
 * 1      | person               |         |            |            |      | year_of_birth=1960 gender_concept_id=8532
 * 1      | observation_period   |         | 2010-01-01 | 2012-12-31 |      |
 * 1      | condition_occurrence | 100     | 2011-03-01 |            | 7    | visit_occurrence_id=3
 * </pre>
 *
 * Rows may come in any order; without a rank the place in the table is the rank. Rows of provider and care_site have their
 * identifier in the first column.
 */
public final class TrajectoryTable {
    private TrajectoryTable() {}

    private record Row(
            long person,
            CdmTable table,
            String concept,
            String start,
            String end,
            long rank,
            Map<String, String> more) {}

    public static Trajectories of(String text) {
        List<Row> rows = rows(text);
        var builder = new TrajectoriesBuilder(everything());
        rows.stream()
                .filter(row -> row.table() == CdmTable.PERSON)
                .sorted(Comparator.comparingLong(Row::person))
                .forEach(row -> {
                    builder.persons().addPerson(row.person());
                    row.more()
                            .forEach((name, value) -> builder.persons()
                                    .ints(CdmTable.PERSON.column(name))
                                    .set(Integer.parseInt(value)));
                });
        for (Domain domain : Domain.values()) {
            rows.stream()
                    .filter(row -> row.table() == domain.table())
                    .sorted(Comparator.comparingLong(Row::person)
                            .thenComparing(Row::start)
                            .thenComparingLong(Row::rank))
                    .forEach(row -> addEvent(builder.events(domain), domain, row));
        }
        for (CdmTable table : List.of(CdmTable.PROVIDER, CdmTable.CARE_SITE)) {
            Map<CdmColumn, Map<Long, Integer>> columns = new LinkedHashMap<>();
            rows.stream()
                    .filter(row -> row.table() == table)
                    .forEach(row -> row.more()
                            .forEach((name, value) -> columns.computeIfAbsent(table.column(name), _ -> new TreeMap<>())
                                    .put(row.person(), Integer.valueOf(value))));
            columns.forEach((column, values) -> builder.reference(ReferenceColumn.of(
                    column,
                    values.keySet().stream().mapToLong(Long::longValue).toArray(),
                    values.values().stream().mapToInt(Integer::intValue).toArray())));
        }
        return builder.build();
    }

    public static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    /** Every column of every table about persons. */
    public static Needs everything() {
        Set<CdmColumn> columns = new TreeSet<>(CdmTable.PERSON.columns());
        for (Domain domain : Domain.values()) {
            columns.addAll(domain.table().columns());
        }
        columns.addAll(CdmTable.PROVIDER.columns());
        columns.addAll(CdmTable.CARE_SITE.columns());
        return new Needs(columns);
    }

    private static List<Row> rows(String text) {
        List<Row> rows = new ArrayList<>();
        int place = 0;
        for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
            String[] fields = Arrays.stream((line + " ").split("\\|", -1))
                    .map(String::strip)
                    .toArray(String[]::new);
            if (fields[0].equals("person")) {
                continue;
            }
            place++;
            Map<String, String> more = new LinkedHashMap<>();
            for (String pair : field(fields, 6).split(" +", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    more.put(pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
            rows.add(new Row(
                    Long.parseLong(fields[0]),
                    CdmTable.valueOf(fields[1].toUpperCase(Locale.ROOT)),
                    field(fields, 2),
                    field(fields, 3),
                    field(fields, 4),
                    field(fields, 5).isEmpty() ? place : Long.parseLong(field(fields, 5)),
                    more));
        }
        return rows;
    }

    private static String field(String[] fields, int place) {
        return place < fields.length ? fields[place] : "";
    }

    private static void addEvent(RowsBuilder builder, Domain domain, Row row) {
        builder.addEvent(row.person(), day(row.start()), row.rank());
        if (!row.concept().isEmpty()) {
            builder.ints(domain.conceptColumn()).set(Integer.parseInt(row.concept()));
        }
        if (!row.end().isEmpty()) {
            builder.ints(domain.endColumn().orElseThrow()).set(day(row.end()));
        }
        row.more().forEach((name, value) -> {
            CdmColumn column = domain.table().column(name);
            switch (ColumnKind.of(column)) {
                case INT -> builder.ints(column).set(Integer.parseInt(value));
                case LONG -> builder.longs(column).set(Long.parseLong(value));
                case DOUBLE -> builder.doubles(column).set(Double.parseDouble(value));
                case TEXT -> builder.texts(column).set(value);
            }
        });
    }
}
