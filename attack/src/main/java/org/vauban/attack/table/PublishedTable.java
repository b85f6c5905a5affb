package org.vauban.attack.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A table as it was published, with the statuses that the checker's answer tells. An attacker who knows these is stronger than
 * any reader outside, who sees one mark.
 *
 * @param cells every cell, totals included
 * @param threshold counts below it are hidden
 * @param shown how to read the shown numbers
 */
public record PublishedTable(List<Cell> cells, int threshold, Reading shown) {
    /** The level that stands for the sum over a dimension. */
    public static final String TOTAL = "Total";

    public PublishedTable {
        cells = List.copyOf(cells);
    }

    /** What a shown number says about the count behind it. */
    public enum Reading {
        EXACT,
        /** The count lies in a band of ten around it; a total whose parts are all shown says nothing more than these. */
        MIDPOINT_10
    }

    /** What became of a cell. */
    public enum Status {
        SHOWN,
        PRIMARY,
        SECONDARY
    }

    /**
     * One cell.
     *
     * @param levels one level per dimension
     * @param status what became of it
     * @param shown the number shown, if any
     */
    public record Cell(List<String> levels, Status status, OptionalLong shown) {
        public Cell {
            levels = List.copyOf(levels);
            if ((status == Status.SHOWN) != shown.isPresent()) {
                throw new IllegalArgumentException("A cell shows a number unless it is hidden");
            }
        }

        boolean isHidden() {
            return status != Status.SHOWN;
        }
    }

    /** A total and the cells it is the sum of, by their place in {@link #cells}. */
    record Sum(int total, List<Integer> parts) {}

    int dimensions() {
        return cells.getFirst().levels().size();
    }

    /** Every sum that the table's own totals tell. */
    List<Sum> sums() {
        List<Sum> sums = new ArrayList<>();
        for (int dimension = 0; dimension < dimensions(); dimension++) {
            Map<List<String>, List<Integer>> lines = new LinkedHashMap<>();
            for (int cell = 0; cell < cells.size(); cell++) {
                List<String> others = new ArrayList<>(cells.get(cell).levels());
                others.remove(dimension);
                lines.computeIfAbsent(others, _ -> new ArrayList<>()).add(cell);
            }
            int varying = dimension;
            for (List<Integer> line : lines.values()) {
                List<Integer> parts = line.stream()
                        .filter(cell -> !cells.get(cell).levels().get(varying).equals(TOTAL))
                        .toList();
                line.stream()
                        .filter(cell -> cells.get(cell).levels().get(varying).equals(TOTAL))
                        .findFirst()
                        .filter(_ -> !parts.isEmpty())
                        .ifPresent(total -> sums.add(new Sum(total, parts)));
            }
        }
        return sums;
    }

    /** The cells that are hidden, by their place. */
    public List<Integer> hidden() {
        List<Integer> hidden = new ArrayList<>();
        for (int cell = 0; cell < cells.size(); cell++) {
            if (cells.get(cell).isHidden()) {
                hidden.add(cell);
            }
        }
        return hidden;
    }

    /** What is known of each cell before any sum is used: lower limits, then upper limits. */
    double[][] limits(Knowledge knowledge) {
        double[] low = new double[cells.size()];
        double[] high = new double[cells.size()];
        List<Sum> sums = sums();
        for (int index = 0; index < cells.size(); index++) {
            Cell cell = cells.get(index);
            int place = index;
            high[index] = Double.POSITIVE_INFINITY;
            if (cell.status() == Status.PRIMARY) {
                low[index] = knowledge.leastBehindMark();
                high[index] = threshold - 1.0;
            } else if (cell.status() == Status.SECONDARY) {
                low[index] = knowledge.leastBehindMark();
            } else if (shown == Reading.EXACT || cell.shown().orElseThrow() == 0) {
                low[index] = cell.shown().orElseThrow();
                high[index] = low[index];
            } else if (sums.stream()
                    .noneMatch(sum -> sum.total() == place
                            && sum.parts().stream()
                                    .noneMatch(part -> cells.get(part).isHidden()))) {
                low[index] = cell.shown().orElseThrow() - 4.0;
                high[index] = cell.shown().orElseThrow() + 5.0;
            }
        }
        return new double[][] {low, high};
    }
}
