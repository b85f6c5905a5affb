package org.vauban.attack.table;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.LocalizedOptimFormats;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.linear.LinearConstraint;
import org.hipparchus.optim.linear.LinearConstraintSet;
import org.hipparchus.optim.linear.LinearObjectiveFunction;
import org.hipparchus.optim.linear.NonNegativeConstraint;
import org.hipparchus.optim.linear.Relationship;
import org.hipparchus.optim.linear.SimplexSolver;
import org.hipparchus.optim.nonlinear.scalar.GoalType;

/**
 * Bounds every hidden cell from both sides by linear programming over all that is known.
 *
 * <p>In one or two dimensions the sums form a network, so the limits are whole and every whole number between them is
 * possible: this attack is exact. In more dimensions the true limits can be narrower than these; ask
 * {@link WholeNumberAttacker} there.
 */
public final class TableAttacker {
    private final PublishedTable table;
    private final double[] low;
    private final double[] high;
    private final List<PublishedTable.Sum> sums;
    private final int[] variable;
    private final List<Integer> unknown = new ArrayList<>();
    private final List<LinearConstraint> constraints = new ArrayList<>();

    public TableAttacker(PublishedTable table, Knowledge knowledge) {
        this.table = table;
        double[][] limits = table.limits(knowledge);
        this.low = limits[0];
        this.high = limits[1];
        this.sums = table.sums();
        this.variable = new int[low.length];
        for (int cell = 0; cell < low.length; cell++) {
            variable[cell] = -1;
            if (low[cell] < high[cell]) {
                variable[cell] = unknown.size();
                unknown.add(cell);
            }
        }
        for (int number = 0; number < unknown.size(); number++) {
            double room = high[unknown.get(number)] - low[unknown.get(number)];
            if (room < Double.POSITIVE_INFINITY) {
                constraints.add(new LinearConstraint(unit(number), Relationship.LEQ, room));
            }
        }
        sums.forEach(this::addSum);
    }

    /** The interval of every hidden cell. */
    public List<Interval> attack() {
        return table.hidden().stream().map(this::attack).toList();
    }

    /** The interval of one hidden cell. */
    public Interval attack(int cell) {
        PublishedTable.Status status = table.cells().get(cell).status();
        if (variable[cell] < 0) {
            return new Interval(cell, status, low[cell], high[cell]);
        }
        return new Interval(
                cell, status, low[cell] + bound(cell, GoalType.MINIMIZE), low[cell] + bound(cell, GoalType.MAXIMIZE));
    }

    /** Whether any table fits what is known; if not, the attacker takes something wrong for certain. */
    public boolean isPossible() {
        return unknown.isEmpty() || solve(unit(0), GoalType.MINIMIZE, List.of()).length > 0;
    }

    private double bound(int cell, GoalType goal) {
        try {
            double[] point = solve(unit(variable[cell]), goal, List.of());
            if (point.length == 0) {
                throw new IllegalArgumentException("No table fits what is taken for certain");
            }
            return point[variable[cell]];
        } catch (MathIllegalStateException unbounded) {
            if (unbounded.getSpecifier() != LocalizedOptimFormats.UNBOUNDED_SOLUTION) {
                throw unbounded;
            }
            return Double.POSITIVE_INFINITY;
        }
    }

    /** A table that fits, cell by cell, with further constraints on the unknown ones; empty when there is none. */
    double[] pointWith(List<LinearConstraint> more) {
        return solve(new double[unknown.size()], GoalType.MINIMIZE, more);
    }

    /** A constraint on one unknown cell's value. */
    LinearConstraint constraint(int cell, Relationship relationship, double value) {
        return new LinearConstraint(unit(variable[cell]), relationship, value - low[cell]);
    }

    /** The first unknown cell whose value in a point is not whole, with that value. */
    OptionalDouble fraction(double[] point, int number) {
        double value = low[unknown.get(number)] + point[number];
        return Math.abs(value - Math.rint(value)) > 1e-6 ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    List<Integer> unknown() {
        return unknown;
    }

    boolean isUnknown(int cell) {
        return variable[cell] >= 0;
    }

    private void addSum(PublishedTable.Sum sum) {
        double[] coefficients = new double[unknown.size()];
        double known = place(coefficients, sum.total(), -1);
        boolean any = variable[sum.total()] >= 0;
        for (int part : sum.parts()) {
            known += place(coefficients, part, 1);
            any |= variable[part] >= 0;
        }
        if (any) {
            constraints.add(new LinearConstraint(coefficients, Relationship.EQ, -known));
        }
    }

    /** Every unknown is counted from its lower limit on, so the limits are the known part. */
    private double place(double[] coefficients, int cell, int sign) {
        if (variable[cell] >= 0) {
            coefficients[variable[cell]] += sign;
        }
        return sign * low[cell];
    }

    private double[] unit(int number) {
        double[] coefficients = new double[unknown.size()];
        coefficients[number] = 1;
        return coefficients;
    }

    private double[] solve(double[] objective, GoalType goal, List<LinearConstraint> more) {
        List<LinearConstraint> all = new ArrayList<>(constraints);
        all.addAll(more);
        try {
            PointValuePair found = new SimplexSolver()
                    .optimize(
                            new LinearObjectiveFunction(objective, 0),
                            new LinearConstraintSet(all),
                            goal,
                            new NonNegativeConstraint(true));
            return found.getPoint();
        } catch (MathIllegalStateException impossible) {
            if (impossible.getSpecifier() != LocalizedOptimFormats.NO_FEASIBLE_SOLUTION) {
                throw impossible;
            }
            return new double[0];
        }
    }
}
