package org.vauban.study.survival;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.vauban.study.matrix.PositiveMatrix;

/**
 * Tests whether groups have the same survival: at each event time the events of each group against what its share of those at risk
 * lets expect, added up over times and strata with a weight for each time (Mantel 1966, Peto and Peto 1972, Harrington and Fleming
 * 1982; R's {@code survdiff}).
 */
public final class LogRank {
    private LogRank() {}

    /** How much a time counts, given the survival of all just before it and the number at risk. */
    @FunctionalInterface
    public interface Weighting {
        double at(double survivalBefore, double atRisk);

        /** Every event alike: the log-rank test. */
        static Weighting logRank() {
            return (_, _) -> 1;
        }

        /** Early events more: the test of Peto and Peto, as R's {@code rho = 1}. */
        static Weighting petoPeto() {
            return flemingHarrington(1, 0);
        }

        /** Survival to the power rho times its complement to the power gamma. */
        static Weighting flemingHarrington(double rho, double gamma) {
            return (survival, _) -> Math.pow(survival, rho) * Math.pow(1 - survival, gamma);
        }

        /** The number at risk: Gehan's test, also called Breslow's. */
        static Weighting gehan() {
            return (_, atRisk) -> atRisk;
        }

        /** The square root of the number at risk. */
        static Weighting taroneWare() {
            return (_, atRisk) -> Math.sqrt(atRisk);
        }
    }

    /**
     * One stratum's share of the test, or the sum over all.
     *
     * @param observed weighted events of each group
     * @param expected what its share of those at risk lets expect
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Counts(double[] observed, double[] expected) {}

    /**
     * A test's answer.
     *
     * @param groups the groups' numbers, ascending; all lists are in this order
     * @param rows rows of each group
     * @param total over all strata
     * @param strata one for each stratum, ascending
     * @param covariance of observed less expected
     * @param degreesOfFreedom groups that could have had an event, less one
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Result(
            int[] groups,
            int[] rows,
            Counts total,
            List<Counts> strata,
            double[][] covariance,
            double chiSquared,
            int degreesOfFreedom) {

        public double p() {
            return degreesOfFreedom == 0
                    ? Double.NaN
                    : ChiSquaredDistribution.of(degreesOfFreedom).survivalProbability(chiSquared);
        }
    }

    /** Compares groups in one stratum. */
    public static Result test(KaplanMeier.Times times, int[] group, Weighting weighting) {
        return test(times, group, new int[group.length], weighting);
    }

    /** Compares groups within strata. */
    public static Result test(KaplanMeier.Times times, int[] group, int[] stratum, Weighting weighting) {
        if (group.length != times.stop().length || stratum.length != group.length) {
            throw new IllegalArgumentException("Each row has one group and one stratum");
        }
        if (times.weight() != null) {
            throw new IllegalArgumentException("The test counts rows; it takes no weights");
        }
        int[] groups = Arrays.stream(group).sorted().distinct().toArray();
        int size = groups.length;
        int[] place = Arrays.stream(group)
                .map(each -> Arrays.binarySearch(groups, each))
                .toArray();
        int[] rows = new int[size];
        TreeMap<Integer, List<Integer>> byStratum = new TreeMap<>();
        for (int row = 0; row < group.length; row++) {
            rows[place[row]]++;
            byStratum.computeIfAbsent(stratum[row], _ -> new ArrayList<>()).add(row);
        }
        double[][] covariance = new double[size][size];
        List<Counts> strata = byStratum.values().stream()
                .map(members -> count(times, members, place, size, weighting, covariance))
                .toList();
        var total = new Counts(new double[size], new double[size]);
        for (Counts each : strata) {
            for (int index = 0; index < size; index++) {
                total.observed[index] += each.observed[index];
                total.expected[index] += each.expected[index];
            }
        }
        int[] compared = IntStream.range(0, size)
                .filter(index -> total.expected[index] > 0)
                .toArray();
        int freedom = Math.max(0, compared.length - 1);
        return new Result(
                groups, rows, total, strata, covariance, chiSquared(total, covariance, compared, freedom), freedom);
    }

    private static double chiSquared(Counts total, double[][] covariance, int[] compared, int freedom) {
        double[] difference = new double[freedom];
        double[][] part = new double[freedom][freedom];
        for (int row = 0; row < freedom; row++) {
            difference[row] = total.observed[compared[row]] - total.expected[compared[row]];
            for (int column = 0; column < freedom; column++) {
                part[row][column] = covariance[compared[row]][compared[column]];
            }
        }
        if (freedom == 0) {
            return 0;
        }
        return PositiveMatrix.of(part)
                .map(matrix -> matrix.squaredLength(difference))
                .orElse(Double.NaN);
    }

    private static Counts count(
            KaplanMeier.Times times,
            List<Integer> members,
            int[] place,
            int size,
            Weighting weighting,
            double[][] covariance) {
        double[] time = members.stream()
                .filter(row -> times.event()[row])
                .mapToDouble(row -> times.stop()[row])
                .sorted()
                .distinct()
                .toArray();
        double[][] atRisk = new double[time.length + 1][size];
        double[][] events = new double[time.length][size];
        for (int row : members) {
            int end = firstAfter(time, times.stop()[row]);
            int begin = firstAfter(time, times.start(row));
            if (end > begin) {
                atRisk[end - 1][place[row]]++;
                if (begin > 0) {
                    atRisk[begin - 1][place[row]]--;
                }
            }
            if (times.event()[row]) {
                events[end - 1][place[row]]++;
            }
        }
        for (int index = time.length - 1; index >= 0; index--) {
            for (int group = 0; group < size; group++) {
                atRisk[index][group] += atRisk[index + 1][group];
            }
        }
        var counts = new Counts(new double[size], new double[size]);
        double survival = 1;
        for (int index = 0; index < time.length; index++) {
            double all = Arrays.stream(atRisk[index]).sum();
            double having = Arrays.stream(events[index]).sum();
            double weight = weighting.at(survival, all);
            for (int group = 0; group < size; group++) {
                double share = atRisk[index][group] / all;
                counts.observed[group] += weight * events[index][group];
                counts.expected[group] += weight * having * share;
                for (int other = 0; other < size && all > 1; other++) {
                    double otherShare = atRisk[index][other] / all;
                    covariance[group][other] += weight
                            * weight
                            * having
                            * (all - having)
                            / (all - 1)
                            * share
                            * ((group == other ? 1 : 0) - otherShare);
                }
            }
            survival *= (all - having) / all;
        }
        return counts;
    }

    /** How many of the times are not after one. */
    private static int firstAfter(double[] time, double when) {
        int found = Arrays.binarySearch(time, when);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
