package org.vauban.identity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vauban.identity.linkage.Links;

/**
 * How good links are, when it is known who is who.
 *
 * <p>Intervals are Wilson's (1927), at 95 %. F1 is a growing function of right / (right + false + missed), which is a
 * proportion, so that its interval is that proportion's, carried over.
 *
 * @param right pairs found that are one person
 * @param found pairs found
 * @param present pairs that are one person
 */
record Accuracy(long right, long found, long present) {

    private static final double Z = 1.959963984540054;

    /** An estimate and its 95 % interval. */
    record Interval(double estimate, double low, double high) {}

    /** @param truth the same text for records of one person; an empty one is nobody's */
    static Accuracy of(List<Links.Pair> pairs, String[] truth, int sizeOfFirst) {
        boolean twoFiles = sizeOfFirst < truth.length;
        Map<String, long[]> counts = new HashMap<>();
        for (int record = 0; record < truth.length; record++) {
            if (!truth[record].isEmpty()) {
                counts.computeIfAbsent(truth[record], _ -> new long[2])[record < sizeOfFirst ? 0 : 1]++;
            }
        }
        long present = 0;
        for (long[] count : counts.values()) {
            present += twoFiles ? count[0] * count[1] : count[0] * (count[0] - 1) / 2;
        }
        long right = pairs.stream()
                .filter(pair -> !truth[pair.first()].isEmpty() && truth[pair.first()].equals(truth[pair.second()]))
                .count();
        return new Accuracy(right, pairs.size(), present);
    }

    Interval precision() {
        return wilson(right, found);
    }

    Interval recall() {
        return wilson(right, present);
    }

    Interval f1() {
        Interval shared = wilson(right, found + present - right);
        return new Interval(f1(shared.estimate()), f1(shared.low()), f1(shared.high()));
    }

    private static double f1(double shared) {
        return 2 * shared / (1 + shared);
    }

    private static Interval wilson(long successes, long trials) {
        if (trials == 0) {
            return new Interval(0, 0, 1);
        }
        double n = trials;
        double p = successes / n;
        double middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        return new Interval(p, Math.max(0, middle - half), Math.min(1, middle + half));
    }
}
