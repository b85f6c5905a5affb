package org.vauban.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vauban.output.FrequencyTable;
import org.vauban.output.PersonSet;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * A table of distinct persons by the dimensions that a researcher's SELECT gives. The SELECT says what a row is; what is counted, and
 * that every cell and total is there, is written here.
 *
 * @param name the output's name
 * @param dimensions the columns by which persons are counted
 */
public record Tabulation(String name, List<String> dimensions) {
    /** More cells are not checked by disclosure control. */
    private static final int CELLS_MAX = 1_000;

    private static final int DIMENSIONS_MAX = 4;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern DIMENSION = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");
    private static final Pattern LEVEL = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} .,:;()/%+<>=≤≥'’_-]{0,59}");
    private static final String NOT_KNOWN = "Not known";
    private static final String PERSON = "person_id";

    public Tabulation {
        dimensions = List.copyOf(dimensions);
        if (!NAME.matcher(name).matches()) {
            throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                    .with("field", "--name")
                    .expected("a-z 0-9 -")
                    .found(name)
                    .exception();
        }
        boolean isSome = !dimensions.isEmpty() && dimensions.size() <= DIMENSIONS_MAX;
        if (!isSome
                || new HashSet<>(dimensions).size() < dimensions.size()
                || !dimensions.stream()
                        .allMatch(each -> DIMENSION.matcher(each).matches() && !each.equalsIgnoreCase(PERSON))) {
            throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                    .with("field", "--by")
                    .expected("1–" + DIMENSIONS_MAX + " × A-Z a-z 0-9 _")
                    .found(String.join(",", dimensions))
                    .exception();
        }
    }

    /** What the worker runs: who is in which cell, each once. */
    String sql(String statement) {
        return prefix() + statement + "\n) GROUP BY ALL";
    }

    /** What stands before the researcher's own statement. */
    String prefix() {
        var select = new StringBuilder("SELECT CAST(").append(PERSON).append(" AS BIGINT)");
        for (String dimension : dimensions) {
            select.append(", CAST(\"").append(dimension).append("\" AS VARCHAR)");
        }
        return select.append(" FROM (\n").toString();
    }

    /** What the SELECT must have, for a message. */
    String columns() {
        return PERSON + ", " + String.join(", ", dimensions);
    }

    /**
     * The table.
     *
     * @param lines a person's name and a level for each dimension, each combination once
     * @param person the edition's person of a name; nothing for a number that names nobody
     */
    FrequencyTable table(List<List<@Nullable String>> lines, LongFunction<Optional<Long>> person) {
        Map<List<String>, List<Long>> inCell = new HashMap<>();
        List<SortedSet<String>> levels = new ArrayList<>();
        dimensions.forEach(_ -> levels.add(new TreeSet<>()));
        Set<Long> seen = new HashSet<>();
        boolean isEverybodyInOneCell = true;
        for (List<@Nullable String> line : lines) {
            long id = named(line.getFirst(), person);
            List<String> cell = new ArrayList<>();
            for (int dimension = 0; dimension < dimensions.size(); dimension++) {
                String level = level(dimension, line.get(dimension + 1));
                levels.get(dimension).add(level);
                cell.add(level);
            }
            inCell.computeIfAbsent(cell, _ -> new ArrayList<>()).add(id);
            isEverybodyInOneCell &= seen.add(id);
        }
        checkSize(levels, isEverybodyInOneCell);
        List<FrequencyTable.Cell> cells = new ArrayList<>();
        // Where a person is in several cells totals are no sums: the cells stand alone.
        addCells(cells, inCell, levels, List.of(), isEverybodyInOneCell);
        return new FrequencyTable(name, dimensions, cells, Set.copyOf(dimensions));
    }

    private static long named(@Nullable String name, LongFunction<Optional<Long>> person) {
        Optional<Long> found = Optional.empty();
        try {
            found = name == null ? found : person.apply(Long.parseLong(name));
        } catch (NumberFormatException noNumber) {
            // Then it names nobody.
        }
        return found.orElseThrow(
                () -> Problem.of(ProblemCode.SQL_TABULATION_PERSON).exception());
    }

    private String level(int dimension, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return NOT_KNOWN;
        }
        if (!LEVEL.matcher(value).matches() || value.equalsIgnoreCase(FrequencyTable.TOTAL)) {
            throw Problem.of(ProblemCode.SQL_TABULATION_LEVEL)
                    .found(dimensions.get(dimension))
                    .exception();
        }
        return value;
    }

    private static void checkSize(List<SortedSet<String>> levels, boolean hasTotals) {
        long cells = 1;
        for (SortedSet<String> of : levels) {
            cells = Math.min(Integer.MAX_VALUE, cells * (of.size() + (hasTotals ? 1 : 0)));
        }
        if (cells > CELLS_MAX) {
            throw Problem.of(ProblemCode.SQL_TABULATION_SIZE)
                    .expected(CELLS_MAX)
                    .found(cells)
                    .exception();
        }
    }

    /** Every combination of levels, also those of nobody: a cell that is missing would say so of itself. */
    private void addCells(
            List<FrequencyTable.Cell> cells,
            Map<List<String>, List<Long>> inCell,
            List<SortedSet<String>> levels,
            List<String> chosen,
            boolean hasTotals) {
        if (chosen.size() == levels.size()) {
            long[] persons = inCell.entrySet().stream()
                    .filter(cell -> isIn(cell.getKey(), chosen))
                    .flatMapToLong(cell -> cell.getValue().stream().mapToLong(Long::longValue))
                    .toArray();
            cells.add(FrequencyTable.Cell.of(PersonSet.of(persons), chosen.toArray(String[]::new)));
            return;
        }
        List<String> choices = new ArrayList<>(levels.get(chosen.size()));
        if (hasTotals) {
            choices.add(FrequencyTable.TOTAL);
        }
        for (String choice : choices) {
            List<String> more = new ArrayList<>(chosen);
            more.add(choice);
            addCells(cells, inCell, levels, more, hasTotals);
        }
    }

    private static boolean isIn(List<String> cell, List<String> chosen) {
        for (int dimension = 0; dimension < chosen.size(); dimension++) {
            String level = chosen.get(dimension);
            if (!level.equals(FrequencyTable.TOTAL) && !level.equals(cell.get(dimension))) {
                return false;
            }
        }
        return true;
    }
}
