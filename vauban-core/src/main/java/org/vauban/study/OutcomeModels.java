package org.vauban.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.vauban.study.Analysis.Comparison.Measure;
import org.vauban.study.competing.CompetingTimes;
import org.vauban.study.competing.FineGray;
import org.vauban.study.propensity.Adjustment;
import org.vauban.study.regression.Family;
import org.vauban.study.regression.GeneralisedLinearModel;
import org.vauban.study.regression.ModelFit;
import org.vauban.study.regression.ModelResult;
import org.vauban.study.regression.ModelRows;
import org.vauban.study.survival.CoxData;
import org.vauban.study.survival.CoxFit;
import org.vauban.study.survival.CoxRegression;
import org.vauban.study.survival.CoxResult;
import org.vauban.study.survival.KaplanMeier;
import org.vauban.study.survival.SurvivalCurve;
import org.vauban.study.survival.Ties;

/**
 * Target against comparator, by each model. What an adjustment made is respected by the model: matched sets and strata have baselines of
 * their own in Cox regression; where arms are compared as wholes persons count by their weights, and errors are robust, with the persons
 * of a matched set taken together.
 */
final class OutcomeModels {
    private static final double LEVEL = 0.95;
    private static final double DAYS_PER_YEAR = 365.25;
    private static final String TARGET = "target";

    private OutcomeModels() {}

    /** What became of one model. */
    sealed interface Answer {
        /**
         * An estimate on its natural scale.
         *
         * @param error standard error: of the logarithm of a ratio, or of a difference
         * @param parameters coefficients that were estimated
         */
        record Estimated(double estimate, double low, double high, double error, double p, int parameters)
                implements Answer {}

        record None(CoxResult.Reason reason) implements Answer {}
    }

    /**
     * Estimates one measure.
     *
     * @param horizon the day, for measures that have one
     * @param competing what competes with each person's event, in the order of the persons; for Fine and Gray's model alone
     */
    static Answer estimate(Compared compared, Measure measure, int horizon, List<Exposed.Followed> competing) {
        if (compared.arm(true).length == 0 || compared.arm(false).length == 0) {
            return new Answer.None(CoxResult.Reason.NOBODY_LEFT);
        }
        boolean nobody = compared.followed().stream().noneMatch(Exposed.Followed::event);
        if (nobody) {
            return new Answer.None(CoxResult.Reason.NO_EVENTS);
        }
        return switch (measure) {
            case COX -> cox(compared);
            case POISSON -> counts(compared, Family.POISSON);
            case LOGISTIC -> counts(compared, Family.BINOMIAL);
            case FINE_GRAY -> fineGray(compared, competing);
            case RISK_DIFFERENCE, RESTRICTED_MEAN -> atHorizon(compared, measure, horizon);
        };
    }

    private static Answer cox(Compared compared) {
        CoxData data = CoxData.of(compared.days(), compared.events()).covariate(TARGET, compared.targetAsNumber());
        CoxData adjusted = switch (compared.adjustment()) {
            case Adjustment.Unadjusted _ -> data;
            case Adjustment.Matching _, Adjustment.Stratification _ -> data.stratified(compared.sets());
            case Adjustment.Weighting _ -> data.weighted(compared.weights());
        };
        return switch (CoxRegression.fit(adjusted, Ties.EFRON)) {
            case CoxFit fit -> {
                boolean robust = compared.adjustment() instanceof Adjustment.Weighting;
                double error = robust ? fit.robust().standardError(0) : fit.standardError(0);
                yield ratio(fit.coefficient(0), error, 1);
            }
            case CoxResult.NoEstimate none -> new Answer.None(none.reason());
        };
    }

    private static Answer counts(Compared compared, Family family) {
        double[] events = new double[compared.size()];
        double[] years = new double[events.length];
        for (int row = 0; row < events.length; row++) {
            events[row] = compared.followed().get(row).event() ? 1 : 0;
            years[row] = Math.log(compared.followed().get(row).days() / DAYS_PER_YEAR);
        }
        ModelRows rows = ModelRows.of(events).covariate(TARGET, compared.targetAsNumber());
        if (family == Family.POISSON) {
            rows = rows.offset(years);
        }
        int parameters = 2;
        switch (compared.adjustment()) {
            case Adjustment.Unadjusted _ -> {}
            case Adjustment.Stratification _ -> {
                int[] strata = IntStream.of(compared.sets()).distinct().sorted().toArray();
                for (int stratum : Arrays.copyOfRange(strata, 1, strata.length)) {
                    rows = rows.covariate(
                            "stratum " + stratum,
                            IntStream.of(compared.sets())
                                    .mapToDouble(set -> set == stratum ? 1 : 0)
                                    .toArray());
                    parameters++;
                }
            }
            case Adjustment.Matching _, Adjustment.Weighting _ -> rows = rows.weighted(compared.weights());
        }
        return switch (GeneralisedLinearModel.fit(rows, family)) {
            case ModelFit fit -> {
                double error = switch (compared.adjustment()) {
                    case Adjustment.Unadjusted _, Adjustment.Stratification _ ->
                        fit.errors().standardError(1);
                    case Adjustment.Matching _ -> fit.clustered(compared.sets()).standardError(1);
                    case Adjustment.Weighting _ -> fit.robust().standardError(1);
                };
                yield ratio(fit.coefficient(1), error, parameters);
            }
            case ModelResult.NoEstimate none ->
                new Answer.None(
                        switch (none.reason()) {
                            case SEPARATED -> CoxResult.Reason.MONOTONE_LIKELIHOOD;
                            case COLLINEAR -> CoxResult.Reason.COLLINEAR;
                            case NOT_CONVERGED -> CoxResult.Reason.NOT_CONVERGED;
                        });
        };
    }

    /** On one day the outcome comes before what competes with it. */
    private static Answer fineGray(Compared compared, List<Exposed.Followed> competing) {
        double[] time = new double[compared.size()];
        int[] cause = new int[time.length];
        for (int row = 0; row < time.length; row++) {
            Exposed.Followed own = compared.followed().get(row);
            Exposed.Followed other = competing.get(row);
            boolean first = other.event() && other.days() < own.days();
            time[row] = first ? other.days() : own.days();
            cause[row] = first ? 2 : own.event() ? 1 : other.event() && other.days() <= own.days() ? 2 : 0;
        }
        return FineGray.fit(new CompetingTimes(time, cause), List.of(TARGET), List.of(compared.targetAsNumber()))
                .<Answer>map(fit -> ratio(fit.coefficients()[0], fit.standardError(0), 1))
                .orElseGet(() -> new Answer.None(CoxResult.Reason.NOT_CONVERGED));
    }

    private static Answer atHorizon(Compared compared, Measure measure, int horizon) {
        List<double[]> arms = new ArrayList<>();
        for (boolean ofTarget : new boolean[] {true, false}) {
            int[] rows = compared.arm(ofTarget);
            int[] days = IntStream.of(rows)
                    .map(row -> compared.followed().get(row).days())
                    .toArray();
            if (IntStream.of(days).max().orElse(0) < horizon) {
                return new Answer.None(CoxResult.Reason.HORIZON_TOO_LATE);
            }
            boolean[] events = new boolean[rows.length];
            for (int place = 0; place < rows.length; place++) {
                events[place] = compared.followed().get(rows[place]).event();
            }
            double[] weights = compared.isWeighted()
                    ? IntStream.of(rows)
                            .mapToDouble(row -> compared.weights()[row])
                            .toArray()
                    : new double[0];
            arms.add(
                    measure == Measure.RISK_DIFFERENCE
                            ? risk(days, events, weights, horizon)
                            : mean(days, events, weights, horizon));
        }
        double difference = arms.get(0)[0] - arms.get(1)[0];
        double error = Math.hypot(arms.get(0)[1], arms.get(1)[1]);
        double half = quantile() * error;
        return new Answer.Estimated(difference, difference - half, difference + half, error, p(difference, error), 2);
    }

    private static double[] risk(int[] days, boolean[] events, double[] weights, int horizon) {
        SurvivalCurve curve = KaplanMeier.estimate(days, events, weights);
        int row = curve.rowAt(horizon);
        return row < 0 ? new double[] {0, 0} : new double[] {1 - curve.survival(row), curve.standardError(row)};
    }

    private static double[] mean(int[] days, boolean[] events, double[] weights, int horizon) {
        SurvivalCurve.RestrictedMean mean = KaplanMeier.restrictedMean(days, events, weights, horizon);
        return new double[] {mean.mean(), mean.standardError()};
    }

    private static Answer ratio(double log, double error, int parameters) {
        double half = quantile() * error;
        return new Answer.Estimated(
                Math.exp(log), Math.exp(log - half), Math.exp(log + half), error, p(log, error), parameters);
    }

    private static double quantile() {
        return NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - LEVEL) / 2);
    }

    private static double p(double value, double error) {
        return 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(value) / error);
    }

    /** The error as a row of estimates has it: of ratios alone. */
    static OptionalDouble errorLog(Measure measure, double error) {
        return measure.hasHorizon() ? OptionalDouble.empty() : OptionalDouble.of(error);
    }
}
