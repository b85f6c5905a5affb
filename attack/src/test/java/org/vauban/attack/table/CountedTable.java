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

    /**
     * A table of two to four dimensions with up to about 100 cells, one in four with a hierarchy, up to 60 % of its cells empty, and one in four of
     * those without a row for what is empty; rows in any order.
     */
    static CountedTable random(RandomGenerator random) {
        int[] levels = switch (random.nextInt(8)) {
            case 0, 1 -> new int[] {2 + random.nextInt(2), 2 + random.nextInt(2), 2 + random.nextInt(3)};
            case 2 -> new int[] {2, 2, 2, 2 + random.nextInt(2)};
            default -> new int[] {2 + random.nextInt(6), 2 + random.nextInt(6)};
        };
        double empty = random.nextInt(4) * 0.2;
        double largest = 20 << random.nextInt(7);
        long[] counts = IntStream.range(0, IntStream.of(levels).reduce(1, (one, other) -> one * other))
                .mapToLong(_ -> random.nextDouble() < empty
                        ? 0
                        // Sizes as in life: few large groups, many small ones.
                        : (long) Math.exp(random.nextDouble() * Math.log(largest)))
                .toArray();
        CountedTable table = crossed(levels, counts);
        if (levels.length < 4 && random.nextInt(4) == 0) {
            table = table.inRegions(2);
        }
        if (random.nextInt(4) == 0) {
            table = table.without(cell -> cell.count() == 0);
        }
        List<Cell> cells = new ArrayList<>(table.cells());
        Collections.shuffle(cells, java.util.Random.from(random));
        return new CountedTable(cells);
    }

    /** The first dimension as districts, each in one region; regions have totals and stand beside each other under the whole. */
    CountedTable inRegions(int regions) {
        Map<List<String>, Long> sums = new LinkedHashMap<>();
        for (Cell cell : cells) {
            String district = cell.levels().getFirst();
            boolean whole = district.equals(PublishedTable.TOTAL);
            String region = whole ? PublishedTable.TOTAL : "R" + Integer.parseInt(district.substring(1)) % regions;
            List<String> levels = new ArrayList<>(cell.levels());
            levels.addFirst(region);
            sums.put(List.copyOf(levels), cell.count());
            if (!whole) {
                levels.set(1, PublishedTable.TOTAL);
                sums.merge(List.copyOf(levels), cell.count(), Long::sum);
            }
        }
        return new CountedTable(sums.entrySet().stream()
                .map(entry -> new Cell(entry.getKey(), entry.getValue()))
                .toList());
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
