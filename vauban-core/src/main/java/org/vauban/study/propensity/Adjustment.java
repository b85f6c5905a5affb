package org.vauban.study.propensity;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What is done with propensity scores so that the arms become alike. */
public sealed interface Adjustment {

    /** Nothing: the arms as they are. */
    record Unadjusted() implements Adjustment {}

    /**
     * Greedy matching on the logit of the score. The persons of the first arm choose in an order that the seed shuffles: any fixed order
     * would prefer some persons where there are too few to choose from.
     *
     * @param ratio persons of the second arm for each of the first, at most
     * @param caliper the largest difference in standard deviations of the logit
     * @param seed fixes the order
     */
    record Matching(int ratio, double caliper, long seed) implements Adjustment {
        public Matching {
            if (ratio < 1 || !(caliper >= 0)) {
                throw new IllegalArgumentException("A caliper is not negative, and there is one match at least");
            }
        }
    }

    /** Strata of equal size among all. */
    record Stratification(int strata) implements Adjustment {
        public Stratification {
            if (strata < 2) {
                throw new IllegalArgumentException("There are at least two strata");
            }
        }
    }

    /** Weights. */
    record Weighting(BalancingWeights weights) implements Adjustment {}

    /**
     * What became of each person.
     *
     * @param weights what each counts when arms are compared as wholes; 0 for who is left out
     * @param sets the matched set or the stratum, from 0; -1 for who is in none
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Adjusted(double[] weights, int[] sets) {
        /** Who is still there, in order. */
        public int[] kept() {
            return IntStream.range(0, weights.length)
                    .filter(row -> weights[row] > 0)
                    .toArray();
        }

        /** Shows shape only. */
        @Override
        public String toString() {
            return "Adjusted[" + weights.length + "]";
        }
    }

    /** Adjusts persons whose scores lie strictly between 0 and 1; both arms have somebody. */
    static Adjusted apply(Adjustment adjustment, double[] scores, boolean[] treated) {
        return switch (adjustment) {
            case Unadjusted _ -> new Adjusted(filled(scores.length), none(scores.length));
            case Weighting weighting -> new Adjusted(weighting.weights().of(scores, treated), none(scores.length));
            case Matching matching -> matched(matching, scores, treated);
            case Stratification stratification -> stratified(stratification, scores, treated);
        };
    }

    private static Adjusted matched(Matching matching, double[] scores, boolean[] treated) {
        double[] logits = Arrays.stream(scores)
                .map(score -> Math.log(score / (1 - score)))
                .toArray();
        int[] order = shuffled(scores.length, matching.seed());
        double[] distance = Arrays.stream(order).mapToDouble(row -> logits[row]).toArray();
        boolean[] choosing = new boolean[order.length];
        for (int place = 0; place < order.length; place++) {
            choosing[place] = treated[order[place]];
        }
        List<GreedyMatching.Pair> pairs = GreedyMatching.match(
                distance,
                choosing,
                new GreedyMatching.Options(
                        GreedyMatching.caliper(distance, matching.caliper()),
                        matching.ratio(),
                        GreedyMatching.Order.DATA,
                        false));
        double[] shuffledWeights = GreedyMatching.weights(pairs, order.length);
        double[] weights = new double[order.length];
        int[] sets = none(order.length);
        for (int place = 0; place < order.length; place++) {
            weights[order[place]] = shuffledWeights[place];
        }
        // Sets are numbered by their first person, so that the numbers do not tell the shuffle.
        List<GreedyMatching.Pair> ordered = pairs.stream()
                .sorted(Comparator.comparingInt(pair -> order[pair.treated()]))
                .toList();
        int set = -1;
        int last = -1;
        for (GreedyMatching.Pair pair : ordered) {
            set += pair.treated() == last ? 0 : 1;
            last = pair.treated();
            sets[order[pair.treated()]] = set;
            sets[order[pair.control()]] = set;
        }
        return new Adjusted(weights, sets);
    }

    /** Each arm weighs in a stratum what the stratum weighs among all; a stratum without one of the arms is left out. */
    private static Adjusted stratified(Stratification stratification, double[] scores, boolean[] treated) {
        ScoreStrata strata = ScoreStrata.ofAll(scores, stratification.strata());
        int[] sets = IntStream.range(0, scores.length).map(strata::stratum).toArray();
        double[][] persons = new double[2][stratification.strata()];
        for (int row = 0; row < sets.length; row++) {
            persons[treated[row] ? 0 : 1][sets[row]]++;
        }
        double[] weights = new double[sets.length];
        for (int row = 0; row < sets.length; row++) {
            double own = persons[treated[row] ? 0 : 1][sets[row]];
            double other = persons[treated[row] ? 1 : 0][sets[row]];
            weights[row] = other == 0 ? 0 : (own + other) / own;
            sets[row] = other == 0 ? -1 : sets[row];
        }
        return new Adjusted(weights, sets);
    }

    private static int[] shuffled(int size, long seed) {
        var random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, size).toArray();
        for (int place = size - 1; place > 0; place--) {
            int other = random.nextInt(place + 1);
            int kept = order[place];
            order[place] = order[other];
            order[other] = kept;
        }
        return order;
    }

    private static double[] filled(int size) {
        double[] ones = new double[size];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static int[] none(int size) {
        int[] none = new int[size];
        Arrays.fill(none, -1);
        return none;
    }
}
