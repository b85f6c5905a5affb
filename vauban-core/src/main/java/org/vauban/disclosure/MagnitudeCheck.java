package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * The checks of one table of sums. A cell shows its persons, its sum and its percentiles, or none of them: what hides one hides the others.
 *
 * <p>Hidden for themselves: cells with too few persons; those whose sum is dominated ({@link Dominance}); those that leave too few persons when the
 * largest data holder takes its own off. Hidden for others: what the table of persons needs ({@link TableProtector}), and whatever keeps
 * each hidden sum possible p per cent above and below the truth, for a reader who knows every shown sum exactly and that no contribution is
 * below zero. That is proved by showing other tables of sums, as for counts.
 *
 * <p>A percentile is shown where at least a threshold of persons lies beyond it on either side.
 */
final class MagnitudeCheck {
    /** Sums are compared in so many parts of the largest; finer than three digits ever tell. */
    private static final double PARTS = 1e6;

    private static final double SUMS_TOLERANCE = 1e-6;
    private static final int ROUNDS_MAX = 12;

    private final CountTable persons;
    private final List<String> dimensions;
    private final List<Sum> sums;
    private final DisclosureRules rules;
    private final Predicate<String> sensitive;

    MagnitudeCheck(
            CountTable persons,
            List<String> dimensions,
            List<Sum> sums,
            DisclosureRules rules,
            Predicate<String> sensitive) {
        this.persons = persons;
        this.dimensions = dimensions;
        this.sums = sums;
        this.rules = rules;
        this.sensitive = sensitive;
    }

    /**
     * What is summed in a cell.
     *
     * @param largest the largest contributions, the largest first
     * @param negative whether a contribution is below zero
     */
    record Sum(double value, List<Double> largest, boolean negative) {
        Sum {
            largest = List.copyOf(largest);
        }

        @Override
        public String toString() {
            return "Sum";
        }
    }

    /** The verdict on the persons; sums go with them. */
    TableCheck.Result result() {
        boolean[] hidden = new boolean[persons.size()];
        List<Integer> negative = new ArrayList<>();
        for (int cell = 0; cell < hidden.length; cell++) {
            Sum sum = sums.get(cell);
            hidden[cell] = rules.dominance().isDominated(sum.value(), sum.largest());
            if (sum.negative()) {
                negative.add(cell);
            }
        }
        TableCheck.Result first = check(hidden);
        if (first instanceof TableCheck.Refused) {
            return first;
        }
        if (!negative.isEmpty()) {
            return TableCheck.refused(first.statuses(), Reason.Code.NEGATIVE_VALUE, negative);
        }
        List<Integer> wrong = persons.slices().stream()
                .filter(CountTable.Slice::hasTotal)
                .filter(slice -> !addsUp(slice))
                .map(CountTable.Slice::total)
                .distinct()
                .sorted()
                .toList();
        return wrong.isEmpty()
                ? protectedSums(first, hidden)
                : TableCheck.refused(first.statuses(), Reason.Code.TOTAL_NOT_SUM, wrong);
    }

    private TableCheck.Result check(boolean[] hidden) {
        return new TableCheck(persons, dimensions, rules, sensitive, hidden).result();
    }

    private boolean addsUp(CountTable.Slice slice) {
        double parts = slice.parts().stream()
                .mapToDouble(part -> sums.get(part).value())
                .sum();
        double total = sums.get(slice.total()).value();
        return Math.abs(total - parts) <= SUMS_TOLERANCE * Math.max(Math.abs(total), Math.abs(parts));
    }

    private TableCheck.Result protectedSums(TableCheck.Result first, boolean[] hiddenFirst) {
        TableCheck.Result result = first;
        boolean[] hidden = hiddenFirst.clone();
        for (int round = 0; round < ROUNDS_MAX && result instanceof TableCheck.Protectable; round++) {
            Optional<boolean[]> more = lacking(result.statuses());
            if (more.isEmpty()) {
                return result;
            }
            for (int cell = 0; cell < hidden.length; cell++) {
                hidden[cell] |= more.get()[cell];
            }
            result = check(hidden);
        }
        return result instanceof TableCheck.Refused
                ? result
                : TableCheck.refused(result.statuses(), Reason.Code.NOTHING_LEFT, List.of());
    }

    /** The cells that have to be hidden as well; nothing when every hidden sum is wide enough, and then each is shown to be. */
    private Optional<boolean[]> lacking(List<TableProtector.Status> statuses) {
        double largest =
                sums.stream().mapToDouble(sum -> Math.abs(sum.value())).max().orElse(0);
        if (largest == 0) {
            return Optional.empty();
        }
        double part = largest / PARTS;
        int size = persons.size();
        var movements = new Movements(persons);
        long[] value = new long[size];
        for (int cell = 0; cell < size; cell++) {
            value[cell] = Math.round(sums.get(cell).value() / part);
        }
        boolean[] more = new boolean[size];
        boolean any = false;
        for (int cell = 0; cell < size; cell++) {
            if (statuses.get(cell) != TableProtector.Status.SHOWN && value[cell] > 0) {
                long width = Math.ceilDiv(value[cell] * rules.dominance().percent(), 100);
                for (long amount : new long[] {width, -width}) {
                    if (movements
                            .moving(cell, amount, room(value, statuses, false))
                            .isEmpty()) {
                        Optional<long[]> found = movements.moving(cell, amount, room(value, statuses, true));
                        any = true;
                        for (int other = 0; other < size; other++) {
                            // Where nothing helps, everything is hidden, and then nothing is left.
                            more[other] |= found.isEmpty() || found.get()[other] != 0;
                        }
                    }
                }
            }
        }
        return any ? Optional.of(more) : Optional.empty();
    }

    private Movements.Room room(long[] value, List<TableProtector.Status> statuses, boolean shownToo) {
        long[] down = new long[value.length];
        long[] up = new long[value.length];
        double[] cost = new double[value.length];
        for (int cell = 0; cell < value.length; cell++) {
            boolean hidden = statuses.get(cell) != TableProtector.Status.SHOWN;
            if (hidden || (shownToo && value[cell] > 0)) {
                // What cannot be below zero can fall as far as it stands; to rise it has all the room there is.
                down[cell] = value[cell];
                up[cell] = persons.isStructuralZero(cell) ? 0 : (long) PARTS;
                cost[cell] = hidden ? 1 : 1 + Math.rint(value[cell] / PARTS * 1_000);
            }
        }
        return new Movements.Room(down, up, cost);
    }

    /** A percentile as it may be shown, of a cell that is shown. */
    OptionalDouble shown(int percent, double value, long count) {
        return isFarEnoughInside(percent, count) ? OptionalDouble.of(Digits.three(value)) : OptionalDouble.empty();
    }

    /** At least a threshold of persons on either side. */
    private boolean isFarEnoughInside(int percent, long count) {
        return count * Math.min(percent, 100 - percent) >= 100L * rules.threshold();
    }
}
