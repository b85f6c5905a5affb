package org.vauban.study;

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
public record ReferenceCase(String id, String call, JsonNode expected, Path folder) {

    public static Stream<ReferenceCase> of(Path epidemiology, String family) {
        try (Stream<Path> folders = Files.list(epidemiology)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream()
                    .map(ReferenceCase::read)
                    .filter(each -> each.family().equals(family));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static ReferenceCase read(Path folder) {
        JsonNode document =
                JsonMapper.shared().readTree(folder.resolve("expected.json").toFile());
        return new ReferenceCase(
                document.get("id").asString(), document.get("r_call").asString(), document, folder);
    }

    public String family() {
        return expected.get("family").asString();
    }

    public JsonNode answer() {
        return expected.get("expected");
    }

    public Table table(String file) {
        return Table.read(folder.resolve(file));
    }

    /** Whether the case has a table of this name. */
    public boolean has(String file) {
        return Files.exists(folder.resolve(file));
    }

    @Override
    public String toString() {
        return id;
    }

    /** A CSV table with quoted cells and no line breaks inside them. */
    public record Table(Map<String, List<String>> columns, int rows) {
        public static Table read(Path file) {
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

        public List<String> texts(String column) {
            return Objects.requireNonNull(columns.get(column), column);
        }

        /** Numbers of a column; an empty cell and NA are NaN. */
        public double[] numbers(String column) {
            return texts(column).stream()
                    .mapToDouble(cell -> switch (cell) {
                        case "", "NA" -> Double.NaN;
                        case "Inf" -> Double.POSITIVE_INFINITY;
                        case "-Inf" -> Double.NEGATIVE_INFINITY;
                        default -> Double.parseDouble(cell);
                    })
                    .toArray();
        }

        /** Whether a cell of a column is neither empty nor NA. */
        public boolean known(String column, int row) {
            String cell = texts(column).get(row);
            return !cell.isEmpty() && !cell.equals("NA");
        }

        /** Flags of a column: 1 and TRUE are yes. */
        public boolean[] flags(String column) {
            List<String> cells = texts(column);
            boolean[] flags = new boolean[cells.size()];
            for (int row = 0; row < flags.length; row++) {
                flags[row] = cells.get(row).equals("1") || cells.get(row).equals("TRUE");
            }
            return flags;
        }

        /** Numbers for the distinct texts of a column, in ascending order of the numbers or letters they are. */
        public int[] groups(String column) {
            List<String> cells = texts(column);
            List<String> levels = levels(column);
            return cells.stream().mapToInt(levels::indexOf).toArray();
        }

        /** The distinct texts of a column, as R sorts them. */
        public List<String> levels(String column) {
            List<String> distinct = texts(column).stream().distinct().toList();
            boolean numeric = distinct.stream().allMatch(cell -> cell.matches("-?[0-9.]+(e[-+]?[0-9]+)?"));
            return numeric
                    ? distinct.stream()
                            .sorted(java.util.Comparator.comparingDouble(Double::parseDouble))
                            .toList()
                    : distinct.stream().sorted().toList();
        }

        public Table where(IntStream rows) {
            int[] kept = rows.toArray();
            Map<String, List<String>> filtered = new LinkedHashMap<>();
            columns.forEach((name, values) ->
                    filtered.put(name, Arrays.stream(kept).mapToObj(values::get).toList()));
            return new Table(filtered, kept.length);
        }
    }
}
