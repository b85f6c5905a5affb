package org.vauban.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.disclosure.Tables.codes;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.vauban.output.CovariateBalance;
import org.vauban.output.PersonSet;

class BalanceReviewTest {
    private static final PersonSet TARGETS = persons(1, 400);
    private static final PersonSet COMPARATORS = persons(1001, 1300);

    @Test
    void aCovariateOfTenPersonsIsNotShownAndOfElevenAndTwelveIs() {
        assertThat(shown(row("rare", persons(1, 10), persons(1001, 1100)))).isEmpty();
        assertThat(shown(row("rare", persons(1, 11), persons(1001, 1100)))).containsExactly("rare");
        assertThat(shown(row("rare", persons(1, 12), persons(1001, 1100)))).containsExactly("rare");
    }

    @Test
    void aCovariateThatAllButTenHaveIsNotShown() {
        assertThat(shown(row("usual", persons(1, 390), persons(1001, 1100)))).isEmpty();
        assertThat(shown(row("usual", persons(1, 389), persons(1001, 1100)))).containsExactly("usual");
    }

    /** Two rows of almost the same persons would tell of the few between them: the second is left out, the rest is shown. */
    @Test
    void ofTwoCovariatesOfAlmostTheSamePersonsOneIsShown() {
        assertThat(shown(
                        row("ill", persons(1, 100), persons(1001, 1100)),
                        row("iller", persons(1, 95), persons(1001, 1050)),
                        row("other", persons(200, 300), persons(1101, 1200))))
                .containsExactly("ill", "other");
    }

    @Test
    void aSmallArmIsWithheld() {
        var balance =
                new CovariateBalance("balance-a", "A", "B", persons(1, 10), COMPARATORS, List.of(), 0, diagnostics());

        assertThat(codes(Disclosure.review(balance, DisclosureRules.standard())))
                .containsExactly(Reason.Code.GROUP_TOO_SMALL);
    }

    @Test
    void sharesComeFromRoundedCountsAndTheRestHasTwoDecimals() {
        ShownBalance shown =
                (ShownBalance) ((Cleared) review(row("ill", persons(1, 101), persons(1001, 1100)))).content();

        ShownBalance.Row row = shown.rows().getFirst();
        assertThat(row.targetBefore()).isEqualTo(0.27); // 105 of 395
        assertThat(row.targetAfter()).isEqualTo(0.33);
        assertThat(row.differenceAfter()).isEqualTo(0.12);
        assertThat(shown.diagnostics().concerns()).containsExactly(CovariateBalance.Concern.NOT_BALANCED);
        assertThat(shown.hidden()).isEqualTo(6);
    }

    private static List<String> shown(CovariateBalance.Row... rows) {
        return switch (review(rows)) {
            case Cleared cleared ->
                ((ShownBalance) cleared.content())
                        .rows().stream().map(ShownBalance.Row::covariate).toList();
            case Withheld _ -> List.of();
        };
    }

    private static Verdict review(CovariateBalance.Row... rows) {
        return Disclosure.review(
                new CovariateBalance("balance-a", "A", "B", TARGETS, COMPARATORS, List.of(rows), 7, diagnostics()),
                DisclosureRules.standard());
    }

    private static CovariateBalance.Diagnostics diagnostics() {
        return new CovariateBalance.Diagnostics(
                0.6123,
                0.9756,
                0.3359,
                0.1139,
                0.1652,
                1.8111,
                OptionalDouble.empty(),
                List.of(CovariateBalance.Concern.NOT_BALANCED));
    }

    private static CovariateBalance.Row row(String name, PersonSet targets, PersonSet comparators) {
        return new CovariateBalance.Row(name, true, targets, comparators, 0.25, 0.33, 0.3333, 0.3, -0.1749, 0.1239);
    }

    private static PersonSet persons(long from, long to) {
        return PersonSet.of(LongStream.rangeClosed(from, to).toArray());
    }
}
