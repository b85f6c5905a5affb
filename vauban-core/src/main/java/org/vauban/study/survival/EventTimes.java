package org.vauban.study.survival;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a Cox model says at each time with an event: the hazard, who was at risk, and how the covariates of those at risk spread.
 *
 * <p>Residuals, baseline hazards and tests of proportional hazards are sums over these. Covariates are in the laid-out units of
 * {@link PartialLikelihood}; hazards are those of a row whose covariates are all at their centre.
 */
final class EventTimes {
    private final CoxData data;
    private final PartialLikelihood likelihood;
    private final double[] coefficients;
    private final Map<Integer, Stratum> strata = new TreeMap<>();

    EventTimes(CoxData data, PartialLikelihood likelihood, double[] coefficients) {
        this.data = data;
        this.likelihood = likelihood;
        this.coefficients = coefficients.clone();
        Map<Integer, List<At>> falling = new TreeMap<>();
        likelihood.visit(coefficients, (row, time, events, shareTaken, denominator, mean, spread) -> {
            List<At> times = falling.computeIfAbsent(stratum(row), _ -> new ArrayList<>());
            if (times.isEmpty() || times.getLast().time != time) {
                times.add(new At(time, mean.length));
            }
            times.getLast().add(events, shareTaken, denominator, mean, spread);
        });
        falling.forEach((stratum, times) -> strata.put(stratum, new Stratum(times.reversed())));
    }

    int covariates() {
        return likelihood.covariates();
    }

    /** The times of one stratum; none when nobody there had the event. */
    Stratum of(int stratum) {
        return strata.getOrDefault(stratum, new Stratum(List.of()));
    }

    int stratum(int row) {
        return data.stratum == null ? 0 : data.stratum[row];
    }

    /** A row's covariate in laid-out units. */
    double value(int row, int covariate) {
        return (data.value(covariate, row) - likelihood.centre(covariate)) / likelihood.scale(covariate);
    }

    /** A row's hazard against one with centred covariates and no offset. */
    double relativeHazard(int row) {
        double sum = data.offset == null ? 0 : data.offset[row];
        for (int covariate = 0; covariate < coefficients.length; covariate++) {
            sum += coefficients[covariate] * value(row, covariate);
        }
        return Math.exp(sum);
    }

    /** One time with events. */
    static final class At {
        private final double time;
        private double events;
        private int denominators;
        private double hazard;
        private double hazardVariance;
        private double spared;
        private final double[] mean;
        private final double[] hazardMean;
        private final double[] sparedMean;
        private final double[] spread;

        private At(double time, int covariates) {
            this.time = time;
            this.mean = new double[covariates];
            this.hazardMean = new double[covariates];
            this.sparedMean = new double[covariates];
            this.spread = new double[covariates * (covariates + 1) / 2];
        }

        private void add(double weight, double shareTaken, double denominator, double[] means, double[] spreads) {
            double step = weight / denominator;
            events += weight;
            hazard += step;
            hazardVariance += step / denominator;
            spared += shareTaken * step;
            denominators++;
            for (int covariate = 0; covariate < means.length; covariate++) {
                mean[covariate] += (means[covariate] - mean[covariate]) / denominators;
                hazardMean[covariate] += step * means[covariate];
                sparedMean[covariate] += shareTaken * step * means[covariate];
            }
            for (int cell = 0; cell < spread.length; cell++) {
                spread[cell] += weight * spreads[cell];
            }
        }

        double time() {
            return time;
        }

        /** The weight of the events. */
        double events() {
            return events;
        }

        /** The mean covariate of those at risk, over the denominators. */
        double mean(int covariate) {
            return mean[covariate];
        }

        /** The part of the hazard that tied events do not bear under Efron's rule. */
        double spared() {
            return spared;
        }

        double sparedMean(int covariate) {
            return sparedMean[covariate];
        }

        /** The covariance of two covariates among those at risk, times the weight of the events. */
        double spread(int left, int right) {
            int high = Math.max(left, right);
            return spread[high * (high + 1) / 2 + Math.min(left, right)];
        }
    }

    /** The times of one stratum in order, with running sums: index 0 is before the first time. */
    static final class Stratum {
        private final List<At> times;
        private final double[] time;
        private final double[] hazard;
        private final double[] variance;
        private final double[][] hazardMean;

        private Stratum(List<At> ascending) {
            this.times = List.copyOf(ascending);
            this.time = ascending.stream().mapToDouble(At::time).toArray();
            int size = time.length;
            this.hazard = new double[size + 1];
            this.variance = new double[size + 1];
            this.hazardMean = new double[size + 1][];
            this.hazardMean[0] = new double[size == 0 ? 0 : ascending.getFirst().mean.length];
            for (int index = 0; index < size; index++) {
                At at = ascending.get(index);
                hazard[index + 1] = hazard[index] + at.hazard;
                variance[index + 1] = variance[index] + at.hazardVariance;
                hazardMean[index + 1] = hazardMean[index].clone();
                for (int covariate = 0; covariate < at.mean.length; covariate++) {
                    hazardMean[index + 1][covariate] += at.hazardMean[covariate];
                }
            }
        }

        List<At> times() {
            return times;
        }

        /** How many event times are not after a time. */
        int until(double when) {
            int found = Arrays.binarySearch(time, when);
            return found >= 0 ? found + 1 : -found - 1;
        }

        /** The event time that is exactly at a time. */
        At at(double when) {
            return times.get(until(when) - 1);
        }

        /** The hazard accumulated over the first times. */
        double hazard(int until) {
            return hazard[until];
        }

        /** The variance that counting events gives the accumulated hazard. */
        double variance(int until) {
            return variance[until];
        }

        /** The accumulated hazard times the mean covariate at each step. */
        double hazardMean(int until, int covariate) {
            return until == 0 ? 0 : hazardMean[until][covariate];
        }
    }
}
