package org.vauban.output;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Counts of distinct persons by one or more dimensions. Totals are cells too, with {@link #TOTAL} in the dimension they sum
 * over.
 *
 * @param name the output's name
 * @param dimensions the dimensions' names, in the order of the levels
 * @param cells the cells, totals included, each with as many levels as there are dimensions
 * @param sensitive the dimensions that say something about a person that others do not know already; zeros and complements
 *     are hidden for these
 */
public record FrequencyTable(String name, List<String> dimensions, List<Cell> cells, Set<String> sensitive)
        implements RawOutput {
    /** The level that stands for the sum over a dimension. */
    public static final String TOTAL = "Total";

    public FrequencyTable {
        OutputName.name(name);
        dimensions = List.copyOf(dimensions);
        cells = List.copyOf(cells);
        sensitive = Set.copyOf(sensitive);
        if (dimensions.isEmpty()) {
            throw new IllegalArgumentException("A table has at least one dimension");
        }
        dimensions.forEach(OutputName::label);
        var seen = new HashSet<List<String>>();
        for (Cell cell : cells) {
            if (cell.levels().size() != dimensions.size()) {
                throw new IllegalArgumentException("A cell has one level per dimension");
            }
            if (!seen.add(cell.levels())) {
                throw new IllegalArgumentException("A cell stands once in a table");
            }
        }
        if (!dimensions.containsAll(sensitive)) {
            throw new IllegalArgumentException("A sensitive dimension is a dimension of the table");
        }
    }

    /**
     * One cell.
     *
     * @param levels one level per dimension
     * @param count distinct persons, at least 0
     * @param persons who they are, if the table was made here; a table from a file has counts only
     * @param structuralZero true when nobody can be in this cell whatever the data (such as men and pregnancy)
     * @param largestHolder of how many of them that data holder knows who knows most of them, where holders are told
     */
    public record Cell(
            List<String> levels,
            long count,
            Optional<PersonSet> persons,
            boolean structuralZero,
            OptionalLong largestHolder) {
        public Cell(List<String> levels, long count, Optional<PersonSet> persons, boolean structuralZero) {
            this(levels, count, persons, structuralZero, OptionalLong.empty());
        }

        public Cell {
            levels = List.copyOf(levels);
            levels.forEach(OutputName::label);
            if (count < 0) {
                throw new IllegalArgumentException("A count of persons is not negative");
            }
            if (largestHolder.orElse(0) < 0 || largestHolder.orElse(0) > count) {
                throw new IllegalArgumentException("A holder knows some of the persons of a cell");
            }
            if (structuralZero && count != 0) {
                throw new IllegalArgumentException("A structural zero counts nobody");
            }
            if (persons.isPresent() && persons.get().size() != count) {
                throw new IllegalArgumentException("A cell counts its distinct persons");
            }
        }

        public static Cell of(PersonSet persons, String... levels) {
            return new Cell(List.of(levels), persons.size(), Optional.of(persons), false);
        }

        @Override
        public String toString() {
            return "Cell" + levels;
        }
    }

    @Override
    public String toString() {
        return "FrequencyTable[" + name + ", " + dimensions + ", " + cells.size() + " cells]";
    }
}
