package org.vauban.study.survival;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vauban.study.matrix.PositiveMatrix;

/**
 * The residuals of a Cox regression, one for each row in the caller's order (Therneau and Grambsch 2000, chapters 4 and 7; R's
 * {@code residuals.coxph}). With tied events under Efron's rule, each tied row bears the average of the risk sets it may have been
 * taken from.
 */
public final class CoxResiduals {
    private final CoxData data;
    private final EventTimes times;
    private final PartialLikelihood likelihood;
    private final double[][] covariance;

    CoxResiduals(CoxData data, EventTimes times, PartialLikelihood likelihood, double[][] covariance) {
        this.data = data;
        this.times = times;
        this.likelihood = likelihood;
        this.covariance = covariance;
    }

    /** Events seen less events expected. */
    public double[] martingale() {
        double[] residuals = new double[data.rows()];
        for (int row = 0; row < residuals.length; row++) {
            EventTimes.Stratum stratum = times.of(times.stratum(row));
            double hazard = stratum.hazard(stratum.until(data.stop[row])) - stratum.hazard(entered(stratum, row));
            if (data.event[row]) {
                hazard -= stratum.at(data.stop[row]).spared();
            }
            residuals[row] = (data.event[row] ? 1 : 0) - times.relativeHazard(row) * hazard;
        }
        return residuals;
    }

    /** Martingale residuals made more symmetric around 0. */
    public double[] deviance() {
        double[] residuals = martingale();
        for (int row = 0; row < residuals.length; row++) {
            double events = data.event[row] ? 1 : 0;
            double logarithm = events == 0 ? 0 : Math.log(1 - residuals[row]);
            double inside = Math.max(0, -2 * (residuals[row] + events * logarithm));
            residuals[row] = Math.signum(residuals[row]) * Math.sqrt(inside);
        }
        return residuals;
    }

    /** Each row's share of the score, one column for each covariate; without the row's weight. */
    public double[][] score() {
        double[][] score = laidOutScore();
        for (double[] row : score) {
            for (int covariate = 0; covariate < row.length; covariate++) {
                row[covariate] *= likelihood.scale(covariate);
            }
        }
        return score;
    }

    /** About how far each coefficient would move without the row; without the row's weight. */
    public double[][] dfbeta() {
        double[][] score = score();
        double[][] moved = new double[score.length][];
        for (int row = 0; row < score.length; row++) {
            moved[row] = PositiveMatrix.times(covariance, score[row]);
        }
        return moved;
    }

    /**
     * The covariates of each event less their mean among those at risk then, by stratum and time.
     *
     * @param row the row that had the event
     * @param values one for each covariate, in the caller's units
     */
    public record Schoenfeld(int row, double time, List<Double> values) {
        public Schoenfeld {
            values = List.copyOf(values);
        }
    }

    public List<Schoenfeld> schoenfeld() {
        List<Schoenfeld> residuals = new ArrayList<>();
        for (int row = 0; row < data.rows(); row++) {
            if (data.event[row]) {
                EventTimes.At at = times.of(times.stratum(row)).at(data.stop[row]);
                List<Double> values = new ArrayList<>();
                for (int covariate = 0; covariate < times.covariates(); covariate++) {
                    values.add((times.value(row, covariate) - at.mean(covariate)) * likelihood.scale(covariate));
                }
                residuals.add(new Schoenfeld(row, data.stop[row], values));
            }
        }
        residuals.sort(Comparator.<Schoenfeld>comparingInt(each -> times.stratum(each.row()))
                .thenComparingDouble(Schoenfeld::time)
                .thenComparingInt(Schoenfeld::row));
        return List.copyOf(residuals);
    }

    private double[][] laidOutScore() {
        double[][] score = new double[data.rows()][times.covariates()];
        for (int row = 0; row < score.length; row++) {
            EventTimes.Stratum stratum = times.of(times.stratum(row));
            int until = stratum.until(data.stop[row]);
            int entered = entered(stratum, row);
            double hazard = stratum.hazard(until) - stratum.hazard(entered);
            double relative = times.relativeHazard(row);
            for (int covariate = 0; covariate < times.covariates(); covariate++) {
                double value = times.value(row, covariate);
                double mean = stratum.hazardMean(until, covariate) - stratum.hazardMean(entered, covariate);
                score[row][covariate] = -relative * (value * hazard - mean);
                if (data.event[row]) {
                    EventTimes.At at = stratum.at(data.stop[row]);
                    score[row][covariate] +=
                            value - at.mean(covariate) + relative * (value * at.spared() - at.sparedMean(covariate));
                }
            }
        }
        return score;
    }

    private int entered(EventTimes.Stratum stratum, int row) {
        return data.start == null ? 0 : stratum.until(data.start[row]);
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "CoxResiduals[" + data.rows() + " rows]";
    }
}
