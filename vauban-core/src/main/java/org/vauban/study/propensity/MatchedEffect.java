package org.vauban.study.propensity;

import java.util.Arrays;
import java.util.List;

/**
 * The effect in the matched treated: the mean of each treated's outcome less the mean of its controls'.
 *
 * @param estimate the mean difference
 * @param standardError of pairs that are independent of each other; NaN when sets are larger or controls are used again
 */
public record MatchedEffect(double estimate, double standardError) {

    /** From the pairs and everybody's outcome. */
    public static MatchedEffect of(List<GreedyMatching.Pair> pairs, double[] outcome) {
        int[] treated =
                pairs.stream().mapToInt(GreedyMatching.Pair::treated).distinct().toArray();
        long controls =
                pairs.stream().mapToInt(GreedyMatching.Pair::control).distinct().count();
        double[] differences = Arrays.stream(treated)
                .mapToDouble(row -> outcome[row]
                        - pairs.stream()
                                .filter(pair -> pair.treated() == row)
                                .mapToDouble(pair -> outcome[pair.control()])
                                .average()
                                .orElse(Double.NaN))
                .toArray();
        boolean paired = treated.length == pairs.size() && controls == pairs.size();
        double error = Math.sqrt(ScoreStrata.variance(differences) / differences.length);
        return new MatchedEffect(ScoreStrata.mean(differences), paired ? error : Double.NaN);
    }
}
