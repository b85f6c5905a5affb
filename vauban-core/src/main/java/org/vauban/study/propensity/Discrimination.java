package org.vauban.study.propensity;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How well a score tells the arms apart: not at all at 0.5, fully at 1. */
public final class Discrimination {
    private Discrimination() {}

    /** The c-statistic: the chance that a person of the first arm scores higher than one of the second, ties counting half. */
    public static double of(double[] scores, boolean[] treated) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted((left, right) -> Double.compare(scores[left], scores[right]))
                .mapToInt(Integer::intValue)
                .toArray();
        double first =
                IntStream.range(0, treated.length).filter(row -> treated[row]).count();
        double ranks = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                to++;
            }
            double rank = (from + 1 + to) / 2.0;
            ranks += rank
                    * Arrays.stream(order, from, to).filter(row -> treated[row]).count();
            from = to;
        }
        return (ranks - first * (first + 1) / 2) / (first * (scores.length - first));
    }
}
