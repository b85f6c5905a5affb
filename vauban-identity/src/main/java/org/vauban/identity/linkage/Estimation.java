package org.vauban.identity.linkage;

import java.util.List;

/**
 * Estimates a {@link Model} from the data alone, by expectation and maximisation (Winkler 1988).
 *
 * <p>Two samples are looked at: pairs that blocking proposed, which hold nearly all pairs of one person, and pairs drawn at
 * random, which are strangers but for a few. m is estimated on the first; u on the second, where the few are weighted
 * out. The shares are of all pairs that could be made: a pair that no pass proposed counts as none of one person.
 */
final class Estimation {

    private static final int ROUNDS_MAX = 40;
    private static final double SMALL_CHANGE = 1e-4;
    /** How many pairs the clerk's guess weighs as much as. */
    private static final double PRIOR_PAIRS = 10;
    /** What stands for a level that was never seen among strangers, in pairs. */
    private static final double NEVER_SEEN = 0.5;

    private final List<Comparison> comparisons;
    private final Patterns proposed;
    private final Patterns random;
    private final double pairsInAll;
    private final double weightOfProposed;

    /**
     * @param sampled the share of the proposed pairs that {@code proposed} counts
     * @param pairsInAll how many pairs could be made
     */
    Estimation(List<Comparison> comparisons, Patterns proposed, double sampled, Patterns random, double pairsInAll) {
        this.comparisons = comparisons;
        this.proposed = proposed;
        this.random = random;
        this.pairsInAll = Math.max(1, pairsInAll);
        this.weightOfProposed = 1 / sampled;
    }

    /** @param sameExpected a first guess of how many pairs are one person */
    Model model(double sameExpected) {
        double share = Math.clamp(sameExpected / pairsInAll, 1e-12, 0.3);
        var model = new Model(comparisons, share, share);
        maximiseSame(model, empty());
        maximiseStrangers(model, false);
        model.deriveRelatives();
        for (int round = 0; round < ROUNDS_MAX; round++) {
            double before = model.shareOfSame;
            double[][] same = empty();
            expect(model, same);
            maximiseSame(model, same);
            maximiseStrangers(model, true);
            model.deriveRelatives();
            if (Math.abs(model.shareOfSame - before) < SMALL_CHANGE * before) {
                break;
            }
        }
        return model;
    }

    private void expect(Model model, double[][] levelsOfSame) {
        double same = 0;
        double relatives = 0;
        double twins = 0;
        for (int number = 0; number < proposed.size(); number++) {
            byte[] pattern = proposed.pattern(number);
            double logSame = model.logSame(pattern);
            double logRelatives = model.logRelatives(pattern);
            double all = Model.added(Model.added(logSame, logRelatives), model.logStrangers(pattern));
            double weight = proposed.count(number) * weightOfProposed;
            double ofSame = weight * Math.exp(logSame - all);
            same += ofSame;
            double ofRelatives = weight * Math.exp(logRelatives - all);
            relatives += ofRelatives;
            twins += twinsLevel(pattern) ? ofRelatives : 0;
            for (int at = 0; at < pattern.length; at++) {
                levelsOfSame[at][pattern[at]] += ofSame;
            }
        }
        model.shareOfSame = Math.clamp(same / pairsInAll, 1e-12, 0.45);
        model.shareOfRelatives = Math.clamp(relatives / pairsInAll, 1e-12, 0.45);
        // Twins are rare; the guess of two in a hundred weighs as much as a hundred pairs of relatives.
        model.shareOfTwins = Math.clamp((twins + 2) / (relatives + 100), 0.02, 0.6);
    }

    private boolean twinsLevel(byte[] pattern) {
        for (int at = 0; at < pattern.length; at++) {
            if (pattern[at] == 1 && comparisons.get(at).mayBeTwins()) {
                return true;
            }
        }
        return false;
    }

    private void maximiseSame(Model model, double[][] seen) {
        for (int at = 0; at < comparisons.size(); at++) {
            Comparison comparison = comparisons.get(at);
            double[] weights = new double[comparison.size()];
            for (int level = 1; level < weights.length; level++) {
                weights[level] =
                        seen[at][level] + PRIOR_PAIRS * comparison.level(level).expected();
            }
            toLogs(comparison, weights, model.same[at]);
        }
    }

    private void maximiseStrangers(Model model, boolean weighted) {
        double[][] seen = empty();
        for (int number = 0; number < random.size(); number++) {
            byte[] pattern = random.pattern(number);
            double weight = random.count(number);
            if (weighted) {
                double logStrangers = model.logStrangers(pattern);
                weight *= Math.exp(logStrangers
                        - Model.added(Model.added(model.logSame(pattern), model.logRelatives(pattern)), logStrangers));
            }
            for (int at = 0; at < pattern.length; at++) {
                seen[at][pattern[at]] += weight;
            }
        }
        for (int at = 0; at < comparisons.size(); at++) {
            for (int level = 1; level < seen[at].length; level++) {
                seen[at][level] += NEVER_SEEN;
            }
            toLogs(comparisons.get(at), seen[at], model.strangers[at]);
        }
    }

    /** Weights to logarithms of chances that add up to one in each group of levels. */
    private static void toLogs(Comparison comparison, double[] weights, double[] logs) {
        for (int level = 1; level < weights.length; level++) {
            double group = 0;
            for (int each = 1; each < weights.length; each++) {
                group += comparison.level(each).group()
                                == comparison.level(level).group()
                        ? weights[each]
                        : 0;
            }
            logs[level] = Math.log(weights[level] / group);
        }
    }

    private double[][] empty() {
        double[][] rows = new double[comparisons.size()][];
        for (int at = 0; at < rows.length; at++) {
            rows[at] = new double[comparisons.get(at).size()];
        }
        return rows;
    }
}
