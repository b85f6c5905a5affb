package org.vauban.plot;

import java.util.Locale;
import org.vauban.plot.Svg.Anchor;

/** Draws one arm's bars upwards and the other's downwards from a common axis, so that what both share faces each other. */
final class OverlapDrawing {
    private static final double TOP = 34;

    private final OverlapFigure figure;
    private final Svg svg;
    private final Locale language;
    private final double left = 56;
    private final double right;
    private final double middle;
    private final double half;
    private final double largest;

    private OverlapDrawing(OverlapFigure figure, Layout layout) {
        this.figure = figure;
        this.svg = new Svg(figure, layout);
        this.language = figure.words().language();
        this.right = layout.width() - 18;
        this.half = layout.isNarrow() ? 100 : 130;
        this.middle = TOP + half;
        double most = 0.05;
        for (OverlapFigure.Bin bin : figure.bins()) {
            most = Math.max(most, Math.max(bin.upper(), bin.lower()));
        }
        this.largest = most;
    }

    static Svg draw(OverlapFigure figure, Layout layout) {
        var drawing = new OverlapDrawing(figure, layout);
        drawing.axes();
        drawing.bars();
        return drawing.svg;
    }

    private void axes() {
        double step = Axis.step(largest, 3);
        for (double tick : Axis.multiples(0, largest, step)) {
            // Both sides share the line of nobody.
            for (double side : tick == 0 ? new double[] {1} : new double[] {-1, 1}) {
                double y = middle + side * half * tick / largest;
                svg.line("vf-grid", left, y, right, y, 1);
                svg.text(
                        "vf-muted", Anchor.END, Svg.SMALL, left - 8, y + 4.5, FigureNumbers.percent(tick, 0, language));
            }
        }
        double bottom = middle + half;
        for (double tick : Axis.multiples(0, 1, 0.2)) {
            double x = left + (right - left) * tick;
            svg.line("vf-axis", x, bottom + 6, x, bottom + 11, 1.25);
            svg.text("vf-muted", Anchor.MIDDLE, Svg.SMALL, x, bottom + 26, FigureNumbers.tick(tick, language));
        }
        svg.line("vf-axis", left, bottom + 6, right, bottom + 6, 1.25);
        svg.text("vf-ink", Anchor.END, Svg.TEXT, right, bottom + 48, figure.axis());
        svg.bold("vf-fill-0", Anchor.START, Svg.TEXT, left, 20, figure.upper());
        svg.bold("vf-fill-1", Anchor.START, Svg.TEXT, left, bottom + 48, figure.lower());
        svg.height(bottom + 60);
    }

    private void bars() {
        double width = (right - left) / figure.bins().size();
        for (int bin = 0; bin < figure.bins().size(); bin++) {
            double upper = half * figure.bins().get(bin).upper() / largest;
            double lower = half * figure.bins().get(bin).lower() / largest;
            svg.bar("vf-fill-0", left + bin * width + 1, middle - upper, width - 2, upper);
            svg.bar("vf-fill-1", left + bin * width + 1, middle, width - 2, lower);
        }
        svg.line("vf-axis", left, middle, right, middle, 1.25);
    }
}
