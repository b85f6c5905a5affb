package org.vauban.plot;

import java.util.List;
import java.util.Locale;
import org.vauban.plot.Svg.Anchor;

/** Draws estimates as squares on a common logarithmic axis, with what is behind them in columns. */
final class ForestDrawing {
    private static final double ROW = 40;
    private static final double LINE = 17;
    private static final double SQUARE = 5.5;

    /** An interval is drawn to its end unless it is wider than this, and reaches further than this from the ratios themselves. */
    private static final double RATIO_LEAST = 0.05;

    private static final double RATIO_MOST = 20;
    private static final double AROUND_A_RATIO = 2;

    /** Headings are put on several lines before the axis becomes shorter than this. */
    private static final double AXIS_LEAST = 170;

    private static final double HEADING_WIDTH = 105;
    private static final double HEADING_LINE = 15;
    private static final double BETWEEN_NUMBERS = 4;

    private final ForestFigure figure;
    private final Layout layout;
    private final Svg svg;
    private final Locale language;
    private final double low;
    private final double high;
    private final double labelWidth;
    private final List<List<String>> columnHeadings;
    private final double left;
    private final double right;

    private ForestDrawing(ForestFigure figure, Layout layout) {
        this.figure = figure;
        this.layout = layout;
        this.svg = new Svg(figure, layout);
        this.language = figure.words().language();
        double[] range = range(figure.rows());
        this.low = range[0];
        this.high = range[1];
        double estimateWidth = Math.max(
                TextMeasure.width(figure.estimate(), Svg.SMALL),
                figure.rows().stream()
                        .mapToDouble(row -> TextMeasure.width(estimate(row), Svg.SMALL))
                        .max()
                        .orElse(0));
        this.labelWidth = layout.isNarrow() ? layout.width() - 4 : 165;
        this.right = layout.width() - estimateWidth - 24;
        this.columnHeadings = columnHeadings();
        this.left = layout.isNarrow() ? 14 : labelWidth + columnsWidth(columnHeadings) + 16;
    }

    static Svg draw(ForestFigure figure, Layout layout) {
        var drawing = new ForestDrawing(figure, layout);
        double top = drawing.headings();
        double bottom = drawing.rows(top);
        drawing.svg.height(drawing.axis(top, bottom));
        return drawing.svg;
    }

    /** The span of all ratios, of their intervals and of 1, a little wider, never so wide that one open interval hides the others. */
    private static double[] range(List<ForestFigure.Row> rows) {
        double low = 1;
        double high = 1;
        for (ForestFigure.Row row : rows) {
            if (row.ratio() > 0 && Double.isFinite(row.ratio())) {
                low = Math.min(low, row.ratio());
                high = Math.max(high, row.ratio());
            }
        }
        double least = Math.min(RATIO_LEAST, low / AROUND_A_RATIO);
        double most = Math.max(RATIO_MOST, high * AROUND_A_RATIO);
        for (ForestFigure.Row row : rows) {
            low = Math.min(low, Math.max(row.low(), least));
            high = Math.max(high, Math.min(row.high(), most));
        }
        return new double[] {Math.min(low / 1.12, 0.8), Math.max(high * 1.12, 1.25)};
    }

    private List<List<String>> columnHeadings() {
        List<List<String>> whole = figure.columns().stream().map(List::of).toList();
        boolean fits = layout.isNarrow() || right - labelWidth - columnsWidth(whole) - 16 >= AXIS_LEAST;
        return fits
                ? whole
                : figure.columns().stream()
                        .map(heading -> TextMeasure.lines(heading, Svg.SMALL, HEADING_WIDTH))
                        .toList();
    }

    private double columnWidth(List<List<String>> headings, int column) {
        double widest = headings.get(column).stream()
                .mapToDouble(line -> TextMeasure.width(line, Svg.SMALL) * 1.06)
                .max()
                .orElse(0);
        for (ForestFigure.Row row : figure.rows()) {
            widest = Math.max(widest, TextMeasure.width(row.cells().get(column), Svg.SMALL));
        }
        return widest + 20;
    }

    private double columnsWidth(List<List<String>> headings) {
        double sum = 0;
        for (int column = 0; column < figure.columns().size(); column++) {
            sum += columnWidth(headings, column);
        }
        return sum;
    }

    private double headings() {
        double baseline = 18;
        int lines = layout.isNarrow()
                ? 1
                : columnHeadings.stream().mapToInt(List::size).max().orElse(1);
        double last = baseline + (lines - 1) * HEADING_LINE;
        svg.bold("vf-ink", Anchor.END, Svg.SMALL, layout.width() - 2, last, figure.estimate());
        if (!layout.isNarrow()) {
            double x = labelWidth;
            for (int column = 0; column < figure.columns().size(); column++) {
                x += columnWidth(columnHeadings, column);
                List<String> heading = columnHeadings.get(column);
                for (int line = 0; line < heading.size(); line++) {
                    double at = last - (heading.size() - 1 - line) * HEADING_LINE;
                    svg.bold("vf-ink", Anchor.END, Svg.SMALL, x, at, heading.get(line));
                }
            }
        }
        svg.line("vf-axis", 0, last + 10, layout.width(), last + 10, 1);
        return last + 10;
    }

    private double rows(double top) {
        double y = top;
        for (ForestFigure.Row row : figure.rows()) {
            y = layout.isNarrow() ? narrowRow(row, y) : wideRow(row, y);
        }
        return y;
    }

    private double wideRow(ForestFigure.Row row, double top) {
        List<String> label = TextMeasure.lines(row.label(), Svg.TEXT, labelWidth);
        double height = Math.max(ROW, label.size() * LINE + 16);
        double middle = top + height / 2;
        double baseline = middle + 4.5 - (label.size() - 1) * LINE / 2;
        for (String line : label) {
            svg.text("vf-ink", Anchor.START, Svg.TEXT, 2, baseline, line);
            baseline += LINE;
        }
        double x = labelWidth;
        for (int column = 0; column < row.cells().size(); column++) {
            x += columnWidth(columnHeadings, column);
            svg.text(
                    "vf-muted",
                    Anchor.END,
                    Svg.SMALL,
                    x,
                    middle + 4.5,
                    row.cells().get(column));
        }
        mark(row, middle);
        return top + height;
    }

    private double narrowRow(ForestFigure.Row row, double top) {
        double baseline = top + 20;
        for (String line : TextMeasure.lines(row.label(), Svg.TEXT, labelWidth)) {
            svg.bold("vf-ink", Anchor.START, Svg.TEXT, 2, baseline, line);
            baseline += LINE;
        }
        for (int column = 0; column < row.cells().size(); column++) {
            svg.text(
                    "vf-muted",
                    Anchor.START,
                    Svg.SMALL,
                    2,
                    baseline,
                    figure.columns().get(column) + colon() + row.cells().get(column));
            baseline += LINE;
        }
        mark(row, baseline + 4);
        return baseline + 20;
    }

    private void mark(ForestFigure.Row row, double y) {
        if (layout.isNarrow()) {
            svg.dashed("vf-axis", x(1), y - 12, x(1), y + 12);
        }
        boolean openLow = row.low() < low;
        boolean openHigh = row.high() > high;
        double from = Math.clamp(openLow ? left : x(row.low()), left, right);
        double to = Math.clamp(openHigh ? right : x(row.high()), left, right);
        svg.line("vf-mark", from, y, to, y, 1.75);
        if (openLow) {
            svg.shape("vf-ink", "M%s %sl7 -4.5v9Z".formatted(Svg.number(left - 3), Svg.number(y)));
        } else {
            svg.line("vf-mark", from, y - 4, from, y + 4, 1.75);
        }
        if (openHigh) {
            svg.shape("vf-ink", "M%s %sl-7 -4.5v9Z".formatted(Svg.number(right + 3), Svg.number(y)));
        } else {
            svg.line("vf-mark", to, y - 4, to, y + 4, 1.75);
        }
        if (row.ratio() >= low && row.ratio() <= high) {
            svg.bar("vf-fill-0", x(row.ratio()) - SQUARE, y - SQUARE, 2 * SQUARE, 2 * SQUARE);
        }
        svg.text("vf-ink", Anchor.END, Svg.SMALL, layout.width() - 2, y + 4.5, estimate(row));
    }

    private double axis(double top, double bottom) {
        if (!layout.isNarrow()) {
            svg.dashed("vf-axis", x(1), top, x(1), bottom + 6);
        }
        svg.line("vf-axis", left, bottom + 6, right, bottom + 6, 1.25);
        for (double tick : ticks()) {
            svg.line("vf-axis", x(tick), bottom + 6, x(tick), bottom + 11, 1.25);
            svg.text("vf-muted", Anchor.MIDDLE, Svg.SMALL, x(tick), bottom + 26, FigureNumbers.tick(tick, language));
        }
        double baseline = bottom + 48;
        if (layout.isNarrow()) {
            svg.text("vf-ink", Anchor.START, Svg.TEXT, 2, baseline, figure.ratioAxis());
            svg.text("vf-muted", Anchor.START, Svg.SMALL, 2, baseline + 20, "← " + figure.lower());
            svg.text("vf-muted", Anchor.START, Svg.SMALL, 2, baseline + 38, "→ " + figure.higher());
            return baseline + 50;
        }
        return directions(baseline);
    }

    /** As many as have room for their numbers: where some have none, powers of ten alone. */
    private List<Double> ticks() {
        List<Double> all = Axis.ratios(low, high);
        for (int index = 1; index < all.size(); index++) {
            double apart = x(all.get(index)) - x(all.get(index - 1));
            double widths = TextMeasure.width(FigureNumbers.tick(all.get(index - 1), language), Svg.SMALL)
                    + TextMeasure.width(FigureNumbers.tick(all.get(index), language), Svg.SMALL);
            if (apart < widths / 2 + BETWEEN_NUMBERS) {
                return all.stream()
                        .filter(tick -> Math.abs(Math.log10(tick) - Math.rint(Math.log10(tick))) < 1e-9)
                        .toList();
            }
        }
        return all;
    }

    /** What lies to each side of 1: side by side where both fit, else one below the other. */
    private double directions(double baseline) {
        String lower = "← " + figure.lower();
        String higher = figure.higher() + " →";
        boolean fits = x(1) + 8 + TextMeasure.width(higher, Svg.SMALL) <= layout.width() - 2
                && x(1) - 8 - TextMeasure.width(lower, Svg.SMALL) >= 2;
        if (fits) {
            svg.text("vf-muted", Anchor.END, Svg.SMALL, x(1) - 8, baseline, lower);
            svg.text("vf-muted", Anchor.START, Svg.SMALL, x(1) + 8, baseline, higher);
        } else {
            svg.text("vf-muted", Anchor.END, Svg.SMALL, layout.width() - 2, baseline, lower);
            svg.text("vf-muted", Anchor.END, Svg.SMALL, layout.width() - 2, baseline + 18, higher);
        }
        double title = baseline + (fits ? 23 : 41);
        svg.text("vf-ink", Anchor.MIDDLE, Svg.TEXT, x(1), title, figure.ratioAxis());
        return title + 13;
    }

    private String estimate(ForestFigure.Row row) {
        String between = isFrench() ? " à " : "–";
        return FigureNumbers.decimal(row.ratio(), 2, language)
                + " (" + FigureNumbers.decimal(row.low(), 2, language)
                + between + FigureNumbers.decimal(row.high(), 2, language) + ")";
    }

    private String colon() {
        return isFrench() ? "\u00a0: " : ": ";
    }

    private boolean isFrench() {
        return "fr".equals(language.getLanguage());
    }

    private double x(double ratio) {
        return left + (right - left) * (Math.log(ratio) - Math.log(low)) / (Math.log(high) - Math.log(low));
    }
}
