package org.vauban.attack.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table with its true counts, totals included. */
record CountedTable(List<Cell> cells) {
    record Cell(List<String> levels, long count) {}

    /** A table of one dimension with its total. */
    static CountedTable line(long... counts) {
        return crossed(new int[] {counts.length}, counts);
    }

    /** A table of two dimensions with all totals, row by row. */
    static CountedTable rows(int rows, long... counts) {
        return crossed(new int[] {rows, counts.length / rows}, counts);
    }

    /** A table of any dimensions with all totals; the last dimension varies fastest. */
    static CountedTable crossed(int[] levels, long... counts) {
        Map<List<String>, Long> sums = new LinkedHashMap<>();
        for (int place = 0; place < counts.length; place++) {
            List<String> inner = new ArrayList<>();
            int rest = place;
            for (int dimension = levels.length - 1; dimension >= 0; dimension--) {
                inner.addFirst("L" + rest % levels[dimension]);
                rest /= levels[dimension];
            }
            for (int totals = 0; totals < 1 << levels.length; totals++) {
                List<String> cell = new ArrayList<>(inner);
                for (int dimension = 0; dimension < levels.length; dimension++) {
                    if ((totals >> dimension & 1) == 1) {
                        cell.set(dimension, PublishedTable.TOTAL);
                    }
                }
                sums.merge(cell, counts[place], Long::sum);
            }
        }
        return new CountedTable(sums.entrySet().stream()
                .map(entry -> new Cell(entry.getKey(), entry.getValue()))
                .toList());
    }

    /** A table of two or three dimensions with up to about 60 cells, up to 60 % of them empty, rows in any order. */
    static CountedTable random(RandomGenerator random) {
        int[] levels = random.nextInt(3) > 0
                ? new int[] {2 + random.nextInt(6), 2 + random.nextInt(6)}
                : new int[] {2 + random.nextInt(2), 2 + random.nextInt(2), 2 + random.nextInt(3)};
        double empty = random.nextInt(4) * 0.2;
        double largest = 20 << random.nextInt(7);
        long[] counts = IntStream.range(0, IntStream.of(levels).reduce(1, (one, other) -> one * other))
                .mapToLong(_ -> random.nextDouble() < empty
                        ? 0
                        // Sizes as in life: few large groups, many small ones.
                        : (long) Math.exp(random.nextDouble() * Math.log(largest)))
                .toArray();
        List<Cell> cells = new ArrayList<>(crossed(levels, counts).cells());
        Collections.shuffle(cells, java.util.Random.from(random));
        return new CountedTable(cells);
    }

    CountedTable without(java.util.function.Predicate<Cell> left) {
        return new CountedTable(cells.stream().filter(left.negate()).toList());
    }

    String csv() {
        int dimensions = cells.getFirst().levels().size();
        String header =
                IntStream.range(0, dimensions).mapToObj(number -> "d" + number).collect(Collectors.joining(","));
        return cells.stream()
                .map(cell -> String.join(",", cell.levels()) + "," + cell.count())
                .collect(Collectors.joining("\n", header + ",n\n", "\n"));
    }
}
