package org.vauban.plot;

import java.util.List;
import java.util.Locale;
import org.vauban.plot.Svg.Anchor;

/** Draws survival curves: legend, plot, risk table, from top to bottom. */
final class KaplanMeierDrawing {
    private static final double PLOT_TOP = 62;
    private static final double RISK_ROW = 22;
    private static final double SWATCH = 30;

    private final KaplanMeierFigure figure;
    private final Layout layout;
    private final Svg svg;
    private final Locale language;
    private final double left;
    private final double right;
    private final double top;
    private final double bottom;
    private final double longest;
    private final double floor;

    private KaplanMeierDrawing(KaplanMeierFigure figure, Layout layout) {
        this.figure = figure;
        this.layout = layout;
        this.svg = new Svg(figure, layout);
        this.language = figure.words().language();
        this.left = leftMargin();
        this.right = layout.width() - 22;
        this.top = PLOT_TOP + (legendRows() - 1) * RISK_ROW;
        this.bottom = top + (layout.isNarrow() ? 230 : 320);
        this.longest = figure.arms().stream()
                .mapToDouble(KaplanMeierFigure.Arm::end)
                .max()
                .orElseThrow();
        this.floor = floor();
    }

    static Svg draw(KaplanMeierFigure figure, Layout layout) {
        var drawing = new KaplanMeierDrawing(figure, layout);
        drawing.axes();
        drawing.legend();
        for (int arm = 0; arm < figure.arms().size(); arm++) {
            drawing.band(arm);
        }
        for (int arm = 0; arm < figure.arms().size(); arm++) {
            drawing.curve(arm);
        }
        drawing.svg.height(drawing.riskTable());
        return drawing.svg;
    }

    /** A curve that stays high is shown on an axis that is cut, and the figure says so. */
    private double floor() {
        double lowest = 1;
        for (KaplanMeierFigure.Arm arm : figure.arms()) {
            for (KaplanMeierFigure.Step step : arm.steps()) {
                lowest = Math.min(lowest, Double.isNaN(step.lower()) ? step.survival() : step.lower());
            }
        }
        if (lowest <= 0.5) {
            return 0;
        }
        double step = Axis.step(1 - lowest, 4);
        return Math.max(0, Math.min(0.99, Math.floor(lowest / step + 1e-9) * step));
    }

    private void axes() {
        double step = Axis.step(1 - floor, 5);
        int decimals = step < 0.01 ? 1 : 0;
        for (double tick : Axis.multiples(floor, 1, step)) {
            svg.line("vf-grid", left, y(tick), right, y(tick), 1);
            svg.text(
                    "vf-muted",
                    Anchor.END,
                    Svg.SMALL,
                    left - 9,
                    y(tick) + 4.5,
                    FigureNumbers.percent(tick, decimals, language));
        }
        svg.text("vf-ink", Anchor.START, Svg.TEXT, 2, 20, figure.survivalAxis());
        svg.line("vf-axis", left, bottom, right, bottom, 1.25);
        for (double tick : figure.riskTimes()) {
            svg.line("vf-axis", x(tick), bottom, x(tick), bottom + 5, 1.25);
            svg.text("vf-muted", Anchor.MIDDLE, Svg.SMALL, x(tick), bottom + 20, FigureNumbers.tick(tick, language));
        }
        svg.text("vf-ink", Anchor.END, Svg.TEXT, right, bottom + 41, figure.timeAxis());
        if (floor > 0) {
            String cut = figure.axisCut().replace("{0}", FigureNumbers.percent(floor, decimals, language));
            double baseline = layout.isNarrow() ? bottom + 60 : bottom + 41;
            svg.text("vf-muted", Anchor.START, Svg.SMALL, layout.isNarrow() ? 2 : left, baseline, cut);
        }
    }

    private int legendRows() {
        return layout.isNarrow() ? figure.arms().size() : 1;
    }

    private void legend() {
        double x = layout.isNarrow() ? 2 : left;
        double baseline = 45;
        for (int arm = 0; arm < figure.arms().size(); arm++) {
            String label = figure.arms().get(arm).label();
            svg.armLine(arm, "M%s %sH%s".formatted(Svg.number(x), Svg.number(baseline - 4.5), Svg.number(x + SWATCH)));
            svg.bold("vf-fill-" + arm, Anchor.START, Svg.TEXT, x + SWATCH + 7, baseline, label);
            if (layout.isNarrow()) {
                baseline += RISK_ROW;
            } else {
                x += SWATCH + 7 + TextMeasure.width(label, Svg.TEXT) * 1.06 + 26;
            }
        }
    }

    private void curve(int index) {
        KaplanMeierFigure.Arm arm = figure.arms().get(index);
        var path = new StringBuilder("M" + point(0, 1));
        for (KaplanMeierFigure.Step step : arm.steps()) {
            path.append('H').append(Svg.number(x(step.time()))).append('V').append(Svg.number(y(step.survival())));
        }
        path.append('H').append(Svg.number(x(arm.end())));
        svg.armLine(index, path.toString());
    }

    private void band(int index) {
        KaplanMeierFigure.Arm arm = figure.arms().get(index);
        List<KaplanMeierFigure.Step> known = arm.steps().stream()
                .takeWhile(step -> !Double.isNaN(step.lower()) && !Double.isNaN(step.upper()))
                .toList();
        double end = known.size() == arm.steps().size()
                ? arm.end()
                : arm.steps().get(known.size()).time();
        if (known.isEmpty()) {
            return;
        }
        var path = new StringBuilder(
                "M" + point(known.getFirst().time(), known.getFirst().upper()));
        for (KaplanMeierFigure.Step step : known) {
            path.append('H').append(Svg.number(x(step.time()))).append('V').append(Svg.number(y(step.upper())));
        }
        path.append('H').append(Svg.number(x(end)));
        for (KaplanMeierFigure.Step step : known.reversed()) {
            path.append('V').append(Svg.number(y(step.lower()))).append('H').append(Svg.number(x(step.time())));
        }
        svg.armArea(index, path.append('Z').toString());
    }

    private double riskTable() {
        double baseline = bottom + (layout.isNarrow() && floor > 0 ? 92 : 74);
        svg.bold("vf-ink", Anchor.START, Svg.SMALL, 2, baseline, figure.atRisk());
        for (int index = 0; index < figure.arms().size(); index++) {
            KaplanMeierFigure.Arm arm = figure.arms().get(index);
            baseline += RISK_ROW;
            svg.text("vf-fill-" + index, Anchor.START, Svg.SMALL, 2, baseline, arm.label());
            if (layout.isNarrow()) {
                baseline += RISK_ROW - 4;
            }
            for (int time = 0; time < figure.riskTimes().size(); time++) {
                svg.text(
                        "vf-ink",
                        Anchor.MIDDLE,
                        Svg.SMALL,
                        x(figure.riskTimes().get(time)),
                        baseline,
                        arm.atRisk().get(time));
            }
        }
        return baseline + 12;
    }

    private double leftMargin() {
        if (layout.isNarrow()) {
            return 52;
        }
        double widest = figure.arms().stream()
                .mapToDouble(arm -> TextMeasure.width(arm.label(), Svg.SMALL))
                .max()
                .orElse(0);
        return Math.max(64, Math.min(widest + 34, 240));
    }

    private double x(double time) {
        return left + (right - left) * time / longest;
    }

    private double y(double survival) {
        double shown = Math.max(floor, survival);
        return bottom - (bottom - top) * (shown - floor) / (1 - floor);
    }

    private String point(double time, double survival) {
        return Svg.number(x(time)) + " " + Svg.number(y(survival));
    }
}
