package org.vauban.study.regression;

import java.util.Arrays;
import java.util.List;
import org.vauban.study.survival.CoxData;
import org.vauban.study.survival.CoxRegression;
import org.vauban.study.survival.CoxResult;
import org.vauban.study.survival.Ties;

/**
 * Conditional logistic regression: which rows of a matched set are the cases, given how many are (Breslow and Day 1980; R's
 * {@code clogit}). Its likelihood is that of a stratified Cox regression in which all cases happen at one time; with
 * {@link Ties#EXACT} it is the conditional likelihood itself, and the approximations are equal to it with one case per set.
 */
public final class ConditionalLogistic {
    private ConditionalLogistic() {}

    /**
     * Fits the sets.
     *
     * @param sets each row's matched set, any numbers
     * @param columns one array for each name
     */
    public static CoxResult fit(boolean[] cases, int[] sets, List<String> names, List<double[]> columns, Ties ties) {
        return fit(cases, sets, names, columns, new double[cases.length], ties);
    }

    /** The same with a known part of each row's predictor. */
    public static CoxResult fit(
            boolean[] cases, int[] sets, List<String> names, List<double[]> columns, double[] offset, Ties ties) {
        double[] once = new double[cases.length];
        Arrays.fill(once, 1);
        CoxData data = CoxData.of(once, cases).stratified(sets).offset(offset);
        for (int column = 0; column < columns.size(); column++) {
            data = data.covariate(names.get(column), columns.get(column));
        }
        return CoxRegression.fit(data, ties);
    }
}
