package org.vauban.attack.table;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.hipparchus.optim.linear.LinearConstraint;
import org.hipparchus.optim.linear.Relationship;

/**
 * Asks whether a hidden cell can have a value in a table of whole numbers, by branch and bound on the linear program. In three
 * dimensions or more a value between the linear limits can be impossible in whole numbers, and would be a leak that
 * {@link TableAttacker} does not see. The work is bounded; where it does not suffice the answer is honest about it.
 */
public final class WholeNumberAttacker {
    private static final int BRANCHES_MAX = 200;

    private final TableAttacker attacker;
    private int branches;

    public WholeNumberAttacker(PublishedTable table, Knowledge knowledge) {
        this.attacker = new TableAttacker(table, knowledge);
    }

    /** What could be found out. */
    public enum Answer {
        POSSIBLE,
        /** No table of whole numbers fits: the attacker has learnt something. */
        IMPOSSIBLE,
        /** Not found in bounded work, and not excluded. */
        NOT_DECIDED
    }

    /** Whether a hidden cell can have a value. */
    public Answer ask(int cell, long value) {
        branches = 0;
        if (!attacker.isUnknown(cell)) {
            return Answer.NOT_DECIDED;
        }
        return search(List.of(attacker.constraint(cell, Relationship.EQ, (double) value)));
    }

    private Answer search(List<LinearConstraint> constraints) {
        if (++branches > BRANCHES_MAX) {
            return Answer.NOT_DECIDED;
        }
        double[] point = attacker.pointWith(constraints);
        if (point.length == 0) {
            return Answer.IMPOSSIBLE;
        }
        for (int number = 0; number < point.length; number++) {
            OptionalDouble fraction = attacker.fraction(point, number);
            if (fraction.isPresent()) {
                int cell = attacker.unknown().get(number);
                Answer below = search(and(
                        constraints, attacker.constraint(cell, Relationship.LEQ, Math.floor(fraction.getAsDouble()))));
                if (below == Answer.POSSIBLE) {
                    return below;
                }
                Answer above = search(and(
                        constraints, attacker.constraint(cell, Relationship.GEQ, Math.ceil(fraction.getAsDouble()))));
                return above == Answer.IMPOSSIBLE ? below : above;
            }
        }
        return Answer.POSSIBLE;
    }

    private static List<LinearConstraint> and(List<LinearConstraint> constraints, LinearConstraint more) {
        List<LinearConstraint> all = new ArrayList<>(constraints);
        all.add(more);
        return all;
    }
}
