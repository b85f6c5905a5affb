package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.vauban.output.MagnitudeTable;

/** Reviews a table of sums that was made here. */
final class MagnitudeReview {
    private final MagnitudeTable table;
    private final DisclosureRules rules;
    private final MagnitudeCheck check;

    private MagnitudeReview(MagnitudeTable table, DisclosureRules rules) {
        this.table = table;
        this.rules = rules;
        List<MagnitudeTable.Cell> cells = table.cells();
        var persons = new CountTable(
                table.dimensions().size(),
                cells.stream().map(MagnitudeTable.Cell::levels).toList(),
                cells.stream().mapToLong(MagnitudeTable.Cell::count).toArray(),
                structuralZeros(),
                cells.stream().mapToLong(cell -> cell.largestHolder().orElse(0)).toArray());
        this.check = new MagnitudeCheck(
                persons,
                table.dimensions(),
                cells.stream()
                        .map(cell -> new MagnitudeCheck.Sum(cell.sum(), cell.largest(), cell.negative()))
                        .toList(),
                rules,
                variable -> table.sensitive().contains(variable) || rules.isSensitive(variable));
    }

    static Verdict review(MagnitudeTable table, DisclosureRules rules) {
        var review = new MagnitudeReview(table, rules);
        return switch (review.check.result()) {
            case TableCheck.Protectable(var _, var shown, var suppression) -> review.cleared(shown, suppression);
            case TableCheck.Refused refused ->
                new WithheldOutput(
                        table.name(),
                        refused.reasons(cell -> place(table.cells().get(cell))));
        };
    }

    private boolean[] structuralZeros() {
        boolean[] structural = new boolean[table.cells().size()];
        for (int place = 0; place < structural.length; place++) {
            MagnitudeTable.Cell cell = table.cells().get(place);
            structural[place] = cell.count() == 0
                    && rules.structuralZeros().stream()
                            .anyMatch(zero -> zero.covers(table.dimensions(), cell.levels()));
        }
        return structural;
    }

    private Cleared cleared(List<OptionalLong> shown, SecondarySuppression suppression) {
        List<Integer> order = IntStream.range(0, shown.size())
                .boxed()
                .sorted(Comparator.comparing(
                        (Integer cell) -> table.cells().get(cell).levels(), TableReview::byLevels))
                .toList();
        List<Integer> percents = percents(shown);
        List<ShownMagnitudes.Cell> visible = new ArrayList<>();
        List<Cleared.Behind> behind = new ArrayList<>();
        int suppressed = 0;
        for (int place : order) {
            MagnitudeTable.Cell cell = table.cells().get(place);
            if (shown.get(place).isPresent()) {
                cell.persons().ifPresent(set -> behind.add(new Cleared.Behind(place(cell), set)));
            } else {
                suppressed++;
            }
            visible.add(cell(cell, shown.get(place), percents));
        }
        return new ClearedOutput(
                new ShownMagnitudes(table.name(), table.measure(), table.dimensions(), percents, visible),
                behind,
                new Cleared.Tally(shown.size(), suppressed, shown.size() - suppressed),
                Optional.of(suppression));
    }

    private List<Integer> percents(List<OptionalLong> shown) {
        return IntStream.range(0, shown.size())
                .filter(cell -> shown.get(cell).isPresent())
                .mapToObj(cell -> table.cells().get(cell))
                .flatMap(cell -> cell.percentiles().stream()
                        .filter(point -> check.shown(point.percent(), point.value(), cell.count())
                                .isPresent()))
                .map(MagnitudeTable.Percentile::percent)
                .distinct()
                .sorted()
                .toList();
    }

    private ShownMagnitudes.Cell cell(MagnitudeTable.Cell cell, OptionalLong persons, List<Integer> percents) {
        boolean isShown = persons.isPresent();
        return new ShownMagnitudes.Cell(
                cell.levels(),
                persons,
                isShown ? OptionalDouble.of(Digits.three(cell.sum())) : OptionalDouble.empty(),
                // Of what is shown: the exact mean would give the exact number of persons back.
                isShown && persons.getAsLong() > 0
                        ? OptionalDouble.of(Digits.three(Digits.three(cell.sum()) / persons.getAsLong()))
                        : OptionalDouble.empty(),
                percents.stream()
                        .map(percent -> isShown ? percentile(cell, percent) : OptionalDouble.empty())
                        .toList());
    }

    private OptionalDouble percentile(MagnitudeTable.Cell cell, int percent) {
        return cell.percentiles().stream()
                .filter(point -> point.percent() == percent)
                .findFirst()
                .map(point -> check.shown(percent, point.value(), cell.count()))
                .orElse(OptionalDouble.empty());
    }

    private static String place(MagnitudeTable.Cell cell) {
        return String.join(" / ", cell.levels());
    }
}
