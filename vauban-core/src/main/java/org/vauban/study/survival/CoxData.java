package org.vauban.study.survival;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows for a Cox regression, column by column. A row is at risk at {@code t} when {@code start < t <= stop}; without a start it is
 * at risk from the beginning.
 */
public final class CoxData {
    final double[] stop;
    final boolean[] event;
    final double @Nullable [] start;
    final double @Nullable [] weight;
    final double @Nullable [] offset;
    final int @Nullable [] stratum;
    private final List<String> names;
    private final List<double[]> columns;

    private CoxData(
            double[] stop,
            boolean[] event,
            double @Nullable [] start,
            double @Nullable [] weight,
            double @Nullable [] offset,
            int @Nullable [] stratum,
            List<String> names,
            List<double[]> columns) {
        this.stop = stop;
        this.event = event;
        this.start = start;
        this.weight = weight;
        this.offset = offset;
        this.stratum = stratum;
        this.names = names;
        this.columns = columns;
    }

    /**
     * Rows without any covariate yet.
     *
     * @param stop when the row's time at risk ends
     * @param event whether it ends with the event
     */
    public static CoxData of(double[] stop, boolean[] event) {
        if (stop.length != event.length) {
            throw new IllegalArgumentException("Each row has one time and one event flag");
        }
        finite(stop);
        return new CoxData(stop.clone(), event.clone(), null, null, null, null, List.of(), List.of());
    }

    /** The same rows with one more covariate. */
    public CoxData covariate(String name, double[] values) {
        sized(values.length);
        finite(values);
        if (names.contains(name)) {
            throw new IllegalArgumentException("A covariate stands once in a model: " + name);
        }
        List<String> moreNames = new ArrayList<>(names);
        moreNames.add(name);
        List<double[]> moreColumns = new ArrayList<>(columns);
        moreColumns.add(values.clone());
        return new CoxData(
                stop, event, start, weight, offset, stratum, List.copyOf(moreNames), List.copyOf(moreColumns));
    }

    /** The same rows entering late; each start lies before its stop. */
    public CoxData entering(double[] starts) {
        sized(starts.length);
        finite(starts);
        for (int row = 0; row < starts.length; row++) {
            if (starts[row] >= stop[row]) {
                throw new IllegalArgumentException("A row enters before it leaves");
            }
        }
        return new CoxData(stop, event, starts.clone(), weight, offset, stratum, names, columns);
    }

    /** The same rows counted by weight; weights are positive. */
    public CoxData weighted(double[] weights) {
        sized(weights.length);
        finite(weights);
        for (double each : weights) {
            if (each <= 0) {
                throw new IllegalArgumentException("A weight is positive; leave the row out instead");
            }
        }
        return new CoxData(stop, event, start, weights.clone(), offset, stratum, names, columns);
    }

    /** The same rows with a known part of the linear predictor. */
    public CoxData offset(double[] offsets) {
        sized(offsets.length);
        finite(offsets);
        return new CoxData(stop, event, start, weight, offsets.clone(), stratum, names, columns);
    }

    /** The same rows in strata, each with a baseline hazard of its own. */
    public CoxData stratified(int[] strata) {
        sized(strata.length);
        return new CoxData(stop, event, start, weight, offset, strata.clone(), names, columns);
    }

    public int rows() {
        return stop.length;
    }

    public int covariates() {
        return columns.size();
    }

    public List<String> names() {
        return names;
    }

    public int events() {
        int count = 0;
        for (boolean each : event) {
            count += each ? 1 : 0;
        }
        return count;
    }

    double value(int covariate, int row) {
        return columns.get(covariate)[row];
    }

    double weight(int row) {
        return weight == null ? 1 : weight[row];
    }

    private void sized(int length) {
        if (length != stop.length) {
            throw new IllegalArgumentException("A column has one value per row");
        }
    }

    private static void finite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("A model is fitted to finite numbers");
            }
        }
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "CoxData[" + rows() + " rows, " + names + "]";
    }
}
