package org.vauban.study;

/**
 * Beyond any of these a self-controlled case series must not be read. A ratio crosses its limit when it, or its inverse, lies beyond, and
 * chance does not explain it: in a window of few events a ratio far from 1 is nothing rare.
 *
 * @param observation the largest ratio of the rate just before observation ends early to that of other days
 * @param exposure the largest ratio of the rate just before an exposure to that of other days
 * @param timeTrend the largest factor by which the rate of a month may typically be off
 * @param detectableRatio the largest ratio that the events suffice to detect
 */
public record SeriesLimits(double observation, double exposure, double timeTrend, double detectableRatio) {
    /** What holds where a study says nothing. */
    public static SeriesLimits usual() {
        return new SeriesLimits(2, 1.25, 1.25, 10);
    }
}
