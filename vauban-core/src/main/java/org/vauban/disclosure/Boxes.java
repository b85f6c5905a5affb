package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vauban.output.FrequencyTable;

/**
 * The boxes of a table that have one cell as a corner. When a corner rises by one, each neighbour along an edge falls by one,
 * so that their sum stays; or rises by one, if one of the two is the total of the other. All given sums are kept.
 */
final class Boxes {
    private final CountTable table;
    private final int corner;
    private final Map<List<String>, Integer> places = new HashMap<>();
    private final List<Set<String>> others = new ArrayList<>();

    Boxes(CountTable table, int corner) {
        this.table = table;
        this.corner = corner;
        for (int dimension = 0; dimension < table.dimensions(); dimension++) {
            others.add(new LinkedHashSet<>());
        }
        for (int cell = 0; cell < table.size(); cell++) {
            List<String> levels = normal(table.levels(cell));
            places.put(levels, cell);
            for (int dimension = 0; dimension < levels.size(); dimension++) {
                others.get(dimension).add(levels.get(dimension));
            }
        }
        List<String> own = normal(table.levels(corner));
        for (int dimension = 0; dimension < own.size(); dimension++) {
            others.get(dimension).remove(own.get(dimension));
        }
    }

    /** A corner and whether it moves with the first one or against it. */
    private record Corner(int cell, int sign) {}

    /** The cheapest of the boxes whose corners can all move by so much. */
    Optional<long[]> cheapest(long amount, Movements.Room room) {
        Optional<long[]> best = Optional.empty();
        double least = Double.POSITIVE_INFINITY;
        for (List<Corner> box : boxes(0, List.of(new Corner(corner, 1)))) {
            long[] movement = new long[table.size()];
            box.forEach(each -> movement[each.cell()] = each.sign() * amount);
            if (box.stream().allMatch(each -> room.allows(each.cell(), movement[each.cell()]))
                    && room.cost(movement) < least) {
                least = room.cost(movement);
                best = Optional.of(movement);
            }
        }
        return best;
    }

    /** Doubles a part of a box along one dimension after the other; a box with a corner that is not in the table is none. */
    private List<List<Corner>> boxes(int dimension, List<Corner> corners) {
        if (dimension == table.dimensions()) {
            return List.of(corners);
        }
        List<List<Corner>> boxes = new ArrayList<>();
        for (String other : others.get(dimension)) {
            List<Corner> more = new ArrayList<>(corners);
            for (Corner each : corners) {
                List<String> levels = new ArrayList<>(normal(table.levels(each.cell())));
                boolean oneIsTotal = CountTable.isTotal(levels.get(dimension)) != CountTable.isTotal(other);
                levels.set(dimension, other);
                Integer cell = places.get(levels);
                if (cell != null) {
                    more.add(new Corner(cell, oneIsTotal ? each.sign() : -each.sign()));
                }
            }
            if (more.size() == 2 * corners.size()) {
                boxes.addAll(boxes(dimension + 1, more));
            }
        }
        return boxes;
    }

    private static List<String> normal(List<String> levels) {
        return levels.stream()
                .map(level -> CountTable.isTotal(level) ? FrequencyTable.TOTAL : level)
                .toList();
    }
}
