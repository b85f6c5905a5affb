package org.vauban.study.regression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows for a regression: an outcome, covariates column by column, and perhaps weights and a known part of the predictor. */
public final class ModelRows {
    /** The name of the constant that every model has, first of all terms. */
    public static final String INTERCEPT = "(Intercept)";

    private final double[] outcome;
    private final double @Nullable [] weight;
    private final double @Nullable [] offset;
    private final List<String> names;
    private final List<double[]> columns;

    private ModelRows(
            double[] outcome,
            double @Nullable [] weight,
            double @Nullable [] offset,
            List<String> names,
            List<double[]> columns) {
        this.outcome = outcome;
        this.weight = weight;
        this.offset = offset;
        this.names = names;
        this.columns = columns;
    }

    /** Rows without any covariate yet. */
    public static ModelRows of(double[] outcome) {
        finite(outcome);
        if (outcome.length == 0) {
            throw new IllegalArgumentException("A model is fitted to at least one row");
        }
        return new ModelRows(outcome.clone(), null, null, List.of(), List.of());
    }

    /** The same rows with one more covariate. */
    public ModelRows covariate(String name, double[] values) {
        sized(values);
        if (names.contains(name) || name.equals(INTERCEPT)) {
            throw new IllegalArgumentException("A covariate stands once in a model: " + name);
        }
        List<String> moreNames = new ArrayList<>(names);
        moreNames.add(name);
        List<double[]> moreColumns = new ArrayList<>(columns);
        moreColumns.add(values.clone());
        return new ModelRows(outcome, weight, offset, List.copyOf(moreNames), List.copyOf(moreColumns));
    }

    /** The same rows counted by weight, above 0. */
    public ModelRows weighted(double[] weights) {
        sized(weights);
        for (double each : weights) {
            if (each <= 0) {
                throw new IllegalArgumentException("A weight is positive; leave the row out instead");
            }
        }
        return new ModelRows(outcome, weights.clone(), offset, names, columns);
    }

    /** The same rows with a known part of the predictor, as the logarithm of a time at risk. */
    public ModelRows offset(double[] offsets) {
        sized(offsets);
        return new ModelRows(outcome, weight, offsets.clone(), names, columns);
    }

    /** The same rows with the intercept alone. */
    ModelRows withoutCovariates() {
        return new ModelRows(outcome, weight, offset, List.of(), List.of());
    }

    public int rows() {
        return outcome.length;
    }

    /** The intercept and the covariates, in order. */
    public List<String> terms() {
        List<String> terms = new ArrayList<>();
        terms.add(INTERCEPT);
        terms.addAll(names);
        return List.copyOf(terms);
    }

    double outcome(int row) {
        return outcome[row];
    }

    double weight(int row) {
        return weight == null ? 1 : weight[row];
    }

    double offset(int row) {
        return offset == null ? 0 : offset[row];
    }

    /** A term's value in a row; 1 for the intercept. */
    double value(int term, int row) {
        return term == 0 ? 1 : columns.get(term - 1)[row];
    }

    private void sized(double[] values) {
        if (values.length != outcome.length) {
            throw new IllegalArgumentException("A column has one value per row");
        }
        finite(values);
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
        return "ModelRows[" + rows() + " rows, " + names + "]";
    }
}
