package org.vauban.plot;

import java.util.List;

/**
 * Ratio estimates with their intervals on a logarithmic axis.
 *
 * @param id unique in its page
 * @param words title, description, language
 * @param ratioAxis what the axis shows, such as {@code Hazard ratio}
 * @param lower what lies below 1, such as {@code lower with celecoxib}
 * @param higher what lies above 1
 * @param columns headings of the figures beside each label
 * @param estimate heading of the written estimate, such as {@code HR (95% CI)}
 * @param rows the estimates, from top to bottom
 */
public record ForestFigure(
        String id,
        FigureWords words,
        String ratioAxis,
        String lower,
        String higher,
        List<String> columns,
        String estimate,
        List<Row> rows)
        implements Figure {
    public ForestFigure {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("A forest has at least one row");
        }
        for (Row row : rows) {
            if (row.cells().size() != columns.size()) {
                throw new IllegalArgumentException("Each row has one cell per column");
            }
        }
    }

    /**
     * One estimate on its natural scale. An open limit is 0 below and infinite above.
     *
     * @param label what was estimated and how
     * @param cells what stands under the columns, as written
     */
    public record Row(String label, List<String> cells, double ratio, double low, double high) {
        public Row {
            cells = List.copyOf(cells);
            if (!(ratio > 0) || !(low >= 0) || !(high >= low)) {
                throw new IllegalArgumentException("A ratio is positive and its limits ascend");
            }
        }
    }
}
