package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.vauban.output.FrequencyTable;
import org.vauban.output.PersonSet;

/** Small tables for tests, with all totals. */
final class Tables {
    private Tables() {}

    /** One dimension named {@code group} with levels L0, L1 and so on. */
    static FrequencyTable line(long... counts) {
        return crossed(new int[] {counts.length}, counts);
    }

    static FrequencyTable rows(int rows, long... counts) {
        return crossed(new int[] {rows, counts.length / rows}, counts);
    }

    static FrequencyTable crossed(int[] levels, long... counts) {
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
                        cell.set(dimension, FrequencyTable.TOTAL);
                    }
                }
                sums.merge(cell, counts[place], Long::sum);
            }
        }
        return table(
                IntStream.range(0, levels.length)
                        .mapToObj(number -> "d" + number)
                        .toList(),
                sums.entrySet().stream()
                        .map(entry ->
                                new FrequencyTable.Cell(entry.getKey(), entry.getValue(), Optional.empty(), false))
                        .toList());
    }

    static FrequencyTable table(List<String> dimensions, List<FrequencyTable.Cell> cells) {
        return new FrequencyTable("table", dimensions, cells, Set.copyOf(dimensions));
    }

    /** The same table with impossible combinations marked. */
    static FrequencyTable withStructuralZero(FrequencyTable table, String... levels) {
        return new FrequencyTable(
                table.name(),
                table.dimensions(),
                table.cells().stream()
                        .map(cell -> cell.levels().equals(List.of(levels))
                                ? new FrequencyTable.Cell(cell.levels(), 0, cell.persons(), true)
                                : cell)
                        .toList(),
                table.sensitive());
    }

    static FrequencyTable random(RandomGenerator random) {
        int[] levels = random.nextInt(3) > 0
                ? new int[] {2 + random.nextInt(6), 2 + random.nextInt(6)}
                : new int[] {2 + random.nextInt(2), 2 + random.nextInt(2), 2 + random.nextInt(3)};
        double empty = random.nextInt(4) * 0.2;
        double largest = 20 << random.nextInt(7);
        return crossed(
                levels,
                IntStream.range(0, IntStream.of(levels).reduce(1, (one, other) -> one * other))
                        .mapToLong(_ -> random.nextDouble() < empty
                                ? 0
                                : (long) Math.exp(random.nextDouble() * Math.log(largest)))
                        .toArray());
    }

    /**
     * A table of one to four dimensions with all totals, full or sparse, one in three with a hierarchy: districts of regions, where a district is
     * in one region.
     */
    static FrequencyTable varied(RandomGenerator random, int cellsMin, int cellsMax) {
        while (true) {
            int dimensions = Math.max(1, Math.min(4, (int) Math.round(2.4 + random.nextGaussian() * 0.8)));
            boolean hierarchy = random.nextInt(3) == 0;
            int[] levels = random.ints(dimensions, 2, dimensions < 3 ? 40 : dimensions == 3 ? 12 : 6)
                    .toArray();
            int regions = 2 + random.nextInt(5);
            int cells = IntStream.of(levels).map(level -> level + 1).reduce(1, (one, other) -> one * other)
                    + (hierarchy
                            ? IntStream.of(levels)
                                    .skip(1)
                                    .map(level -> level + 1)
                                    .reduce(regions, (a, b) -> a * b)
                            : 0);
            if (cells >= cellsMin && cells <= cellsMax) {
                double empty = random.nextInt(4) * 0.25;
                double largest = 30 << random.nextInt(7);
                long[] counts = IntStream.range(0, IntStream.of(levels).reduce(1, (one, other) -> one * other))
                        .mapToLong(_ -> random.nextDouble() < empty
                                ? 0
                                : (long) Math.exp(random.nextDouble() * Math.log(largest)))
                        .toArray();
                FrequencyTable flat = crossed(levels, counts);
                return hierarchy ? inRegions(flat, regions) : flat;
            }
        }
    }

    /** The first dimension as districts, each in the region of its number. */
    static FrequencyTable inRegions(FrequencyTable flat, int regions) {
        Map<List<String>, Long> sums = new LinkedHashMap<>();
        for (FrequencyTable.Cell cell : flat.cells()) {
            String district = cell.levels().getFirst();
            List<String> others = cell.levels().subList(1, cell.levels().size());
            if (district.equals(FrequencyTable.TOTAL)) {
                sums.put(with(district, district, others), cell.count());
            } else {
                String region = "R" + Integer.parseInt(district.substring(1)) % regions;
                sums.put(with(region, district, others), cell.count());
                sums.merge(with(region, FrequencyTable.TOTAL, others), cell.count(), Long::sum);
            }
        }
        List<String> dimensions = new java.util.ArrayList<>(flat.dimensions());
        dimensions.addFirst("region");
        return table(
                dimensions,
                sums.entrySet().stream()
                        .map(entry ->
                                new FrequencyTable.Cell(entry.getKey(), entry.getValue(), Optional.empty(), false))
                        .toList());
    }

    private static List<String> with(String region, String district, List<String> others) {
        List<String> levels = new java.util.ArrayList<>(List.of(region, district));
        levels.addAll(others);
        return levels;
    }

    /** Persons with consecutive ids. */
    static PersonSet persons(long first, long howMany) {
        return PersonSet.of(LongStream.range(first, first + howMany).toArray());
    }

    static DisclosureRules exact() {
        return DisclosureRules.standard().withRounding(Rounding.NONE);
    }

    /** What a verdict shows for a cell, as text; the verdict must be cleared. */
    static String shown(Verdict verdict, String... levels) {
        return content(verdict).cells().stream()
                .filter(cell -> cell.levels().equals(List.of(levels)))
                .map(ShownTable.Cell::text)
                .findFirst()
                .orElseThrow();
    }

    static ShownTable content(Verdict verdict) {
        return (ShownTable) ((Cleared) verdict).content();
    }

    static List<Reason.Code> codes(Verdict verdict) {
        return ((Withheld) verdict).reasons().stream().map(Reason::code).toList();
    }
}
