package org.vauban.study;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipFile;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.ColumnKind;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.RowsBuilder;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectoriesBuilder;
import org.vauban.trajectory.TrajectorySource;
import org.vauban.vocabulary.Concept;
import org.vauban.vocabulary.Vocabulary;

/** A zipped OMOP folder of CSV files as a source, for tests: dates, numbers and concepts, persons spread over buckets. */
final class ZippedCdm implements TrajectorySource {
    private final Path zip;
    private final int buckets;
    private final Vocabulary vocabulary;
    private final Map<String, List<Map<String, String>>> read = new LinkedHashMap<>();

    ZippedCdm(Path zip, int buckets) {
        this.zip = zip;
        this.buckets = buckets;
        var builder = Vocabulary.builder();
        rows("concept")
                .forEach(row -> builder.concept(new Concept(
                        Integer.parseInt(cell(row, "concept_id")),
                        cell(row, "concept_name"),
                        cell(row, "domain_id"),
                        cell(row, "vocabulary_id"),
                        cell(row, "standard_concept").equals("S"),
                        cell(row, "invalid_reason").isEmpty())));
        rows("concept_ancestor")
                .forEach(row -> builder.descendant(
                        Integer.parseInt(cell(row, "ancestor_concept_id")),
                        Integer.parseInt(cell(row, "descendant_concept_id"))));
        this.vocabulary = builder.build();
    }

    @Override
    public int buckets() {
        return buckets;
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public Trajectories read(int bucket, Needs needs) {
        var builder = new TrajectoriesBuilder(needs);
        List<Map<String, String>> persons = new ArrayList<>(rows("person"));
        persons.sort(Comparator.comparingLong(ZippedCdm::person));
        for (Map<String, String> row : persons) {
            if (isIn(row, bucket)) {
                builder.persons().addPerson(person(row));
                fill(builder.persons(), CdmTable.PERSON, needs, row, "");
            }
        }
        for (Domain domain : Domain.values()) {
            if (needs.reads(domain.table())) {
                events(domain, bucket, needs, builder.events(domain));
            }
        }
        return builder.build();
    }

    private void events(Domain domain, int bucket, Needs needs, RowsBuilder builder) {
        String start = domain.startColumn().name();
        String key = domain.keyColumn().map(CdmColumn::name).orElse("person_id");
        rows(domain.table().tableName()).stream()
                .filter(row -> isIn(row, bucket))
                .sorted(Comparator.comparingLong(ZippedCdm::person)
                        .thenComparing(row -> cell(row, start))
                        .thenComparing(row -> Long.valueOf(cell(row, key))))
                .forEach(row -> {
                    builder.addEvent(person(row), day(cell(row, start)), Long.parseLong(cell(row, key)));
                    fill(builder, domain.table(), needs, row, start);
                });
    }

    private static void fill(
            RowsBuilder builder, CdmTable table, Needs needs, Map<String, String> row, String startColumn) {
        for (CdmColumn column : needs.columns()) {
            String cell = column.table() == table ? cell(row, column.name()) : "";
            if (!cell.isEmpty() && !column.name().equals(startColumn) && ColumnKind.of(column) == ColumnKind.INT) {
                builder.ints(column).set(cell.contains("-") ? day(cell) : Integer.parseInt(cell));
            }
        }
    }

    private boolean isIn(Map<String, String> row, int bucket) {
        return person(row) % buckets == bucket;
    }

    private static long person(Map<String, String> row) {
        return Long.parseLong(cell(row, "person_id"));
    }

    private static int day(String date) {
        return (int) LocalDate.parse(date.substring(0, 10)).toEpochDay();
    }

    private static String cell(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    private List<Map<String, String>> rows(String table) {
        return read.computeIfAbsent(table, this::parse);
    }

    private List<Map<String, String>> parse(String table) {
        try (var file = new ZipFile(zip.toFile())) {
            var entry = file.stream()
                    .filter(each -> each.getName().endsWith("/" + table + ".csv")
                            || each.getName().equals(table + ".csv"))
                    .findFirst()
                    .orElseThrow();
            var reader = new BufferedReader(new InputStreamReader(file.getInputStream(entry), StandardCharsets.UTF_8));
            List<String> names = cells(Objects.requireNonNull(reader.readLine()));
            List<Map<String, String>> rows = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                List<String> cells = cells(line);
                Map<String, String> row = new LinkedHashMap<>();
                for (int index = 0; index < names.size(); index++) {
                    row.put(names.get(index), cells.get(index));
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int place = 0; place < line.length(); place++) {
            char character = line.charAt(place);
            if (character == '"') {
                quoted = !quoted;
            } else if (character == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(character);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
