package org.vauban.disclosure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.linear.LinearSolver;

/**
 * Finds other tables with the same sums. A movement says by how much each cell differs from the truth; added to the table it
 * gives one that fits every sum that is given.
 *
 * <p>This is the only class that knows the solver. A movement is answered only after it was checked in whole numbers: every
 * sum is kept and every cell stays inside its limits.
 */
final class Movements {
    private static final double WHOLE = 1e-6;
    /** Outweighs the movement of all other cells when a cell is pushed as far as it goes. */
    private static final double PUSH = 1e4;
    /** Linear programs for one question; the first one nearly always answers in whole numbers. */
    private static final int BRANCHES_MAX = 12;

    private final CountTable table;
    private long effort;
    private final List<int[]> relations;
    private final List<List<Integer>> relationsOfCell;

    Movements(CountTable table) {
        this.table = table;
        this.relations = new ArrayList<>();
        this.relationsOfCell = new ArrayList<>();
        for (int cell = 0; cell < table.size(); cell++) {
            relationsOfCell.add(new ArrayList<>());
        }
        for (CountTable.Slice slice : table.slices()) {
            if (slice.hasTotal()) {
                int[] relation = IntStream.concat(
                                IntStream.of(slice.total()),
                                slice.parts().stream().mapToInt(Integer::intValue))
                        .toArray();
                for (int cell : relation) {
                    relationsOfCell.get(cell).add(relations.size());
                }
                relations.add(relation);
            }
        }
    }

    /** How far each cell may move, and what a person moved costs there. */
    static final class Room {
        private final long[] down;
        private final long[] up;
        private final double[] cost;

        /**
         * @param down persons by which a cell may fall, at least 0
         * @param up persons by which it may rise, at least 0
         * @param cost cost of moving one person
         */
        Room(long[] down, long[] up, double[] cost) {
            this.down = down.clone();
            this.up = up.clone();
            this.cost = cost.clone();
        }

        Room perStep(long steps) {
            return new Room(
                    LongStream.of(down).map(all -> all / steps).toArray(),
                    LongStream.of(up).map(all -> all / steps).toArray(),
                    cost);
        }

        boolean canMove(int cell) {
            return down[cell] > 0 || up[cell] > 0;
        }

        boolean allows(int cell, long amount) {
            return amount >= -down[cell] && amount <= up[cell];
        }

        double cost(long[] movement) {
            double sum = 0;
            for (int cell = 0; cell < movement.length; cell++) {
                sum += cost[cell] * Math.abs(movement[cell]);
            }
            return sum;
        }
    }

    /** What the solver was asked so far: the sizes of all linear programs. The same for the same table on every machine. */
    long effort() {
        return effort;
    }

    /** The cheapest movement that changes one cell by a given amount. */
    Optional<long[]> moving(int cell, long amount, Room room) {
        if (!room.allows(cell, amount)) {
            return Optional.empty();
        }
        return solve(cell, amount, amount, 0, room).filter(found -> found[cell] == amount);
    }

    /**
     * The cheapest movement that is a multiple of one that changes a cell by a single person. It shows every value on its way
     * as well, so it is worth trying first where the values between two whole tables need not be possible.
     */
    Optional<long[]> inEqualSteps(int cell, long amount, Room room) {
        long steps = Math.abs(amount);
        return moving(cell, Long.signum(amount), room.perStep(steps)).map(step -> {
            long[] movement = new long[step.length];
            for (int each = 0; each < step.length; each++) {
                movement[each] = steps * step[each];
            }
            return movement;
        });
    }

    /**
     * The cheapest movement over the corners of a box: the cell and, in each dimension, one other level or the total. It is
     * whole by nature, and found by looking at every box, so it helps where the linear program only has fractions to offer.
     */
    Optional<long[]> overBox(int cell, long amount, Room room) {
        return new Boxes(table, cell).cheapest(amount, room).filter(this::keepsSums);
    }

    /** A movement that changes one cell as much as it can, up or down, but by no more than {@code most}. */
    Optional<long[]> farthest(int cell, boolean up, long most, Room room) {
        long limit = Math.min(most, up ? room.up[cell] : room.down[cell]);
        return limit <= 0 ? Optional.empty() : solve(cell, up ? 0 : -limit, up ? limit : 0, up ? -PUSH : PUSH, room);
    }

    private Optional<long[]> solve(int target, long least, long most, double push, Room room) {
        List<Integer> cells = connected(target, room);
        int[] relationNumbers = cells.stream()
                .flatMap(cell -> relationsOfCell.get(cell).stream())
                .mapToInt(Integer::intValue)
                .sorted()
                .distinct()
                .toArray();
        if (relationNumbers.length == 0) {
            long[] alone = new long[table.size()];
            alone[target] = push > 0 ? least : most;
            return Optional.of(alone);
        }
        int[] variableOfCell = new int[table.size()];
        Arrays.fill(variableOfCell, -1);
        // The target is one shifted variable; every other cell is two: what it rises by and what it falls by.
        int variables = 1 + 2 * (cells.size() - 1);
        double[] objective = new double[variables];
        double[] upper = new double[variables];
        int next = 1;
        for (int cell : cells) {
            if (cell == target) {
                variableOfCell[cell] = 0;
                objective[0] = push;
                upper[0] = most - least;
            } else {
                variableOfCell[cell] = next;
                upper[next] = room.up[cell];
                upper[next + 1] = room.down[cell];
                objective[next] = room.cost[cell];
                objective[next + 1] = room.cost[cell];
                next += 2;
            }
        }
        double[][] rows = new double[relationNumbers.length][variables];
        double[] sums = new double[relationNumbers.length];
        for (int row = 0; row < rows.length; row++) {
            int[] relation = relations.get(relationNumbers[row]);
            for (int place = 0; place < relation.length; place++) {
                int variable = variableOfCell[relation[place]];
                double sign = place == 0 ? -1 : 1;
                if (variable == 0) {
                    rows[row][0] = sign;
                    sums[row] = -sign * least;
                } else if (variable > 0) {
                    rows[row][variable] = sign;
                    rows[row][variable + 1] = -sign;
                }
            }
        }
        double[] values = whole(objective, upper, rows, sums);
        if (values.length == 0) {
            return Optional.empty();
        }
        long[] movement = new long[table.size()];
        for (int cell : cells) {
            int variable = variableOfCell[cell];
            movement[cell] = variable == 0
                    ? least + Math.round(values[0])
                    : Math.round(values[variable]) - Math.round(values[variable + 1]);
        }
        return fits(movement, target, least, most, room) ? Optional.of(movement) : Optional.empty();
    }

    /** The target and every movable cell that a chain of sums links to it. */
    private List<Integer> connected(int target, Room room) {
        boolean[] seen = new boolean[table.size()];
        boolean[] relationSeen = new boolean[relations.size()];
        List<Integer> cells = new ArrayList<>();
        var open = new ArrayDeque<Integer>();
        open.add(target);
        seen[target] = true;
        while (!open.isEmpty()) {
            int cell = open.remove();
            cells.add(cell);
            for (int number : relationsOfCell.get(cell)) {
                if (!relationSeen[number]) {
                    relationSeen[number] = true;
                    for (int other : relations.get(number)) {
                        if (!seen[other] && room.canMove(other)) {
                            seen[other] = true;
                            open.add(other);
                        }
                    }
                }
            }
        }
        cells.sort(Integer::compare);
        return cells;
    }

    /** The check that everything rests on, in whole numbers. */
    private boolean fits(long[] movement, int target, long least, long most, Room room) {
        for (int cell = 0; cell < movement.length; cell++) {
            boolean inside = cell == target
                    ? movement[cell] >= least && movement[cell] <= most
                    : room.allows(cell, movement[cell]);
            if (!inside) {
                return false;
            }
        }
        return keepsSums(movement);
    }

    /** Whether a movement leaves every given total the sum of its parts. */
    boolean keepsSums(long[] movement) {
        for (int[] relation : relations) {
            long sum = -movement[relation[0]];
            for (int place = 1; place < relation.length; place++) {
                sum += movement[relation[place]];
            }
            if (sum != 0) {
                return false;
            }
        }
        return true;
    }

    /** Solves the linear program; an empty answer means that there is none. */
    private double[] linear(double[] objective, double[] lower, double[] upper, double[][] rows, double[] sums) {
        var builder = LinearSolver.newBuilder(objective).lower(lower).upper(upper);
        for (int row = 0; row < rows.length; row++) {
            builder.equality(sums[row], rows[row]);
        }
        effort += (long) rows.length * objective.length;
        Optimisation.Result result = builder.solve();
        if (!result.getState().isFeasible()) {
            return new double[0];
        }
        double[] values = new double[objective.length];
        for (int number = 0; number < values.length; number++) {
            values[number] = result.doubleValue(number);
        }
        return values;
    }

    /**
     * A solution in whole numbers, found by branching on the first value that is not; an empty answer means that none was
     * found in bounded work. The library's own integer solver is not used: its recursion has no limit.
     */
    private double[] whole(double[] objective, double[] upper, double[][] rows, double[] sums) {
        var open = new ArrayDeque<Branch>();
        open.push(new Branch(new double[objective.length], upper));
        for (int branches = 0; branches < BRANCHES_MAX && !open.isEmpty(); branches++) {
            Branch branch = open.pop();
            double[] values = linear(objective, branch.lower, branch.upper, rows, sums);
            int fraction = firstFraction(values);
            if (values.length > 0 && fraction < 0) {
                return values;
            }
            if (values.length > 0) {
                double[] above = branch.lower.clone();
                double[] below = branch.upper.clone();
                above[fraction] = Math.ceil(values[fraction]);
                below[fraction] = Math.floor(values[fraction]);
                open.push(new Branch(above, branch.upper));
                open.push(new Branch(branch.lower, below));
            }
        }
        return new double[0];
    }

    /** The limits of the unknowns in one branch of the search. */
    private static final class Branch {
        private final double[] lower;
        private final double[] upper;

        Branch(double[] lower, double[] upper) {
            this.lower = lower.clone();
            this.upper = upper.clone();
        }
    }

    /** The place of the first value that is not whole, or -1. */
    private static int firstFraction(double[] values) {
        for (int number = 0; number < values.length; number++) {
            if (Math.abs(values[number] - Math.rint(values[number])) > WHOLE) {
                return number;
            }
        }
        return -1;
    }
}
