package org.vauban.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says what a permit lets be seen, by plain loops over the files that were ingested. It knows nothing of the program that it judges. */
final class Oracle {
    /** Of each table with days: the first, the last if it counts, and the concept. */
    private static final Map<String, List<String>> EVENTS = Map.of(
            "observation_period",
            List.of("observation_period_start_date", "observation_period_end_date", "period_type_concept_id"),
            "condition_occurrence",
            List.of("condition_start_date", "", "condition_concept_id"),
            "drug_era",
            List.of("drug_era_start_date", "drug_era_end_date", "drug_concept_id"),
            "measurement",
            List.of("measurement_date", "", "measurement_concept_id"),
            "visit_occurrence",
            List.of("visit_start_date", "visit_end_date", "visit_concept_id"),
            "death",
            List.of("death_date", "", "cause_concept_id"));

    private final Map<String, List<Map<String, String>>> tables = new HashMap<>();
    private final Set<String> objecting;

    /** @param objecting persons who are absent whatever is granted */
    Oracle(Path folder, Set<String> objecting) {
        this.objecting = Set.copyOf(objecting);
        for (String table : List.of(
                "person",
                "observation_period",
                "condition_occurrence",
                "drug_era",
                "measurement",
                "visit_occurrence",
                "death",
                "concept_ancestor")) {
            tables.put(table, read(folder.resolve(table + ".csv")));
        }
    }

    private static List<Map<String, String>> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            String[] header = lines.getFirst().split(",", -1);
            List<Map<String, String>> rows = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] values = line.split(",", -1);
                Map<String, String> row = new HashMap<>();
                for (int column = 0; column < header.length; column++) {
                    row.put(header[column], values[column]);
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<Map<String, String>> rows(String table) {
        return tables.getOrDefault(table, List.of());
    }

    /** The columns that are granted: what is wished for, without a birth's month and day that nobody justified. */
    Set<String> granted(Wish wish) {
        return wish.columns().stream()
                .filter(column ->
                        !Set.of("person.month_of_birth", "person.day_of_birth").contains(column)
                                || wish.identifiers().contains("birth-month"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The rows of a table that are there, by person; of each the granted columns, as {@code name=value}.
     *
     * @param toStatement whether a statement asks, which is told months where days are not justified
     */
    Map<String, List<String>> visible(Wish wish, String table, boolean toStatement) {
        Set<String> columns = granted(wish).stream()
                .filter(column -> column.startsWith(table + "."))
                .map(column -> column.substring(table.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        boolean byMonth =
                toStatement && !wish.identifiers().contains(table.equals("death") ? "death-date" : "care-dates");
        Map<String, List<String>> byPerson = new TreeMap<>();
        for (Map<String, String> row : there(wish, table)) {
            List<String> values = new ArrayList<>();
            for (String column : columns) {
                values.add(column + "=" + told(wish, column, row.getOrDefault(column, ""), byMonth));
            }
            byPerson.computeIfAbsent(row.getOrDefault("person_id", ""), _ -> new ArrayList<>())
                    .add(String.join(" ", values));
        }
        return byPerson;
    }

    /** How many persons have a visible era of a drug. */
    long exposed(Wish wish, int drug) {
        return there(wish, "drug_era").stream()
                .filter(era -> era.getOrDefault("drug_concept_id", "").equals(String.valueOf(drug)))
                .map(era -> era.getOrDefault("person_id", ""))
                .distinct()
                .count();
    }

    private List<Map<String, String>> there(Wish wish, String table) {
        Set<String> persons = persons(wish);
        List<Map<String, String>> there = new ArrayList<>();
        for (Map<String, String> row : rows(table)) {
            String person = row.getOrDefault("person_id", "");
            if (!objecting.contains(person) && persons.contains(person) && isThere(wish, table, row)) {
                there.add(row);
            }
        }
        return there;
    }

    private boolean isThere(Wish wish, String table, Map<String, String> row) {
        List<String> event = EVENTS.get(table);
        if (event == null) {
            return true;
        }
        List<Wish.Concept> concepts = wish.concepts().get(table);
        if (concepts != null && !meant(concepts).contains(row.getOrDefault(event.get(2), ""))) {
            return false;
        }
        if (wish.days().isEmpty()) {
            return true;
        }
        Wish.Days days = wish.days().get();
        LocalDate start = LocalDate.parse(row.getOrDefault(event.get(0), ""));
        return table.equals("observation_period")
                ? !start.isAfter(days.to())
                        && !LocalDate.parse(row.getOrDefault(event.get(1), "")).isBefore(days.from())
                : days.has(start);
    }

    private Set<String> persons(Wish wish) {
        if (wish.population().isEmpty()) {
            return rows("person").stream()
                    .map(row -> row.getOrDefault("person_id", ""))
                    .collect(Collectors.toSet());
        }
        Set<String> ill = new TreeSet<>();
        for (Map<String, String> condition : rows("condition_occurrence")) {
            LocalDate day = LocalDate.parse(condition.getOrDefault("condition_start_date", ""));
            if (meant(wish.population()).contains(condition.getOrDefault("condition_concept_id", ""))
                    && wish.days().stream().allMatch(days -> days.has(day))
                    && rows("observation_period").stream()
                            .anyMatch(observed -> isDuring(condition, "condition_start_date", observed))) {
                ill.add(condition.getOrDefault("person_id", ""));
            }
        }
        return ill;
    }

    private static boolean isDuring(Map<String, String> event, String day, Map<String, String> observed) {
        var observation = new Wish.Days(
                LocalDate.parse(observed.getOrDefault("observation_period_start_date", "")),
                LocalDate.parse(observed.getOrDefault("observation_period_end_date", "")));
        return event.getOrDefault("person_id", "").equals(observed.get("person_id"))
                && observation.has(LocalDate.parse(event.getOrDefault(day, "")));
    }

    private Set<String> meant(List<Wish.Concept> concepts) {
        Set<String> meant = new TreeSet<>();
        for (Wish.Concept concept : concepts) {
            meant.add(String.valueOf(concept.id()));
            for (Map<String, String> pair : rows("concept_ancestor")) {
                if (concept.withDescendants()
                        && pair.getOrDefault("ancestor_concept_id", "").equals(String.valueOf(concept.id()))) {
                    meant.add(pair.getOrDefault("descendant_concept_id", ""));
                }
            }
        }
        return meant;
    }

    private static String told(Wish wish, String column, String value, boolean byMonth) {
        if (!column.endsWith("_date") || value.isEmpty()) {
            return value;
        }
        LocalDate day = LocalDate.parse(value);
        LocalDate told = byMonth ? day.withDayOfMonth(1) : day;
        if (wish.days().isPresent()) {
            Wish.Days days = wish.days().get();
            told = told.isAfter(days.to()) ? days.to() : told;
            told = told.isBefore(days.from()) ? days.from() : told;
        }
        return told.toString();
    }
}
