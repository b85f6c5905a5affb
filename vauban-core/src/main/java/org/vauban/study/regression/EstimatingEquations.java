package org.vauban.study.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vauban.study.matrix.PositiveMatrix;

/**
 * Generalised estimating equations: a model of the mean of outcomes that come in clusters, with a working correlation inside them
 * (Liang and Zeger 1986). Errors are the sandwich over clusters, right also when the working correlation is not.
 *
 * <p>The dispersion is the mean of the squared Pearson residuals and the correlation solves its own estimating equation over all pairs
 * of a cluster, as in R's {@code geepack} (Højsgaard, Halekoh and Yan 2006). Rows of a cluster are in their order.
 */
public final class EstimatingEquations {
    private static final int ITERATIONS_MAX = 200;
    private static final double DONE = 1e-12;

    private final ModelRows rows;
    private final Family family;
    private final Correlation correlation;
    private final LaidOut laidOut;
    private final List<int[]> clusters;

    private EstimatingEquations(ModelRows rows, Family family, int[] cluster, Correlation correlation) {
        this.rows = rows;
        this.family = family;
        this.correlation = correlation;
        this.laidOut = new LaidOut(rows);
        Map<Integer, List<Integer>> members = new TreeMap<>();
        for (int row = 0; row < cluster.length; row++) {
            members.computeIfAbsent(cluster[row], _ -> new ArrayList<>()).add(row);
        }
        this.clusters = members.values().stream()
                .map(each -> each.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /** How outcomes of a cluster are thought to hang together. */
    public enum Correlation {
        /** Not at all. */
        INDEPENDENCE,
        /** Every pair alike. */
        EXCHANGEABLE,
        /** The less, the further apart in order: a power of one number. */
        AUTOREGRESSIVE,
        /** Every pair of places with a number of its own. */
        UNSTRUCTURED
    }

    /**
     * A fit.
     *
     * @param errors the sandwich over clusters
     * @param correlation the working correlations: none, one, or one for each pair of places in order
     * @param dispersion the mean of the squared Pearson residuals
     */
    public record Fit(List<String> terms, ModelFit.Errors errors, List<Double> correlation, double dispersion) {
        public double coefficient(int term) {
            return errors.coefficients()[term];
        }
    }

    /**
     * Solves the equations.
     *
     * @param cluster each row's cluster, any numbers
     * @return empty when the model without correlation has no estimate, or the iteration finds no solution
     */
    public static Optional<Fit> fit(ModelRows rows, Family family, int[] cluster, Correlation correlation) {
        if (cluster.length != rows.rows()) {
            throw new IllegalArgumentException("Each row has one cluster");
        }
        return switch (GeneralisedLinearModel.fit(rows, family)) {
            case ModelFit fit ->
                new EstimatingEquations(rows, family, cluster, correlation).solve(fit.laidOutCoefficients());
            case ModelResult.NoEstimate _ -> Optional.empty();
        };
    }

    private Optional<Fit> solve(double[] withoutCorrelation) {
        double[] coefficients = withoutCorrelation;
        double[] alpha = new double[parameters()];
        for (int iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
            double[] mean = mean(coefficients);
            alpha = correlations(mean);
            Equations now = equations(mean, alpha);
            Optional<PositiveMatrix> slope = PositiveMatrix.of(now.slope);
            if (slope.isEmpty()) {
                return Optional.empty();
            }
            double[] step = slope.get().solve(now.score);
            double largest = 0;
            for (int term = 0; term < step.length; term++) {
                coefficients[term] += step[term];
                largest = Math.max(largest, Math.abs(step[term]) / (1 + Math.abs(coefficients[term])));
            }
            if (iteration > 0 && largest < DONE) {
                return finish(coefficients, alpha);
            }
        }
        return Optional.empty();
    }

    private Optional<Fit> finish(double[] coefficients, double[] alpha) {
        double[] mean = mean(coefficients);
        Equations last = equations(mean, alpha);
        return PositiveMatrix.of(last.slope).map(slope -> {
            double[][] covariance =
                    laidOut.back(PositiveMatrix.sandwich(slope.inverse(), last.parts.toArray(new double[0][])));
            return new Fit(
                    rows.terms(),
                    new ModelFit.Errors(laidOut.back(coefficients), covariance),
                    Arrays.stream(alpha).boxed().toList(),
                    dispersion(mean));
        });
    }

    private double[] mean(double[] coefficients) {
        double[] mean = new double[rows.rows()];
        for (int row = 0; row < mean.length; row++) {
            mean[row] = family.mean(laidOut.predictor(row, coefficients) + rows.offset(row));
        }
        return mean;
    }

    private double pearson(int row, double mean) {
        return Math.sqrt(rows.weight(row)) * (rows.outcome(row) - mean) / Math.sqrt(family.variance(mean));
    }

    private double dispersion(double[] mean) {
        double sum = 0;
        for (int row = 0; row < mean.length; row++) {
            double residual = pearson(row, mean[row]);
            sum += residual * residual / mean.length;
        }
        return sum;
    }

    private int parameters() {
        int largest = clusters.stream().mapToInt(each -> each.length).max().orElse(0);
        return switch (correlation) {
            case INDEPENDENCE -> 0;
            case EXCHANGEABLE, AUTOREGRESSIVE -> 1;
            case UNSTRUCTURED -> largest * (largest - 1) / 2;
        };
    }

    /** Correlations that fit the products of residuals: the mean product, or the power that fits them best. */
    private double[] correlations(double[] mean) {
        double dispersion = dispersion(mean);
        double[] sum = new double[parameters()];
        double[] pairs = new double[parameters()];
        List<double[]> apart = new ArrayList<>();
        for (int[] cluster : clusters) {
            for (int one = 0; one < cluster.length; one++) {
                for (int two = 0; two < one; two++) {
                    double product = pearson(cluster[one], mean[cluster[one]])
                            * pearson(cluster[two], mean[cluster[two]])
                            / dispersion;
                    switch (correlation) {
                        case INDEPENDENCE -> {}
                        case AUTOREGRESSIVE -> apart.add(new double[] {one - two, product});
                        case EXCHANGEABLE, UNSTRUCTURED -> {
                            int place = correlation == Correlation.EXCHANGEABLE ? 0 : one * (one - 1) / 2 + two;
                            sum[place] += product;
                            pairs[place]++;
                        }
                    }
                }
            }
        }
        if (correlation == Correlation.AUTOREGRESSIVE) {
            return new double[] {power(apart)};
        }
        for (int place = 0; place < sum.length; place++) {
            sum[place] = pairs[place] == 0 ? 0 : sum[place] / pairs[place];
        }
        return sum;
    }

    /** The number whose powers are nearest to the products, by squared distance. */
    private static double power(List<double[]> apart) {
        double alpha = 0.1;
        for (int iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
            double score = 0;
            double slope = 0;
            for (double[] each : apart) {
                double derivative = each[0] * Math.pow(alpha, each[0] - 1);
                score += derivative * (each[1] - Math.pow(alpha, each[0]));
                slope += derivative * derivative;
            }
            double step = slope == 0 ? 0 : score / slope;
            alpha = Math.clamp(alpha + step, -0.999, 0.999);
            if (Math.abs(step) < 1e-15) {
                break;
            }
        }
        return alpha;
    }

    private double correlation(int one, int two, double[] alpha) {
        if (one == two) {
            return 1;
        }
        int high = Math.max(one, two);
        int low = Math.min(one, two);
        return switch (correlation) {
            case INDEPENDENCE -> 0;
            case EXCHANGEABLE -> alpha[0];
            case AUTOREGRESSIVE -> Math.pow(alpha[0], high - low);
            case UNSTRUCTURED -> alpha[high * (high - 1) / 2 + low];
        };
    }

    /** The equations' value, their slope, and each cluster's part. */
    private static final class Equations {
        private final double[] score;
        private final double[][] slope;
        private final List<double[]> parts = new ArrayList<>();

        Equations(int terms) {
            score = new double[terms];
            slope = new double[terms][terms];
        }
    }

    private Equations equations(double[] mean, double[] alpha) {
        int terms = laidOut.terms();
        var sum = new Equations(terms);
        for (int[] cluster : clusters) {
            double[] part = new double[terms];
            addCluster(cluster, mean, alpha, part, sum.slope);
            for (int term = 0; term < terms; term++) {
                sum.score[term] += part[term];
            }
            sum.parts.add(part);
        }
        return sum;
    }

    private void addCluster(int[] cluster, double[] mean, double[] alpha, double[] part, double[][] slope) {
        int size = cluster.length;
        int terms = laidOut.terms();
        double[][] working = new double[size][size];
        double[][] derivative = new double[terms][size];
        double[] residual = new double[size];
        for (int one = 0; one < size; one++) {
            int row = cluster[one];
            double deviation = Math.sqrt(family.variance(mean[row]));
            double weight = Math.sqrt(rows.weight(row));
            residual[one] = pearson(row, mean[row]);
            for (int term = 0; term < terms; term++) {
                // With the canonical link the mean moves by its variance; both are measured in deviations.
                derivative[term][one] = weight * deviation * laidOut.value(row, term);
            }
            for (int two = 0; two < size; two++) {
                working[one][two] = correlation(one, two, alpha);
            }
        }
        PositiveMatrix inverse = PositiveMatrix.of(working).orElse(PositiveMatrix.certain(identity(size)));
        double[] pulled = inverse.solve(residual);
        for (int left = 0; left < terms; left++) {
            double[] solved = inverse.solve(derivative[left]);
            for (int place = 0; place < size; place++) {
                part[left] += derivative[left][place] * pulled[place];
                for (int right = 0; right < terms; right++) {
                    slope[left][right] += solved[place] * derivative[right][place];
                }
            }
        }
    }

    private static double[][] identity(int size) {
        double[][] identity = new double[size][size];
        for (int place = 0; place < size; place++) {
            identity[place][place] = 1;
        }
        return identity;
    }
}
