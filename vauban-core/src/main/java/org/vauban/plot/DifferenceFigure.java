package org.vauban.plot;

import java.util.List;

/**
 * Standardised differences of two groups, one row each, around 0: a love plot (Ahmed and others 2006).
 *
 * @param id unique in its page
 * @param words title, description, language
 * @param axis what is shown
 * @param lower what lies left of 0
 * @param higher what lies right of 0
 * @param notable the size from which a difference is notable, marked on both sides
 * @param rows from top to bottom
 */
public record DifferenceFigure(
        String id, FigureWords words, String axis, String lower, String higher, double notable, List<Row> rows)
        implements Figure {
    /** As many as can be read. */
    public static final int ROWS_MAX = 25;

    public DifferenceFigure {
        rows = List.copyOf(rows);
        if (rows.isEmpty() || rows.size() > ROWS_MAX || !(notable > 0)) {
            throw new IllegalArgumentException("A figure has 1 to " + ROWS_MAX + " rows and a size that is notable");
        }
    }

    /** One difference. */
    public record Row(String label, double difference) {
        public Row {
            if (!Double.isFinite(difference)) {
                throw new IllegalArgumentException("A difference is a number");
            }
        }
    }
}
