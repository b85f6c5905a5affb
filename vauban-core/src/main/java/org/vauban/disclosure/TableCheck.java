package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The checks of one table of counts, whether it was made here or comes from a file.
 *
 * <p>Hidden for their own count: counts below the threshold; zeros that are not structural, unless the variables are not
 * sensitive and the complement is large enough. Hidden although large enough: counts whose complement, for a sensitive
 * variable, is small or nobody ("25 of 25 are positive" tells about all 25); and those of which too few are left when the data holder who knows
 * most of them takes its own off. Then what could be used to compute those back.
 *
 * <p>Shown counts are rounded if the rules say so; a total whose parts are all shown is the sum of the rounded parts.
 */
final class TableCheck {
    /** Larger tables are not checked: the attack on our own result must stay whole. */
    static final int CELLS_MAX = 1_000;

    /** The work spent on hiding fewer persons than the first choice does. */
    static final long EFFORT_MAX = 10_000_000;

    private final CountTable table;
    private final List<String> dimensions;
    private final DisclosureRules rules;
    private final Predicate<String> sensitive;

    private final boolean[] also;

    TableCheck(CountTable table, List<String> dimensions, DisclosureRules rules, Predicate<String> sensitive) {
        this(table, dimensions, rules, sensitive, new boolean[table.size()]);
    }

    /**
     * @param also cells that are hidden for another reason than their count
     */
    TableCheck(
            CountTable table,
            List<String> dimensions,
            DisclosureRules rules,
            Predicate<String> sensitive,
            boolean[] also) {
        this.table = table;
        this.dimensions = dimensions;
        this.rules = rules;
        this.sensitive = sensitive;
        this.also = also.clone();
    }

    /** What becomes of each cell, or why nothing of the table may be shown. */
    sealed interface Result {
        List<TableProtector.Status> statuses();
    }

    /** The table may be shown with these cells hidden; shown counts are rounded. */
    record Protectable(List<TableProtector.Status> statuses, List<OptionalLong> shown, SecondarySuppression suppression)
            implements Result {
        Protectable {
            statuses = List.copyOf(statuses);
            shown = List.copyOf(shown);
        }
    }

    /** The table may not be shown; {@code cells} are those the reason is about, and {@code merging} would help. */
    record Refused(
            List<TableProtector.Status> statuses, Reason.Code code, List<Integer> cells, Optional<Merging> merging)
            implements Result {
        Refused {
            statuses = List.copyOf(statuses);
            cells = List.copyOf(cells);
        }

        /** The reasons, with the place of each cell they are about. */
        List<Reason> reasons(IntFunction<String> place) {
            if (cells.isEmpty()) {
                return List.of(new Reason(code, "", merging));
            }
            return cells.stream()
                    .map(cell -> Reason.of(code, place.apply(cell)))
                    .toList();
        }
    }

    Result result() {
        boolean[] primary = primary();
        List<CountTable.Slice> wrong = table.wrongSlices();
        if (!wrong.isEmpty()) {
            return refused(
                    primary,
                    Reason.Code.TOTAL_NOT_SUM,
                    wrong.stream()
                            .map(CountTable.Slice::total)
                            .distinct()
                            .sorted()
                            .toList());
        }
        if (table.size() > CELLS_MAX) {
            return refused(primary, Reason.Code.TABLE_TOO_LARGE, List.of());
        }
        return protection(EFFORT_MAX)
                .<Result>map(found -> new Protectable(found.statuses(), shown(found.statuses()), found.suppression()))
                .orElseGet(() -> refused(primary, Reason.Code.NOTHING_LEFT, List.of(), merging()));
    }

    private Optional<TableProtector.Protection> protection(long effortMax) {
        return TableProtector.protect(table, rules.threshold(), primary(), forced(), zerosHidden(), effortMax);
    }

    private Optional<Merging> merging() {
        boolean hasOthers = IntStream.range(0, also.length).anyMatch(cell -> also[cell]);
        return hasOthers || table.size() > TableProtector.CELLS_LEAST_MAX
                ? Optional.empty()
                : Merging.proposal(
                        table,
                        dimensions,
                        merged -> new TableCheck(merged, dimensions, rules, sensitive)
                                .protection(0)
                                .isPresent());
    }

    private static Refused refused(boolean[] primary, Reason.Code code, List<Integer> cells) {
        return refused(primary, code, cells, Optional.empty());
    }

    /** What was decided before is taken back for another reason. */
    static Refused refused(List<TableProtector.Status> before, Reason.Code code, List<Integer> cells) {
        boolean[] primary = new boolean[before.size()];
        for (int cell = 0; cell < primary.length; cell++) {
            primary[cell] = before.get(cell) == TableProtector.Status.PRIMARY;
        }
        return refused(primary, code, cells);
    }

    private static Refused refused(
            boolean[] primary, Reason.Code code, List<Integer> cells, Optional<Merging> merging) {
        List<TableProtector.Status> statuses = new ArrayList<>();
        for (boolean small : primary) {
            statuses.add(small ? TableProtector.Status.PRIMARY : TableProtector.Status.SECONDARY);
        }
        return new Refused(statuses, code, cells, merging);
    }

    private boolean[] primary() {
        boolean[] primary = new boolean[table.size()];
        for (int cell = 0; cell < primary.length; cell++) {
            long count = table.count(cell);
            primary[cell] = rules.isSmall(count) || (count == 0 && !table.isStructuralZero(cell) && zeroIsHidden(cell));
        }
        return primary;
    }

    /** Whether a mark may stand for 0 anywhere: only when no zero is shown but structural ones. */
    private boolean zerosHidden() {
        for (int cell = 0; cell < table.size(); cell++) {
            if (table.count(cell) == 0 && !table.isStructuralZero(cell) && !zeroIsHidden(cell)) {
                return false;
            }
        }
        return dimensions.stream().anyMatch(sensitive);
    }

    private boolean zeroIsHidden(int cell) {
        boolean named = false;
        for (int dimension = 0; dimension < dimensions.size(); dimension++) {
            if (!CountTable.isTotal(table.levels(cell).get(dimension))) {
                named = true;
                if (sensitive.test(dimensions.get(dimension))) {
                    return true;
                }
            }
        }
        return !named || slicesOf(cell).anyMatch(slice -> !rules.isLargeEnough(table.persons(slice)));
    }

    private Stream<CountTable.Slice> slicesOf(int cell) {
        return table.slices().stream().filter(slice -> slice.parts().contains(cell));
    }

    /** Cells with enough persons that are hidden all the same. */
    private boolean[] forced() {
        boolean[] forced = smallComplements();
        for (int cell = 0; cell < forced.length; cell++) {
            boolean leavesFew =
                    table.knownToHolder(cell) > 0 && rules.isSmall(table.count(cell) - table.knownToHolder(cell));
            forced[cell] |= rules.isLargeEnough(table.count(cell)) && (also[cell] || leavesFew);
        }
        return forced;
    }

    private boolean[] smallComplements() {
        boolean[] small = new boolean[table.size()];
        for (CountTable.Slice slice : table.slices()) {
            boolean choice = slice.parts().stream()
                            .filter(part -> !table.isStructuralZero(part))
                            .count()
                    > 1;
            // Where only one level is possible, everybody's being in it tells nothing.
            if (choice && sensitive.test(dimensions.get(slice.dimension()))) {
                long persons = table.persons(slice);
                for (int part : slice.parts()) {
                    long count = table.count(part);
                    small[part] |= rules.isLargeEnough(count) && !rules.isLargeEnough(persons - count);
                }
            }
        }
        return small;
    }

    private List<OptionalLong> shown(List<TableProtector.Status> statuses) {
        List<OptionalLong> shown = new ArrayList<>();
        for (int cell = 0; cell < statuses.size(); cell++) {
            shown.add(
                    statuses.get(cell) == TableProtector.Status.SHOWN
                            ? OptionalLong.of(rules.shown(table.count(cell)))
                            : OptionalLong.empty());
        }
        // Totals over one dimension first, then totals of these: each is the sum of what a reader sees.
        for (int depth = 1; depth <= dimensions.size(); depth++) {
            for (CountTable.Slice slice : table.slices()) {
                if (slice.hasTotal()
                        && totals(slice.total()) == depth
                        && shown.get(slice.total()).isPresent()) {
                    sumOfShown(slice, shown).ifPresent(sum -> shown.set(slice.total(), OptionalLong.of(sum)));
                }
            }
        }
        return shown;
    }

    private static OptionalLong sumOfShown(CountTable.Slice slice, List<OptionalLong> shown) {
        long sum = 0;
        for (int part : slice.parts()) {
            if (shown.get(part).isEmpty()) {
                return OptionalLong.empty();
            }
            sum += shown.get(part).getAsLong();
        }
        return OptionalLong.of(sum);
    }

    private long totals(int cell) {
        return table.levels(cell).stream().filter(CountTable::isTotal).count();
    }
}
