package org.vauban.disclosure;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vauban.output.EffectEstimates;

/** Effect estimates as they may be seen. */
public final class ShownEstimates implements Shown {
    private final String name;
    private final List<Row> rows;

    ShownEstimates(String name, List<Row> rows) {
        this.name = name;
        this.rows = List.copyOf(rows);
    }

    @Override
    public String name() {
        return name;
    }

    public List<Row> rows() {
        return rows;
    }

    /**
     * One estimate; words as in {@link org.vauban.output.EffectEstimates.Row}. Counts are rounded if the rules say so,
     * estimate, limits and standard error have four significant digits, p has two.
     */
    public record Row(
            String analysis,
            String target,
            String comparator,
            String outcome,
            String method,
            String estimand,
            String estimateName,
            double estimate,
            double ciLow,
            double ciHigh,
            OptionalDouble standardErrorLog,
            OptionalDouble p,
            long targets,
            long comparators,
            long targetEvents,
            long comparatorEvents,
            Optional<EffectEstimates.Calibrated> calibrated) {}
}
