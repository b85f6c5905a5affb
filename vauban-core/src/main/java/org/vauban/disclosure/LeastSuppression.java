package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Looks for the choice of hidden cells that hides the fewest persons, and proves how few they can be.
 *
 * <p>Each cell is a question, hidden or not. Each promise to a hidden cell is a demand on the others: where the cells that are open let it move less far
 * than promised, the narrowest place says which cells it lacks, and that is an inequality that every good choice obeys ({@link Movements.Reach}). With the
 * inequalities found so far a linear program gives the least cost in fractions; that is a proof that no choice is cheaper. Questions that it
 * leaves half answered are branched on, the most promising branch first. This is the branch and cut of Fischetti and Salazar (2001), with promises
 * to the cells that are hidden for others as well: those are demands only if the cell is hidden.
 *
 * <p>The work is bounded by its amount and not by a clock, so that the same table always gets the same answer. When it is used up, the best choice so
 * far stands, and the bound says how much cheaper another could be.
 */
final class LeastSuppression {
    private static final double NEARLY = 1e-6;
    /** An inequality is worth keeping if it is missed by so much of its demand. */
    private static final double MISSED_LEAST = 1e-3;

    private static final int INEQUALITIES_PER_ROUND = 60;
    private static final int ROUNDS_PER_BRANCH = 8;
    private static final int ROUNDS_FIRST = 60;
    /** Choices that fractions allow and whole numbers do not; each is excluded by itself. */
    private static final int EXCLUDED_MAX = 20;

    private final Movements movements;
    private final Question question;
    private final long effortMax;
    private final int cells;
    private final List<Inequality> inequalities = new ArrayList<>();

    private long cost;
    private Optional<boolean[]> better = Optional.empty();
    private long undecided = Long.MAX_VALUE;
    private int excluded;
    private long programs;

    private LeastSuppression(Movements movements, Question question, long effortMax) {
        this.movements = movements;
        this.question = question;
        this.effortMax = effortMax;
        this.cells = question.required.length;
        this.cost = question.costKnown;
    }

    /**
     * What has to hold for a hidden cell.
     *
     * @param up how far it must be able to rise
     * @param down how far it must be able to fall
     * @param together how far both together; then {@code up} and {@code down} say how far is worth looking
     * @param room how far each cell can go, were it hidden
     */
    record Promise(long up, long down, long together, Movements.Room room) {}

    /**
     * What is asked.
     *
     * @param required cells that are hidden in any case
     * @param possible cells that may be hidden
     * @param price what hiding a cell costs
     * @param promises what has to hold for each cell, if it is hidden
     * @param holds whether a choice keeps every promise, in whole numbers
     * @param completed a choice that keeps every promise, made by hiding more
     * @param costKnown the cost of a choice that is known to keep every promise
     */
    record Question(
            boolean[] required,
            boolean[] possible,
            long[] price,
            Promise[] promises,
            Predicate<boolean[]> holds,
            Function<boolean[], Optional<boolean[]>> completed,
            long costKnown) {}

    /**
     * What was found.
     *
     * @param better a cheaper choice than the one that was known; nothing when none was found
     * @param cost the cost of the best choice
     * @param atLeast no choice costs less
     */
    record Answer(Optional<boolean[]> better, long cost, long atLeast) {}

    static Answer search(Movements movements, Question question, long effortMax) {
        return new LeastSuppression(movements, question, effortMax).answer();
    }

    /** Open cells, times these numbers, are together at least a value. */
    private record Inequality(double[] row, double least) {
        double missedBy(double[] open) {
            double sum = 0;
            for (int cell = 0; cell < row.length; cell++) {
                sum += row[cell] * open[cell];
            }
            return least - sum;
        }
    }

    /** A part of all choices: some cells decided, and no choice in it cheaper than so much. */
    private static final class Branch {
        private final int number;
        private final byte[] decided;
        private final long atLeast;

        Branch(int number, byte[] decided, long atLeast) {
            this.number = number;
            this.decided = decided.clone();
            this.atLeast = atLeast;
        }
    }

    private static final byte OPEN = 0;
    private static final byte HIDDEN = 1;
    private static final byte SHOWN = 2;

    private Answer answer() {
        byte[] decided = new byte[cells];
        for (int cell = 0; cell < cells; cell++) {
            decided[cell] = question.required[cell] ? HIDDEN : question.possible[cell] ? OPEN : SHOWN;
        }
        var branches = new PriorityQueue<Branch>(
                Comparator.comparingLong((Branch branch) -> branch.atLeast).thenComparingInt(branch -> -branch.number));
        int numbers = 0;
        branches.add(new Branch(numbers++, decided, 0));
        long atLeast = 0;
        while (!branches.isEmpty() && branches.peek().atLeast < cost && !isTired()) {
            Branch branch = branches.remove();
            atLeast = branch.atLeast;
            Optional<double[]> half = explored(branch, branch.number == 0);
            if (half.isPresent()) {
                int cell = mostOpen(half.get(), branch.decided);
                long bound = Math.max(branch.atLeast, lastBound);
                // What was not finished for want of work stays as it is.
                for (byte way : cell < 0 ? new byte[] {OPEN} : new byte[] {SHOWN, HIDDEN}) {
                    byte[] more = branch.decided.clone();
                    if (cell >= 0) {
                        more[cell] = way;
                    }
                    branches.add(new Branch(numbers++, more, bound));
                }
            }
        }
        if (branches.isEmpty()) {
            atLeast = cost;
        } else {
            atLeast = Math.min(cost, branches.peek().atLeast);
        }
        return new Answer(better, cost, Math.min(atLeast, undecided));
    }

    /** The bound that the last linear program gave. */
    private long lastBound;

    private boolean isTired() {
        return programs + movements.effort() > effortMax;
    }

    /** Works on one branch; answers what is left half decided in it, or nothing when it is done with. */
    private Optional<double[]> explored(Branch branch, boolean first) {
        lastBound = branch.atLeast;
        double[] open = new double[cells];
        int rounds = first ? ROUNDS_FIRST : ROUNDS_PER_BRANCH;
        for (int round = 0; ; round++) {
            Optional<double[]> cheapest = cheapest(branch.decided);
            if (cheapest.isEmpty() || lastBound >= cost) {
                return Optional.empty();
            }
            open = cheapest.get();
            boolean whole = isWhole(open);
            if (isTired() || (!whole && round >= rounds)) {
                break;
            }
            if (demand(open) == 0) {
                if (!whole) {
                    break;
                }
                boolean[] choice = choice(open);
                if (question.holds.test(choice)) {
                    accept(choice);
                    return Optional.empty();
                }
                undecided = Math.min(undecided, lastBound);
                if (++excluded > EXCLUDED_MAX) {
                    return Optional.empty();
                }
                exclude(choice);
            }
        }
        if (first) {
            boolean[] start = new boolean[cells];
            for (int cell = 0; cell < cells; cell++) {
                start[cell] = question.required[cell] || (question.possible[cell] && open[cell] > 0.5 - NEARLY);
            }
            question.completed.apply(start).ifPresent(this::accept);
        }
        return Optional.of(open);
    }

    private void accept(boolean[] choice) {
        long price = 0;
        for (int cell = 0; cell < cells; cell++) {
            price += choice[cell] && !question.required[cell] ? question.price[cell] : 0;
        }
        if (price < cost) {
            cost = price;
            better = Optional.of(choice.clone());
        }
    }

    /** The least cost in fractions under all inequalities so far. */
    private Optional<double[]> cheapest(byte[] decided) {
        int[] unknownOfCell = new int[cells];
        Arrays.fill(unknownOfCell, -1);
        List<Integer> unknowns = new ArrayList<>();
        for (Inequality inequality : inequalities) {
            for (int cell = 0; cell < cells; cell++) {
                if (inequality.row[cell] != 0 && decided[cell] == OPEN && unknownOfCell[cell] < 0) {
                    unknownOfCell[cell] = unknowns.size();
                    unknowns.add(cell);
                }
            }
        }
        double[] open = new double[cells];
        long known = 0;
        for (int cell = 0; cell < cells; cell++) {
            open[cell] = decided[cell] == HIDDEN ? 1 : 0;
            known += decided[cell] == HIDDEN && !question.required[cell] ? question.price[cell] : 0;
        }
        if (unknowns.isEmpty()) {
            lastBound = Math.max(lastBound, known);
            return inequalities.stream().anyMatch(inequality -> inequality.missedBy(open) > NEARLY)
                    ? Optional.empty()
                    : Optional.of(open);
        }
        double[] objective = new double[unknowns.size()];
        double[] upper = new double[unknowns.size()];
        Arrays.fill(upper, 1);
        for (int unknown = 0; unknown < objective.length; unknown++) {
            objective[unknown] = question.price[unknowns.get(unknown)];
        }
        var program = new LinearProgram(objective, new double[objective.length], upper);
        for (Inequality inequality : inequalities) {
            double[] row = new double[objective.length];
            double least = inequality.least;
            boolean any = false;
            for (int cell = 0; cell < cells; cell++) {
                if (unknownOfCell[cell] >= 0) {
                    row[unknownOfCell[cell]] = inequality.row[cell];
                    any |= inequality.row[cell] != 0;
                } else {
                    least -= inequality.row[cell] * open[cell];
                }
            }
            if (!any && least > NEARLY) {
                return Optional.empty();
            }
            if (any && least > NEARLY - sumOfNegative(row)) {
                program.atLeast(row, least);
            }
        }
        programs += program.size();
        Optional<LinearProgram.Solution> solution = program.solve();
        long decidedPrice = known;
        solution.ifPresent(found -> {
            lastBound =
                    Math.max(lastBound, decidedPrice + (long) Math.ceil(found.value() - NEARLY * (1 + found.value())));
            for (int unknown = 0; unknown < objective.length; unknown++) {
                open[unknowns.get(unknown)] = Math.clamp(found.point()[unknown], 0, 1);
            }
        });
        return solution.map(_ -> open);
    }

    /** Numbers below 0 stand with cells whose being hidden makes a demand. */
    private static double sumOfNegative(double[] row) {
        double sum = 0;
        for (double number : row) {
            sum += Math.max(0, -number);
        }
        return sum;
    }

    /** Adds the inequalities that a choice in fractions misses; how many there are. */
    private int demand(double[] open) {
        int found = 0;
        // Cells that are hidden anyway come first: their demands do not depend on anything.
        for (int pass = 0; pass < 2 && found < INEQUALITIES_PER_ROUND; pass++) {
            for (int cell = 0; cell < cells && found < INEQUALITIES_PER_ROUND; cell++) {
                if (open[cell] > NEARLY && question.required[cell] == (pass == 0)) {
                    found += demand(cell, open);
                }
            }
        }
        return found;
    }

    private int demand(int cell, double[] open) {
        Promise promise = question.promises[cell];
        if (promise.together > 0) {
            Movements.Reach up = movements.reach(cell, true, promise.up, promise.room, open);
            if (up.amount() > promise.together * open[cell] - NEARLY) {
                return 0;
            }
            Movements.Reach down = movements.reach(cell, false, promise.down, promise.room, open);
            if (up.amount() + down.amount() > promise.together * open[cell] - NEARLY) {
                return 0;
            }
            double own = sideLimit(up, promise.up, promise.room.up(cell))
                    + sideLimit(down, promise.down, promise.room.down(cell));
            return add(cell, up.atMost(), down.atMost(), promise.together, own, open)
                    + (Arrays.equals(up.atMost(), up.alsoAtMost()) && Arrays.equals(down.atMost(), down.alsoAtMost())
                            ? 0
                            : add(cell, up.alsoAtMost(), down.alsoAtMost(), promise.together, own, open));
        }
        int found = 0;
        for (boolean rises : new boolean[] {true, false}) {
            long amount = rises ? promise.up : promise.down;
            if (amount > 0) {
                Movements.Reach reach = movements.reach(cell, rises, amount, promise.room, open);
                if (reach.amount() < amount - NEARLY) {
                    found += add(cell, reach.atMost(), new double[cells], amount, 0, open);
                    found += Arrays.equals(reach.atMost(), reach.alsoAtMost())
                            ? 0
                            : add(cell, reach.alsoAtMost(), new double[cells], amount, 0, open);
                }
            }
        }
        return found;
    }

    /** What a side gives of itself where other cells do not limit it. */
    private static double sideLimit(Movements.Reach reach, long asked, long room) {
        boolean limitedByOthers = Arrays.stream(reach.atMost()).anyMatch(number -> number != 0);
        return limitedByOthers || reach.amount() < Math.min(asked, room) - NEARLY ? 0 : Math.min(asked, room);
    }

    private int add(int cell, double[] one, double[] other, long amount, double own, double[] open) {
        double[] row = new double[cells];
        double least = amount - own;
        for (int each = 0; each < cells; each++) {
            row[each] = Math.min(least, one[each] + other[each]);
        }
        double demanded = least;
        if (question.required[cell]) {
            row[cell] = 0;
        } else {
            row[cell] = -least;
            demanded = 0;
        }
        var inequality = new Inequality(row, demanded);
        if (least <= 0 || inequality.missedBy(open) < MISSED_LEAST * least) {
            return 0;
        }
        inequalities.add(inequality);
        return 1;
    }

    private void exclude(boolean[] choice) {
        double[] row = new double[cells];
        double least = 1;
        for (int cell = 0; cell < cells; cell++) {
            if (!question.required[cell] && question.possible[cell]) {
                row[cell] = choice[cell] ? -1 : 1;
                least -= choice[cell] ? 1 : 0;
            }
        }
        inequalities.add(new Inequality(row, least));
    }

    private static boolean isWhole(double[] open) {
        return Arrays.stream(open).allMatch(share -> share < NEARLY || share > 1 - NEARLY);
    }

    private static boolean[] choice(double[] open) {
        boolean[] choice = new boolean[open.length];
        for (int cell = 0; cell < open.length; cell++) {
            choice[cell] = open[cell] > 0.5;
        }
        return choice;
    }

    /** The cell to branch on: of those that are most in between the dearest. */
    private int mostOpen(double[] open, byte[] decided) {
        int best = -1;
        double most = 0;
        for (int cell = 0; cell < cells; cell++) {
            double between = Math.min(open[cell], 1 - open[cell]) * question.price[cell];
            if (decided[cell] == OPEN && Math.min(open[cell], 1 - open[cell]) > NEARLY && between > most) {
                most = between;
                best = cell;
            }
        }
        return best;
    }
}
