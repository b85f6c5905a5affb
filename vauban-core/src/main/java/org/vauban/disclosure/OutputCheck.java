package org.vauban.disclosure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * {@code output check}: the disclosure check of one table from a file, for people who want the checker alone. The table needs
 * no hub, no permit and no study. The format is described in {@code docs/formats/output-check.md}.
 *
 * <p>Without a rules file every variable is sensitive, zeros are hidden unless structural, and shown counts are exact: the
 * check says which counts are safe as they are. A rules file can ask for rounding. A table of sums is one with a column that is named as such: it is
 * checked as {@link MagnitudeCheck} says.
 */
public final class OutputCheck {
    private OutputCheck() {}

    /**
     * What the caller asks for.
     *
     * @param countColumn the name of the column of counts; when empty, {@code n} or {@code count}
     * @param threshold the threshold; when empty, that of the rules file, or 11
     * @param rules a file of {@link DisclosureRules}
     * @param sumColumn the name of the column of sums, which makes the table one of sums
     * @param holderColumn the name of the column that says of how many persons of a cell its largest data holder knows
     */
    public record Options(
            Optional<String> countColumn,
            OptionalInt threshold,
            Optional<Path> rules,
            Optional<String> sumColumn,
            Optional<String> holderColumn) {
        public Options(Optional<String> countColumn, OptionalInt threshold, Optional<Path> rules) {
            this(countColumn, threshold, rules, Optional.empty(), Optional.empty());
        }

        public Options {
            threshold.ifPresent(asked -> DisclosureRules.standard().withThreshold(asked));
        }

        public static Options none() {
            return new Options(Optional.empty(), OptionalInt.empty(), Optional.empty());
        }

        DisclosureRules disclosureRules() {
            DisclosureRules otherwise = DisclosureRules.standard().withRounding(Rounding.NONE);
            DisclosureRules read =
                    rules.map(file -> DisclosureRules.read(file, otherwise)).orElse(otherwise);
            return threshold.isPresent() ? read.withThreshold(threshold.getAsInt()) : read;
        }
    }

    /** Reads a table and checks it; a wrong file is answered with problems that name line and column. */
    public static OutputCheckResult check(Path file, Options options) {
        DisclosureRules rules = options.disclosureRules();
        TableFile read = TableFile.read(file, options);
        var table = new CountTable(
                read.dimensions().size(),
                read.levels(),
                read.counts().stream().mapToLong(Long::longValue).toArray(),
                structuralZeros(read, rules),
                read.holders().stream().mapToLong(Long::longValue).toArray());
        if (read.magnitudes().isEmpty()) {
            return result(
                    new TableCheck(table, read.dimensions(), rules, rules::isSensitive).result(),
                    rules,
                    _ -> Optional.empty());
        }
        var check = new MagnitudeCheck(
                table,
                read.dimensions(),
                read.magnitudes().stream()
                        .map(magnitude ->
                                new MagnitudeCheck.Sum(magnitude.sum(), magnitude.largest(), magnitude.sum() < 0))
                        .toList(),
                rules,
                rules::isSensitive);
        return result(
                check.result(),
                rules,
                row -> Optional.of(
                        figures(read.magnitudes().get(row), read.counts().get(row), check)));
    }

    private static OutputCheckResult.Figures figures(TableFile.Magnitude magnitude, long count, MagnitudeCheck check) {
        SortedMap<Integer, OptionalDouble> percentiles = new TreeMap<>();
        magnitude
                .percentiles()
                .forEach((percent, value) -> percentiles.put(percent, check.shown(percent, value, count)));
        return new OutputCheckResult.Figures(Digits.three(magnitude.sum()), percentiles);
    }

    private static OutputCheckResult result(
            TableCheck.Result result, DisclosureRules rules, IntFunction<Optional<OutputCheckResult.Figures>> figures) {
        return switch (result) {
            case TableCheck.Protectable(var statuses, var shown, var suppression) ->
                new OutputCheckResult(
                        OutputCheckResult.Outcome.CLEARED,
                        rules,
                        cells(statuses, shown, figures),
                        List.of(),
                        Optional.of(suppression));
            case TableCheck.Refused refused ->
                new OutputCheckResult(
                        OutputCheckResult.Outcome.WITHHELD,
                        rules,
                        cells(
                                refused.statuses(),
                                Collections.nCopies(refused.statuses().size(), OptionalLong.empty()),
                                _ -> Optional.empty()),
                        refused.reasons(row -> "row " + row),
                        Optional.empty());
        };
    }

    private static boolean[] structuralZeros(TableFile table, DisclosureRules rules) {
        boolean[] structural = new boolean[table.counts().size()];
        for (int row = 0; row < structural.length; row++) {
            List<String> levels = table.levels().get(row);
            structural[row] = table.counts().get(row) == 0
                    && rules.structuralZeros().stream().anyMatch(zero -> zero.covers(table.dimensions(), levels));
        }
        return structural;
    }

    private static List<OutputCheckResult.Cell> cells(
            List<TableProtector.Status> statuses,
            List<OptionalLong> shown,
            IntFunction<Optional<OutputCheckResult.Figures>> figures) {
        List<OutputCheckResult.Cell> cells = new ArrayList<>();
        for (int row = 0; row < statuses.size(); row++) {
            cells.add(new OutputCheckResult.Cell(
                    row,
                    status(statuses.get(row)),
                    shown.get(row),
                    shown.get(row).isPresent() ? figures.apply(row) : Optional.empty()));
        }
        return cells;
    }

    private static OutputCheckResult.Status status(TableProtector.Status status) {
        return switch (status) {
            case SHOWN -> OutputCheckResult.Status.SHOWN;
            case PRIMARY -> OutputCheckResult.Status.PRIMARY;
            case SECONDARY -> OutputCheckResult.Status.SECONDARY;
        };
    }
}
