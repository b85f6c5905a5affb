package org.vauban.synth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Reads a generated country back, as a reader who knows nothing of the generator would. */
final class GeneratedFrance {
    private final Path folder;

    GeneratedFrance(Path folder) {
        this.folder = folder;
    }

    /** A country of some persons, in a folder of its own. */
    static GeneratedFrance of(int persons, long seed, Path folder) throws IOException {
        new France(persons, seed, folder).run();
        return new GeneratedFrance(folder);
    }

    /** A row of a table, with its number from 1 behind the header. */
    record Row(long number, Map<String, String> cells) {
        String at(String column) {
            return Objects.requireNonNull(cells.get(column), column);
        }

        String at(List<String> columns) {
            return String.join(";", columns.stream().map(this::at).toList());
        }

        int day(String column) {
            return GeneratedTables.day(at(column));
        }
    }

    List<String> lines(String file) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(file))), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** A table of the insurer. */
    List<Row> table(String name) throws IOException {
        return rows(lines("cnam/" + name + ".csv.gz"), ";");
    }

    /** A table of the truth. */
    List<Row> truth(String name) throws IOException {
        return rows(Files.readAllLines(folder.resolve("truth/" + name + ".csv")), ",");
    }

    /** The resources of one type of one hospital, as text. */
    List<String> resources(int hospital, String type) throws IOException {
        return lines("hospital-" + hospital + "/" + type + ".ndjson.gz");
    }

    private static List<Row> rows(List<String> lines, String delimiter) {
        String[] header = lines.getFirst().split(delimiter, -1);
        List<Row> rows = new ArrayList<>(lines.size());
        for (int number = 1; number < lines.size(); number++) {
            String[] cells = lines.get(number).split(delimiter, -1);
            if (cells.length != header.length) {
                throw new AssertionError("row " + number + " has " + cells.length + " cells, not " + header.length);
            }
            Map<String, String> row = new HashMap<>();
            for (int at = 0; at < header.length; at++) {
                row.put(header[at], cells[at]);
            }
            rows.add(new Row(number, row));
        }
        return rows;
    }
}
