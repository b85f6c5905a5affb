package org.vauban.attack.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkedTablesTest {
    private static final CountedTable SUBTRACTION = CountedTable.rows(3, 20, 4, 31, 14, 3, 27, 40, 52, 61);

    @TempDir
    Path folder;

    @Test
    void subtractionGivesBackCellsThatAreHiddenAlone() {
        PublishedTable onlySmall = hiding(SUBTRACTION, Set.of("L0,L1", "L1,L1"), Set.of());

        List<Interval> found = new TableAttacker(onlySmall, Knowledge.MARK_MAY_BE_ZERO).attack();

        assertThat(found).extracting(Interval::low).containsExactly(4.0, 3.0);
        assertThat(found).allMatch(Interval::isExact);
    }

    @Test
    void oneMoreColumnIsNotEnoughAndKnowingTheThresholdNarrowsIt() {
        PublishedTable block = hiding(SUBTRACTION, Set.of("L0,L1", "L1,L1"), Set.of("L0,L0", "L1,L0"));

        Interval small = new TableAttacker(block, Knowledge.MARK_MAY_BE_ZERO).attack(cell(block, "L0,L1"));
        Interval surer = new TableAttacker(block, Knowledge.SOMEBODY_BEHIND_EVERY_MARK).attack(cell(block, "L0,L1"));

        assertThat(List.of(small.low(), small.high())).containsExactly(0.0, 7.0);
        assertThat(List.of(surer.low(), surer.high())).containsExactly(1.0, 6.0);
        assertThat(small.isBroken(11)).isTrue();
    }

    @Test
    void theProductWithstandsTheSubtractionTable() {
        assertUnbroken(SUBTRACTION);
    }

    @Test
    void theProductWithstandsACellOfSeven() {
        assertUnbroken(CountedTable.line(7, 50, 60));
        assertUnbroken(CountedTable.line(7, 50, 60, 80, 200));
        assertUnbroken(CountedTable.rows(2, 7, 50, 40, 90));
        assertUnbroken(CountedTable.rows(3, 7, 50, 60, 80, 90, 100, 110, 120, 130));
        assertUnbroken(CountedTable.crossed(new int[] {2, 2, 2}, 7, 50, 60, 80, 90, 100, 110, 120));
    }

    @Test
    void aCellOfSevenAmongTwoIsHiddenBehindAMarkThatMayBeZero() {
        PublishedTable published =
                new Product(folder).check(CountedTable.line(7, 50)).published();

        List<Interval> found = new TableAttacker(published, Knowledge.MARK_MAY_BE_ZERO).attack();

        assertThat(found).hasSize(2).noneMatch(interval -> interval.isBroken(11));
    }

    @Test
    void theProductWithstandsAlsoWhenItRounds() throws Exception {
        Path rules = java.nio.file.Files.writeString(folder.resolve("rules.yaml"), "rounding: midpoint-10\n");

        PublishedTable published = new Product(folder, "--rules", rules.toString())
                .check(SUBTRACTION)
                .published();

        assertThat(published.shown()).isEqualTo(PublishedTable.Reading.MIDPOINT_10);
        assertThat(new TableAttacker(published, Knowledge.SOMEBODY_BEHIND_EVERY_MARK).attack())
                .hasSizeGreaterThan(2)
                .noneMatch(interval -> interval.isBroken(11));
    }

    private void assertUnbroken(CountedTable table) {
        Product.Answer answer = new Product(folder).check(table);

        assertThat(answer.cleared()).isTrue();
        List<Interval> found = new TableAttacker(answer.published(), Knowledge.SOMEBODY_BEHIND_EVERY_MARK).attack();
        assertThat(found).isNotEmpty().noneMatch(interval -> interval.isBroken(11));
    }

    private static int cell(PublishedTable table, String levels) {
        return table.cells().stream()
                .map(cell -> String.join(",", cell.levels()))
                .toList()
                .indexOf(levels);
    }

    private static PublishedTable hiding(CountedTable table, Set<String> primary, Set<String> secondary) {
        List<PublishedTable.Cell> cells = new ArrayList<>();
        for (CountedTable.Cell cell : table.cells()) {
            String levels = String.join(",", cell.levels());
            PublishedTable.Status status = primary.contains(levels)
                    ? PublishedTable.Status.PRIMARY
                    : secondary.contains(levels) ? PublishedTable.Status.SECONDARY : PublishedTable.Status.SHOWN;
            cells.add(new PublishedTable.Cell(
                    cell.levels(),
                    status,
                    status == PublishedTable.Status.SHOWN ? OptionalLong.of(cell.count()) : OptionalLong.empty()));
        }
        return new PublishedTable(cells, 11, PublishedTable.Reading.EXACT);
    }
}
