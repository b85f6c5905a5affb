package org.vauban.plot;

import java.util.List;

/**
 * What a design finds where there is nothing to find: negative controls by ratio and standard error, beside the estimate itself.
 *
 * @param id unique in its page
 * @param words title, description, language
 * @param ratioAxis what the horizontal axis shows
 * @param errorAxis what the vertical axis shows
 * @param control the name of the controls' marks
 * @param estimate the name of the estimate's mark
 * @param mean of the systematic error, as a logarithm
 * @param deviation of the systematic error
 * @param controls the negative controls
 * @param found the estimate
 */
public record ControlsFigure(
        String id,
        FigureWords words,
        String ratioAxis,
        String errorAxis,
        String control,
        String estimate,
        double mean,
        double deviation,
        List<Point> controls,
        Point found)
        implements Figure {
    public ControlsFigure {
        controls = List.copyOf(controls);
        if (controls.isEmpty() || !(deviation >= 0)) {
            throw new IllegalArgumentException("There is at least one control, and a deviation is not negative");
        }
    }

    /** An estimate: the logarithm of its ratio and its standard error. */
    public record Point(double logRatio, double standardError) {
        public Point {
            if (!Double.isFinite(logRatio) || !(standardError > 0) || Double.isInfinite(standardError)) {
                throw new IllegalArgumentException("An estimate is finite and has an error");
            }
        }
    }
}
