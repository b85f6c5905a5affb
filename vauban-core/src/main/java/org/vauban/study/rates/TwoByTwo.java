package org.vauban.study.rates;

import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * A table of exposure against outcome.
 *
 * @param exposedCases exposed with the outcome
 * @param exposedOthers exposed without it
 * @param otherCases not exposed, with the outcome
 * @param others neither
 */
public record TwoByTwo(int exposedCases, int exposedOthers, int otherCases, int others) {
    public TwoByTwo {
        if (exposedCases < 0 || exposedOthers < 0 || otherCases < 0 || others < 0) {
            throw new IllegalArgumentException("Counts are not negative");
        }
    }

    int exposed() {
        return exposedCases + exposedOthers;
    }

    int unexposed() {
        return otherCases + others;
    }

    int cases() {
        return exposedCases + otherCases;
    }

    int all() {
        return exposed() + unexposed();
    }

    /** Exposed cases that no association lets expect. */
    double expectedCases() {
        return (double) exposed() * cases() / all();
    }

    public double riskRatio() {
        return ((double) exposedCases / exposed()) / ((double) otherCases / unexposed());
    }

    public Interval riskRatioInterval(double level) {
        double variance = 1.0 / exposedCases - 1.0 / exposed() + 1.0 / otherCases - 1.0 / unexposed();
        return Interval.ofRatio(riskRatio(), Math.sqrt(variance), level);
    }

    public double riskDifference() {
        return (double) exposedCases / exposed() - (double) otherCases / unexposed();
    }

    public Interval riskDifferenceInterval(double level) {
        double one = (double) exposedCases / exposed();
        double two = (double) otherCases / unexposed();
        return Interval.around(
                one - two, Math.sqrt(one * (1 - one) / exposed() + two * (1 - two) / unexposed()), level);
    }

    /** The cross product. */
    public double oddsRatio() {
        return (double) exposedCases * others / ((double) exposedOthers * otherCases);
    }

    /** Woolf's interval, symmetric on the logarithmic scale. */
    public Interval oddsRatioInterval(double level) {
        double variance = 1.0 / exposedCases + 1.0 / exposedOthers + 1.0 / otherCases + 1.0 / others;
        return Interval.ofRatio(oddsRatio(), Math.sqrt(variance), level);
    }

    /** Pearson's statistic. */
    public double chiSquared() {
        return chiSquared(0);
    }

    /** The same with Yates's correction, which never takes more than the difference itself. */
    public double chiSquaredCorrected() {
        return chiSquared(Math.min(0.5, Math.abs(exposedCases - expectedCases())));
    }

    /** The p-value of either statistic. */
    public static double p(double chiSquared) {
        return ChiSquaredDistribution.of(1).survivalProbability(chiSquared);
    }

    private double chiSquared(double correction) {
        double difference = Math.abs(exposedCases - expectedCases()) - correction;
        double n = all();
        double inverse = n / exposed() / cases()
                + n / exposed() / (n - cases())
                + n / unexposed() / cases()
                + n / unexposed() / (n - cases());
        return difference * difference * inverse;
    }

    /** Fisher's estimate, interval and test: conditional on the margins. */
    public ConditionalOdds conditional() {
        return ConditionalOdds.of(List.of(this));
    }
}
