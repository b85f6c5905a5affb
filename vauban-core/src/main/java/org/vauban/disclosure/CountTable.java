package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vauban.output.FrequencyTable;

/**
 * A table of counts with what anybody can see of its structure: which cells add up to which. Totals are only those that are
 * given; a total that is not given is not known to anybody.
 *
 * <p>A combination of levels that is not in the table is taken for one in which nobody can be: that is what its absence says.
 */
final class CountTable {
    private final int dimensions;
    private final List<List<String>> levels;
    private final long[] counts;
    private final boolean[] structuralZeros;
    private final long[] knownToHolder;
    private final List<Slice> slices;

    CountTable(int dimensions, List<List<String>> levels, long[] counts, boolean[] structuralZeros) {
        this(dimensions, levels, counts, structuralZeros, new long[counts.length]);
    }

    /**
     * @param knownToHolder of how many persons of each cell one data holder knows, who knows most of them; 0 where nobody knows any
     */
    CountTable(
            int dimensions, List<List<String>> levels, long[] counts, boolean[] structuralZeros, long[] knownToHolder) {
        this.dimensions = dimensions;
        this.levels = List.copyOf(levels);
        this.counts = counts.clone();
        this.structuralZeros = structuralZeros.clone();
        this.knownToHolder = knownToHolder.clone();
        this.slices = slices(dimensions, this.levels);
    }

    /**
     * The cells that differ in one dimension only.
     *
     * @param dimension the dimension in which they differ
     * @param total the cell that sums over it, or -1 when none is given
     * @param parts the cells that it sums
     */
    record Slice(int dimension, int total, List<Integer> parts) {
        Slice {
            parts = List.copyOf(parts);
        }

        boolean hasTotal() {
            return total >= 0 && !parts.isEmpty();
        }
    }

    static boolean isTotal(String level) {
        return level.equalsIgnoreCase(FrequencyTable.TOTAL);
    }

    int size() {
        return counts.length;
    }

    int dimensions() {
        return dimensions;
    }

    long count(int cell) {
        return counts[cell];
    }

    /** Of how many persons of a cell one data holder knows. The reader is taken for a holder who knows so many in every cell. */
    long knownToHolder(int cell) {
        return knownToHolder[cell];
    }

    boolean isStructuralZero(int cell) {
        return structuralZeros[cell];
    }

    List<String> levels(int cell) {
        return levels.get(cell);
    }

    List<Slice> slices() {
        return slices;
    }

    /** Slices whose total is not the sum of its parts: persons counted twice, or categories left out. */
    List<Slice> wrongSlices() {
        return slices.stream()
                .filter(Slice::hasTotal)
                .filter(slice -> counts[slice.total()] != sum(slice.parts()))
                .toList();
    }

    /** The persons of a slice: its total, or the sum of its parts where no total is given. */
    long persons(Slice slice) {
        return slice.total() >= 0 ? counts[slice.total()] : sum(slice.parts());
    }

    private long sum(List<Integer> cells) {
        long sum = 0;
        for (int cell : cells) {
            sum += counts[cell];
        }
        return sum;
    }

    private static List<Slice> slices(int dimensions, List<List<String>> levels) {
        List<Slice> slices = new ArrayList<>();
        for (int dimension = 0; dimension < dimensions; dimension++) {
            Map<List<String>, List<Integer>> groups = new LinkedHashMap<>();
            for (int cell = 0; cell < levels.size(); cell++) {
                List<String> others = new ArrayList<>(levels.get(cell));
                others.remove(dimension);
                // Two ways to write the word Total are one total.
                others.replaceAll(level -> isTotal(level) ? FrequencyTable.TOTAL : level);
                groups.computeIfAbsent(others, _ -> new ArrayList<>()).add(cell);
            }
            int varying = dimension;
            groups.values().forEach(group -> {
                int total = -1;
                List<Integer> parts = new ArrayList<>();
                for (int cell : group) {
                    if (isTotal(levels.get(cell).get(varying))) {
                        total = cell;
                    } else {
                        parts.add(cell);
                    }
                }
                slices.add(new Slice(varying, total, parts));
            });
        }
        return List.copyOf(slices);
    }
}
