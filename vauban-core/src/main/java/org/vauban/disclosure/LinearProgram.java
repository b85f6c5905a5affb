package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.linear.LinearSolver;

/**
 * A linear program: what is least under equations and inequalities. The only class that knows the solver; whatever it answers is
 * checked by who asked, so that its mistakes cost use and never protection.
 */
final class LinearProgram {
    private final double[] objective;
    private final double[] lower;
    private final double[] upper;
    private final List<double[]> equal = new ArrayList<>();
    private final List<Double> equalTo = new ArrayList<>();
    private final List<double[]> least = new ArrayList<>();
    private final List<Double> atLeast = new ArrayList<>();

    /**
     * @param objective what one of each unknown costs
     * @param lower the least of each unknown
     * @param upper the most of each
     */
    LinearProgram(double[] objective, double[] lower, double[] upper) {
        this.objective = objective.clone();
        this.lower = lower.clone();
        this.upper = upper.clone();
    }

    /** The unknowns, times these numbers, are together equal to a value. */
    void equal(double[] row, double value) {
        equal.add(row.clone());
        equalTo.add(value);
    }

    /** The unknowns, times these numbers, are together at least a value. */
    void atLeast(double[] row, double value) {
        least.add(row.clone());
        atLeast.add(value);
    }

    /** The size of the work: rows times columns. */
    long size() {
        return (long) (equal.size() + least.size()) * objective.length;
    }

    /**
     * A solution.
     *
     * @param value what it costs
     * @param point the unknowns
     * @param multipliers by how much the cost goes with each equation's value, in their order; empty when the solver does not say
     */
    record Solution(double value, double[] point, double[] multipliers) {}

    /** The cheapest solution; nothing when there is none, or none is found. */
    Optional<Solution> solve() {
        var builder = LinearSolver.newBuilder(objective).lower(lower).upper(upper);
        for (int row = 0; row < equal.size(); row++) {
            builder.equality(equalTo.get(row), equal.get(row));
        }
        for (int row = 0; row < least.size(); row++) {
            double[] turned = new double[objective.length];
            for (int number = 0; number < turned.length; number++) {
                turned[number] = -least.get(row)[number];
            }
            builder.inequality(-atLeast.get(row), turned);
        }
        Optimisation.Result result = builder.solve();
        if (!result.getState().isFeasible()) {
            return Optional.empty();
        }
        double[] point = new double[objective.length];
        double value = 0;
        for (int number = 0; number < point.length; number++) {
            point[number] = result.doubleValue(number);
            value += objective[number] * point[number];
        }
        double[] multipliers = result.getMultipliers()
                .filter(found -> found.size() >= equal.size())
                .map(found -> {
                    double[] numbers = new double[equal.size()];
                    for (int row = 0; row < numbers.length; row++) {
                        numbers[row] = found.doubleValue(row);
                    }
                    return numbers;
                })
                .orElse(new double[0]);
        return Optional.of(new Solution(value, point, multipliers));
    }
}
