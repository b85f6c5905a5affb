package org.vauban.study;

/** How the rate of an outcome may change with time: with age, or around the year. */
public sealed interface TimeEffect {
    /** Not at all. */
    record None() implements TimeEffect {}

    /**
     * In steps.
     *
     * @param width years of age, or months of the year
     */
    record Steps(int width) implements TimeEffect {
        public Steps {
            if (width < 1) {
                throw new IllegalArgumentException("A step is at least one wide");
            }
        }
    }

    /** Smoothly: along a cubic spline with so many knots, that of the year ending as it begins. */
    record Spline(int knots) implements TimeEffect {}
}
