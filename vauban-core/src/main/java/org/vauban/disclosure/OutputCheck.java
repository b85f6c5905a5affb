package org.vauban.disclosure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * {@code output check}: the disclosure check of one table from a file, for people who want the checker alone. The table needs
 * no hub, no permit and no study. The format is described in {@code docs/formats/output-check.md}.
 *
 * <p>Without a rules file every variable is sensitive, zeros are hidden unless structural, and shown counts are exact: the
 * check says which counts are safe as they are. A rules file can ask for rounding.
 */
public final class OutputCheck {
    private OutputCheck() {}

    /**
     * What the caller asks for.
     *
     * @param countColumn the name of the column of counts; when empty, {@code n} or {@code count}
     * @param threshold the threshold; when empty, that of the rules file, or 11
     * @param rules a file of {@link DisclosureRules}
     */
    public record Options(Optional<String> countColumn, OptionalInt threshold, Optional<Path> rules) {
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
        TableFile read = TableFile.read(file, options.countColumn());
        var table = new CountTable(
                read.dimensions().size(),
                read.levels(),
                read.counts().stream().mapToLong(Long::longValue).toArray(),
                structuralZeros(read, rules));
        return switch (new TableCheck(table, read.dimensions(), rules, rules::isSensitive).result()) {
            case TableCheck.Protectable(var statuses, var shown) ->
                new OutputCheckResult(OutputCheckResult.Outcome.CLEARED, rules, cells(statuses, shown), List.of());
            case TableCheck.Refused(var statuses, var code, var about) ->
                new OutputCheckResult(
                        OutputCheckResult.Outcome.WITHHELD, rules, hidden(statuses), reasons(code, about));
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

    private static List<OutputCheckResult.Cell> cells(List<TableProtector.Status> statuses, List<OptionalLong> shown) {
        List<OutputCheckResult.Cell> cells = new ArrayList<>();
        for (int row = 0; row < statuses.size(); row++) {
            cells.add(new OutputCheckResult.Cell(row, status(statuses.get(row)), shown.get(row)));
        }
        return cells;
    }

    private static List<OutputCheckResult.Cell> hidden(List<TableProtector.Status> statuses) {
        return cells(statuses, Collections.nCopies(statuses.size(), OptionalLong.empty()));
    }

    private static OutputCheckResult.Status status(TableProtector.Status status) {
        return switch (status) {
            case SHOWN -> OutputCheckResult.Status.SHOWN;
            case PRIMARY -> OutputCheckResult.Status.PRIMARY;
            case SECONDARY -> OutputCheckResult.Status.SECONDARY;
        };
    }

    private static List<Reason> reasons(Reason.Code code, List<Integer> rows) {
        return rows.isEmpty()
                ? List.of(Reason.of(code))
                : rows.stream().map(row -> Reason.of(code, "row " + row)).toList();
    }
}
