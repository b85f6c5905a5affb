package org.vauban.plot;

import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.vauban.plot.Svg.Anchor;

/** Draws estimates as dots with their limits, one column an interval; a line joins neighbours, and a gap stays a gap. */
final class OccurrenceDrawing {
    private static final double PLOT_TOP = 62;
    private static final double LEGEND_ROW = 22;
    private static final double SWATCH = 30;
    private static final double DOT = 3.5;
    private static final double DOT_LEAST = 1;
    /** The axis ends at most so many times as high as the highest estimate. */
    private static final double TIMES_HIGHEST = 2;

    private static final double APART = 7;
    private static final double LABEL_GAP = 14;

    private final OccurrenceFigure figure;
    private final Layout layout;
    private final Svg svg;
    private final Locale language;
    private final double left;
    private final double right;
    private final double top;
    private final double bottom;
    private final double most;

    private OccurrenceDrawing(OccurrenceFigure figure, Layout layout) {
        this.figure = figure;
        this.layout = layout;
        this.svg = new Svg(figure, layout);
        this.language = figure.words().language();
        this.most = most(figure);
        this.left = 14 + TextMeasure.width(value(most), Svg.SMALL) + 16;
        this.right = layout.width() - 22;
        this.top = PLOT_TOP + (legendRows() - 1) * LEGEND_ROW;
        this.bottom = top + (layout.isNarrow() ? 230 : 300);
    }

    static Svg draw(OccurrenceFigure figure, Layout layout) {
        var drawing = new OccurrenceDrawing(figure, layout);
        drawing.axes();
        drawing.legend();
        for (int group = 0; group < figure.groups().size(); group++) {
            drawing.group(group);
        }
        drawing.svg.height(drawing.bottom + 34);
        return drawing.svg;
    }

    /** The upper limit of a few persons lies so high that all else would lie on the ground: it is cut, with an arrow. */
    private static double most(OccurrenceFigure figure) {
        double value = highest(figure, OccurrenceFigure.Point::value);
        double limit = highest(figure, OccurrenceFigure.Point::high);
        double most = value > 0 ? Math.min(limit, TIMES_HIGHEST * value) : limit;
        return most > 0 ? most : 1;
    }

    private static double highest(OccurrenceFigure figure, ToDoubleFunction<OccurrenceFigure.Point> part) {
        return figure.groups().stream()
                .flatMap(group -> group.points().stream())
                .mapToDouble(part)
                .max()
                .orElse(0);
    }

    private void axes() {
        double step = Axis.step(most, 5);
        for (double tick : Axis.multiples(0, most, step)) {
            svg.line("vf-grid", left, y(tick), right, y(tick), 1);
            svg.text("vf-muted", Anchor.END, Svg.SMALL, left - 9, y(tick) + 4.5, value(tick));
        }
        svg.text("vf-ink", Anchor.START, Svg.TEXT, 2, 20, figure.valueAxis());
        svg.line("vf-axis", left, bottom, right, bottom, 1.25);
        // As many labels as have room, evenly.
        double widest = figure.intervals().stream()
                .mapToDouble(label -> TextMeasure.width(label, Svg.SMALL))
                .max()
                .orElse(0);
        int every = (int) Math.max(1, Math.ceil((widest + LABEL_GAP) / column()));
        for (int interval = 0; interval < figure.intervals().size(); interval += every) {
            svg.line("vf-axis", x(interval), bottom, x(interval), bottom + 5, 1.25);
            svg.text(
                    "vf-muted",
                    Anchor.MIDDLE,
                    Svg.SMALL,
                    x(interval),
                    bottom + 20,
                    figure.intervals().get(interval));
        }
    }

    private int legendRows() {
        return layout.isNarrow() ? figure.groups().size() : 1;
    }

    private void legend() {
        double x = 2;
        double baseline = 45;
        for (int group = 0; group < figure.groups().size(); group++) {
            String label = figure.groups().get(group).label();
            svg.armLine(
                    group, "M%s %sH%s".formatted(Svg.number(x), Svg.number(baseline - 4.5), Svg.number(x + SWATCH)));
            svg.bold("vf-fill-" + group, Anchor.START, Svg.TEXT, x + SWATCH + 7, baseline, label);
            if (layout.isNarrow()) {
                baseline += LEGEND_ROW;
            } else {
                x += SWATCH + 7 + TextMeasure.width(label, Svg.TEXT) * 1.06 + 26;
            }
        }
    }

    private void group(int index) {
        var path = new StringBuilder();
        int before = Integer.MIN_VALUE;
        for (OccurrenceFigure.Point point : figure.groups().get(index).points()) {
            double x = x(point.interval()) + shift(index);
            svg.line("vf-line-" + index, x, y(point.low()), x, y(Math.min(most, point.high())), 1.5);
            if (point.high() > most) {
                svg.shape("vf-fill-" + index, arrow(x));
            }
            svg.shape("vf-fill-" + index, dot(x, y(point.value())));
            path.append(point.interval() == before + 1 ? 'L' : 'M')
                    .append(Svg.number(x))
                    .append(' ')
                    .append(Svg.number(y(point.value())));
            before = point.interval();
        }
        if (!path.isEmpty()) {
            svg.armLine(index, path.toString());
        }
    }

    private String arrow(double x) {
        double half = radius();
        return "M%s %sh%sl%s %sZ"
                .formatted(
                        Svg.number(x - half),
                        Svg.number(top),
                        Svg.number(2 * half),
                        Svg.number(-half),
                        Svg.number(-2 * half));
    }

    /** Smaller where columns are narrow. */
    private double radius() {
        return Math.clamp(column() / (2 * (figure.groups().size() + 1)), DOT_LEAST, DOT);
    }

    private String dot(double x, double y) {
        String radius = Svg.number(radius());
        return "M%s %sa%s %s 0 1 0 %s 0a%s %s 0 1 0 %s 0Z"
                .formatted(
                        Svg.number(x - radius()),
                        Svg.number(y),
                        radius,
                        radius,
                        Svg.number(2 * radius()),
                        radius,
                        radius,
                        Svg.number(-2 * radius()));
    }

    /** Groups stand side by side in their column, so that limits do not cover one another. */
    private double shift(int group) {
        double apart = Math.min(APART, column() / (figure.groups().size() + 1));
        return (group - (figure.groups().size() - 1) / 2.0) * apart;
    }

    private double column() {
        return (right - left) / figure.intervals().size();
    }

    private double x(int interval) {
        return left + (interval + 0.5) * column();
    }

    private double y(double value) {
        return bottom - (bottom - top) * value / most;
    }

    private String value(double value) {
        return figure.shares()
                ? FigureNumbers.percent(value, most < 0.05 ? 1 : 0, language)
                : most < 10
                        ? FigureNumbers.decimal(value, 1, language)
                        : FigureNumbers.whole(Math.round(value), language);
    }
}
