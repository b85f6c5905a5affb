package org.vauban.synth;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A plain Cox regression with Efron's ties, of no use but to know what the planted effect looks like in data without any fault. It
 * shares nothing with the study's own regression, so that neither can repeat the other's mistake.
 */
final class SmallCox {
    private SmallCox() {}

    /** One person: days at risk, whether the event came, covariates. */
    @SuppressWarnings("ArrayRecordComponent")
    record Subject(int days, boolean event, double[] covariates) {}

    /** Estimates and their standard errors; not numbers when too few persons or events were there to find them. */
    @SuppressWarnings("ArrayRecordComponent")
    record Fit(double[] estimates, double[] standardErrors) {
        private static Fit unsettled(int covariates) {
            double[] unknown = new double[covariates];
            Arrays.fill(unknown, Double.NaN);
            return new Fit(unknown, unknown);
        }

        double hazardRatio(int covariate) {
            return StrictMath.exp(estimates[covariate]);
        }

        double low(int covariate) {
            return StrictMath.exp(estimates[covariate] - 1.959964 * standardErrors[covariate]);
        }

        double high(int covariate) {
            return StrictMath.exp(estimates[covariate] + 1.959964 * standardErrors[covariate]);
        }
    }

    static Fit fit(List<Subject> subjects) {
        if (subjects.isEmpty()) {
            return Fit.unsettled(1);
        }
        List<Subject> fromTheLongest = subjects.stream()
                .sorted(Comparator.comparingInt(Subject::days).reversed())
                .toList();
        int size = subjects.getFirst().covariates().length;
        double[] beta = new double[size];
        for (int step = 0; step < 30; step++) {
            double[] score = new double[size];
            double[][] information = new double[size][size];
            accumulate(fromTheLongest, beta, score, information);
            double[][] variance = inverse(information);
            double largest = 0;
            for (int row = 0; row < size; row++) {
                double change = 0;
                for (int column = 0; column < size; column++) {
                    change += variance[row][column] * score[column];
                }
                beta[row] += change;
                largest = Math.max(largest, Math.abs(change));
            }
            if (largest < 1e-9) {
                double[] errors = new double[size];
                Arrays.setAll(errors, at -> StrictMath.sqrt(variance[at][at]));
                return new Fit(beta, errors);
            }
        }
        return Fit.unsettled(size);
    }

    private static void accumulate(List<Subject> subjects, double[] beta, double[] score, double[][] information) {
        int size = beta.length;
        Moments atRisk = new Moments(size);
        int at = 0;
        while (at < subjects.size()) {
            int days = subjects.get(at).days();
            Moments dying = new Moments(size);
            int deaths = 0;
            for (; at < subjects.size() && subjects.get(at).days() == days; at++) {
                Subject subject = subjects.get(at);
                double weight = StrictMath.exp(dot(beta, subject.covariates()));
                atRisk.add(weight, subject.covariates());
                if (subject.event()) {
                    deaths++;
                    dying.add(weight, subject.covariates());
                    for (int row = 0; row < size; row++) {
                        score[row] += subject.covariates()[row];
                    }
                }
            }
            for (int death = 0; death < deaths; death++) {
                double left = (double) death / deaths;
                double total = atRisk.weight - left * dying.weight;
                for (int row = 0; row < size; row++) {
                    double mean = (atRisk.first[row] - left * dying.first[row]) / total;
                    score[row] -= mean;
                    for (int column = 0; column < size; column++) {
                        double other = (atRisk.first[column] - left * dying.first[column]) / total;
                        information[row][column] +=
                                (atRisk.second[row][column] - left * dying.second[row][column]) / total - mean * other;
                    }
                }
            }
        }
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int at = 0; at < one.length; at++) {
            sum += one[at] * other[at];
        }
        return sum;
    }

    private static double[][] inverse(double[][] matrix) {
        int size = matrix.length;
        double[][] work = new double[size][2 * size];
        for (int row = 0; row < size; row++) {
            System.arraycopy(matrix[row], 0, work[row], 0, size);
            work[row][size + row] = 1;
        }
        for (int pivot = 0; pivot < size; pivot++) {
            double divisor = work[pivot][pivot];
            for (int column = 0; column < 2 * size; column++) {
                work[pivot][column] /= divisor;
            }
            for (int row = 0; row < size; row++) {
                double factor = work[row][pivot];
                for (int column = 0; row != pivot && column < 2 * size; column++) {
                    work[row][column] -= factor * work[pivot][column];
                }
            }
        }
        double[][] inverse = new double[size][size];
        for (int row = 0; row < size; row++) {
            System.arraycopy(work[row], size, inverse[row], 0, size);
        }
        return inverse;
    }

    private static final class Moments {
        private double weight;
        private final double[] first;
        private final double[][] second;

        Moments(int size) {
            first = new double[size];
            second = new double[size][size];
        }

        void add(double w, double[] covariates) {
            weight += w;
            for (int row = 0; row < covariates.length; row++) {
                first[row] += w * covariates[row];
                for (int column = 0; column < covariates.length; column++) {
                    second[row][column] += w * covariates[row] * covariates[column];
                }
            }
        }
    }
}
