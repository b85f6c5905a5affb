package org.vauban.study.survival;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.vauban.study.matrix.PositiveMatrix;

/**
 * The cumulative hazard of a Cox regression and the survival that it predicts for a profile of covariates (Breslow's estimate, with
 * Efron's correction for ties when the model has it; errors after Tsiatis 1981 and Link 1984). One row for each time at which a row of
 * the stratum ended, as in R's {@code basehaz} and {@code survfit.coxph}.
 */
public final class BaselineHazard {
    private final CoxData data;
    private final EventTimes times;
    private final PartialLikelihood likelihood;
    private final double[] coefficients;
    private final double[][] covariance;

    BaselineHazard(
            CoxData data,
            EventTimes times,
            PartialLikelihood likelihood,
            double[] coefficients,
            double[][] covariance) {
        this.data = data;
        this.times = times;
        this.likelihood = likelihood;
        this.coefficients = coefficients;
        this.covariance = covariance;
    }

    /**
     * Prediction at one time.
     *
     * @param time in the caller's unit
     * @param hazard accumulated until then
     * @param survival the probability to have had no event until then
     * @param standardErrorLog of the logarithm of survival, which is also that of the hazard
     */
    public record Step(double time, double hazard, double survival, double standardErrorLog) {
        /** Limits symmetric on the scale of log survival, the upper one cut at 1. */
        public SurvivalCurve.Limits limits(double level) {
            double half = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2) * standardErrorLog;
            return new SurvivalCurve.Limits(survival * Math.exp(-half), Math.min(1, survival * Math.exp(half)));
        }
    }

    /** The hazard when every covariate and the offset are zero. */
    public List<Step> atZero(int stratum) {
        return predict(stratum, new double[data.covariates()]);
    }

    /**
     * The prediction for one profile.
     *
     * @param stratum its stratum; 0 in a model without strata
     * @param profile a value for each covariate, in the caller's units
     */
    public List<Step> predict(int stratum, double... profile) {
        if (profile.length != data.covariates()) {
            throw new IllegalArgumentException("A profile has one value for each covariate");
        }
        EventTimes.Stratum events = times.of(stratum);
        double predictor = 0;
        double[] away = new double[profile.length];
        for (int covariate = 0; covariate < profile.length; covariate++) {
            away[covariate] = profile[covariate] - likelihood.centre(covariate);
            predictor += coefficients[covariate] * away[covariate];
        }
        double relative = Math.exp(predictor);
        List<Step> steps = new ArrayList<>();
        for (double time : ends(stratum)) {
            int until = events.until(time);
            double hazard = relative * events.hazard(until);
            double[] moved = new double[profile.length];
            for (int covariate = 0; covariate < profile.length; covariate++) {
                double mean = events.hazardMean(until, covariate) * likelihood.scale(covariate);
                moved[covariate] = relative * (away[covariate] * events.hazard(until) - mean);
            }
            double variance = relative * relative * events.variance(until)
                    + product(moved, PositiveMatrix.times(covariance, moved));
            steps.add(new Step(time, hazard, Math.exp(-hazard), Math.sqrt(variance)));
        }
        return List.copyOf(steps);
    }

    private double[] ends(int stratum) {
        return IntStream.range(0, data.rows())
                .filter(row -> times.stratum(row) == stratum)
                .mapToDouble(row -> data.stop[row])
                .sorted()
                .distinct()
                .toArray();
    }

    /** The strata of the model in ascending order. */
    public int[] strata() {
        TreeSet<Integer> strata = new TreeSet<>();
        for (int row = 0; row < data.rows(); row++) {
            strata.add(times.stratum(row));
        }
        return strata.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double product(double[] left, double[] right) {
        double sum = 0;
        for (int index = 0; index < left.length; index++) {
            sum += left[index] * right[index];
        }
        return sum;
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "BaselineHazard" + Arrays.toString(strata());
    }
}
