package org.vauban.identity.linkage;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Finds the records of one person: keys first, then traits. See the package for the method.
 *
 * <p>The same people give the same links. Time grows with the pairs that blocking proposes, memory with the records.
 */
public final class Linkage {

    private static final long SEED = 20_261_121;
    private static final int RANDOM_PAIRS = 250_000;
    private static final long PROPOSED_SAMPLED = 2_000_000;
    /** Pairs less likely than one in four hundred are nobody's rivals. */
    private static final double LOG_ODDS_KEPT = -6;

    private final People people;
    private final Comparisons comparisons;
    private final Candidates candidates;
    private final byte[] levels;

    private Linkage(People people) {
        this.people = people;
        this.comparisons = new Comparisons(people);
        this.candidates = new Candidates(people, comparisons);
        this.levels = new byte[comparisons.count()];
    }

    /**
     * Links the people.
     *
     * @param threshold the least probability with which traits may join, above 0 and below 1
     * @throws IllegalArgumentException when there is no trait to compare, or there are too many records
     */
    public static Links link(People people, double threshold) {
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException(
                    "The least probability to join lies between 0 and 1; found " + threshold + ".");
        }
        return new Linkage(people).run(threshold);
    }

    private Links run(double threshold) {
        if (comparisons.count() == 0) {
            throw new IllegalArgumentException("Linking needs at least one trait to compare; found none.");
        }
        Model model = estimate();
        var edges = new Edges();
        long[] compared = {0};
        for (int record = 0; record < people.size(); record++) {
            if (candidates.asks(record)) {
                int asking = record;
                candidates.partners(record, partner -> {
                    compared[0]++;
                    comparisons.compare(asking, partner, levels);
                    double odds = model.logOdds(levels, asking);
                    if (odds >= LOG_ODDS_KEPT) {
                        edges.add(asking, partner, odds);
                    }
                });
            }
        }
        var joining = new Joining(people, comparisons, model, threshold);
        joining.join(edges);
        List<Links.Pair> pairs = joining.pairs();
        return new Links(
                joining.cluster(),
                joining.certainty(),
                pairs,
                new Links.Quality(
                        compared[0], candidates.pairsPossible(), joining.joins(), joining.falseJoinsExpected()));
    }

    private Model estimate() {
        var proposed = new Patterns(comparisons.count());
        var random = new SplittableRandom(SEED);
        int[] order = asking(random);
        long[] seen = {0};
        int asked = 0;
        while (asked < order.length && seen[0] < PROPOSED_SAMPLED) {
            int record = order[asked++];
            candidates.partners(record, partner -> {
                seen[0]++;
                comparisons.compare(record, partner, levels);
                proposed.add(levels);
            });
        }
        // The pairs of a record among a file's own are met by the later of the two: still a fair sample of pairs.
        double sampled = Math.max(1, asked) / (double) Math.max(1, order.length);
        var estimation =
                new Estimation(comparisons.all(), proposed, sampled, randomPairs(random), candidates.pairsPossible());
        return estimation.model(Math.max(1, order.length / 4.0));
    }

    private Patterns randomPairs(SplittableRandom random) {
        var patterns = new Patterns(comparisons.count());
        long wanted = Math.min(RANDOM_PAIRS, candidates.pairsPossible() * 2);
        // Sources may allow few pairs: the tries are bounded too.
        long tries = wanted * 8;
        while (wanted > 0 && tries-- > 0) {
            int one = random.nextInt(people.size());
            int other = random.nextInt(people.size());
            if (one != other && people.comparable(one, other)) {
                comparisons.compare(one, other, levels);
                patterns.add(levels);
                wanted--;
            }
        }
        return patterns;
    }

    private int[] asking(SplittableRandom random) {
        int count = 0;
        int[] order = new int[people.size()];
        for (int record = 0; record < order.length; record++) {
            if (candidates.asks(record)) {
                order[count++] = record;
            }
        }
        for (int at = count - 1; at > 0; at--) {
            int with = random.nextInt(at + 1);
            int moved = order[at];
            order[at] = order[with];
            order[with] = moved;
        }
        return java.util.Arrays.copyOf(order, count);
    }
}
