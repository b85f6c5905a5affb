package org.vauban.study.survival;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How often, of two rows of which one had the event while the other was at risk, the one with the event had the higher predicted
 * hazard (Harrell 1982; ties in the prediction count half). Pairs lie within a stratum. The standard error is the infinitesimal
 * jackknife over rows or clusters (Therneau and Atkinson, R's {@code concordance}). The work grows with rows times events.
 *
 * @param value between 0 and 1; NaN without a pair
 */
public record Concordance(double value, double standardError) {

    static Concordance of(CoxData data, double[] predictor, int[] clusters) {
        int rows = data.rows();
        double[] agreeing = new double[rows];
        double[] comparable = new double[rows];
        double allAgreeing = 0;
        double all = 0;
        for (int one = 0; one < rows; one++) {
            if (!data.event[one]) {
                continue;
            }
            for (int other = 0; other < rows; other++) {
                if (!atRisk(data, other, one)) {
                    continue;
                }
                double agrees = predictor[one] > predictor[other] ? 1 : predictor[one] == predictor[other] ? 0.5 : 0;
                agreeing[one] += data.weight(other) * agrees;
                agreeing[other] += data.weight(one) * agrees;
                comparable[one] += data.weight(other);
                comparable[other] += data.weight(one);
                double pair = data.weight(one) * data.weight(other);
                allAgreeing += pair * agrees;
                all += pair;
            }
        }
        double value = allAgreeing / all;
        Map<Integer, Double> moves = new HashMap<>();
        for (int row = 0; row < rows; row++) {
            double move = data.weight(row) * (agreeing[row] - value * comparable[row]) / all;
            moves.merge(clusters[row], move, Double::sum);
        }
        double variance = 0;
        for (double move : moves.values()) {
            variance += move * move;
        }
        return new Concordance(value, Math.sqrt(variance));
    }

    /** Whether a row was at risk when another had the event, and is known to have had none then. */
    private static boolean atRisk(CoxData data, int row, int having) {
        double time = data.stop[having];
        return row != having
                && (data.stratum == null || data.stratum[row] == data.stratum[having])
                && (data.start == null || data.start[row] < time)
                && (data.stop[row] > time || (data.stop[row] == time && !data.event[row]));
    }

    static int[] eachAlone(int rows) {
        int[] clusters = new int[rows];
        Arrays.setAll(clusters, row -> row);
        return clusters;
    }
}
