package org.vauban.attack.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attacks random tables by linear programming and in whole numbers, and others by intervals alone: {@code -Dvauban.attack.tables=N} and
 * {@code -Dvauban.attack.intervals=N} say how many (40 and 150 by default), {@code -Dvauban.attack.seed=S} which. {@code tools/tables} is the campaign.
 */
class RandomTablesTest {
    private static final int TABLES = Integer.getInteger("vauban.attack.tables", 40);
    private static final int INTERVALS = Integer.getInteger("vauban.attack.intervals", 150);
    private static final long SEED = Long.getLong("vauban.attack.seed", 20261121L);
    private static final int THRESHOLD = 11;

    @TempDir
    Path folder;

    @Test
    void noValueAndNoNarrowIntervalIsFoundInProtectedTables() {
        RandomGenerator random = new java.util.Random(SEED);
        var product = new Product(folder);
        var seen = new Seen();
        long started = System.nanoTime();

        for (int number = 0; number < TABLES; number++) {
            CountedTable table = CountedTable.random(random);
            Product.Answer answer = product.check(table);
            if (answer.cleared()) {
                seen.attacked++;
                attack(answer.published(), table, seen, "table " + number + " of seed " + SEED);
            }
        }

        System.out.printf(
                "%d tables, %d cleared and attacked, %d hidden cells, narrowest secondary %.0f, %d values asked in whole numbers"
                        + " (%d not decided), %d cells narrower for who is sure of somebody behind every mark,"
                        + " %d broken, %.0f s, seed %d%n",
                TABLES,
                seen.attacked,
                seen.hidden,
                seen.narrowest,
                seen.asked,
                seen.notDecided,
                seen.narrowerIfSure,
                seen.broken,
                (System.nanoTime() - started) / 1e9,
                SEED);
        assertThat(seen.attacked).isGreaterThan(TABLES / 2);
        assertThat(seen.hidden).isGreaterThan(TABLES);
        assertThat(seen.broken).isZero();
    }

    @Test
    void intervalsAloneFindNothingInProtectedTables() {
        RandomGenerator random = new java.util.Random(SEED + 1);
        var product = new Product(folder);
        int hidden = 0;
        int attacked = 0;

        for (int number = 0; number < INTERVALS; number++) {
            PublishedTable published =
                    product.check(CountedTable.random(random)).published();
            if (!published.cells().isEmpty()) {
                List<Interval> found = new IntervalAttacker(published, Knowledge.MARK_MAY_BE_ZERO).attack();
                hidden += found.size();
                attacked++;
                assertThat(found)
                        .as("table %d of seed %d", number, SEED + 1)
                        .noneMatch(interval -> interval.isBroken(THRESHOLD));
            }
        }

        System.out.printf(
                "%d tables, %d cleared and attacked by intervals, %d hidden cells, 0 broken, seed %d%n",
                INTERVALS, attacked, hidden, SEED + 1);
        assertThat(hidden).isGreaterThan(INTERVALS);
    }

    @Test
    void aWeakerProtectorIsBroken() {
        RandomGenerator random = new java.util.Random(SEED);
        int withHidden = 0;
        int broken = 0;
        int exact = 0;
        int brokenByIntervals = 0;

        for (int number = 0; number < Math.min(TABLES, 100); number++) {
            PublishedTable weak = WeakProtector.protect(CountedTable.random(random), THRESHOLD);
            List<Interval> found = new TableAttacker(weak, Knowledge.MARK_MAY_BE_ZERO).attack();
            withHidden += found.isEmpty() ? 0 : 1;
            broken += found.stream().anyMatch(interval -> interval.isBroken(THRESHOLD)) ? 1 : 0;
            exact += found.stream().anyMatch(Interval::isExact) ? 1 : 0;
            brokenByIntervals += new IntervalAttacker(weak, Knowledge.MARK_MAY_BE_ZERO)
                            .attack().stream().anyMatch(interval -> interval.isBroken(THRESHOLD))
                    ? 1
                    : 0;
        }

        System.out.printf(
                "planted weaker protector: %d tables with hidden cells, %d broken, %d with an exact value, %d by intervals"
                        + " alone%n",
                withHidden, broken, exact, brokenByIntervals);
        assertThat(broken).isGreaterThan(withHidden * 8 / 10);
        assertThat(exact).isGreaterThan(withHidden / 3);
        assertThat(brokenByIntervals).isGreaterThan(withHidden / 2).isLessThanOrEqualTo(broken);
    }

    private static final class Seen {
        int attacked;
        int hidden;
        int broken;
        int asked;
        int notDecided;
        int narrowerIfSure;
        double narrowest = Double.POSITIVE_INFINITY;
    }

    private static void attack(PublishedTable published, CountedTable table, Seen seen, String which) {
        List<Interval> found = new TableAttacker(published, Knowledge.MARK_MAY_BE_ZERO).attack();
        var wholeNumbers = new WholeNumberAttacker(published, Knowledge.MARK_MAY_BE_ZERO);
        for (Interval interval : found) {
            seen.hidden++;
            if (interval.status() == PublishedTable.Status.SECONDARY) {
                seen.narrowest = Math.min(seen.narrowest, interval.width());
            }
            boolean broken = interval.isBroken(THRESHOLD);
            if (!broken && published.dimensions() > 2) {
                broken = isBrokenInWholeNumbers(interval, wholeNumbers, seen);
            }
            if (broken) {
                seen.broken++;
                System.out.println("BROKEN: " + which + ", " + interval);
            }
        }
        if (table.cells().stream().allMatch(cell -> cell.count() > 0)) {
            seen.narrowerIfSure += (int) new TableAttacker(published, Knowledge.SOMEBODY_BEHIND_EVERY_MARK)
                    .attack().stream()
                            .filter(interval -> interval.isBroken(THRESHOLD))
                            .count();
        }
    }

    /** In three dimensions the linear limits prove nothing about the values between: each is asked for. */
    private static boolean isBrokenInWholeNumbers(Interval interval, WholeNumberAttacker attacker, Seen seen) {
        if (interval.status() != PublishedTable.Status.PRIMARY) {
            return false;
        }
        for (int value = 1; value < THRESHOLD; value++) {
            seen.asked++;
            switch (attacker.ask(interval.cell(), value)) {
                case POSSIBLE -> {
                    // As promised.
                }
                case IMPOSSIBLE -> {
                    return true;
                }
                case NOT_DECIDED -> seen.notDecided++;
            }
        }
        return false;
    }
}
