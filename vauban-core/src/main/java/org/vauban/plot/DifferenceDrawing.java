package org.vauban.plot;

import java.util.List;
import java.util.Locale;
import org.vauban.plot.Svg.Anchor;

/** Draws differences as dots beside a line at 0, with a line on each side where they become notable. */
final class DifferenceDrawing {
    private static final double ROW = 12;
    private static final double LINE = 16;
    private static final double DOT = 4.5;
    private static final double LABELS = 300;

    private final DifferenceFigure figure;
    private final Layout layout;
    private final Svg svg;
    private final Locale language;
    private final double most;
    private final double labelWidth;
    private final double left;
    private final double right;

    private DifferenceDrawing(DifferenceFigure figure, Layout layout) {
        this.figure = figure;
        this.layout = layout;
        this.svg = new Svg(figure, layout);
        this.language = figure.words().language();
        double largest = figure.rows().stream()
                .mapToDouble(row -> Math.abs(row.difference()))
                .max()
                .orElse(0);
        this.most = Math.max(largest * 1.08, 2 * figure.notable());
        this.labelWidth = layout.isNarrow() ? layout.width() - 4 : LABELS;
        this.left = layout.isNarrow() ? 14 : LABELS + 24;
        this.right = layout.width() - 62;
    }

    static Svg draw(DifferenceFigure figure, Layout layout) {
        var drawing = new DifferenceDrawing(figure, layout);
        double y = 6;
        double top = y;
        for (DifferenceFigure.Row row : figure.rows()) {
            y = drawing.row(row, y);
        }
        drawing.svg.height(drawing.axis(top, y));
        return drawing.svg;
    }

    private double row(DifferenceFigure.Row row, double top) {
        List<String> label = TextMeasure.lines(row.label(), Svg.SMALL, labelWidth);
        double baseline = top + LINE;
        for (String line : label) {
            svg.text("vf-ink", Anchor.START, Svg.SMALL, 2, baseline, line);
            baseline += LINE;
        }
        double text = label.size() * LINE;
        double y = layout.isNarrow() ? top + text + ROW : top + text / 2 + 4;
        double bottom = layout.isNarrow() ? y + ROW : top + text + ROW / 2;
        svg.line("vf-grid", left, y, right, y, 1);
        svg.line("vf-line-0", x(0), y, x(row.difference()), y, 1.75);
        svg.bar("vf-fill-0", x(row.difference()) - DOT, y - DOT, 2 * DOT, 2 * DOT);
        svg.text(
                "vf-ink",
                Anchor.END,
                Svg.SMALL,
                layout.width() - 2,
                y + 4.5,
                FigureNumbers.decimal(row.difference(), 2, language));
        return bottom;
    }

    private double axis(double top, double bottom) {
        svg.line("vf-axis", x(0), top, x(0), bottom + 6, 1.25);
        svg.dashed("vf-axis", x(-figure.notable()), top, x(-figure.notable()), bottom + 6);
        svg.dashed("vf-axis", x(figure.notable()), top, x(figure.notable()), bottom + 6);
        svg.line("vf-axis", left, bottom + 6, right, bottom + 6, 1.25);
        for (double tick : Axis.multiples(-most, most, Axis.step(2 * most, layout.isNarrow() ? 4 : 6))) {
            svg.line("vf-axis", x(tick), bottom + 6, x(tick), bottom + 11, 1.25);
            svg.text("vf-muted", Anchor.MIDDLE, Svg.SMALL, x(tick), bottom + 26, FigureNumbers.tick(tick, language));
        }
        double baseline = bottom + 48;
        svg.text("vf-ink", Anchor.START, Svg.TEXT, layout.isNarrow() ? 2 : left, baseline, figure.axis());
        double x = layout.isNarrow() ? 2 : left;
        svg.text("vf-muted", Anchor.START, Svg.SMALL, x, baseline + 20, "← " + figure.lower());
        svg.text("vf-muted", Anchor.START, Svg.SMALL, x, baseline + 38, "→ " + figure.higher());
        return baseline + 50;
    }

    private double x(double difference) {
        return left + (right - left) * (difference + most) / (2 * most);
    }
}
