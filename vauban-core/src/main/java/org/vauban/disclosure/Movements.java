package org.vauban.disclosure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Finds other tables with the same sums. A movement says by how much each cell differs from the truth; added to the table it
 * gives one that fits every sum that is given.
 *
 * <p>Where the sums are a network the flow through it answers; elsewhere a linear program does. A movement is answered only after it
 * was checked in whole numbers: every sum is kept and every cell stays inside its limits.
 */
final class Movements {
    private static final double WHOLE = 1e-6;
    /** Outweighs the movement of all other cells when a cell is pushed as far as it goes. */
    private static final double PUSH = 1e4;
    /** Linear programs for one question; the first one nearly always answers in whole numbers. */
    private static final int BRANCHES_MAX = 12;
    /** Multipliers of sums are quotients of small numbers; what is nearly such a quotient is taken for it. */
    private static final double PARTS = 5_040;

    private final CountTable table;
    private final Sums sums;
    private final Optional<SumNetwork> network;
    private long effort;

    Movements(CountTable table) {
        this.table = table;
        this.sums = new Sums(table);
        this.network = SumNetwork.of(sums);
    }

    /**
     * How far one cell can move.
     *
     * @param amount persons by which it can move
     * @param atMost what each cell gives to that, if it is open: however many cells are open, the cell moves by no more than these together.
     *     All 0 when it can move as far as was asked
     * @param alsoAtMost the same from the other end, where there is more than one narrowest place
     */
    record Reach(double amount, double[] atMost, double[] alsoAtMost) {
        Reach {
            atMost = atMost.clone();
            alsoAtMost = alsoAtMost.clone();
        }

        Reach(double amount, double[] atMost) {
            this(amount, atMost, atMost);
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

        /** The same upside down. */
        Room turned() {
            return new Room(up, down, cost);
        }

        /** The same with no cell moving further than so much. */
        Room atMost(long most) {
            return new Room(
                    LongStream.of(down).map(all -> Math.min(all, most)).toArray(),
                    LongStream.of(up).map(all -> Math.min(all, most)).toArray(),
                    cost);
        }

        long up(int cell) {
            return up[cell];
        }

        long down(int cell) {
            return down[cell];
        }

        double cost(int cell) {
            return cost[cell];
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

    /** Whether every movement in fractions stands for one in whole numbers. */
    boolean areWhole() {
        return network.isPresent();
    }

    /** Work done so far: the sizes of all linear programs, and arcs looked at. The same for the same table on every machine. */
    long effort() {
        return effort + network.map(SumNetwork::effort).orElse(0L);
    }

    /** The cheapest movement that changes one cell by a given amount. */
    Optional<long[]> moving(int cell, long amount, Room room) {
        if (!room.allows(cell, amount)) {
            return Optional.empty();
        }
        Optional<long[]> found = network.isPresent()
                ? inNetwork(network.get(), cell, amount > 0, Math.abs(amount), room)
                : solve(cell, amount, amount, 0, room);
        return found.filter(movement -> movement[cell] == amount);
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
        return new Boxes(table, cell).cheapest(amount, room).filter(sums::areKeptBy);
    }

    /** A movement that changes one cell as much as it can, up or down, but by no more than {@code most}. */
    Optional<long[]> farthest(int cell, boolean up, long most, Room room) {
        long limit = Math.min(most, up ? room.up[cell] : room.down[cell]);
        if (limit <= 0) {
            return Optional.empty();
        }
        return network.isPresent()
                ? inNetwork(network.get(), cell, up, limit, room)
                : solve(cell, up ? 0 : -limit, up ? limit : 0, up ? -PUSH : PUSH, room);
    }

    private Optional<long[]> inNetwork(SumNetwork flow, int cell, boolean up, long most, Room room) {
        long[] movement = flow.farthest(cell, up, most, room);
        return fits(movement, cell, up ? 0 : -most, up ? most : 0, room) ? Optional.of(movement) : Optional.empty();
    }

    /**
     * How far a cell can move where each cell is open to a share of its room, and what keeps it from going further. Fractions count, so in
     * more than two dimensions it may go less far.
     *
     * @param open by cell, the share of its room from 0 to 1
     */
    Reach reach(int cell, boolean up, long most, Room room, double[] open) {
        long limit = Math.min(most, up ? room.up[cell] : room.down[cell]);
        if (limit <= 0) {
            return new Reach(0, new double[table.size()]);
        }
        return network.map(flow -> flow.reach(cell, up, limit, room, open))
                .orElseGet(() -> programmedReach(cell, up, limit, room, open));
    }

    private Reach programmedReach(int target, boolean up, long most, Room room, double[] open) {
        List<Integer> cells = connected(target, room, open);
        int[] sumNumbers = sumsOf(cells);
        if (sumNumbers.length == 0) {
            return new Reach(most, new double[table.size()]);
        }
        double[] objective = new double[cells.size()];
        double[] upper = new double[cells.size()];
        double[] shift = new double[cells.size()];
        int[] unknownOfCell = new int[table.size()];
        Arrays.fill(unknownOfCell, -1);
        for (int unknown = 0; unknown < upper.length; unknown++) {
            int cell = cells.get(unknown);
            unknownOfCell[cell] = unknown;
            shift[unknown] = cell == target ? (up ? 0 : most) : room.down[cell] * open[cell];
            upper[unknown] = cell == target ? most : (room.down[cell] + room.up[cell]) * open[cell];
            objective[unknown] = cell == target ? (up ? -1 : 1) : 0;
        }
        var program = new LinearProgram(objective, new double[upper.length], upper);
        for (int number : sumNumbers) {
            double[] row = new double[upper.length];
            double value = 0;
            for (int cell : sums.cells(number)) {
                int unknown = unknownOfCell[cell];
                if (unknown >= 0) {
                    row[unknown] = sums.sign(number, cell);
                    value += row[unknown] * shift[unknown];
                }
            }
            program.equal(row, value);
        }
        effort += program.size();
        // Where the solver does not say why, nothing is claimed.
        var asFarAsAsked = new Reach(most, new double[table.size()]);
        return program.solve()
                .map(solution -> {
                    double amount = Math.abs(solution.point()[unknownOfCell[target]] - shift[unknownOfCell[target]]);
                    return amount > most - WHOLE
                            ? asFarAsAsked
                            : atMost(target, up, room, sumNumbers, solution.multipliers())
                                    .map(limits -> new Reach(amount, limits))
                                    .orElse(asFarAsAsked);
                })
                .orElse(asFarAsAsked);
    }

    /**
     * Sums, each times any number, are together one equation that every movement obeys; solved for one cell it limits that cell by the
     * others. So the limit holds whatever the solver's numbers are; good ones make it tight.
     */
    private Optional<double[]> atMost(int target, boolean up, Room room, int[] sumNumbers, double[] multipliers) {
        if (multipliers.length == 0) {
            return Optional.empty();
        }
        double[] equation = new double[table.size()];
        for (int row = 0; row < sumNumbers.length; row++) {
            for (int cell : sums.cells(sumNumbers[row])) {
                equation[cell] += multipliers[row] * sums.sign(sumNumbers[row], cell);
            }
        }
        double own = equation[target];
        if (Math.abs(own) < WHOLE) {
            return Optional.empty();
        }
        double[] atMost = new double[table.size()];
        for (int cell = 0; cell < atMost.length; cell++) {
            double share = nearQuotient(-equation[cell] / own) * (up ? 1 : -1);
            atMost[cell] = cell == target ? 0 : share > 0 ? share * room.up[cell] : -share * room.down[cell];
        }
        return Optional.of(atMost);
    }

    private static double nearQuotient(double number) {
        double quotient = Math.rint(number * PARTS) / PARTS;
        return Math.abs(number - quotient) < WHOLE ? quotient : number;
    }

    private int[] sumsOf(List<Integer> cells) {
        return cells.stream()
                .flatMap(cell -> sums.of(cell).stream())
                .mapToInt(Integer::intValue)
                .sorted()
                .distinct()
                .toArray();
    }

    private Optional<long[]> solve(int target, long least, long most, double push, Room room) {
        double[] open = new double[table.size()];
        Arrays.fill(open, 1);
        List<Integer> cells = connected(target, room, open);
        int[] relationNumbers = sumsOf(cells);
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
        double[] values = new double[relationNumbers.length];
        for (int row = 0; row < rows.length; row++) {
            int[] relation = sums.cells(relationNumbers[row]);
            for (int place = 0; place < relation.length; place++) {
                int variable = variableOfCell[relation[place]];
                double sign = place == 0 ? -1 : 1;
                if (variable == 0) {
                    rows[row][0] = sign;
                    values[row] = -sign * least;
                } else if (variable > 0) {
                    rows[row][variable] = sign;
                    rows[row][variable + 1] = -sign;
                }
            }
        }
        double[] point = whole(objective, upper, rows, values);
        if (point.length == 0) {
            return Optional.empty();
        }
        long[] movement = new long[table.size()];
        for (int cell : cells) {
            int variable = variableOfCell[cell];
            movement[cell] = variable == 0
                    ? least + Math.round(point[0])
                    : Math.round(point[variable]) - Math.round(point[variable + 1]);
        }
        return fits(movement, target, least, most, room) ? Optional.of(movement) : Optional.empty();
    }

    /** The target and every movable cell that a chain of sums links to it. */
    private List<Integer> connected(int target, Room room, double[] open) {
        boolean[] seen = new boolean[table.size()];
        boolean[] sumSeen = new boolean[sums.size()];
        List<Integer> cells = new ArrayList<>();
        var waiting = new ArrayDeque<Integer>();
        waiting.add(target);
        seen[target] = true;
        while (!waiting.isEmpty()) {
            int cell = waiting.remove();
            cells.add(cell);
            for (int number : sums.of(cell)) {
                if (!sumSeen[number]) {
                    sumSeen[number] = true;
                    for (int other : sums.cells(number)) {
                        if (!seen[other] && open[other] > 0 && room.canMove(other)) {
                            seen[other] = true;
                            waiting.add(other);
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
        return sums.areKeptBy(movement);
    }

    /** Whether a movement leaves every given total the sum of its parts. */
    boolean keepsSums(long[] movement) {
        return sums.areKeptBy(movement);
    }

    /** Solves the linear program; an empty answer means that there is none. */
    private double[] linear(double[] objective, double[] lower, double[] upper, double[][] rows, double[] values) {
        var program = new LinearProgram(objective, lower, upper);
        for (int row = 0; row < rows.length; row++) {
            program.equal(rows[row], values[row]);
        }
        effort += program.size();
        return program.solve().map(LinearProgram.Solution::point).orElse(new double[0]);
    }

    /**
     * A solution in whole numbers, found by branching on the first value that is not; an empty answer means that none was
     * found in bounded work. The library's own integer solver is not used: its recursion has no limit.
     */
    private double[] whole(double[] objective, double[] upper, double[][] rows, double[] sides) {
        var open = new ArrayDeque<Branch>();
        open.push(new Branch(new double[objective.length], upper));
        for (int branches = 0; branches < BRANCHES_MAX && !open.isEmpty(); branches++) {
            Branch branch = open.pop();
            double[] values = linear(objective, branch.lower, branch.upper, rows, sides);
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
