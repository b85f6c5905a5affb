package org.vauban.plot;

import java.util.ArrayList;
import java.util.List;

/** Round numbers for axes. */
final class Axis {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};
    private static final double[] RATIOS = {
        0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 5, 10, 20, 50, 100
    };
    private static final int RATIO_TICKS_MAX = 7;

    private Axis() {}

    /** A round step that divides a span into at most so many parts. */
    static double step(double span, int partsMax) {
        double raw = span / partsMax;
        double magnitude = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double step : STEPS) {
            if (step * magnitude >= raw * (1 - 1e-9)) {
                return step * magnitude;
            }
        }
        return 10 * magnitude;
    }

    /** Multiples of a step between two bounds, both included. */
    static List<Double> multiples(double from, double to, double step) {
        List<Double> ticks = new ArrayList<>();
        long first = (long) Math.ceil(from / step - 1e-9);
        for (long index = first; index * step <= to + step * 1e-9; index++) {
            ticks.add(index * step);
        }
        return ticks;
    }

    /** Ticks of a logarithmic axis of ratios, thinned around 1 when there are too many. */
    static List<Double> ratios(double from, double to) {
        List<Double> inside = new ArrayList<>();
        for (double ratio : RATIOS) {
            if (ratio >= from * (1 - 1e-9) && ratio <= to * (1 + 1e-9)) {
                inside.add(ratio);
            }
        }
        if (inside.size() <= RATIO_TICKS_MAX) {
            return inside;
        }
        List<Double> coarse = List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0);
        inside.retainAll(coarse);
        if (inside.size() > RATIO_TICKS_MAX) {
            inside.retainAll(List.of(0.01, 0.1, 1.0, 10.0, 100.0));
        }
        return inside;
    }
}
