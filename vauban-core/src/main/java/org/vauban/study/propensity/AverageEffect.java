package org.vauban.study.propensity;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.vauban.study.regression.Family;
import org.vauban.study.regression.GeneralisedLinearModel;
import org.vauban.study.regression.ModelFit;
import org.vauban.study.regression.ModelRows;

/**
 * The effect of a treatment on a mean, in a population: what the mean would be if all were treated, less what it would be if none were.
 *
 * @param ifTreated the mean if all were treated
 * @param ifNot the mean if none were
 * @param standardError of the difference; NaN where the method gives none
 */
public record AverageEffect(double ifTreated, double ifNot, double standardError) {

    public double difference() {
        return ifTreated - ifNot;
    }

    public double ratio() {
        return ifTreated / ifNot;
    }

    /** Weighted means of the arms, with the error of the weighted regression that takes weights as known (HC0). */
    public static AverageEffect weighted(double[] outcome, boolean[] treated, double[] weights) {
        ModelFit fit = weightedModel(outcome, treated, weights);
        return new AverageEffect(
                fit.coefficient(0) + fit.coefficient(1),
                fit.coefficient(0),
                fit.robust().standardError(1));
    }

    /** The weighted regression of an outcome on the arm, for errors of other kinds: term 1 is the difference. */
    public static ModelFit weightedModel(double[] outcome, boolean[] treated, double[] weights) {
        double[] arm = new double[treated.length];
        for (int person = 0; person < arm.length; person++) {
            arm[person] = treated[person] ? 1 : 0;
        }
        return GeneralisedLinearModel.fit(
                        ModelRows.of(outcome).covariate("treated", arm).weighted(weights), Family.GAUSSIAN)
                .orThrow();
    }

    /**
     * Augmented inverse-probability weighting (Robins, Rotnitzky and Zhao 1994): right when either the score or the outcome models are.
     * The error is that of the influence function, which takes both as known.
     *
     * @param covariates of the outcome models, one in each arm
     */
    public static AverageEffect augmented(
            double[] outcome, boolean[] treated, double[] scores, List<double[]> covariates, Family family) {
        double[] one = predicted(outcome, treated, covariates, family, true);
        double[] two = predicted(outcome, treated, covariates, family, false);
        int persons = outcome.length;
        double[] ifTreated = new double[persons];
        double[] ifNot = new double[persons];
        for (int person = 0; person < persons; person++) {
            PreferenceScore.inside(scores[person]);
            ifTreated[person] = one[person] + (treated[person] ? (outcome[person] - one[person]) / scores[person] : 0);
            ifNot[person] =
                    two[person] + (treated[person] ? 0 : (outcome[person] - two[person]) / (1 - scores[person]));
        }
        double[] differences = IntStream.range(0, persons)
                .mapToDouble(person -> ifTreated[person] - ifNot[person])
                .toArray();
        return new AverageEffect(
                ScoreStrata.mean(ifTreated),
                ScoreStrata.mean(ifNot),
                Math.sqrt(ScoreStrata.variance(differences) / persons));
    }

    /** The prediction for everybody of the outcome model fitted in one arm. */
    private static double[] predicted(
            double[] outcome, boolean[] treated, List<double[]> covariates, Family family, boolean arm) {
        ModelRows rows = ModelRows.of(ScoreStrata.of(outcome, treated, arm));
        for (int each = 0; each < covariates.size(); each++) {
            rows = rows.covariate("x" + each, ScoreStrata.of(covariates.get(each), treated, arm));
        }
        ModelFit fit = GeneralisedLinearModel.fit(rows, family).orThrow();
        return predictions(fit, covariates, outcome.length);
    }

    private static double[] predictions(ModelFit fit, List<double[]> covariates, int persons) {
        return IntStream.range(0, persons)
                .mapToDouble(person -> fit.predict(covariates.stream()
                        .mapToDouble(column -> column[person])
                        .toArray()))
                .toArray();
    }

    /**
     * The parametric g-formula (Robins 1986): the mean prediction of an outcome model with everybody's treatment set to one and to the
     * other. Columns that hold the treatment or a product with it are given three times: as observed, and as they would be.
     */
    public static AverageEffect standardised(
            double[] outcome, List<double[]> observed, List<double[]> ifTreated, List<double[]> ifNot, Family family) {
        ModelRows rows = ModelRows.of(outcome);
        for (int each = 0; each < observed.size(); each++) {
            rows = rows.covariate("x" + each, observed.get(each));
        }
        ModelFit fit = GeneralisedLinearModel.fit(rows, family).orThrow();
        double one = Arrays.stream(predictions(fit, ifTreated, outcome.length))
                .average()
                .orElse(Double.NaN);
        double two =
                Arrays.stream(predictions(fit, ifNot, outcome.length)).average().orElse(Double.NaN);
        return new AverageEffect(one, two, Double.NaN);
    }
}
