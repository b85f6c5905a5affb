package org.vauban.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.ColumnRole;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.ColumnKind;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Persons;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;

/** All that a source hands out of a table, in the oracle's words. */
final class Visible {
    private Visible() {}

    /** By table, rows by person; a person's name is the edition's, which nobody outside knows. */
    static Map<String, Map<String, List<String>>> of(TrajectorySource source, Set<CdmColumn> columns) {
        Map<CdmTable, Set<CdmColumn>> byTable = columns.stream()
                .collect(Collectors.groupingBy(CdmColumn::table, TreeMap::new, Collectors.toCollection(TreeSet::new)));
        Map<String, Map<String, List<String>>> visible = new TreeMap<>();
        byTable.keySet().forEach(table -> visible.put(table.tableName(), new TreeMap<>()));
        for (int bucket = 0; bucket < source.buckets(); bucket++) {
            Trajectories trajectories = source.read(bucket, new Needs(columns));
            byTable.forEach((table, ofTable) -> {
                Map<String, List<String>> rows = visible.getOrDefault(table.tableName(), Map.of());
                if (table == CdmTable.PERSON) {
                    addPersons(trajectories.persons(), ofTable, rows);
                } else {
                    addEvents(trajectories, Domain.of(table).orElseThrow(), ofTable, rows);
                }
            });
        }
        return visible;
    }

    private static void addPersons(Persons persons, Set<CdmColumn> columns, Map<String, List<String>> rows) {
        for (int person = 0; person < persons.size(); person++) {
            if (persons.isKnown(person)) {
                List<String> values = new ArrayList<>();
                for (CdmColumn column : columns) {
                    values.add(column.name() + "=" + whole(persons.ints(column)[person]));
                }
                add(rows, persons.id(person), values);
            }
        }
    }

    private static void addEvents(
            Trajectories trajectories, Domain domain, Set<CdmColumn> columns, Map<String, List<String>> rows) {
        Events events = trajectories.events(domain);
        for (int person = 0; person < trajectories.persons().size(); person++) {
            for (int row = events.from(person); row < events.to(person); row++) {
                List<String> values = new ArrayList<>();
                for (CdmColumn column : columns) {
                    values.add(column.name() + "=" + value(events, column, row));
                }
                add(rows, trajectories.persons().id(person), values);
            }
        }
    }

    private static void add(Map<String, List<String>> rows, long person, List<String> values) {
        rows.computeIfAbsent(String.valueOf(person), _ -> new ArrayList<>()).add(String.join(" ", values));
    }

    private static String value(Events events, CdmColumn column, int row) {
        if (ColumnKind.of(column) == ColumnKind.DOUBLE) {
            return String.valueOf(events.doubles(column)[row]);
        }
        int value = events.ints(column)[row];
        return column.role() == ColumnRole.DATE && !Absent.is(value)
                ? LocalDate.ofEpochDay(value).toString()
                : whole(value);
    }

    private static String whole(int value) {
        return Absent.is(value) ? "" : String.valueOf(value);
    }

    /** What can be compared between those who call persons by different names: each person's rows, persons in the order of their rows. */
    static List<String> regardlessOfNames(Map<String, List<String>> rows) {
        return rows.values().stream()
                .map(of -> of.stream().sorted().collect(Collectors.joining(" | ")))
                .sorted()
                .toList();
    }
}
