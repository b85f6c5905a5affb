package org.vauban.study.overtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.vauban.study.spline.RestrictedCubicSpline;
import org.vauban.study.survival.CoxData;
import org.vauban.study.survival.CoxFit;
import org.vauban.study.survival.CoxRegression;
import org.vauban.study.survival.CoxResult;
import org.vauban.study.survival.RobustErrors;
import org.vauban.study.survival.Ties;

/**
 * The hazard by an exposure that changes in time: Cox regression on the days of follow-up, with errors that take the rows of one person as
 * one (Lin and Wei 1989).
 */
public final class ExposureModel {
    private static final int LINE = 2;

    private ExposureModel() {}

    /**
     * A hazard ratio against no exposure.
     *
     * @param level the level's name, or how many days
     * @param logRatio its logarithm
     * @param standardError of the logarithm, robust
     */
    public record Estimate(String level, double logRatio, double standardError) {
        /** Wald's limit on the ratio's scale. */
        public double limit(double level, boolean upper) {
            double half = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2) * standardError;
            return Math.exp(logRatio + (upper ? half : -half));
        }

        /** Two-sided, by Wald. */
        public double p() {
            return 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(logRatio) / standardError);
        }

        @Override
        public String toString() {
            return "Estimate[" + level + "]";
        }
    }

    /** What became of a model. */
    public sealed interface Answer {
        /**
         * The estimates there are.
         *
         * @param withoutEvents levels in which nobody had the event: their ratio is nought and has no limits
         */
        record Estimated(List<Estimate> estimates, List<String> withoutEvents, int parameters) implements Answer {
            public Estimated {
                estimates = List.copyOf(estimates);
                withoutEvents = List.copyOf(withoutEvents);
            }
        }

        record None(CoxResult.Reason reason) implements Answer {}
    }

    /**
     * Fits the model.
     *
     * @param covariates by name, one value for each person
     */
    public static Answer fit(
            List<History> persons, ExposureRows cut, ExposureMeasure measure, Map<String, double[]> covariates) {
        Set<Integer> having = new HashSet<>();
        cut.rows().stream().filter(ExposureRows.Row::event).forEach(row -> having.add(row.exposure()));
        boolean smooth = measure instanceof ExposureMeasure.CumulativeSpline;
        // Where nobody of a level had the event its coefficient falls without end: its days leave.
        List<ExposureRows.Row> rows = smooth
                ? cut.rows()
                : cut.rows().stream()
                        .filter(row -> row.exposure() == 0 || having.contains(row.exposure()))
                        .toList();
        if (having.isEmpty()) {
            return new Answer.None(CoxResult.Reason.NO_EVENTS);
        }
        CoxData data = CoxData.of(rows.stream().mapToDouble(row -> row.to() + 1).toArray(), events(rows))
                .entering(rows.stream().mapToDouble(ExposureRows.Row::from).toArray());
        return switch (measure) {
            case ExposureMeasure.CumulativeSpline spline -> smooth(rows, data, spline, covariates);
            case ExposureMeasure.Current _,
                    ExposureMeasure.Recency _,
                    ExposureMeasure.CumulativeSteps _,
                    ExposureMeasure.Ever _ -> levels(rows, data, measure, having, covariates);
        };
    }

    private static Answer levels(
            List<ExposureRows.Row> rows,
            CoxData data,
            ExposureMeasure measure,
            Set<Integer> having,
            Map<String, double[]> covariates) {
        List<String> estimated = new ArrayList<>();
        List<String> without = new ArrayList<>();
        CoxData all = data;
        for (int level = 1; level <= measure.levels().size(); level++) {
            int each = level;
            String name = measure.levels().get(level - 1);
            if (having.contains(level)) {
                estimated.add(name);
                all = all.covariate(
                        name,
                        rows.stream()
                                .mapToDouble(row -> row.exposure() == each ? 1 : 0)
                                .toArray());
            } else {
                without.add(name);
            }
        }
        if (estimated.isEmpty()) {
            return new Answer.None(CoxResult.Reason.NO_EVENTS);
        }
        return switch (fit(rows, all, covariates)) {
            case CoxResult.NoEstimate none -> new Answer.None(none.reason());
            case CoxFit fit -> {
                RobustErrors robust = fit.robust(clusters(rows));
                List<Estimate> estimates = new ArrayList<>();
                for (int term = 0; term < estimated.size(); term++) {
                    estimates.add(new Estimate(estimated.get(term), fit.coefficient(term), robust.standardError(term)));
                }
                yield new Answer.Estimated(estimates, without, fit.names().size());
            }
        };
    }

    private static Answer smooth(
            List<ExposureRows.Row> rows,
            CoxData data,
            ExposureMeasure.CumulativeSpline measure,
            Map<String, double[]> covariates) {
        RestrictedCubicSpline spline = measure.knots() == LINE
                ? RestrictedCubicSpline.at()
                : RestrictedCubicSpline.among(
                        rows.stream()
                                .filter(row -> row.exposure() > 0)
                                .mapToDouble(ExposureRows.Row::exposure)
                                .toArray(),
                        measure.knots());
        double[][] columns = new double[rows.size()][];
        for (int row = 0; row < columns.length; row++) {
            columns[row] = spline.of(rows.get(row).exposure());
        }
        CoxData all = data;
        for (int column = 0; column < spline.columns(); column++) {
            double[] values = new double[columns.length];
            for (int row = 0; row < values.length; row++) {
                values[row] = columns[row][column];
            }
            all = all.covariate("days " + column, values);
        }
        return switch (fit(rows, all, covariates)) {
            case CoxResult.NoEstimate none -> new Answer.None(none.reason());
            case CoxFit fit -> {
                RobustErrors robust = fit.robust(clusters(rows));
                double[] none = spline.of(0);
                List<Estimate> estimates = new ArrayList<>();
                for (int days : measure.at()) {
                    double[] there = spline.of(days);
                    double logarithm = 0;
                    double variance = 0;
                    for (int left = 0; left < there.length; left++) {
                        logarithm += (there[left] - none[left]) * fit.coefficient(left);
                        for (int right = 0; right < there.length; right++) {
                            variance += (there[left] - none[left])
                                    * (there[right] - none[right])
                                    * robust.covariance(left, right);
                        }
                    }
                    estimates.add(new Estimate(days + " days in all", logarithm, Math.sqrt(variance)));
                }
                yield new Answer.Estimated(estimates, List.of(), fit.names().size());
            }
        };
    }

    private static CoxResult fit(List<ExposureRows.Row> rows, CoxData data, Map<String, double[]> covariates) {
        CoxData all = data;
        for (Map.Entry<String, double[]> covariate : covariates.entrySet()) {
            double[] byPerson = covariate.getValue();
            all = all.covariate(
                    covariate.getKey(),
                    rows.stream().mapToDouble(row -> byPerson[row.person()]).toArray());
        }
        return CoxRegression.fit(all, Ties.EFRON);
    }

    private static boolean[] events(List<ExposureRows.Row> rows) {
        boolean[] events = new boolean[rows.size()];
        for (int row = 0; row < events.length; row++) {
            events[row] = rows.get(row).event();
        }
        return events;
    }

    private static int[] clusters(List<ExposureRows.Row> rows) {
        return rows.stream().mapToInt(ExposureRows.Row::person).toArray();
    }
}
