package org.vauban.plot;

import java.util.Locale;
import org.vauban.plot.Svg.Anchor;

/**
 * Draws controls as round marks and the estimate as a square. Outside the dashed lines chance alone would be refused at 5 %; outside the
 * full ones what the controls show of the design's error would be as well.
 */
final class ControlsDrawing {
    private static final double TOP = 44;
    private static final double MARK = 4.5;
    private static final double NORMAL_95 = 1.959963984540054;
    private static final int STEPS = 40;

    private final ControlsFigure figure;
    private final Svg svg;
    private final Locale language;
    private final double left = 56;
    private final double right;
    private final double bottom;
    private final double reach;
    private final double largest;

    private ControlsDrawing(ControlsFigure figure, Layout layout) {
        this.figure = figure;
        this.svg = new Svg(figure, layout);
        this.language = figure.words().language();
        this.right = layout.width() - 18;
        this.bottom = TOP + (layout.isNarrow() ? 220 : 280);
        double far = Math.max(Math.log(2), Math.abs(figure.found().logRatio()));
        double most = figure.found().standardError();
        for (ControlsFigure.Point point : figure.controls()) {
            far = Math.max(far, Math.abs(point.logRatio()));
            most = Math.max(most, point.standardError());
        }
        this.reach = Math.min(far * 1.1, Math.log(100));
        this.largest = most * 1.1;
    }

    static Svg draw(ControlsFigure figure, Layout layout) {
        var drawing = new ControlsDrawing(figure, layout);
        drawing.axes();
        drawing.limits();
        drawing.points();
        drawing.svg.height(drawing.bottom + 60);
        return drawing.svg;
    }

    private void axes() {
        for (double tick : Axis.multiples(0, largest, Axis.step(largest, 4))) {
            svg.line("vf-grid", left, y(tick), right, y(tick), 1);
            svg.text("vf-muted", Anchor.END, Svg.SMALL, left - 8, y(tick) + 4.5, FigureNumbers.tick(tick, language));
        }
        svg.line("vf-axis", left, bottom, right, bottom, 1.25);
        for (double tick : Axis.ratios(Math.exp(-reach), Math.exp(reach))) {
            double x = x(Math.log(tick));
            svg.line("vf-axis", x, bottom, x, bottom + 5, 1.25);
            svg.text("vf-muted", Anchor.MIDDLE, Svg.SMALL, x, bottom + 20, FigureNumbers.tick(tick, language));
        }
        svg.text("vf-ink", Anchor.END, Svg.TEXT, right, bottom + 44, figure.ratioAxis());
        svg.text("vf-ink", Anchor.START, Svg.TEXT, 2, 14, figure.errorAxis());
        round(left + 6, 30);
        svg.text("vf-ink", Anchor.START, Svg.SMALL, left + 16, 34.5, figure.control());
        double next = left + 16 + TextMeasure.width(figure.control(), Svg.SMALL) + 26;
        square(next, 30);
        svg.text("vf-ink", Anchor.START, Svg.SMALL, next + 10, 34.5, figure.estimate());
    }

    private void limits() {
        for (double side : new double[] {-1, 1}) {
            double last = Math.min(largest, reach / NORMAL_95);
            svg.dashed("vf-axis", x(0), y(0), x(side * NORMAL_95 * last), y(last));
            for (int step = 0; step < STEPS; step++) {
                double from = largest * step / STEPS;
                double to = largest * (step + 1) / STEPS;
                double begin = figure.mean() + side * NORMAL_95 * Math.hypot(figure.deviation(), from);
                double end = figure.mean() + side * NORMAL_95 * Math.hypot(figure.deviation(), to);
                if (Math.abs(begin) <= reach && Math.abs(end) <= reach) {
                    svg.line("vf-line-0", x(begin), y(from), x(end), y(to), 1.5);
                }
            }
        }
    }

    private void points() {
        for (ControlsFigure.Point point : figure.controls()) {
            if (Math.abs(point.logRatio()) <= reach) {
                round(x(point.logRatio()), y(point.standardError()));
            }
        }
        if (Math.abs(figure.found().logRatio()) <= reach) {
            square(x(figure.found().logRatio()), y(figure.found().standardError()));
        }
    }

    private void round(double x, double y) {
        svg.disc("vf-fill-1", x, y, MARK);
    }

    private void square(double x, double y) {
        svg.bar("vf-fill-0", x - MARK, y - MARK, 2 * MARK, 2 * MARK);
    }

    private double x(double logRatio) {
        return left + (right - left) * (logRatio + reach) / (2 * reach);
    }

    private double y(double error) {
        return bottom - (bottom - TOP) * error / largest;
    }
}
