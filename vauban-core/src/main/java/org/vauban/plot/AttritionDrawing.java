package org.vauban.plot;

import java.util.List;
import org.vauban.plot.Svg.Anchor;

/** Draws the flow from top to bottom: a box per arm and step, what was lost beside the arrow between them. */
final class AttritionDrawing {
    private static final double BOX = 32;
    private static final double ARROW = 22;
    private static final double LINE = 17;

    private final AttritionFigure figure;
    private final Layout layout;
    private final Svg svg;
    private final double labelWidth;
    private final double armWidth;
    private final double firstArm;

    private AttritionDrawing(AttritionFigure figure, Layout layout) {
        this.figure = figure;
        this.layout = layout;
        this.svg = new Svg(figure, layout);
        this.labelWidth = layout.isNarrow() ? layout.width() - 4 : 300;
        this.firstArm = layout.isNarrow() ? 2 : labelWidth + 26;
        double gap = 18;
        this.armWidth = (layout.width() - 2 - firstArm - gap * (figure.arms().size() - 1))
                / figure.arms().size();
    }

    static Svg draw(AttritionFigure figure, Layout layout) {
        var drawing = new AttritionDrawing(figure, layout);
        double y = drawing.headings();
        for (int step = 0; step < figure.steps().size(); step++) {
            y = drawing.step(step, y);
        }
        drawing.svg.height(y + 4);
        return drawing.svg;
    }

    private double headings() {
        double deepest = 0;
        for (int arm = 0; arm < figure.arms().size(); arm++) {
            double baseline = 18;
            for (String line : TextMeasure.lines(figure.arms().get(arm), Svg.TEXT * 1.06, armWidth)) {
                svg.bold("vf-fill-" + arm, Anchor.MIDDLE, Svg.TEXT, middle(arm), baseline, line);
                baseline += LINE;
            }
            deepest = Math.max(deepest, baseline);
        }
        return deepest - 4;
    }

    private double step(int index, double from) {
        AttritionFigure.Step step = figure.steps().get(index);
        List<String> label = TextMeasure.lines(step.label(), Svg.TEXT, labelWidth);
        double arrow = index == 0 ? 6 : ARROW;
        double labelAbove = layout.isNarrow() ? label.size() * LINE + 8 : 0;
        double top = from + Math.max(arrow, arrow * (index == 0 ? 0 : 1) + labelAbove + (index == 0 ? 6 : 0));
        double boxHeight = layout.isNarrow() ? BOX : Math.max(BOX, label.size() * LINE + 10);
        for (int arm = 0; arm < figure.arms().size(); arm++) {
            if (index > 0) {
                arrow(arm, from, top, step.cells().get(arm).lost());
            }
            svg.box(left(arm), top, armWidth, boxHeight);
            svg.bar("vf-fill-" + arm, left(arm), top + 5, 3.5, boxHeight - 10);
            svg.bold(
                    "vf-ink",
                    Anchor.MIDDLE,
                    Svg.TEXT + 1,
                    middle(arm),
                    top + boxHeight / 2 + 5,
                    step.cells().get(arm).remaining());
        }
        double baseline =
                layout.isNarrow() ? top - labelAbove + LINE : top + boxHeight / 2 + 5 - (label.size() - 1) * LINE / 2;
        for (String line : label) {
            svg.text("vf-ink", Anchor.START, Svg.TEXT, 2, baseline, line);
            baseline += LINE;
        }
        return top + boxHeight;
    }

    private void arrow(int arm, double from, double to, String lost) {
        double x = middle(arm);
        double stop = layout.isNarrow() ? from + ARROW - 3 : to - 1;
        svg.line("vf-axis", x, from, x, stop - 4, 1.25);
        svg.shape("vf-muted", "M%s %sl-4.5 -6.5h9Z".formatted(Svg.number(x), Svg.number(stop)));
        if (!lost.isEmpty()) {
            svg.text("vf-muted", Anchor.START, Svg.SMALL, x + 11, from + 15, lost);
        }
    }

    private double left(int arm) {
        return firstArm + arm * (armWidth + 18);
    }

    private double middle(int arm) {
        return left(arm) + armWidth / 2;
    }
}
