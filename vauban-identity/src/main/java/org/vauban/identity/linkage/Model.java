package org.vauban.identity.linkage;

import java.util.List;

/**
 * The chance of each level of each comparison, as natural logarithms, among pairs of one person, of relatives and of strangers,
 * and how many of all pairs each sort is. The traits are taken as independent within a sort, which the third sort makes
 * nearly true: what relatives have in common is not counted as so many coincidences.
 */
final class Model {

    private final List<Comparison> comparisons;
    final double[][] same;
    final double[][] relatives;
    final double[][] strangers;
    double shareOfSame;
    double shareOfRelatives;
    /** How many of the relatives found have one birthday. Files often hold no other relatives at one address than twins. */
    double shareOfTwins = 0.3;

    Model(List<Comparison> comparisons, double shareOfSame, double shareOfRelatives) {
        this.comparisons = comparisons;
        this.shareOfSame = shareOfSame;
        this.shareOfRelatives = shareOfRelatives;
        this.same = rows();
        this.relatives = rows();
        this.strangers = rows();
    }

    List<Comparison> comparisons() {
        return comparisons;
    }

    /** Relatives share a name and a roof like one person, and else are strangers; some are twins. */
    void deriveRelatives() {
        for (int at = 0; at < comparisons.size(); at++) {
            Comparison comparison = comparisons.get(at);
            double twins = comparison.mayBeTwins() ? shareOfTwins : 0;
            for (int level = 1; level < comparison.size(); level++) {
                double stranger = Math.exp(strangers[at][level]);
                relatives[at][level] = comparison.sharedByRelatives()
                        ? same[at][level]
                        : Math.log((1 - twins) * stranger + (level == 1 ? twins : 0));
            }
        }
    }

    double logSame(byte[] levels) {
        return Math.log(shareOfSame) + sum(same, levels);
    }

    double logRelatives(byte[] levels) {
        return Math.log(shareOfRelatives) + sum(relatives, levels);
    }

    double logStrangers(byte[] levels) {
        return Math.log(1 - shareOfSame - shareOfRelatives) + sum(strangers, levels);
    }

    /**
     * The logarithm of the odds that the pair is one person. A pair that agrees on a value is asked how common the value is:
     * two Martins are strangers more often than two Vercingetorix.
     */
    double logOdds(byte[] levels, int record) {
        double commonToStrangers = 0;
        double commonToRelatives = 0;
        for (int at = 0; at < levels.length; at++) {
            if (levels[at] != Comparison.MISSING) {
                Comparison comparison = comparisons.get(at);
                if (comparison.level(levels[at]).exact()) {
                    double common = comparison.logCommonness(record);
                    commonToStrangers += common;
                    commonToRelatives += comparison.sharedByRelatives() ? 0 : common;
                }
            }
        }
        double others = added(logRelatives(levels) + commonToRelatives, logStrangers(levels) + commonToStrangers);
        return logSame(levels) - others;
    }

    /** log(e^one + e^other). */
    static double added(double one, double other) {
        double larger = Math.max(one, other);
        return larger + Math.log1p(Math.exp(-Math.abs(one - other)));
    }

    private double[][] rows() {
        double[][] rows = new double[comparisons.size()][];
        for (int at = 0; at < rows.length; at++) {
            rows[at] = new double[comparisons.get(at).size()];
        }
        return rows;
    }

    private static double sum(double[][] logs, byte[] levels) {
        double sum = 0;
        for (int at = 0; at < levels.length; at++) {
            sum += logs[at][levels[at]];
        }
        return sum;
    }
}
