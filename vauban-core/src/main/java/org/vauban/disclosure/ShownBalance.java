package org.vauban.disclosure;

import java.util.List;
import java.util.OptionalDouble;
import org.vauban.output.CovariateBalance;

/** The balance of two arms as it may be seen. */
public final class ShownBalance implements Shown {
    private final String name;
    private final String target;
    private final String comparator;
    private final List<Row> rows;
    private final int hidden;
    private final Diagnostics diagnostics;

    ShownBalance(String name, String target, String comparator, List<Row> rows, int hidden, Diagnostics diagnostics) {
        this.name = name;
        this.target = target;
        this.comparator = comparator;
        this.rows = List.copyOf(rows);
        this.hidden = hidden;
        this.diagnostics = diagnostics;
    }

    @Override
    public String name() {
        return name;
    }

    public String target() {
        return target;
    }

    public String comparator() {
        return comparator;
    }

    public List<Row> rows() {
        return rows;
    }

    /** How many covariates there are that are not among the rows. */
    public int hidden() {
        return hidden;
    }

    public Diagnostics diagnostics() {
        return diagnostics;
    }

    /** One covariate. Means before come from counts as they may be shown; all else has two decimals. */
    public record Row(
            String covariate,
            double targetBefore,
            double comparatorBefore,
            double targetAfter,
            double comparatorAfter,
            double differenceBefore,
            double differenceAfter) {}

    /**
     * Words as in {@link CovariateBalance.Diagnostics}, with two decimals.
     *
     * @param largestBefore among the rows shown
     * @param largestAfter among the rows shown
     * @param concerns from all covariates, shown or not
     */
    public record Diagnostics(
            double discrimination,
            double equipoise,
            double largestBefore,
            double largestAfter,
            double byChance,
            double detectableRatio,
            OptionalDouble systematicError,
            List<CovariateBalance.Concern> concerns) {
        public Diagnostics {
            concerns = List.copyOf(concerns);
        }
    }
}
