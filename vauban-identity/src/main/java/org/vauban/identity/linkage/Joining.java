package org.vauban.identity.linkage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins records to persons, the surest pairs first.
 *
 * <p>A register names a person at most once. So the candidates of one record in a register compete: the odds of each are
 * taken against all of them, and two candidates that are equally good leave neither. Clusters join when the pairs between
 * them speak for it on average, and never when a key or a register forbids it.
 */
final class Joining {

    private static final double LOG_ODDS_MAX = 12;

    private final People people;
    private final Comparisons comparisons;
    private final Model model;
    private final double threshold;
    private final int[] cluster;
    private final float[] certainty;
    private final Map<Integer, int[]> members = new HashMap<>();
    private final byte[] levels;
    private int joins;
    private double falseJoinsExpected;

    Joining(People people, Comparisons comparisons, Model model, double threshold) {
        this.people = people;
        this.comparisons = comparisons;
        this.model = model;
        this.threshold = threshold;
        this.levels = new byte[comparisons.count()];
        this.cluster = new int[people.size()];
        this.certainty = new float[people.size()];
        Arrays.setAll(cluster, record -> record);
        Arrays.fill(certainty, 1);
        joinByKey();
    }

    int[] cluster() {
        return cluster;
    }

    float[] certainty() {
        return certainty;
    }

    int joins() {
        return joins;
    }

    double falseJoinsExpected() {
        return falseJoinsExpected;
    }

    void join(Edges edges) {
        double[] probabilities = againstRivals(edges);
        long[] order = new long[edges.size()];
        int count = 0;
        for (int edge = 0; edge < edges.size(); edge++) {
            if (probabilities[edge] >= threshold) {
                // Surest first; among equals, the odds without rivals decide, then the place.
                float sure = (float) Math.clamp(logit(probabilities[edge]), -20, 20);
                order[count++] = (long) Math.round((20 - sure) * 1e6) << 32 | edge;
            }
        }
        Arrays.sort(order, 0, count);
        for (int at = 0; at < count; at++) {
            int edge = (int) order[at];
            join(edges.one(edge), edges.other(edge), probabilities[edge]);
        }
    }

    /** Pairs within the clusters that traits may join. */
    List<Links.Pair> pairs() {
        List<Links.Pair> pairs = new ArrayList<>();
        for (int[] together : members.values()) {
            for (int i = 0; i < together.length; i++) {
                for (int j = i + 1; j < together.length; j++) {
                    if (people.comparable(together[i], together[j])) {
                        double sure = Math.min(certainty[together[i]], certainty[together[j]]);
                        pairs.add(new Links.Pair(
                                Math.min(together[i], together[j]), Math.max(together[i], together[j]), sure));
                    }
                }
            }
        }
        pairs.sort(java.util.Comparator.comparingInt(Links.Pair::first).thenComparingInt(Links.Pair::second));
        return pairs;
    }

    private void join(int one, int other, double probability) {
        int clusterOfOne = cluster[one];
        int clusterOfOther = cluster[other];
        if (clusterOfOne == clusterOfOther) {
            return;
        }
        int[] first = membersOf(clusterOfOne);
        int[] second = membersOf(clusterOfOther);
        if (forbidden(first, second)) {
            return;
        }
        double sure =
                first.length == 1 && second.length == 1 ? probability : average(first, second, one, other, probability);
        if (sure < threshold) {
            return;
        }
        joins++;
        falseJoinsExpected += 1 - sure;
        merge(first, second, (float) sure);
    }

    private void merge(int[] first, int[] second, float sure) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        Arrays.sort(all);
        int[] newcomers = second.length <= first.length ? second : first;
        for (int record : newcomers) {
            certainty[record] = Math.min(certainty[record], sure);
        }
        if (first.length == 1 && second.length == 1) {
            certainty[first[0]] = sure;
        }
        members.remove(cluster[first[0]]);
        members.remove(cluster[second[0]]);
        for (int record : all) {
            cluster[record] = all[0];
        }
        members.put(all[0], all);
    }

    private boolean forbidden(int[] first, int[] second) {
        for (int one : first) {
            for (int other : second) {
                long keyOfOne = people.keys()[one];
                long keyOfOther = people.keys()[other];
                boolean otherKey = keyOfOne != 0 && keyOfOther != 0 && keyOfOne != keyOfOther;
                boolean twoOfARegister =
                        people.source()[one] == people.source()[other] && people.singles()[people.source()[one]];
                if (otherKey || twoOfARegister) {
                    return true;
                }
            }
        }
        return false;
    }

    private double average(int[] first, int[] second, int edgeOne, int edgeOther, double probability) {
        double sum = 0;
        for (int one : first) {
            for (int other : second) {
                boolean theEdge = (one == edgeOne && other == edgeOther) || (one == edgeOther && other == edgeOne);
                comparisons.compare(one, other, levels);
                double odds = theEdge ? logit(probability) : model.logOdds(levels, one);
                sum += Math.clamp(odds, -LOG_ODDS_MAX, LOG_ODDS_MAX);
            }
        }
        return 1 / (1 + Math.exp(-sum / ((double) first.length * second.length)));
    }

    /** The probability of each edge, given that a record has at most one partner in a register. */
    private double[] againstRivals(Edges edges) {
        var rivals = new Rivals();
        for (int edge = 0; edge < edges.size(); edge++) {
            double odds = odds(edges, edge);
            rivals.add(edges.one(edge), edges.other(edge), odds);
            rivals.add(edges.other(edge), edges.one(edge), odds);
        }
        double[] probabilities = new double[edges.size()];
        for (int edge = 0; edge < probabilities.length; edge++) {
            double odds = odds(edges, edge);
            double against = 1
                    + rivals.of(edges.one(edge), edges.other(edge), odds)
                    + rivals.of(edges.other(edge), edges.one(edge), odds);
            probabilities[edge] = odds / (odds + against);
        }
        return probabilities;
    }

    private static double odds(Edges edges, int edge) {
        return Math.exp(Math.min(edges.logOdds(edge), 50));
    }

    /** The odds of all candidates that a record has in a register, added up by person: rows of one person do not compete. */
    private final class Rivals {

        private final Map<Long, Double> all = new HashMap<>();
        private final Map<Long, Double> bestOfPerson = new HashMap<>();

        void add(int record, int candidate, double odds) {
            int source = register(candidate);
            if (source < 0) {
                return;
            }
            double more = odds;
            if (members.containsKey(cluster[candidate])) {
                double before = bestOfPerson.getOrDefault(place(record, cluster[candidate]), 0.0);
                more = Math.max(0, odds - before);
                bestOfPerson.put(place(record, cluster[candidate]), before + more);
            }
            all.merge(place(record, source), more, Double::sum);
        }

        double of(int record, int candidate, double odds) {
            int source = register(candidate);
            if (source < 0) {
                return 0;
            }
            double own = bestOfPerson.getOrDefault(place(record, cluster[candidate]), odds);
            return Math.max(0, all.getOrDefault(place(record, source), own) - own);
        }
    }

    /** The register that knows a record's person, by the record itself or by one it is joined to already; -1 for none. */
    private int register(int record) {
        for (int each : membersOf(cluster[record])) {
            if (people.singles()[people.source()[each]]) {
                return people.source()[each];
            }
        }
        return -1;
    }

    private static long place(int record, int number) {
        return (long) number << 32 | record;
    }

    private void joinByKey() {
        Map<Long, List<Integer>> byKey = new HashMap<>();
        for (int record = 0; record < people.size(); record++) {
            // A record that is another one for sure goes with that one's key.
            int known = people.sameAs()[record];
            if (people.keys()[known] != 0) {
                byKey.computeIfAbsent(people.keys()[known], _ -> new ArrayList<>())
                        .add(record);
            } else if (known != record) {
                byKey.computeIfAbsent(-1L - known, _ -> new ArrayList<>(List.of(known)))
                        .add(record);
            }
        }
        for (List<Integer> same : byKey.values()) {
            if (same.size() > 1) {
                int[] together = same.stream().mapToInt(Integer::intValue).toArray();
                for (int record : together) {
                    cluster[record] = together[0];
                }
                members.put(together[0], together);
            }
        }
    }

    private int[] membersOf(int number) {
        int[] together = members.get(number);
        return together == null ? new int[] {number} : together;
    }

    private static double logit(double probability) {
        return Math.log(probability / (1 - Math.min(probability, 1 - 1e-12)));
    }
}
