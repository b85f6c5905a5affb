package org.vauban.app.laboratory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.vauban.disclosure.Disclosure;
import org.vauban.disclosure.DisclosureRules;
import org.vauban.output.FrequencyTable;

/**
 * What the verdict on a table of 500 cells costs. Tables are made, always the same: few large groups and many small ones, one cell in five empty.
 *
 * @param cells of each table, totals included
 * @param median seconds of one verdict, of the tables of its shape
 * @param largest seconds of the slowest
 */
public record TableBench(int cells, double median, double largest) {
    private static final int TABLES = 11;
    private static final double EMPTY = 0.2;
    private static final double LARGEST_COUNT = 3_000;
    private static final double NANOSECONDS_IN_A_SECOND = 1e9;

    /** Tables of one shape, each with all totals. */
    public static TableBench of(int... levels) {
        var random = new SplittableRandom(500);
        List<FrequencyTable> tables = new ArrayList<>();
        for (int number = 0; number < TABLES; number++) {
            tables.add(table(levels, random));
        }
        // The first one warms up what the others are measured with.
        Disclosure.review(tables.getFirst(), DisclosureRules.standard());
        List<Double> seconds = tables.stream()
                .map(table -> {
                    long started = System.nanoTime();
                    Disclosure.review(table, DisclosureRules.standard());
                    return (System.nanoTime() - started) / NANOSECONDS_IN_A_SECOND;
                })
                .sorted()
                .toList();
        return new TableBench(tables.getFirst().cells().size(), seconds.get(TABLES / 2), seconds.getLast());
    }

    private static FrequencyTable table(int[] levels, SplittableRandom random) {
        int inner = 1;
        for (int level : levels) {
            inner *= level;
        }
        Map<List<String>, Long> sums = new LinkedHashMap<>();
        for (int place = 0; place < inner; place++) {
            long count =
                    random.nextDouble() < EMPTY ? 0 : (long) Math.exp(random.nextDouble() * Math.log(LARGEST_COUNT));
            for (int totals = 0; totals < 1 << levels.length; totals++) {
                List<String> cell = new ArrayList<>();
                int rest = place;
                for (int dimension = 0; dimension < levels.length; dimension++) {
                    cell.add((totals >> dimension & 1) == 1 ? FrequencyTable.TOTAL : "L" + rest % levels[dimension]);
                    rest /= levels[dimension];
                }
                sums.merge(cell, count, Long::sum);
            }
        }
        List<String> dimensions = new ArrayList<>();
        for (int dimension = 0; dimension < levels.length; dimension++) {
            dimensions.add("d" + dimension);
        }
        return new FrequencyTable(
                "table",
                dimensions,
                sums.entrySet().stream()
                        .map(each -> new FrequencyTable.Cell(each.getKey(), each.getValue(), Optional.empty(), false))
                        .toList(),
                Set.of());
    }
}
