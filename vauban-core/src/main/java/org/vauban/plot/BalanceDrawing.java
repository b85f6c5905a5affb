package org.vauban.plot;

import java.util.List;
import java.util.Locale;
import org.vauban.plot.Svg.Anchor;

/** Draws a round mark before and a square one after for each covariate, on a common axis with the limit. */
final class BalanceDrawing {
    private static final double ROW = 24;
    private static final double LINE = 16;
    private static final double MARK = 4.5;

    private final BalanceFigure figure;
    private final Layout layout;
    private final Svg svg;
    private final Locale language;
    private final double labelWidth;
    private final double left;
    private final double right;
    private final double largest;

    private BalanceDrawing(BalanceFigure figure, Layout layout) {
        this.figure = figure;
        this.layout = layout;
        this.svg = new Svg(figure, layout);
        this.language = figure.words().language();
        this.labelWidth = layout.isNarrow() ? layout.width() - 4 : 330;
        this.left = layout.isNarrow() ? 14 : labelWidth + 18;
        this.right = layout.width() - 18;
        double most = figure.limit();
        for (BalanceFigure.Row row : figure.rows()) {
            most = Math.max(most, Math.max(row.before(), row.after()));
        }
        this.largest = most * 1.05;
    }

    static Svg draw(BalanceFigure figure, Layout layout) {
        var drawing = new BalanceDrawing(figure, layout);
        drawing.legend();
        double bottom = drawing.rows(44);
        drawing.svg.height(drawing.axis(44, bottom));
        return drawing.svg;
    }

    private void legend() {
        double x = layout.isNarrow() ? 8 : left + 6;
        round(x, 18);
        svg.text("vf-ink", Anchor.START, Svg.SMALL, x + 10, 22.5, figure.before());
        double next = x + 10 + TextMeasure.width(figure.before(), Svg.SMALL) + 26;
        square(next, 18);
        svg.text("vf-ink", Anchor.START, Svg.SMALL, next + 10, 22.5, figure.after());
    }

    private double rows(double top) {
        double y = top;
        for (BalanceFigure.Row row : figure.rows()) {
            List<String> lines = TextMeasure.lines(row.label(), Svg.SMALL, labelWidth);
            double height = layout.isNarrow() ? lines.size() * LINE + ROW : Math.max(ROW, lines.size() * LINE + 8);
            double middle = layout.isNarrow() ? y + height - ROW / 2 : y + height / 2;
            double baseline = layout.isNarrow() ? y + LINE : middle + 4 - (lines.size() - 1) * LINE / 2;
            for (String line : lines) {
                svg.text("vf-ink", Anchor.START, Svg.SMALL, 2, baseline, line);
                baseline += LINE;
            }
            svg.line("vf-grid", left, middle, right, middle, 1);
            round(x(row.before()), middle);
            square(x(row.after()), middle);
            y += height;
        }
        return y;
    }

    private double axis(double top, double bottom) {
        svg.dashed("vf-axis", x(figure.limit()), top, x(figure.limit()), bottom + 6);
        svg.line("vf-axis", left, bottom + 6, right, bottom + 6, 1.25);
        double step = Axis.step(largest, layout.isNarrow() ? 4 : 6);
        for (double tick : Axis.multiples(0, largest, step)) {
            svg.line("vf-axis", x(tick), bottom + 6, x(tick), bottom + 11, 1.25);
            svg.text("vf-muted", Anchor.MIDDLE, Svg.SMALL, x(tick), bottom + 26, FigureNumbers.tick(tick, language));
        }
        svg.text("vf-ink", Anchor.END, Svg.TEXT, right, bottom + 48, figure.axis());
        return bottom + 60;
    }

    private void round(double x, double y) {
        svg.disc("vf-fill-1", x, y, MARK);
    }

    private void square(double x, double y) {
        svg.bar("vf-fill-0", x - MARK, y - MARK, 2 * MARK, 2 * MARK);
    }

    private double x(double difference) {
        return left + (right - left) * difference / largest;
    }
}
