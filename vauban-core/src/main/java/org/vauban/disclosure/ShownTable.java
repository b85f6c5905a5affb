package org.vauban.disclosure;

import java.util.List;
import java.util.OptionalLong;

/** A table of counts as it may be seen: cells in the order of their levels with totals last, hidden ones under one mark. */
public final class ShownTable implements Shown {
    /**
     * The one mark of every hidden cell. Two marks would tell which cells are small, and a mark such as "0-10" would be
     * wrong for those that are hidden to protect others.
     */
    public static final String MARK = "*";

    private final String name;
    private final List<String> dimensions;
    private final List<Cell> cells;

    ShownTable(String name, List<String> dimensions, List<Cell> cells) {
        this.name = name;
        this.dimensions = List.copyOf(dimensions);
        this.cells = List.copyOf(cells);
    }

    @Override
    public String name() {
        return name;
    }

    public List<String> dimensions() {
        return dimensions;
    }

    public List<Cell> cells() {
        return cells;
    }

    /**
     * One cell.
     *
     * @param levels one level per dimension
     * @param persons the count, rounded if the rules say so; empty when hidden
     */
    public record Cell(List<String> levels, OptionalLong persons) {
        public Cell {
            levels = List.copyOf(levels);
        }

        /** The number, or the mark. */
        public String text() {
            return persons.isPresent() ? Long.toString(persons.getAsLong()) : MARK;
        }
    }
}
