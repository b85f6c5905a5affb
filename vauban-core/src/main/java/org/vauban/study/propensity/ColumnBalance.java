package org.vauban.study.propensity;

import java.util.ArrayList;
import java.util.List;

/**
 * How alike the arms are in one covariate, before and after an adjustment. Both differences are measured in the standard deviation before
 * it (the mean of the arms' variances): a yardstick that the adjustment cannot stretch (Stuart 2010).
 *
 * @param covariate which
 * @param targetBefore the mean of the first arm
 * @param comparatorBefore the mean of the second arm
 * @param targetAfter the weighted mean of the first arm
 * @param comparatorAfter the weighted mean of the second arm
 * @param differenceBefore standardised
 * @param differenceAfter standardised
 */
public record ColumnBalance(
        CovariateColumn covariate,
        double targetBefore,
        double comparatorBefore,
        double targetAfter,
        double comparatorAfter,
        double differenceBefore,
        double differenceAfter) {

    /**
     * The balance of each column.
     *
     * @param treated whether a person is in the first arm
     * @param weights what each counts after the adjustment; 0 for who is not there any more
     */
    public static List<ColumnBalance> of(List<CovariateColumn> columns, boolean[] treated, double[] weights) {
        double[] persons = new double[2];
        double[] weight = new double[2];
        for (int row = 0; row < treated.length; row++) {
            persons[arm(treated[row])]++;
            weight[arm(treated[row])] += weights[row];
        }
        List<ColumnBalance> all = new ArrayList<>();
        for (CovariateColumn column : columns) {
            all.add(of(column, treated, weights, persons, weight));
        }
        return List.copyOf(all);
    }

    private static ColumnBalance of(
            CovariateColumn column, boolean[] treated, double[] weights, double[] persons, double[] weight) {
        double[] sum = new double[2];
        double[] squares = new double[2];
        double[] weighted = new double[2];
        for (int cell = 0; cell < column.rows().length; cell++) {
            int row = column.rows()[cell];
            double value = column.value(cell);
            int arm = arm(treated[row]);
            sum[arm] += value;
            squares[arm] += value * value;
            weighted[arm] += weights[row] * value;
        }
        double variance = 0;
        double[] before = new double[2];
        double[] after = new double[2];
        for (int arm = 0; arm < 2; arm++) {
            before[arm] = sum[arm] / persons[arm];
            after[arm] = weighted[arm] / weight[arm];
            variance += Math.max(0, squares[arm] - persons[arm] * before[arm] * before[arm]) / (persons[arm] - 1) / 2;
        }
        return new ColumnBalance(
                column,
                before[0],
                before[1],
                after[0],
                after[1],
                standardised(before[0] - before[1], variance),
                standardised(after[0] - after[1], variance));
    }

    /** Where nobody differs from anybody there is no yardstick and nothing to measure. */
    private static double standardised(double difference, double variance) {
        return Math.abs(difference) < 1e-12 ? 0 : difference / Math.sqrt(variance);
    }

    private static int arm(boolean treated) {
        return treated ? 0 : 1;
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "ColumnBalance[" + covariate.label() + "]";
    }
}
