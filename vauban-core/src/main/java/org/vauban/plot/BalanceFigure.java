package org.vauban.plot;

import java.util.List;

/**
 * How far two arms differ in each covariate, before and after they were made comparable (a love plot).
 *
 * @param id unique in its page
 * @param words title, description, language
 * @param axis what the axis shows
 * @param before the name of the marks before
 * @param after the name of the marks after
 * @param limit up to which a difference is small
 * @param rows covariates from top to bottom
 */
public record BalanceFigure(
        String id, FigureWords words, String axis, String before, String after, double limit, List<Row> rows)
        implements Figure {
    public BalanceFigure {
        rows = List.copyOf(rows);
        if (rows.isEmpty() || !(limit > 0)) {
            throw new IllegalArgumentException("A balance has a covariate and a limit");
        }
        for (Row row : rows) {
            if (!(row.before() >= 0) || !(row.after() >= 0)) {
                throw new IllegalArgumentException("A difference is shown by its size");
            }
        }
    }

    /** One covariate's differences, without their signs. */
    public record Row(String label, double before, double after) {}
}
