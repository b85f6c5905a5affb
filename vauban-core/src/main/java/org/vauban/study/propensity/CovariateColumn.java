package org.vauban.study.propensity;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One covariate of many persons, kept by the rows where it is not zero: most records are had by few.
 *
 * @param label what it is
 * @param rows where it is not zero, ascending
 * @param values its values there; empty when it is 1 in all of them
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over between steps of one analysis, never changed.
public record CovariateColumn(String label, int[] rows, double[] values) {
    public CovariateColumn {
        if (values.length != 0 && rows.length != values.length) {
            throw new IllegalArgumentException("Each row has one value, or none has");
        }
    }

    /** From everybody's values. */
    public static CovariateColumn of(String label, double[] dense) {
        int[] rows =
                IntStream.range(0, dense.length).filter(row -> dense[row] != 0).toArray();
        return new CovariateColumn(
                label, rows, Arrays.stream(rows).mapToDouble(row -> dense[row]).toArray());
    }

    /** A yes of some rows and a no of the others. */
    public static CovariateColumn yes(String label, int[] rows) {
        return new CovariateColumn(label, rows, new double[0]);
    }

    /** The value in one of its rows. */
    double value(int cell) {
        return values.length == 0 ? 1 : values[cell];
    }

    /** Whether it is a yes or no. */
    public boolean isBinary() {
        return Arrays.stream(values).allMatch(value -> value == 1);
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "CovariateColumn[" + label + "]";
    }
}
