package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Categories of one variable to be taken together, so that a table that cannot leave as it is can leave then. For the table's author: it tells
 * which categories are small.
 *
 * @param dimension the variable
 * @param levels the categories that become one, at least two
 */
public record Merging(String dimension, List<String> levels) {
    public Merging {
        levels = List.copyOf(levels);
        if (levels.size() < 2) {
            throw new IllegalArgumentException("At least two categories become one");
        }
    }

    /** Beyond so many categories taken together, leaving the variable out is the better advice. */
    private static final int LEVELS_MAX = 4;

    /** In words: {@code age: 0-9 + 10-19}. */
    public String text() {
        return dimension + ": " + String.join(" + ", levels);
    }

    /**
     * The first merging that helps: variable by variable the two smallest categories, then the three smallest, and so on.
     *
     * @param passes whether a table could leave
     */
    static Optional<Merging> proposal(CountTable table, List<String> dimensions, Predicate<CountTable> passes) {
        for (int together = 2; together <= LEVELS_MAX; together++) {
            for (int dimension = 0; dimension < dimensions.size(); dimension++) {
                List<String> bySize = levelsBySize(table, dimension);
                if (bySize.size() > together) {
                    List<String> smallest = bySize.subList(0, together);
                    if (passes.test(merged(table, dimension, Set.copyOf(smallest)))) {
                        return Optional.of(new Merging(
                                dimensions.get(dimension),
                                smallest.stream().sorted().toList()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> levelsBySize(CountTable table, int dimension) {
        Map<String, Long> persons = new LinkedHashMap<>();
        int fewestTotals = Integer.MAX_VALUE;
        for (int cell = 0; cell < table.size(); cell++) {
            fewestTotals = Math.min(fewestTotals, totals(table, cell));
        }
        for (int cell = 0; cell < table.size(); cell++) {
            if (totals(table, cell) == fewestTotals) {
                persons.merge(table.levels(cell).get(dimension), table.count(cell), Long::sum);
            }
        }
        return persons.entrySet().stream()
                .filter(level -> !CountTable.isTotal(level.getKey()))
                .sorted(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static int totals(CountTable table, int cell) {
        return (int) table.levels(cell).stream().filter(CountTable::isTotal).count();
    }

    private static CountTable merged(CountTable table, int dimension, Set<String> levels) {
        String name = levels.stream().sorted().collect(Collectors.joining(" + "));
        Map<List<String>, Long> counts = new LinkedHashMap<>();
        Map<List<String>, Boolean> impossible = new LinkedHashMap<>();
        for (int cell = 0; cell < table.size(); cell++) {
            List<String> place = new ArrayList<>(table.levels(cell));
            if (levels.contains(place.get(dimension))) {
                place.set(dimension, name);
            }
            counts.merge(place, table.count(cell), Long::sum);
            impossible.merge(place, table.isStructuralZero(cell), Boolean::logicalAnd);
        }
        List<List<String>> places = List.copyOf(new LinkedHashSet<>(counts.keySet()));
        boolean[] structural = new boolean[places.size()];
        for (int cell = 0; cell < structural.length; cell++) {
            structural[cell] = impossible.getOrDefault(places.get(cell), false);
        }
        return new CountTable(
                table.dimensions(),
                places,
                places.stream().mapToLong(counts::get).toArray(),
                structural);
    }
}
