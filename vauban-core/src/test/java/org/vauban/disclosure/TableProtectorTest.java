package org.vauban.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vauban.output.FrequencyTable;

class TableProtectorTest {
    private static final int THRESHOLD = 11;

    @Test
    void protectionHoldsAgainstTryingEveryTable() {
        RandomGenerator random = new java.util.Random(11);
        int tried = 0;

        for (int number = 0; number < 60; number++) {
            CountTable table = table(Tables.rows(2, random.longs(4, 0, 24).toArray()));
            Optional<List<TableProtector.Status>> found = protect(table);
            if (found.isPresent()) {
                tried += tryEveryTable(table, found.get()) ? 1 : 0;
            }
        }

        assertThat(tried).isGreaterThan(5);
    }

    @Test
    void smallCellsAreHiddenAndTheRestOfARandomTableIsProtectedInBoundedTime() {
        RandomGenerator random = new java.util.Random(12);
        int cleared = 0;

        for (int number = 0; number < 80; number++) {
            CountTable table = table(Tables.random(random));
            Optional<List<TableProtector.Status>> found = protect(table);
            cleared += found.isPresent() ? 1 : 0;
            found.ifPresent(statuses -> IntStream.range(0, table.size())
                    .forEach(cell -> assertThat(statuses.get(cell) == TableProtector.Status.PRIMARY)
                            .isEqualTo(table.count(cell) < THRESHOLD)));
        }

        assertThat(cleared).isGreaterThan(60);
    }

    @Test
    void theSameTableGetsTheSameProtection() {
        for (int number = 0; number < 10; number++) {
            CountTable table = table(Tables.random(new java.util.Random(number)));

            assertThat(protect(table)).isEqualTo(protect(table));
        }
    }

    @Test
    void noCellIsHiddenInVain() {
        // One small cell among large ones: a handful of cells is enough, and margins stay.
        CountTable table =
                table(Tables.rows(4, 7, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180, 190));

        List<TableProtector.Status> statuses = protect(table).orElseThrow();

        assertThat(statuses)
                .filteredOn(status -> status != TableProtector.Status.SHOWN)
                .hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void whereATotalIsSmallItselfAMarkMayStandForNobody() {
        // 3 + 4 = 7: nobody who is sure of somebody in both could believe in a 10 and a 10.
        CountTable table = table(Tables.rows(3, 3, 4, 60, 70, 80, 90));

        assertThat(protect(table)).isPresent();
    }

    @Test
    void aMovementKeepsEverySumOrIsNotAnswered() {
        CountTable table = table(Tables.rows(2, 20, 30, 40, 50));
        var movements = new Movements(table);
        long[] room = new long[table.size()];
        java.util.Arrays.fill(room, 5);
        double[] cost = new double[table.size()];

        Optional<long[]> found = movements.moving(0, 5, new Movements.Room(room, room, cost));
        Optional<long[]> tooFar = movements.moving(0, 6, new Movements.Room(room, room, cost));

        assertThat(found).hasValueSatisfying(movement -> {
            assertThat(movement[0]).isEqualTo(5);
            assertThat(movements.keepsSums(movement)).isTrue();
        });
        assertThat(tooFar).isEmpty();
    }

    @Test
    void aTableOfThreeDimensionsAndManyCellsIsProtected() {
        RandomGenerator random = new java.util.Random(13);
        CountTable table = table(
                Tables.crossed(new int[] {4, 4, 4}, random.longs(64, 0, 60).toArray()));

        assertThat(protect(table))
                .hasValueSatisfying(statuses -> assertThat(statuses).contains(TableProtector.Status.SHOWN));
    }

    @Test
    void aMovementOverABoxKeepsEverySumAlsoWithTotalsAtItsCorners() {
        CountTable table = table(Tables.crossed(
                new int[] {3, 2, 3}, new java.util.Random(14).longs(18, 20, 60).toArray()));
        var movements = new Movements(table);
        long[] room = new long[table.size()];
        java.util.Arrays.fill(room, 9);

        for (int cell = 0; cell < table.size(); cell++) {
            int asked = cell;
            double[] cost = new java.util.Random(cell).doubles(table.size()).toArray();
            assertThat(movements.overBox(cell, 9, new Movements.Room(room, room, cost)))
                    .hasValueSatisfying(movement -> assertThat(movement[asked]).isEqualTo(9));
            assertThat(movements.overBox(cell, 10, new Movements.Room(room, room, cost)))
                    .isEmpty();
        }
    }

    private static CountTable table(FrequencyTable table) {
        return new CountTable(
                table.dimensions().size(),
                table.cells().stream().map(FrequencyTable.Cell::levels).toList(),
                table.cells().stream().mapToLong(FrequencyTable.Cell::count).toArray(),
                new boolean[table.cells().size()]);
    }

    private static Optional<List<TableProtector.Status>> protect(CountTable table) {
        boolean[] small = new boolean[table.size()];
        for (int cell = 0; cell < small.length; cell++) {
            small[cell] = table.count(cell) < THRESHOLD;
        }
        return TableProtector.protect(table, THRESHOLD, small, new boolean[small.length], true, TableCheck.EFFORT_MAX)
                .map(TableProtector.Protection::statuses);
    }

    /** For two rows and two columns: collects every table a reader cannot rule out, and looks at what each cell can be. */
    private static boolean tryEveryTable(CountTable table, List<TableProtector.Status> statuses) {
        List<long[]> possible = new ArrayList<>();
        long[][] inner = new long[4][];
        for (int place = 0; place < 4; place++) {
            inner[place] = candidates(table, statuses, "L" + place / 2 + ",L" + place % 2);
        }
        for (long a : inner[0]) {
            for (long b : inner[1]) {
                for (long c : inner[2]) {
                    for (long d : inner[3]) {
                        long[] values = values(table, a, b, c, d);
                        if (fits(table, statuses, values)) {
                            possible.add(values);
                        }
                    }
                }
            }
        }
        for (int cell = 0; cell < statuses.size(); cell++) {
            int asked = cell;
            if (statuses.get(cell) == TableProtector.Status.PRIMARY) {
                for (long value = 0; value < THRESHOLD; value++) {
                    long wanted = value;
                    assertThat(possible).anyMatch(values -> values[asked] == wanted);
                }
            } else if (statuses.get(cell) == TableProtector.Status.SECONDARY) {
                long high = possible.stream()
                        .mapToLong(values -> values[asked])
                        .max()
                        .orElseThrow();
                long low = possible.stream()
                        .mapToLong(values -> values[asked])
                        .min()
                        .orElseThrow();
                assertThat(high - low).isGreaterThanOrEqualTo(10);
            }
        }
        return !possible.isEmpty();
    }

    /** What an inner cell can be on its own: its count when shown, a small number when marked small, else anything near. */
    private static long[] candidates(CountTable table, List<TableProtector.Status> statuses, String levels) {
        int cell = IntStream.range(0, table.size())
                .filter(each -> String.join(",", table.levels(each)).equals(levels))
                .findFirst()
                .orElseThrow();
        return switch (statuses.get(cell)) {
            case SHOWN -> new long[] {table.count(cell)};
            case PRIMARY -> IntStream.range(0, THRESHOLD).asLongStream().toArray();
            case SECONDARY -> IntStream.rangeClosed(0, 40).asLongStream().toArray();
        };
    }

    private static long[] values(CountTable table, long a, long b, long c, long d) {
        long[] values = new long[table.size()];
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = switch (String.join(",", table.levels(cell))) {
                case "L0,L0" -> a;
                case "L0,L1" -> b;
                case "L1,L0" -> c;
                case "L1,L1" -> d;
                case "L0,Total" -> a + b;
                case "L1,Total" -> c + d;
                case "Total,L0" -> a + c;
                case "Total,L1" -> b + d;
                default -> a + b + c + d;
            };
        }
        return values;
    }

    private static boolean fits(CountTable table, List<TableProtector.Status> statuses, long[] values) {
        for (int cell = 0; cell < values.length; cell++) {
            boolean fits = switch (statuses.get(cell)) {
                case SHOWN -> values[cell] == table.count(cell);
                case PRIMARY -> values[cell] < THRESHOLD;
                case SECONDARY -> true;
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
