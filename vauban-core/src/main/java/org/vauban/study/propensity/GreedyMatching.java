package org.vauban.study.propensity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Greedy nearest-neighbour matching: the treated come in order, and each takes the nearest control that is left.
 *
 * <p>The rule is stated to the last tie, so that anybody can match again. Treated come in the order of the data, or by falling distance
 * with ties in the order of the data. Nearest is by the absolute difference of the distance; of equally near controls the first in the
 * data. A pair further apart than the caliper is not made. With several controls for each, there are as many rounds over all treated.
 */
public final class GreedyMatching {
    private final double[] distance;
    private final boolean[] treated;
    private final Options options;
    /** Controls that can still be taken, by distance. */
    private final TreeMap<Double, TreeSet<Integer>> free = new TreeMap<>();

    private GreedyMatching(double[] distance, boolean[] treated, Options options) {
        this.distance = distance;
        this.treated = treated;
        this.options = options;
        for (int row = 0; row < treated.length; row++) {
            if (!treated[row]) {
                release(row);
            }
        }
    }

    /** The order in which the treated choose. */
    public enum Order {
        DATA,
        LARGEST_FIRST
    }

    /**
     * How to match.
     *
     * @param caliper the largest difference within a pair; infinite for none
     * @param ratio controls for each treated, at most
     * @param replacement whether a control can be taken by several treated
     */
    public record Options(double caliper, int ratio, Order order, boolean replacement) {
        public Options {
            if (!(caliper >= 0) || ratio < 1) {
                throw new IllegalArgumentException("A caliper is not negative, and there is one control at least");
            }
        }
    }

    /**
     * One pair.
     *
     * @param treated the treated's row
     * @param control the control's row
     * @param round from 1
     * @param gap their difference
     */
    public record Pair(int treated, int control, int round, double gap) {}

    /**
     * Matches on a distance, which is the propensity score or better its logit.
     *
     * @return pairs by treated and round
     */
    public static List<Pair> match(double[] distance, boolean[] treated, Options options) {
        if (distance.length != treated.length) {
            throw new IllegalArgumentException("Each person has one distance and one arm");
        }
        return new GreedyMatching(distance, treated, options).match();
    }

    /** A share of the distance's standard deviation among all: the usual caliper is 0.2 (Austin 2011). */
    public static double caliper(double[] distance, double share) {
        return share * Math.sqrt(ScoreStrata.variance(distance));
    }

    /** The weights of the matched: 1 for a treated, and for a control its parts in the sets it is in. 0 for all others. */
    public static double[] weights(List<Pair> pairs, int persons) {
        int[] matches = new int[persons];
        double[] weights = new double[persons];
        for (Pair pair : pairs) {
            matches[pair.treated()]++;
            weights[pair.treated()] = 1;
        }
        for (Pair pair : pairs) {
            weights[pair.control()] += 1.0 / matches[pair.treated()];
        }
        return weights;
    }

    private List<Pair> match() {
        Comparator<Integer> order = options.order() == Order.DATA
                ? Comparator.naturalOrder()
                : Comparator.comparingDouble((Integer row) -> -distance[row]).thenComparing(row -> row);
        List<Integer> choosing = IntStream.range(0, treated.length)
                .filter(row -> treated[row])
                .boxed()
                .sorted(order)
                .toList();
        Map<Integer, List<Integer>> taken = new TreeMap<>();
        List<Pair> pairs = new ArrayList<>();
        for (int round = 1; round <= options.ratio(); round++) {
            for (int row : choosing) {
                List<Integer> own = taken.computeIfAbsent(row, _ -> new ArrayList<>());
                own.forEach(this::take);
                int control = nearest(distance[row]);
                if (options.replacement()) {
                    own.forEach(this::release);
                }
                if (control >= 0 && Math.abs(distance[control] - distance[row]) <= options.caliper()) {
                    own.add(control);
                    pairs.add(new Pair(row, control, round, Math.abs(distance[control] - distance[row])));
                    if (!options.replacement()) {
                        take(control);
                    }
                }
            }
        }
        pairs.sort(Comparator.comparingInt(Pair::treated).thenComparingInt(Pair::round));
        return List.copyOf(pairs);
    }

    /** The nearest free control, the first in the data of equally near ones; -1 when none is left. */
    private int nearest(double wanted) {
        Map.Entry<Double, TreeSet<Integer>> below = free.floorEntry(wanted);
        Map.Entry<Double, TreeSet<Integer>> above = free.higherEntry(wanted);
        if (below == null || above == null) {
            return below != null
                    ? below.getValue().first()
                    : above != null ? above.getValue().first() : -1;
        }
        double down = Math.abs(below.getKey() - wanted);
        double up = Math.abs(above.getKey() - wanted);
        if (down == up) {
            return Math.min(below.getValue().first(), above.getValue().first());
        }
        return (down < up ? below : above).getValue().first();
    }

    private void take(int row) {
        TreeSet<Integer> there = free.get(distance[row]);
        if (there != null) {
            there.remove(row);
            if (there.isEmpty()) {
                free.remove(distance[row]);
            }
        }
    }

    private void release(int row) {
        free.computeIfAbsent(distance[row], _ -> new TreeSet<>()).add(row);
    }
}
