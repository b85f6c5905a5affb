package org.vauban.disclosure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code output check} answers. It is for the person who checks: who may tell small cells from those hidden for others.
 * Outside, a hidden cell has the one mark {@link ShownTable#MARK}.
 *
 * @param outcome whether the table may be shown with the hidden cells marked
 * @param rules the rules that were applied
 * @param cells one per row of the file, in its order
 * @param reasons why it is withheld; empty when cleared
 * @param suppression how much is hidden to protect other cells; nothing when withheld
 */
public record OutputCheckResult(
        Outcome outcome,
        DisclosureRules rules,
        List<Cell> cells,
        List<Reason> reasons,
        Optional<SecondarySuppression> suppression) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public OutputCheckResult {
        cells = List.copyOf(cells);
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty() != (outcome == Outcome.CLEARED)) {
            throw new IllegalArgumentException("A table is withheld for a reason, and cleared without one");
        }
    }

    /** The verdict on the table as a whole. */
    public enum Outcome {
        /** May be shown; some cells may be hidden. */
        CLEARED,
        /** Nothing of it may be shown. */
        WITHHELD
    }

    /** What becomes of a cell. */
    public enum Status {
        SHOWN,
        /** Hidden because of its own count. */
        PRIMARY,
        /** Hidden to protect others. */
        SECONDARY
    }

    /**
     * One row of the file.
     *
     * @param row its number from 0, the header not counted
     * @param status what becomes of it
     * @param shownValue what may be written; empty when hidden
     * @param figures what may be written beside it, in a table of sums; empty when hidden
     */
    public record Cell(int row, Status status, OptionalLong shownValue, Optional<Figures> figures) {
        @Override
        public String toString() {
            return "Cell[" + row + ", " + status + "]";
        }
    }

    /**
     * The sum of a cell and points of its distribution, as they may be written.
     *
     * @param sum to three significant digits
     * @param percentiles by their percent, to three significant digits; empty where too few persons lie beyond
     */
    public record Figures(double sum, SortedMap<Integer, OptionalDouble> percentiles) {
        @Override
        public String toString() {
            return "Figures";
        }
    }

    public boolean isCleared() {
        return outcome == Outcome.CLEARED;
    }

    /** The contract's JSON document, with reasons in a language. */
    public String toJson(Locale language) {
        ObjectNode document = JSON.createObjectNode();
        document.put("verdict", word(outcome));
        document.put("threshold", rules.threshold());
        document.put("rounding", word(rules.rounding()));
        var rows = document.putArray("cells");
        for (Cell cell : cells) {
            ObjectNode row = rows.addObject();
            row.put("row", cell.row());
            row.put("status", word(cell.status()));
            cell.shownValue().ifPresentOrElse(value -> row.put("shown_value", value), () -> row.putNull("shown_value"));
            cell.figures().ifPresent(figures -> {
                row.put("shown_sum", figures.sum());
                figures.percentiles().forEach((percent, value) -> {
                    if (value.isPresent()) {
                        row.put("shown_p" + percent, value.getAsDouble());
                    } else {
                        row.putNull("shown_p" + percent);
                    }
                });
            });
        }
        suppression.ifPresent(found -> {
            ObjectNode secondary = document.putObject("secondary");
            secondary.put("proof", word(found.proof()));
            secondary.put("cells", found.cells());
            secondary.put("price", found.price());
            secondary.put("at_least", found.atLeast());
        });
        var why = document.putArray("reasons");
        for (Reason reason : reasons) {
            ObjectNode item = why.addObject();
            item.put("code", reason.code().name());
            item.put("place", reason.place());
            item.put("reason", reason.sentence(language));
            item.put("remedy", reason.remedy(language));
            reason.merging().ifPresent(merging -> {
                ObjectNode together = item.putObject("merge");
                together.put("dimension", merging.dimension());
                merging.levels().forEach(together.putArray("levels")::add);
            });
        }
        return JSON.writeValueAsString(document);
    }

    public String toJson() {
        return toJson(Locale.ENGLISH);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
