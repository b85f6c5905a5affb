package org.vauban.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vauban.plot.Svg.Anchor;

/**
 * Draws a column of bars for each step, and between neighbours bands as wide as the persons who went on. Who stops has no band. Each bar has
 * its name and number beside it, so that no colour has to be told from another.
 */
final class SankeyDrawing {
    private static final double TOP = 44;
    private static final double BAR = 12;
    private static final double LABEL_GAP = 7;
    private static final double LINE = 15;
    private static final double APART = 9;
    /** So many pixels for all persons together. */
    private static final double PERSONS_WIDE = 300;

    private static final double PERSONS_NARROW = 240;
    private static final int COLUMNS_WIDE = 4;
    private static final int COLUMNS_NARROW = 2;

    private final SankeyFigure figure;
    private final Layout layout;
    private final Svg svg;
    private final int columns;
    private final double pitch;
    private final double perPerson;
    private final List<Map<String, Bar>> bars = new ArrayList<>();
    private double height;

    /** One treatment at one step. */
    private static final class Bar {
        private final String label;
        private final boolean muted;
        private long persons;
        private long before;
        private long gone;
        private double top;
        private List<String> lines = List.of();

        Bar(String label, boolean muted) {
            this.label = label;
            this.muted = muted;
        }
    }

    private SankeyDrawing(SankeyFigure figure, Layout layout) {
        this.figure = figure;
        this.layout = layout;
        this.svg = new Svg(figure, layout);
        int longest = figure.paths().stream()
                .mapToInt(path -> path.steps().size())
                .max()
                .orElse(1);
        this.columns = Math.min(longest, layout.isNarrow() ? COLUMNS_NARROW : COLUMNS_WIDE);
        this.pitch = (layout.width() - 4) / columns;
        long all = figure.paths().stream().mapToLong(SankeyFigure.Path::persons).sum();
        this.perPerson = (layout.isNarrow() ? PERSONS_NARROW : PERSONS_WIDE) / all;
    }

    static Svg draw(SankeyFigure figure, Layout layout) {
        var drawing = new SankeyDrawing(figure, layout);
        drawing.count();
        drawing.place();
        drawing.bands();
        drawing.names();
        drawing.svg.height(drawing.height + 12);
        return drawing.svg;
    }

    private void count() {
        for (int column = 0; column < columns; column++) {
            Map<String, Bar> found = new LinkedHashMap<>();
            for (SankeyFigure.Path path : figure.paths()) {
                if (path.steps().size() > column) {
                    String label = path.steps().get(column);
                    found.computeIfAbsent(label, _ -> new Bar(label, path.muted())).persons += path.persons();
                }
            }
            bars.add(found);
        }
    }

    /** The most frequent on top, what is no path of its own at the bottom; a bar has room for its name. */
    private void place() {
        for (Map<String, Bar> column : bars) {
            double y = TOP;
            for (Bar bar : ordered(column)) {
                bar.lines = TextMeasure.lines(
                        bar.label + " ·\u00a0" + number(bar.persons), Svg.SMALL, pitch - BAR - LABEL_GAP - 12);
                bar.top = y;
                y += Math.max(bar.persons * perPerson, bar.lines.size() * LINE) + APART;
            }
            height = Math.max(height, y);
        }
    }

    private static List<Bar> ordered(Map<String, Bar> column) {
        return column.values().stream()
                .sorted(Comparator.comparing((Bar bar) -> bar.muted)
                        .thenComparing((Bar bar) -> -bar.persons)
                        .thenComparing(bar -> bar.label))
                .toList();
    }

    /** Bands leave a bar and reach the next one in the order of the bars, so that they cross as little as may be. */
    private void bands() {
        for (int column = 0; column + 1 < columns; column++) {
            for (Bar from : ordered(bars.get(column))) {
                for (Bar to : ordered(bars.get(column + 1))) {
                    long persons = persons(column, from, to);
                    if (persons > 0) {
                        svg.armArea(colour(from), band(column, from, to, persons));
                        from.gone += persons;
                        to.before += persons;
                    }
                }
            }
        }
    }

    private long persons(int column, Bar from, Bar to) {
        return figure.paths().stream()
                .filter(path -> path.steps().size() > column + 1
                        && path.steps().get(column).equals(from.label)
                        && path.steps().get(column + 1).equals(to.label))
                .mapToLong(SankeyFigure.Path::persons)
                .sum();
    }

    private String band(int column, Bar from, Bar to, long persons) {
        double left = x(column) + BAR;
        double right = x(column + 1);
        double middle = (left + right) / 2;
        double leaves = from.top + from.gone * perPerson;
        double arrives = to.top + to.before * perPerson;
        double wide = persons * perPerson;
        return "M%s %sC%s %s %s %s %s %sV%sC%s %s %s %s %s %sZ"
                .formatted(
                        Svg.number(left),
                        Svg.number(leaves),
                        Svg.number(middle),
                        Svg.number(leaves),
                        Svg.number(middle),
                        Svg.number(arrives),
                        Svg.number(right),
                        Svg.number(arrives),
                        Svg.number(arrives + wide),
                        Svg.number(middle),
                        Svg.number(arrives + wide),
                        Svg.number(middle),
                        Svg.number(leaves + wide),
                        Svg.number(left),
                        Svg.number(leaves + wide));
    }

    private void names() {
        for (int column = 0; column < columns; column++) {
            svg.bold("vf-muted", Anchor.START, Svg.SMALL, x(column), 22, figure.column() + " " + (column + 1));
            for (Bar bar : bars.get(column).values()) {
                String style = bar.muted ? "vf-muted" : "vf-fill-" + colour(bar);
                svg.bar(style, x(column), bar.top, BAR, Math.max(1, bar.persons * perPerson));
                double baseline =
                        bar.top + Math.max(0, (bar.persons * perPerson - bar.lines.size() * LINE) / 2) + Svg.SMALL;
                for (String line : bar.lines) {
                    svg.text("vf-ink", Anchor.START, Svg.SMALL, x(column) + BAR + LABEL_GAP, baseline, line);
                    baseline += LINE;
                }
            }
        }
    }

    private double x(int column) {
        return 2 + column * pitch;
    }

    /** One colour for a treatment in every column, in the order in which treatments come first. */
    private int colour(Bar bar) {
        List<String> all = bars.stream()
                .flatMap(column -> ordered(column).stream())
                .map(each -> each.label)
                .distinct()
                .toList();
        return Math.floorMod(all.indexOf(bar.label), Svg.ARMS_MAX);
    }

    private String number(long persons) {
        return FigureNumbers.whole(persons, figure.words().language());
    }
}
