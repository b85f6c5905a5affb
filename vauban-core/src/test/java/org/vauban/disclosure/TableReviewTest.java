package org.vauban.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.disclosure.Tables.codes;
import static org.vauban.disclosure.Tables.content;
import static org.vauban.disclosure.Tables.exact;
import static org.vauban.disclosure.Tables.shown;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vauban.output.FrequencyTable;

class TableReviewTest {
    private static final String MARK = ShownTable.MARK;

    @Test
    void tenIsHiddenAndElevenAndTwelveAreShown() {
        assertThat(shown(review(10, 200, 300, 400), "L0")).isEqualTo(MARK);
        assertThat(shown(review(11, 200, 300, 400), "L0")).isEqualTo("11");
        assertThat(shown(review(12, 200, 300, 400), "L0")).isEqualTo("12");
        assertThat(shown(review(1, 200, 300, 400), "L0")).isEqualTo(MARK);
        assertThat(shown(review(0, 200, 300, 400), "L0")).isEqualTo(MARK);
    }

    @Test
    void aTableWithoutSmallCellsIsShownWhole() {
        Verdict verdict = Disclosure.review(Tables.rows(2, 20, 30, 40, 50), exact());

        assertThat(content(verdict).cells()).noneMatch(cell -> cell.text().equals(MARK));
    }

    @Test
    void aTotalDoesNotGiveBackTheOneHiddenCell() {
        // Total 40; shown 15 and 21; the hidden cell would be 4.
        Verdict verdict = Disclosure.review(Tables.line(15, 21, 4), exact());

        assertThat(hidden(verdict)).isGreaterThan(1);
    }

    @Test
    void rowsAndColumnsTogetherDoNotGiveBackHiddenCells() {
        Verdict verdict = Disclosure.review(Tables.rows(3, 20, 4, 31, 14, 3, 27, 40, 52, 61), exact());

        assertThat(shown(verdict, "L0", "L1")).isEqualTo(MARK);
        assertThat(shown(verdict, "L1", "L1")).isEqualTo(MARK);
        // Hiding only 20 and 14 as well would leave [0, 7]: the column of the small cells needs a third.
        assertThat(shown(verdict, "L2", "L1").equals(MARK)
                        || shown(verdict, "Total", "L1").equals(MARK))
                .isTrue();
    }

    @Test
    void aCellOfSevenIsHiddenAndDoesNotStandAlone() {
        Verdict verdict = Disclosure.review(Tables.rows(2, 7, 50, 40, 90), exact());

        assertThat(shown(verdict, "L0", "L0")).isEqualTo(MARK);
        assertThat(shown(verdict, "L0", "L1").equals(MARK)
                        || shown(verdict, "L0", "Total").equals(MARK))
                .isTrue();
        assertThat(shown(verdict, "L1", "L0").equals(MARK)
                        || shown(verdict, "Total", "L0").equals(MARK))
                .isTrue();
    }

    @Test
    void aStructuralZeroIsShownAndNeverHelpsToHideAnother() {
        // Rows (5, 0, 30) and (7, 2, 40): the 0 is impossible, and everybody knows.
        FrequencyTable table = Tables.withStructuralZero(Tables.rows(2, 5, 0, 30, 7, 2, 40), "L0", "L1");

        Verdict verdict = Disclosure.review(table, exact());

        assertThat(shown(verdict, "L0", "L1")).isEqualTo("0");
        assertThat(shown(verdict, "Total", "L1")).isEqualTo(MARK);
        assertThat(shown(verdict, "L0", "L2").equals(MARK)
                        || shown(verdict, "L0", "Total").equals(MARK))
                .isTrue();
    }

    @Test
    void aStructuralZeroOfTheRulesIsOneOfTheTable() {
        var rules = new DisclosureRules(
                11,
                Rounding.NONE,
                Optional.empty(),
                List.of(new DisclosureRules.StructuralZero(java.util.Map.of("d0", "L0", "d1", "L1"))),
                7,
                30,
                10,
                10,
                Dominance.STANDARD);

        assertThat(shown(Disclosure.review(Tables.rows(2, 50, 0, 30, 70, 20, 40), rules), "L0", "L1"))
                .isEqualTo("0");
    }

    @Test
    void everyHiddenCellHasTheOneMark() {
        Verdict verdict = Disclosure.review(Tables.rows(3, 20, 4, 31, 14, 0, 27, 40, 52, 61), exact());

        assertThat(content(verdict).cells().stream().map(ShownTable.Cell::text).filter(text -> !text.matches("[0-9]+")))
                .hasSizeGreaterThan(2)
                .containsOnly(MARK);
    }

    @Test
    void anEmptyCellLooksLikeASmallOne() {
        Verdict nobody = Disclosure.review(Tables.line(0, 40, 50, 60), exact());
        Verdict somebody = Disclosure.review(Tables.line(3, 40, 50, 60), exact());

        assertThat(shown(nobody, "L0")).isEqualTo(shown(somebody, "L0")).isEqualTo(MARK);
    }

    @Test
    void anEmptyCellOfAVariableThatIsNotSensitiveIsShownWhenItsComplementIsLarge() {
        DisclosureRules rules = exact().withSensitive(Set.of());

        assertThat(shown(Disclosure.review(insensitive(Tables.line(0, 40, 50)), rules), "L0"))
                .isEqualTo("0");
        assertThat(Disclosure.review(insensitive(Tables.line(0, 0, 10)), rules)).isInstanceOf(Withheld.class);
        assertThat(content(Disclosure.review(insensitive(Tables.line(0, 0, 11)), rules))
                        .cells())
                .extracting(ShownTable.Cell::text)
                .containsExactly("0", "0", "11", "11");
        assertThat(content(Disclosure.review(Tables.line(0, 0, 11), exact())).cells())
                .extracting(ShownTable.Cell::text)
                .containsExactly(MARK, MARK, MARK, "11");
    }

    @Test
    void everybodyOfAClassBeingPositiveIsNotShown() {
        // 25 of 25 women are positive: no count is small, and every woman is disclosed.
        FrequencyTable table = Tables.rows(2, 25, 0, 40, 300);

        Verdict verdict = Disclosure.review(table, exact());

        assertThat(shown(verdict, "L0", "L0")).isEqualTo(MARK);
        assertThat(shown(verdict, "L0", "L1")).isEqualTo(MARK);
    }

    @Test
    void complementsOfTenAreHiddenAndOfElevenShownAlsoWithoutTotals() {
        assertThat(shown(withoutTotals(Tables.rows(2, 100, 10, 200, 300)), "L0", "L0"))
                .isEqualTo(MARK);
        assertThat(shown(withoutTotals(Tables.rows(2, 100, 11, 200, 300)), "L0", "L0"))
                .isEqualTo("100");
        assertThat(shown(withoutTotals(Tables.rows(2, 100, 12, 200, 300)), "L0", "L0"))
                .isEqualTo("100");
        assertThat(shown(withoutTotals(Tables.rows(2, 100, 0, 200, 300)), "L0", "L0"))
                .isEqualTo(MARK);
    }

    @Test
    void aTotalThatIsNotTheSumOfItsPartsWithholdsTheTable() {
        FrequencyTable table = Tables.table(
                List.of("d0"),
                List.of(
                        new FrequencyTable.Cell(List.of("positive"), 22, Optional.empty(), false),
                        new FrequencyTable.Cell(List.of("Total"), 25, Optional.empty(), false)));

        Verdict verdict = Disclosure.review(table, exact());

        assertThat(codes(verdict)).containsExactly(Reason.Code.TOTAL_NOT_SUM);
        assertThat(((Withheld) verdict).reasons().getFirst().place()).isEqualTo("Total");
    }

    @Test
    void nothingLeftToShowWithholdsTheTable() {
        assertThat(codes(Disclosure.review(Tables.line(3, 4), exact()))).containsExactly(Reason.Code.NOTHING_LEFT);
        assertThat(codes(Disclosure.review(Tables.rows(2, 0, 0, 0, 0), exact())))
                .containsExactly(Reason.Code.NOTHING_LEFT);
    }

    @Test
    void aTableTooLargeToAttackIsWithheld() {
        long[] counts = new long[1_000];
        java.util.Arrays.fill(counts, 50);

        assertThat(codes(Disclosure.review(Tables.line(counts), exact()))).containsExactly(Reason.Code.TABLE_TOO_LARGE);
        assertThat(Disclosure.review(Tables.line(java.util.Arrays.copyOf(counts, 999)), exact()))
                .isInstanceOf(Cleared.class);
    }

    @Test
    void countsAreRoundedToTheMiddleOfBandsThatBeginAtTheThreshold() {
        DisclosureRules rules = DisclosureRules.standard();

        assertThat(List.of(rules.shown(0), rules.shown(11), rules.shown(20), rules.shown(21), rules.shown(30)))
                .containsExactly(0L, 15L, 15L, 25L, 25L);
        // Every shown number stands for ten counts, whatever the threshold.
        for (int threshold : new int[] {3, 5, 11, 13, 100}) {
            DisclosureRules other = rules.withThreshold(threshold);
            long first = other.shown(threshold);
            for (int count = threshold; count < threshold + 10; count++) {
                assertThat(other.shown(count)).isEqualTo(first);
            }
            assertThat(other.shown(threshold + 10L)).isEqualTo(first + 10);
        }
    }

    @Test
    void aTotalIsTheSumOfItsRoundedParts() {
        // Six counts of 12: 15 each; an exact total of 72 would fit nothing but 12 six times.
        Verdict verdict = Disclosure.review(Tables.line(12, 12, 12, 12, 12, 12), DisclosureRules.standard());

        assertThat(shown(verdict, "L0")).isEqualTo("15");
        assertThat(shown(verdict, "Total")).isEqualTo("90");
    }

    @Test
    void theGrandTotalIsTheSumOfRoundedPartsInBothDirections() {
        Verdict verdict = Disclosure.review(Tables.rows(2, 20, 30, 41, 58), DisclosureRules.standard());

        assertThat(shown(verdict, "L0", "Total")).isEqualTo("40");
        assertThat(shown(verdict, "Total", "L1")).isEqualTo("80");
        assertThat(shown(verdict, "Total", "Total")).isEqualTo("140");
    }

    @Test
    void aTotalWithAHiddenPartIsRoundedByItself() {
        Verdict verdict = Disclosure.review(Tables.line(4, 60, 70, 500), DisclosureRules.standard());

        assertThat(shown(verdict, "L0")).isEqualTo(MARK);
        assertThat(shown(verdict, "Total")).isEqualTo("635");
    }

    @Test
    void aRaisedThresholdHidesMore() {
        assertThat(shown(Disclosure.review(Tables.line(19, 200, 300, 400), exact().raisedTo(20)), "L0"))
                .isEqualTo(MARK);
        assertThat(exact().withThreshold(20).raisedTo(5).threshold()).isEqualTo(20);
    }

    @Test
    void rowsLeaveInTheOrderOfTheirLevelsWhateverOrderTheyCameIn() {
        FrequencyTable table = Tables.rows(2, 20, 30, 40, 50);
        FrequencyTable turned = Tables.table(table.dimensions(), table.cells().reversed());

        assertThat(content(Disclosure.review(turned, exact())).cells())
                .isEqualTo(content(Disclosure.review(table, exact())).cells());
        assertThat(content(Disclosure.review(turned, exact())).cells().getLast().levels())
                .containsExactly("Total", "Total");
    }

    @Test
    void personsOfShownCellsAreKeptAndOfHiddenOnesNot() {
        FrequencyTable table = Tables.table(
                List.of("d0"),
                List.of(
                        FrequencyTable.Cell.of(Tables.persons(0, 7), "a"),
                        FrequencyTable.Cell.of(Tables.persons(100, 50), "b"),
                        FrequencyTable.Cell.of(Tables.persons(200, 60), "c"),
                        FrequencyTable.Cell.of(Tables.persons(300, 70), "e")));

        Cleared cleared = (Cleared) Disclosure.review(table, exact());

        assertThat(cleared.persons()).extracting(Cleared.Behind::place).containsExactly("b", "c", "e");
        assertThat(cleared.persons().getFirst().persons()).isEqualTo(Tables.persons(100, 50));
        assertThat(cleared.tally()).isEqualTo(new Cleared.Tally(4, 1, 0));
    }

    private static long hidden(Verdict verdict) {
        return content(verdict).cells().stream()
                .filter(cell -> cell.text().equals(MARK))
                .count();
    }

    private static Verdict review(long... counts) {
        return Disclosure.review(Tables.line(counts), exact());
    }

    private static Verdict withoutTotals(FrequencyTable table) {
        return Disclosure.review(
                Tables.table(
                        table.dimensions(),
                        table.cells().stream()
                                .filter(cell -> !cell.levels().contains("Total"))
                                .toList()),
                exact());
    }

    private static FrequencyTable insensitive(FrequencyTable table) {
        return new FrequencyTable(table.name(), table.dimensions(), table.cells(), Set.of());
    }
}
