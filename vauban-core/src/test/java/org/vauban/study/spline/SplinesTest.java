package org.vauban.study.spline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Splines by their definitions: smooth where they bend, straight or closed where they end. */
class SplinesTest {
    private static final double STEP = 1e-4;

    @Test
    void knotsLieWhereHarrellPutsThem() {
        double[] values = IntStream.rangeClosed(0, 1000).asDoubleStream().toArray();

        assertThat(RestrictedCubicSpline.among(values, 5).knots()).containsExactly(50, 275, 500, 725, 950);
        assertThat(RestrictedCubicSpline.among(values, 3).knots()).containsExactly(100, 500, 900);
    }

    @Test
    void aRestrictedSplineIsALineBeyondItsKnotsAndSmoothBetween() {
        RestrictedCubicSpline spline = RestrictedCubicSpline.at(1, 2, 4, 7, 9);

        assertThat(spline.columns()).isEqualTo(4);
        for (int column = 0; column < 4; column++) {
            int each = column;
            for (double beyond : new double[] {-3, 0.5, 9.5, 20}) {
                assertThat(bend(value -> spline.of(value)[each], beyond)).isCloseTo(0, within(1e-5));
            }
            for (double knot : spline.knots()) {
                double before = bend(value -> spline.of(value)[each], knot - 2 * STEP);
                double after = bend(value -> spline.of(value)[each], knot + 2 * STEP);
                assertThat(before).isCloseTo(after, within(0.01));
            }
        }
    }

    /** Harrell's formula, computed by hand for knots 0, 1 and 2: at 1 it is 1/4 and at 2 it is 3/2. */
    @Test
    void theFirstBentColumnIsHarrells() {
        RestrictedCubicSpline spline = RestrictedCubicSpline.at(0, 1, 2);

        assertThat(spline.of(1)).containsExactly(1, 0.25);
        assertThat(spline.of(2)).containsExactly(2, 1.5);
        assertThat(spline.of(-1)).containsExactly(-1, 0);
    }

    @Test
    void valuesThatCrowdOnOneNumberLeaveALine() {
        RestrictedCubicSpline spline = RestrictedCubicSpline.among(new double[] {0, 0, 0, 0, 0, 0, 5}, 5);

        assertThat(spline.columns()).isEqualTo(1);
        assertThat(spline.of(3)).containsExactly(3);
    }

    @Test
    void aClosedSplineEndsAsItBegins() {
        CyclicCubicSpline spline = CyclicCubicSpline.around(12, 5);

        assertThat(spline.columns()).isEqualTo(4);
        for (int column = 0; column < 4; column++) {
            int each = column;
            assertThat(spline.of(0)[each]).isCloseTo(0, within(1e-12));
            assertThat(spline.of(12 * (column + 1) / 5.0)[each]).isCloseTo(1, within(1e-12));
            assertThat(spline.of(1.3)[each]).isCloseTo(spline.of(13.3)[each], within(1e-12));
            for (double knot : new double[] {0, 2.4, 12}) {
                assertThat(bend(value -> spline.of(value)[each], knot - 2 * STEP))
                        .isCloseTo(bend(value -> spline.of(value)[each], knot + 2 * STEP), within(0.01));
            }
        }
    }

    /** A wave around the year is nearly in the span: the heights at the knots are its own. */
    @Test
    void aClosedSplineFollowsAWave() {
        int knots = 12;
        CyclicCubicSpline spline = CyclicCubicSpline.around(1, knots);

        for (double at : DoubleStream.iterate(0, at -> at < 1, at -> at + 0.013).toArray()) {
            double[] columns = spline.of(at);
            double height = 0;
            for (int column = 0; column < columns.length; column++) {
                height += columns[column] * Math.sin(2 * Math.PI * (column + 1) / knots);
            }
            assertThat(height).isCloseTo(Math.sin(2 * Math.PI * at), within(0.002));
        }
    }

    private static double bend(java.util.function.DoubleUnaryOperator curve, double at) {
        return (curve.applyAsDouble(at + STEP) - 2 * curve.applyAsDouble(at) + curve.applyAsDouble(at - STEP))
                / (STEP * STEP);
    }
}
