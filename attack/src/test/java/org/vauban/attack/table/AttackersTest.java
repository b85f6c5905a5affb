package org.vauban.attack.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttackersTest {
    private static final Knowledge PUBLIC = Knowledge.MARK_MAY_BE_ZERO;
    private static final List<String> NAMES =
            List.of("L0,L0", "L0,L1", "L1,L0", "L1,L1", "L0,Total", "L1,Total", "Total,L0", "Total,L1", "Total,Total");

    @Test
    void linearLimitsAreThoseOfTryingEveryTable() {
        RandomGenerator random = new java.util.Random(5);

        for (int number = 0; number < 100; number++) {
            long[] counts = random.longs(4, 0, 16).toArray();
            PublishedTable published = hidden(CountedTable.rows(2, counts), random);
            for (Interval interval : new TableAttacker(published, PUBLIC).attack()) {
                long[] tried = tryEveryTable(published, interval.cell());
                assertThat(interval.low()).isCloseTo((double) tried[0], within(1e-6));
                assertThat(interval.high()).isCloseTo((double) tried[1], within(1e-6));
            }
        }
    }

    @Test
    void intervalsAreNeverNarrowerThanLinearLimits() {
        RandomGenerator random = new java.util.Random(6);

        for (int number = 0; number < 100; number++) {
            PublishedTable published = hidden(CountedTable.random(random), random);
            List<Interval> coarse = new IntervalAttacker(published, PUBLIC).attack();
            List<Interval> fine = new TableAttacker(published, PUBLIC).attack();
            for (int place = 0; place < fine.size(); place++) {
                assertThat(coarse.get(place).low())
                        .isLessThanOrEqualTo(fine.get(place).low() + 1e-6);
                assertThat(coarse.get(place).high())
                        .isGreaterThanOrEqualTo(fine.get(place).high() - 1e-6);
            }
        }
    }

    @Test
    void theTrueValueIsAlwaysPossibleInWholeNumbersAndOneBeyondTheLimitsNever() {
        RandomGenerator random = new java.util.Random(7);

        for (int number = 0; number < 40; number++) {
            CountedTable table = CountedTable.crossed(
                    new int[] {2, 2, 3}, random.longs(12, 0, 20).toArray());
            PublishedTable published = hidden(table, random);
            var attacker = new WholeNumberAttacker(published, PUBLIC);
            for (Interval interval : new TableAttacker(published, PUBLIC).attack()) {
                assertThat(attacker.ask(
                                interval.cell(),
                                table.cells().get(interval.cell()).count()))
                        .isEqualTo(WholeNumberAttacker.Answer.POSSIBLE);
                if (Double.isFinite(interval.high())) {
                    assertThat(attacker.ask(interval.cell(), (long) Math.ceil(interval.high() + 1e-6) + 1))
                            .isEqualTo(WholeNumberAttacker.Answer.IMPOSSIBLE);
                }
            }
        }
    }

    @Test
    void aTotalThatIsNotGivenIsNotUsed() {
        CountedTable table =
                CountedTable.line(4, 40).without(cell -> cell.levels().contains(PublishedTable.TOTAL));

        List<Interval> found = new TableAttacker(WeakProtector.protect(table, 11), PUBLIC).attack();

        assertThat(found).singleElement().satisfies(interval -> {
            assertThat(interval.low()).isZero();
            assertThat(interval.high()).isEqualTo(10);
        });
    }

    @Test
    void aShownZeroThatIsKnownToBeOneNeverWidens() {
        // Rows (5, 0, 30) and (7, 2, 40): hiding the block of four seems to protect, until the 0 is known to be
        // impossible.
        List<PublishedTable.Cell> cells = new ArrayList<>();
        for (CountedTable.Cell cell : CountedTable.rows(2, 5, 0, 30, 7, 2, 40).cells()) {
            String levels = String.join(",", cell.levels());
            boolean small = List.of("L0,L0", "L1,L0", "L1,L1").contains(levels);
            cells.add(
                    small
                            ? new PublishedTable.Cell(
                                    cell.levels(), PublishedTable.Status.PRIMARY, OptionalLong.empty())
                            : new PublishedTable.Cell(
                                    cell.levels(), PublishedTable.Status.SHOWN, OptionalLong.of(cell.count())));
        }

        List<Interval> found =
                new TableAttacker(new PublishedTable(cells, 11, PublishedTable.Reading.EXACT), PUBLIC).attack();

        assertThat(found).extracting(Interval::low).containsExactly(5.0, 7.0, 2.0);
        assertThat(found).allMatch(Interval::isExact);
    }

    @Test
    void aMarkThatIsTakenForSomebodyWhereThereIsNobodyFitsNoTable() {
        PublishedTable published = new PublishedTable(
                List.of(
                        new PublishedTable.Cell(List.of("a"), PublishedTable.Status.PRIMARY, OptionalLong.empty()),
                        new PublishedTable.Cell(List.of("b"), PublishedTable.Status.SHOWN, OptionalLong.of(40)),
                        new PublishedTable.Cell(List.of("Total"), PublishedTable.Status.SHOWN, OptionalLong.of(40))),
                11,
                PublishedTable.Reading.EXACT);

        assertThat(new TableAttacker(published, PUBLIC).isPossible()).isTrue();
        assertThat(new TableAttacker(published, Knowledge.SOMEBODY_BEHIND_EVERY_MARK).isPossible())
                .isFalse();
    }

    /** Hides small cells and a random half of the others. */
    private static PublishedTable hidden(CountedTable table, RandomGenerator random) {
        List<PublishedTable.Cell> cells = table.cells().stream()
                .map(cell -> {
                    PublishedTable.Status status = cell.count() < 11
                            ? PublishedTable.Status.PRIMARY
                            : random.nextBoolean() ? PublishedTable.Status.SECONDARY : PublishedTable.Status.SHOWN;
                    return new PublishedTable.Cell(
                            cell.levels(),
                            status,
                            status == PublishedTable.Status.SHOWN
                                    ? OptionalLong.of(cell.count())
                                    : OptionalLong.empty());
                })
                .toList();
        // The grand total stays shown, so that every limit is finite.
        cells = new ArrayList<>(cells);
        int grand = IntStream.range(0, cells.size())
                .filter(place -> table.cells().get(place).levels().stream().allMatch(PublishedTable.TOTAL::equals))
                .findFirst()
                .orElseThrow();
        cells.set(
                grand,
                new PublishedTable.Cell(
                        cells.get(grand).levels(),
                        PublishedTable.Status.SHOWN,
                        OptionalLong.of(table.cells().get(grand).count())));
        return new PublishedTable(cells, 11, PublishedTable.Reading.EXACT);
    }

    /** The plain way, for tables of two rows and two columns: every way to fill the four inner cells up to the grand total. */
    private static long[] tryEveryTable(PublishedTable table, int asked) {
        double[][] limits = table.limits(PUBLIC);
        List<String> names = CountedTable.rows(2, 0, 0, 0, 0).cells().stream()
                .map(cell -> String.join(",", cell.levels()))
                .toList();
        long grand = table.cells().get(names.indexOf("Total,Total")).shown().orElseThrow();
        long[] found = {Long.MAX_VALUE, Long.MIN_VALUE};
        for (long a = 0; a <= grand; a++) {
            for (long b = 0; a + b <= grand; b++) {
                for (long c = 0; a + b + c <= grand; c++) {
                    long d = grand - a - b - c;
                    long[] sums = {a, b, c, d, a + b, c + d, a + c, b + d, grand};
                    long[] values = names.stream()
                            .mapToLong(name -> sums[NAMES.indexOf(name)])
                            .toArray();
                    boolean fits = IntStream.range(0, values.length)
                            .allMatch(cell -> values[cell] >= limits[0][cell] && values[cell] <= limits[1][cell]);
                    if (fits) {
                        found[0] = Math.min(found[0], values[asked]);
                        found[1] = Math.max(found[1], values[asked]);
                    }
                }
            }
        }
        return found;
    }
}
