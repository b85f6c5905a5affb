package org.vauban.study.survival;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One reference case: an input table, the R call that was made on it, and what R answered. */
record ReferenceCase(String id, String call, JsonNode expected, Path folder) {

    static Stream<ReferenceCase> of(Path epidemiology, String family) {
        try (Stream<Path> folders = Files.list(epidemiology)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream()
                    .map(ReferenceCase::read)
                    .filter(each -> each.family().equals(family));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static ReferenceCase read(Path folder) {
        JsonNode document =
                JsonMapper.shared().readTree(folder.resolve("expected.json").toFile());
        return new ReferenceCase(
                document.get("id").asString(), document.get("r_call").asString(), document, folder);
    }

    String family() {
        return expected.get("family").asString();
    }

    JsonNode answer() {
        return expected.get("expected");
    }

    Table table(String file) {
        return Table.read(folder.resolve(file));
    }

    @Override
    public String toString() {
        return id;
    }

    /** A CSV table with quoted cells and no line breaks inside them. */
    record Table(Map<String, List<String>> columns, int rows) {
        static Table read(Path file) {
            try {
                List<String> lines = Files.readAllLines(file);
                List<String> names = cells(lines.getFirst());
                Map<String, List<String>> columns = new LinkedHashMap<>();
                names.forEach(name -> columns.put(name, new ArrayList<>()));
                for (String line : lines.subList(1, lines.size())) {
                    List<String> cells = cells(line);
                    for (int index = 0; index < names.size(); index++) {
                        Objects.requireNonNull(columns.get(names.get(index))).add(cells.get(index));
                    }
                }
                return new Table(columns, lines.size() - 1);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        private static List<String> cells(String line) {
            return Arrays.stream(line.split(",", -1))
                    .map(cell -> cell.replaceAll("^\"|\"$", ""))
                    .toList();
        }

        List<String> texts(String column) {
            return Objects.requireNonNull(columns.get(column), column);
        }

        /** Numbers of a column; an empty cell and NA are NaN. */
        double[] numbers(String column) {
            return texts(column).stream()
                    .mapToDouble(cell -> switch (cell) {
                        case "", "NA" -> Double.NaN;
                        case "Inf" -> Double.POSITIVE_INFINITY;
                        default -> Double.parseDouble(cell);
                    })
                    .toArray();
        }

        Table where(IntStream rows) {
            int[] kept = rows.toArray();
            Map<String, List<String>> filtered = new LinkedHashMap<>();
            columns.forEach((name, values) ->
                    filtered.put(name, Arrays.stream(kept).mapToObj(values::get).toList()));
            return new Table(filtered, kept.length);
        }
    }
}
