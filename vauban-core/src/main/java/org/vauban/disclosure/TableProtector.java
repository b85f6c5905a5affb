package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Chooses which further cells to hide so that hidden ones cannot be computed back.
 *
 * <p><b>The reader we defend against</b> knows every shown count exactly, the threshold, the status of every hidden cell, which
 * totals are sums of which parts, and that counts are not negative. A promise to a hidden cell is kept by showing
 * <em>alternatives</em>: whole tables in whole numbers that this reader cannot rule out. A small cell needs one for every value
 * from 1 to threshold - 1 (from 0 where zeros are hidden as well); a cell that is hidden to protect others needs two that
 * lie at least ten apart.
 *
 * <p><b>How.</b> For each promise an alternative is sought in which only hidden cells move. If there is none, the cheapest one
 * in which shown cells move too is taken (cost: persons of the cells), and those cells are hidden: they bring promises of their
 * own. Hiding more never breaks a kept promise, because an alternative stays one; so this ends. Totals are cells like others,
 * only dear ones: where nothing else helps, they go. Afterwards each cell that was hidden for others is shown again if every
 * promise can be kept without it, the largest first.
 *
 * <p><b>How strict.</b> First as if the reader were also sure that somebody is in every marked cell whose count is not 0
 * ({@code 1..threshold-1}). Some cells cannot be protected from that reader whatever is hidden: of two parts of a total that
 * is small itself, neither can be as large as the total. Such a promise is then kept against a reader for whom a mark may
 * stand for 0 as well, which is true where zeros are hidden. The whole table is treated so when the stricter reading would
 * leave nothing to show.
 *
 * <p><b>How much is hidden.</b> In a small table {@link LeastSuppression} then looks for the choice that hides the fewest persons, under the same promises, and
 * proves how few they can be. What it finds is taken only if every promise is kept with it, again by showing alternatives. The work is bounded; where that
 * is not enough, the choice above stands and {@link SecondarySuppression} says so.
 *
 * <p>In one or two dimensions the sums form a network, whose matrix is totally unimodular: between two alternatives with
 * whole numbers lies one for every value between. In more dimensions that is not so, and every value gets its own.
 */
final class TableProtector {
    /** The narrowest interval of a cell that is hidden to protect others. */
    static final int WIDTH_LEAST = 10;

    private static final double WHOLE = 1e-6;

    /** After so much work no cell is tried for showing again: a large table loses a little use, and nobody waits for minutes. */
    private static final long EFFORT_MAX = 50_000_000;

    /** Larger tables keep the first choice. */
    static final int CELLS_LEAST_MAX = 500;

    private final CountTable table;
    private final int threshold;
    private final boolean[] primary;
    private final boolean[] forced;
    private final boolean zerosHidden;
    private final long[] valuesToKeep;
    private final Movements movements;
    /** Whether a promise that cannot be kept to the strict reader may be kept to the other. */
    private final boolean mayBeLenient;

    private final boolean[] hidden;
    /** Promises that are kept against the reader for whom a mark may stand for 0. */
    private final boolean[] lenient;

    private final List<Alternative> alternatives = new ArrayList<>();
    /** What the alternatives show so far: the furthest movement of each cell, and the values that it takes. */
    private final long[] highest;

    private final long[] lowest;
    private final BitSet[] values;

    private TableProtector(
            CountTable table,
            int threshold,
            boolean[] primary,
            boolean[] forced,
            boolean zerosHidden,
            boolean allLenient) {
        this(table, threshold, primary, forced, zerosHidden, new Movements(table), zerosHidden);
        Arrays.fill(lenient, allLenient);
    }

    private TableProtector(
            CountTable table,
            int threshold,
            boolean[] primary,
            boolean[] forced,
            boolean zerosHidden,
            Movements movements,
            boolean mayBeLenient) {
        this.table = table;
        this.threshold = threshold;
        this.primary = primary.clone();
        this.forced = forced.clone();
        this.zerosHidden = zerosHidden;
        this.valuesToKeep = valuesToKeep(table, threshold, zerosHidden);
        this.movements = movements;
        this.mayBeLenient = mayBeLenient;
        this.hidden = new boolean[table.size()];
        this.lenient = new boolean[table.size()];
        this.highest = new long[table.size()];
        this.lowest = new long[table.size()];
        this.values = new BitSet[table.size()];
        recount();
        for (int cell = 0; cell < hidden.length; cell++) {
            hidden[cell] = primary[cell] || forced[cell];
        }
    }

    /** What becomes of a cell. */
    enum Status {
        SHOWN,
        /** Hidden because of its own count. */
        PRIMARY,
        /** Hidden to protect others. */
        SECONDARY
    }

    /**
     * How a table is protected.
     *
     * @param statuses what becomes of each cell
     * @param suppression how much is hidden for others
     */
    record Protection(List<Status> statuses, SecondarySuppression suppression) {
        Protection {
            statuses = List.copyOf(statuses);
        }
    }

    /**
     * Protects a table.
     *
     * @param primary cells hidden for their own count: below the threshold, zeros where they are hidden
     * @param forced cells that are large enough and must be hidden all the same, because their complement is small
     * @param zerosHidden whether a mark may stand for 0 everywhere in the table
     * @param effortMax the work to spend on hiding fewer persons; 0 keeps the first choice
     * @return the status of each cell, or nothing when no cell of use could be shown
     */
    static Optional<Protection> protect(
            CountTable table, int threshold, boolean[] primary, boolean[] forced, boolean zerosHidden, long effortMax) {
        return new TableProtector(table, threshold, primary, forced, zerosHidden, false)
                .protect(effortMax)
                .or(() -> {
                    boolean[] withZeros = primary.clone();
                    for (int cell = 0; cell < withZeros.length; cell++) {
                        withZeros[cell] |= table.count(cell) == 0 && !table.isStructuralZero(cell);
                    }
                    return new TableProtector(table, threshold, withZeros, forced, true, true).protect(effortMax);
                });
    }

    private Optional<Protection> protect(long effortMax) {
        if (!keepAllPromises() || !leavesSomething()) {
            return Optional.empty();
        }
        showAgainWhatIsNotNeeded();
        if (price() > 0 && (table.size() > CELLS_LEAST_MAX || effortMax <= 0)) {
            return Optional.of(protection(SecondarySuppression.Proof.NOT_SOUGHT, 0));
        }
        LeastSuppression.Answer answer = LeastSuppression.search(movements, question(), movements.effort() + effortMax);
        SecondarySuppression.Proof proof = answer.atLeast() == answer.cost()
                ? SecondarySuppression.Proof.LEAST
                : SecondarySuppression.Proof.NOT_FINISHED;
        return answer.better()
                .flatMap(this::kept)
                .or(() -> Optional.of(this))
                .map(best -> best.protection(proof, answer.atLeast()));
    }

    private Protection protection(SecondarySuppression.Proof proof, long atLeast) {
        attackOwnResult();
        List<Status> statuses = new ArrayList<>();
        int others = 0;
        for (int cell = 0; cell < hidden.length; cell++) {
            statuses.add(primary[cell] ? Status.PRIMARY : hidden[cell] ? Status.SECONDARY : Status.SHOWN);
            others += hidden[cell] && !primary[cell] ? 1 : 0;
        }
        return new Protection(statuses, new SecondarySuppression(proof, others, price(), atLeast));
    }

    /**
     * Asked a second time before anything leaves, from what is published alone: every alternative is a table that fits all shown counts, all
     * sums and what a mark may stand for, and together they give every hidden cell what it was promised. This is what every reader relies on.
     */
    private void attackOwnResult() {
        for (Alternative alternative : alternatives) {
            boolean fits = movements.keepsSums(alternative.movement);
            for (int cell = 0; cell < hidden.length; cell++) {
                long value = table.count(cell) + alternative.movement[cell];
                fits &= hidden[cell] || alternative.movement[cell] == 0;
                fits &= value >= 0 && (!primary[cell] || value < threshold);
            }
            if (!fits) {
                throw new IllegalStateException("An alternative does not fit what is published");
            }
        }
        recount();
        for (int cell = 0; cell < hidden.length; cell++) {
            if (hidden[cell] && !isKept(cell)) {
                throw new IllegalStateException("A hidden cell lost its protection");
            }
        }
    }

    /** What hiding others costs: their persons, and one for each cell. */
    private long price() {
        return IntStream.range(0, hidden.length)
                .filter(cell -> hidden[cell] && !primary[cell] && !forced[cell])
                .mapToLong(cell -> 1 + table.count(cell))
                .sum();
    }

    private LeastSuppression.Question question() {
        int size = table.size();
        boolean[] required = new boolean[size];
        boolean[] possible = new boolean[size];
        long[] price = new long[size];
        var promises = new LeastSuppression.Promise[size];
        double[] everything = new double[size];
        Arrays.fill(everything, 1);
        for (int cell = 0; cell < size; cell++) {
            required[cell] = primary[cell] || forced[cell];
            price[cell] = 1 + table.count(cell);
            promises[cell] = promise(cell);
            possible[cell] = required[cell];
            if (!required[cell] && table.count(cell) > 0) {
                possible[cell] = isPossible(cell, promises[cell], everything);
                if (!possible[cell] && mayBeLenient && !lenient[cell]) {
                    lenient[cell] = true;
                    promises[cell] = promise(cell);
                    possible[cell] = isPossible(cell, promises[cell], everything);
                }
            }
        }
        recount();
        return new LeastSuppression.Question(
                required, possible, price, promises, choice -> kept(choice).isPresent(), this::completed, price());
    }

    private LeastSuppression.Promise promise(int cell) {
        Movements.Room room = room(cell, true);
        if (primary[cell]) {
            return new LeastSuppression.Promise(room.up(cell), room.down(cell), 0, clipped(room, threshold));
        }
        long width = width(cell);
        return new LeastSuppression.Promise(width, width, width, clipped(room, width));
    }

    /** Through a network nothing has to flow that is more than what was asked for. */
    private Movements.Room clipped(Movements.Room room, long most) {
        return movements.areWhole() ? room.atMost(most) : room;
    }

    private boolean isPossible(int cell, LeastSuppression.Promise promise, double[] everything) {
        return movements
                                .reach(cell, true, promise.up(), promise.room(), everything)
                                .amount()
                        + movements
                                .reach(cell, false, promise.down(), promise.room(), everything)
                                .amount()
                > promise.together() - WHOLE;
    }

    /** Whether a choice of hidden cells keeps every promise to the strict reader. */
    static boolean holds(CountTable table, int threshold, boolean[] primary, boolean[] hidden) {
        return new TableProtector(table, threshold, primary, new boolean[primary.length], false, false)
                .kept(hidden)
                .isPresent();
    }

    /** The same table with another choice of hidden cells, when every promise is kept with it. */
    private Optional<TableProtector> kept(boolean[] choice) {
        TableProtector other = with(choice);
        boolean allKept = IntStream.range(0, choice.length)
                .filter(cell -> choice[cell])
                .allMatch(cell -> other.isKept(cell) || other.keepPromise(cell, false));
        return allKept && other.leavesSomething() ? Optional.of(other) : Optional.empty();
    }

    /** A choice that begins with this one and hides more until every promise is kept, and then nothing in vain. */
    private Optional<boolean[]> completed(boolean[] start) {
        TableProtector other = with(start);
        if (!other.keepAllPromises() || !other.leavesSomething()) {
            return Optional.empty();
        }
        other.showAgainWhatIsNotNeeded();
        return Optional.of(other.hidden.clone());
    }

    private TableProtector with(boolean[] choice) {
        var other = new TableProtector(table, threshold, primary, forced, zerosHidden, movements, false);
        System.arraycopy(lenient, 0, other.lenient, 0, lenient.length);
        System.arraycopy(choice, 0, other.hidden, 0, choice.length);
        return other;
    }

    private boolean leavesSomething() {
        return IntStream.range(0, hidden.length).anyMatch(cell -> !hidden[cell] && table.count(cell) > 0);
    }

    private boolean keepAllPromises() {
        boolean more = true;
        while (more) {
            more = false;
            for (int cell = 0; cell < hidden.length; cell++) {
                if (hidden[cell] && !isKept(cell)) {
                    if (!keepPromise(cell, true)) {
                        return false;
                    }
                    more = true;
                }
            }
        }
        return true;
    }

    /** Finds what a promise lacks; with {@code mayHide} at the price of hiding more. */
    private boolean keepPromise(int cell, boolean mayHide) {
        if (primary[cell] ? keepEveryValue(cell, mayHide) : keepWidth(cell, mayHide)) {
            return true;
        }
        if (mayHide && !lenient[cell] && mayBeLenient) {
            lenient[cell] = true;
            recount();
            return keepPromise(cell, true);
        }
        return false;
    }

    private boolean keepEveryValue(int cell, boolean mayHide) {
        for (long value : valuesToKeep) {
            if (!reached(cell, value)) {
                Optional<long[]> found = movement(cell, value - table.count(cell), room(cell, false));
                if (found.isEmpty() && mayHide) {
                    found = movementOfAnything(cell, value - table.count(cell), room(cell, true));
                }
                if (found.isEmpty()) {
                    return false;
                }
                accept(cell, found.get());
            }
        }
        return true;
    }

    private Optional<long[]> movement(int cell, long amount, Movements.Room room) {
        Optional<long[]> steps =
                table.dimensions() <= 2 ? Optional.empty() : movements.inEqualSteps(cell, amount, room);
        return steps.or(() -> movements.moving(cell, amount, room));
    }

    private Optional<long[]> movementOfAnything(int cell, long amount, Movements.Room room) {
        return movement(cell, amount, room).or(() -> movements.overBox(cell, amount, room));
    }

    private boolean keepWidth(int cell, boolean mayHide) {
        long width = width(cell);
        movements.farthest(cell, true, width, room(cell, false)).ifPresent(found -> accept(cell, found));
        if (isKept(cell)) {
            return true;
        }
        movements.farthest(cell, false, width, room(cell, false)).ifPresent(found -> accept(cell, found));
        if (isKept(cell)) {
            return true;
        }
        if (!mayHide) {
            return false;
        }
        Movements.Room everything = room(cell, true);
        Optional<long[]> cheaper = Stream.of(width + lowest[cell], highest[cell] - width)
                .flatMap(amount -> movementOfAnything(cell, amount, everything).stream())
                .min(Comparator.comparingDouble(everything::cost));
        cheaper.ifPresent(found -> accept(cell, found));
        return cheaper.isPresent();
    }

    /** Keeps an alternative and hides every cell that it moves. */
    private void accept(int owner, long[] movement) {
        Alternative alternative = new Alternative(owner, movement, fitsStrictReader(movement));
        alternatives.add(alternative);
        count(alternative);
        for (int cell = 0; cell < movement.length; cell++) {
            hidden[cell] |= movement[cell] != 0;
        }
    }

    /** How far cells may move to give an alternative for one of them. */
    private Movements.Room room(int target, boolean shownToo) {
        int size = table.size();
        long[] down = new long[size];
        long[] up = new long[size];
        double[] cost = new double[size];
        long largest = 1;
        for (int cell = 0; cell < size; cell++) {
            largest = Math.max(largest, table.count(cell));
        }
        for (int cell = 0; cell < size; cell++) {
            long count = table.count(cell);
            // A zero that everybody may see is a fact, structural or not: it never helps to hide another cell.
            if (hidden[cell] || (shownToo && count > 0)) {
                down[cell] = count - least(cell, target);
                up[cell] = primary[cell] ? threshold - 1L - count : slack();
                cost[cell] = hidden[cell] ? 1 : 1 + Math.rint(1000.0 * count / largest * size);
            }
        }
        return new Movements.Room(down, up, cost);
    }

    /** The least that the reader must believe possible in a cell. */
    private long least(int cell, int target) {
        if (cell == target && primary[cell]) {
            return zerosHidden ? 0 : Math.min(1, table.count(cell));
        }
        // Who holds persons of a cell knows that they are in it.
        long known = table.knownToHolder(cell);
        return known + (lenient[target] ? 0 : Math.min(1, table.count(cell) - known));
    }

    /** Counts may be larger without limit; so much is enough for every promise. */
    private long slack() {
        return 64L * Math.max(threshold, WIDTH_LEAST);
    }

    /** The width that a cell which is hidden for others keeps. */
    private long width(int cell) {
        return lenient[cell] ? threshold - 1L : Math.max(WIDTH_LEAST, threshold - 1L);
    }

    private boolean isKept(int cell) {
        if (!primary[cell]) {
            return highest[cell] - lowest[cell] >= width(cell);
        }
        for (long value : valuesToKeep) {
            if (!reached(cell, value)) {
                return false;
            }
        }
        return true;
    }

    private boolean reached(int cell, long value) {
        return value == table.count(cell) || values[cell].get((int) value);
    }

    private void recount() {
        Arrays.fill(highest, 0);
        Arrays.fill(lowest, 0);
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = new BitSet(threshold);
        }
        alternatives.forEach(this::count);
    }

    /**
     * Notes what an alternative shows about each cell. Tables on the straight way to it count too: when all differences share
     * a divisor d, the table with 1/d of each is one in whole numbers, and so is every multiple up to d.
     */
    private void count(Alternative alternative) {
        for (int cell = 0; cell < hidden.length; cell++) {
            long difference = alternative.movement[cell];
            if (difference != 0 && (lenient[cell] || alternative.strict || alternative.owner == cell)) {
                highest[cell] = Math.max(highest[cell], difference);
                lowest[cell] = Math.min(lowest[cell], difference);
                if (primary[cell]) {
                    long step = difference / alternative.divisor;
                    for (long part = 1; part <= alternative.divisor; part++) {
                        values[cell].set((int) (table.count(cell) + step * part));
                    }
                }
            }
        }
    }

    private boolean fitsStrictReader(long[] movement) {
        for (int cell = 0; cell < movement.length; cell++) {
            if (table.count(cell) + movement[cell] < Math.min(1, table.count(cell))) {
                return false;
            }
        }
        return true;
    }

    /** Another table that fits all that is published. The divisor is the greatest that all its differences share. */
    private static final class Alternative {
        private final int owner;
        private final long[] movement;
        private final boolean strict;
        private final long divisor;

        /**
         * @param owner the cell it was sought for, whose own value may be 0 in it
         * @param movement by how much each cell differs from the truth
         * @param strict whether every cell with somebody in it has somebody in it there too
         */
        Alternative(int owner, long[] movement, boolean strict) {
            this.owner = owner;
            this.movement = movement.clone();
            this.strict = strict;
            long shared = 0;
            for (long difference : movement) {
                shared = greatestCommonDivisor(shared, Math.abs(difference));
            }
            this.divisor = shared;
        }

        private static long greatestCommonDivisor(long one, long other) {
            return other == 0 ? one : greatestCommonDivisor(other, one % other);
        }
    }

    /** The ends, and in three dimensions or more everything between them too. */
    private static long[] valuesToKeep(CountTable table, int threshold, boolean zerosHidden) {
        long least = zerosHidden ? 0 : 1;
        long most = threshold - 1L;
        return table.dimensions() <= 2
                ? new long[] {most, least}
                : LongStream.concat(LongStream.of(most, least), LongStream.range(least + 1, most))
                        .toArray();
    }

    private void showAgainWhatIsNotNeeded() {
        int[] candidates = IntStream.range(0, hidden.length)
                .filter(cell -> hidden[cell] && !primary[cell] && !forced[cell])
                .boxed()
                .sorted(Comparator.comparingLong((Integer cell) -> -table.count(cell))
                        .thenComparing(cell -> cell))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int candidate : candidates) {
            if (movements.effort() > EFFORT_MAX) {
                return;
            }
            List<Alternative> before = List.copyOf(alternatives);
            hidden[candidate] = false;
            alternatives.removeIf(alternative -> alternative.movement[candidate] != 0);
            int kept = alternatives.size();
            recount();
            boolean allKept = IntStream.range(0, hidden.length)
                    .filter(cell -> hidden[cell])
                    .allMatch(cell -> isKept(cell) || keepPromise(cell, false));
            if (!allKept) {
                hidden[candidate] = true;
                List<Alternative> found =
                        alternatives.subList(kept, alternatives.size()).stream().toList();
                alternatives.clear();
                alternatives.addAll(before);
                alternatives.addAll(found);
                recount();
            }
        }
    }
}
