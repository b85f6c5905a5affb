package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.vauban.output.FrequencyTable;

/** Reviews a table of counts that was made here. */
final class TableReview {
    private TableReview() {}

    static Verdict review(FrequencyTable table, DisclosureRules rules) {
        List<FrequencyTable.Cell> cells = table.cells();
        var counts = new CountTable(
                table.dimensions().size(),
                cells.stream().map(FrequencyTable.Cell::levels).toList(),
                cells.stream().mapToLong(FrequencyTable.Cell::count).toArray(),
                structuralZeros(table, rules),
                cells.stream().mapToLong(cell -> cell.largestHolder().orElse(0)).toArray());
        var check = new TableCheck(
                counts,
                table.dimensions(),
                rules,
                variable -> table.sensitive().contains(variable) || rules.isSensitive(variable));
        return switch (check.result()) {
            case TableCheck.Protectable(var _, var shown, var suppression) -> cleared(table, shown, suppression, rules);
            case TableCheck.Refused refused ->
                new WithheldOutput(table.name(), refused.reasons(cell -> place(cells.get(cell))));
        };
    }

    private static boolean[] structuralZeros(FrequencyTable table, DisclosureRules rules) {
        boolean[] structural = new boolean[table.cells().size()];
        for (int index = 0; index < structural.length; index++) {
            FrequencyTable.Cell cell = table.cells().get(index);
            structural[index] = cell.structuralZero()
                    || (cell.count() == 0
                            && rules.structuralZeros().stream()
                                    .anyMatch(zero -> zero.covers(table.dimensions(), cell.levels())));
        }
        return structural;
    }

    private static Cleared cleared(
            FrequencyTable table, List<OptionalLong> shown, SecondarySuppression suppression, DisclosureRules rules) {
        List<FrequencyTable.Cell> cells = table.cells();
        List<Integer> order = IntStream.range(0, cells.size())
                .boxed()
                .sorted(Comparator.comparing((Integer cell) -> cells.get(cell).levels(), TableReview::byLevels))
                .toList();
        List<ShownTable.Cell> visible = new ArrayList<>();
        List<Cleared.Behind> persons = new ArrayList<>();
        int suppressed = 0;
        int rounded = 0;
        for (int index : order) {
            FrequencyTable.Cell cell = cells.get(index);
            visible.add(new ShownTable.Cell(cell.levels(), shown.get(index)));
            if (shown.get(index).isPresent()) {
                cell.persons().ifPresent(set -> persons.add(new Cleared.Behind(place(cell), set)));
                rounded += rules.rounding() != Rounding.NONE && cell.count() > 0 ? 1 : 0;
            } else {
                suppressed++;
            }
        }
        return new ClearedOutput(
                new ShownTable(table.name(), table.dimensions(), visible),
                persons,
                new Cleared.Tally(cells.size(), suppressed, rounded),
                Optional.of(suppression));
    }

    /** Alphabetical, totals last: the order of rows carries no message. */
    static int byLevels(List<String> one, List<String> other) {
        for (int dimension = 0; dimension < one.size(); dimension++) {
            String left = one.get(dimension);
            String right = other.get(dimension);
            int compared = Boolean.compare(CountTable.isTotal(left), CountTable.isTotal(right));
            if (compared == 0) {
                compared = left.compareTo(right);
            }
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private static String place(FrequencyTable.Cell cell) {
        return String.join(" / ", cell.levels());
    }
}
