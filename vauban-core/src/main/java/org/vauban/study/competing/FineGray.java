package org.vauban.study.competing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.vauban.study.matrix.PositiveMatrix;

/**
 * Regression of the subdistribution hazard of the first cause (Fine and Gray 1999; R's {@code cmprsk::crr}).
 *
 * <p>Who left by another cause stays in the risk set, with the weight that such a person would not yet have been censored: the
 * censoring distribution just before the time over that just before the person left. Tied events are taken as Breslow does. The
 * variance counts that the censoring distribution is estimated.
 */
public final class FineGray {
    private static final int ITERATIONS_MAX = 50;
    private static final double DONE = 1e-14;
    private static final int HALVINGS_MAX = 30;

    private final List<String> names;
    private final int width;
    private final int rows;
    private final double[] time;
    private final int[] kind;
    private final double[][] values;
    private final double[] scale;
    /** Censoring survival just before each row's own time, in its censoring group. */
    private final double[] staying;

    private final int[] group;
    private final int groups;
    private final double[] event;
    /** Censoring survival just before each event time, by group. */
    private final double[][] stayingAt;

    private FineGray(List<String> names, CompetingTimes times, List<double[]> columns, int[] censoringGroup) {
        this.names = List.copyOf(names);
        this.width = columns.size();
        this.rows = times.rows();
        int[] order = IntStream.range(0, rows)
                .boxed()
                .sorted((left, right) -> Double.compare(times.time()[left], times.time()[right]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.time = Arrays.stream(order).mapToDouble(row -> times.time()[row]).toArray();
        this.kind = Arrays.stream(order).map(row -> times.cause()[row]).toArray();
        int[] distinct = Arrays.stream(censoringGroup).sorted().distinct().toArray();
        this.groups = distinct.length;
        this.group = Arrays.stream(order)
                .map(row -> Arrays.binarySearch(distinct, censoringGroup[row]))
                .toArray();
        this.values = new double[rows][width];
        this.scale = new double[width];
        for (int column = 0; column < width; column++) {
            layOut(columns.get(column), order, column);
        }
        this.event = IntStream.range(0, rows)
                .filter(row -> kind[row] == 1)
                .mapToDouble(row -> time[row])
                .distinct()
                .toArray();
        this.staying = new double[rows];
        this.stayingAt = new double[groups][event.length];
        for (int each = 0; each < groups; each++) {
            censoring(each);
        }
    }

    /**
     * A fitted model. Coefficients are logarithms of subdistribution hazard ratios.
     *
     * @param covariance robust, as {@code crr} gives it
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Fit(
            List<String> names,
            double[] coefficients,
            double[][] covariance,
            double logLikelihood,
            double logLikelihoodNull) {

        public double standardError(int covariate) {
            return Math.sqrt(covariance[covariate][covariate]);
        }

        public double p(int covariate) {
            return 2
                    * NormalDistribution.of(0, 1)
                            .survivalProbability(Math.abs(coefficients[covariate]) / standardError(covariate));
        }
    }

    /** Fits the first cause, with one censoring distribution for all. */
    public static Optional<Fit> fit(CompetingTimes times, List<String> names, List<double[]> columns) {
        return fit(times, names, columns, new int[times.rows()]);
    }

    /**
     * Fits the first cause.
     *
     * @param columns one array for each name
     * @param censoringGroup rows of a group share a censoring distribution
     * @return empty when there is no event, a column repeats others, or the likelihood has no maximum
     */
    public static Optional<Fit> fit(
            CompetingTimes times, List<String> names, List<double[]> columns, int[] censoringGroup) {
        if (names.size() != columns.size() || columns.isEmpty() || censoringGroup.length != times.rows()) {
            throw new IllegalArgumentException("A model has a name for each column and a censoring group for each row");
        }
        return new FineGray(names, times, columns, censoringGroup).maximise();
    }

    private void layOut(double[] column, int[] order, int place) {
        double mean = Arrays.stream(column).average().orElse(0);
        double deviation = Arrays.stream(column)
                .map(each -> Math.abs(each - mean))
                .average()
                .orElse(0);
        scale[place] = deviation > 0 ? deviation : 1;
        for (int row = 0; row < rows; row++) {
            values[row][place] = (column[order[row]] - mean) / scale[place];
        }
    }

    /** The product-limit estimate of not being censored, in one group. */
    private void censoring(int each) {
        int[] members =
                IntStream.range(0, rows).filter(row -> group[row] == each).toArray();
        double survival = 1;
        int next = 0;
        int nextEvent = 0;
        while (next < members.length) {
            double now = time[members[next]];
            while (nextEvent < event.length && event[nextEvent] <= now) {
                stayingAt[each][nextEvent++] = survival;
            }
            int atRisk = members.length - next;
            int censored = 0;
            for (; next < members.length && time[members[next]] == now; next++) {
                staying[members[next]] = survival;
                censored += kind[members[next]] == 0 ? 1 : 0;
            }
            survival *= (double) (atRisk - censored) / atRisk;
        }
        while (nextEvent < event.length) {
            stayingAt[each][nextEvent++] = survival;
        }
    }

    private Optional<Fit> maximise() {
        if (event.length == 0) {
            return Optional.empty();
        }
        double[] coefficients = new double[width];
        Pass current = new Pass(coefficients);
        double nothing = current.logLikelihood;
        for (int iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
            Optional<PositiveMatrix> information = PositiveMatrix.of(current.information);
            if (information.isEmpty()) {
                return Optional.empty();
            }
            double[] step = information.get().solve(current.score);
            double decrement = 0;
            for (int column = 0; column < width; column++) {
                decrement += step[column] * current.score[column];
            }
            double share = 1;
            Pass next = new Pass(moved(coefficients, step, share));
            for (int halving = 0;
                    !(next.logLikelihood >= current.logLikelihood - 1e-12 * Math.abs(current.logLikelihood))
                            && halving < HALVINGS_MAX;
                    halving++) {
                share /= 2;
                next = new Pass(moved(coefficients, step, share));
            }
            coefficients = moved(coefficients, step, share);
            current = next;
            if (decrement < DONE) {
                return far(step) ? Optional.empty() : finish(coefficients, current, nothing);
            }
        }
        return Optional.empty();
    }

    /** A flat likelihood in which a predictor still moves by whole units has its maximum at infinity. */
    private boolean far(double[] step) {
        for (double[] row : values) {
            double change = 0;
            for (int column = 0; column < width; column++) {
                change += row[column] * step[column];
            }
            if (Math.abs(change) > 0.05) {
                return true;
            }
        }
        return false;
    }

    private Optional<Fit> finish(double[] coefficients, Pass pass, double nothing) {
        Optional<PositiveMatrix> information = PositiveMatrix.of(pass.information);
        if (information.isEmpty()) {
            return Optional.empty();
        }
        double[][] covariance = PositiveMatrix.sandwich(information.get().inverse(), influences(pass));
        double[] unscaled = new double[width];
        for (int left = 0; left < width; left++) {
            unscaled[left] = coefficients[left] / scale[left];
            for (int right = 0; right < width; right++) {
                covariance[left][right] /= scale[left] * scale[right];
            }
        }
        return Optional.of(new Fit(names, unscaled, covariance, pass.logLikelihood, nothing));
    }

    private static double[] moved(double[] from, double[] step, double share) {
        double[] to = from.clone();
        for (int index = 0; index < to.length; index++) {
            to[index] += share * step[index];
        }
        return to;
    }

    /** The likelihood at some coefficients, with what the variance needs at each event time. */
    private final class Pass {
        private double logLikelihood;
        private final double[] score = new double[width];
        private final double[][] information = new double[width][width];
        private final double[] risk = new double[rows];
        private final double[] hazard = new double[event.length];
        private final double[][] mean = new double[event.length][width];

        Pass(double[] coefficients) {
            double[] linear = new double[rows];
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < width; column++) {
                    linear[row] += coefficients[column] * values[row][column];
                }
                risk[row] = Math.exp(linear[row]);
            }
            // Sum, first and second moments: of those not yet gone, and of those gone by another cause in each group.
            var there = new Moments();
            for (int row = 0; row < rows; row++) {
                there.add(row, risk[row]);
            }
            Moments[] gone = new Moments[groups];
            Arrays.setAll(gone, _ -> new Moments());
            int first = 0;
            for (int at = 0; at < event.length; at++) {
                for (; first < rows && time[first] < event[at]; first++) {
                    there.add(first, -risk[first]);
                    if (kind[first] > 1) {
                        gone[group[first]].add(first, risk[first] / staying[first]);
                    }
                }
                addEvents(at, first, linear, there, gone);
            }
        }

        private void addEvents(int at, int first, double[] linear, Moments there, Moments[] gone) {
            double all = there.sum;
            double[] one = there.first.clone();
            double[][] two = new double[width][];
            Arrays.setAll(two, column -> there.second[column].clone());
            for (int each = 0; each < groups; each++) {
                double weight = stayingAt[each][at];
                all += weight * gone[each].sum;
                for (int left = 0; left < width; left++) {
                    one[left] += weight * gone[each].first[left];
                    for (int right = 0; right < width; right++) {
                        two[left][right] += weight * gone[each].second[left][right];
                    }
                }
            }
            int having = 0;
            for (int row = first; row < rows && time[row] == event[at]; row++) {
                if (kind[row] == 1) {
                    having++;
                    logLikelihood += linear[row];
                    for (int column = 0; column < width; column++) {
                        score[column] += values[row][column];
                    }
                }
            }
            logLikelihood -= having * Math.log(all);
            hazard[at] = having / all;
            for (int left = 0; left < width; left++) {
                mean[at][left] = one[left] / all;
                score[left] -= having * mean[at][left];
            }
            for (int left = 0; left < width; left++) {
                for (int right = 0; right < width; right++) {
                    information[left][right] += having * (two[left][right] / all - mean[at][left] * mean[at][right]);
                }
            }
        }
    }

    /** Running sums of a weight, the weighted covariates and their weighted products. */
    private final class Moments {
        private double sum;
        private final double[] first = new double[width];
        private final double[][] second = new double[width][width];

        void add(int row, double weight) {
            sum += weight;
            for (int left = 0; left < width; left++) {
                first[left] += weight * values[row][left];
                for (int right = 0; right < width; right++) {
                    second[left][right] += weight * values[row][left] * values[row][right];
                }
            }
        }
    }

    /** Each row's part in the score: its own residual, and what its being censored says about the censoring distribution. */
    private double[][] influences(Pass pass) {
        double[][] influence = new double[rows][width];
        for (int each = 0; each < groups; each++) {
            int now = each;
            int[] members =
                    IntStream.range(0, rows).filter(row -> group[row] == now).toArray();
            var later = new Later(pass, stayingAt[each]);
            for (int row : members) {
                addResidual(pass, row, later, influence[row]);
            }
            addCensoring(pass, members, later, influence);
        }
        return influence;
    }

    /**
     * Sums over event times, from the first to each and from each to the last: of the hazard, and of the hazard times the mean
     * covariate; the second kind weighted by not being censored.
     */
    private final class Later {
        private final double[] until = new double[event.length + 1];
        private final double[][] meanUntil = new double[event.length + 1][width];
        private final double[] from = new double[event.length + 1];
        private final double[][] meanFrom = new double[event.length + 1][width];

        Later(Pass pass, double[] staying) {
            for (int at = 0; at < event.length; at++) {
                until[at + 1] = until[at] + pass.hazard[at];
                for (int column = 0; column < width; column++) {
                    meanUntil[at + 1][column] = meanUntil[at][column] + pass.hazard[at] * pass.mean[at][column];
                }
            }
            for (int at = event.length - 1; at >= 0; at--) {
                double weight = staying[at] * pass.hazard[at];
                from[at] = from[at + 1] + weight;
                for (int column = 0; column < width; column++) {
                    meanFrom[at][column] = meanFrom[at + 1][column] + weight * pass.mean[at][column];
                }
            }
        }
    }

    /** How many event times are not after a time. */
    private int eventsUntil(double when) {
        int found = Arrays.binarySearch(event, when);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private void addResidual(Pass pass, int row, Later later, double[] influence) {
        int until = eventsUntil(time[row]);
        double left = kind[row] > 1 ? 1 / staying[row] : 0;
        for (int column = 0; column < width; column++) {
            double value = values[row][column];
            influence[column] -= pass.risk[row] * (value * later.until[until] - later.meanUntil[until][column]);
            influence[column] -= pass.risk[row] * left * (value * later.from[until] - later.meanFrom[until][column]);
            if (kind[row] == 1) {
                influence[column] += value - pass.mean[until - 1][column];
            }
        }
    }

    /**
     * What a censoring says: each censored row lowers the weights of those who left by another cause before, at all event times after.
     */
    private void addCensoring(Pass pass, int[] members, Later later, double[][] influence) {
        double goneRisk = 0;
        double[] goneValue = new double[width];
        double[] running = new double[width];
        int next = 0;
        while (next < members.length) {
            double now = time[members[next]];
            int begin = next;
            int censored = 0;
            for (; next < members.length && time[members[next]] == now; next++) {
                censored += kind[members[next]] == 0 ? 1 : 0;
            }
            int atRisk = members.length - begin;
            int until = eventsUntil(now);
            for (int column = 0; column < width; column++) {
                double owed = goneValue[column] * later.from[until] - goneRisk * later.meanFrom[until][column];
                double share = owed / atRisk;
                running[column] += share * censored / atRisk;
                for (int index = begin; index < next; index++) {
                    influence[members[index]][column] += (kind[members[index]] == 0 ? share : 0) - running[column];
                }
            }
            for (int index = begin; index < next; index++) {
                int row = members[index];
                if (kind[row] > 1) {
                    double risk = pass.risk[row] / staying[row];
                    goneRisk += risk;
                    for (int column = 0; column < width; column++) {
                        goneValue[column] += risk * values[row][column];
                    }
                }
            }
        }
    }
}
