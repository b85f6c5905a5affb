package org.vauban.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.output.Distributions;
import org.vauban.output.PersonSet;

/** What of medians and quartiles may leave, with the threshold at 11 and counts as they are. */
class DistributionsReviewTest {
    private static final DisclosureRules RULES = DisclosureRules.standard().withRounding(Rounding.NONE);

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "10, 1000, false, false, false",
        "11, 1000, true, false, false",
        "12, 1000, true, false, false",
        "33, 1000, true, false, false",
        "34, 1000, true, true, false",
        "66, 1000, true, true, false",
        "67, 1000, true, true, true",
        "988, 1000, true, true, true",
        "989, 1000, true, true, true",
        "990, 1000, false, false, false",
        "1000, 1000, false, false, false"
    })
    void aRowIsShownWhenEnoughHaveAValueAndEnoughHaveNone(
            int having, int all, boolean persons, boolean median, boolean quartiles) {
        ShownDistributions.Row row =
                cleared(all, everybody(all), row("Gap", true, having)).rows().getLast();

        assertThat(row.persons().isPresent()).isEqualTo(persons);
        assertThat(row.median().isPresent()).isEqualTo(median);
        assertThat(row.lower().isPresent()).isEqualTo(quartiles);
        assertThat(row.upper().isPresent()).isEqualTo(quartiles);
    }

    @ParameterizedTest
    @CsvSource({"10, true", "11, false", "12, false"})
    void aGroupOfFewIsWithheld(int all, boolean withheld) {
        Verdict verdict = Disclosure.review(
                new Distributions("utilisation", "Celecoxib", persons(all), List.of(everybody(all))), RULES);

        assertThat(verdict instanceof Withheld).isEqualTo(withheld);
    }

    /** Values are 1, 2, 3, …: with 67 persons the three means are of ranks 13 to 23, 29 to 39 and 46 to 56. */
    @Test
    void eachQuantileIsTheMeanOfElevenPersonsAndNobodyIsBehindTwo() {
        ShownDistributions.Row row = cleared(67, everybody(67)).rows().getFirst();

        assertThat(row.lower()).hasValue(18);
        assertThat(row.median()).hasValue(34);
        assertThat(row.upper()).hasValue(51);
    }

    /** Whatever is one person's value, the median does not tell it: it moves with each of eleven. */
    @Test
    void aMedianIsNoPersonsOwnValue() {
        double[] values = new double[101];
        Arrays.fill(values, 10);
        values[50] = 10.5;
        Arrays.fill(values, 51, 101, 20);
        var row = new Distributions.Row(
                "Days", Distributions.Unit.DAYS, false, LongStream.range(0, 101).toArray(), values);

        OptionalDouble median = cleared(101, row).rows().getFirst().median();

        assertThat(median).hasValue(14.59);
    }

    /** With two values a mean tells how many have the larger one; on both sides there are always enough, whatever the threshold. */
    @Test
    void enoughPersonsLieBeyondEachMeanAndNobodyIsBehindTwo() {
        for (int threshold = 3; threshold <= 100; threshold++) {
            for (int persons = 3 * threshold + 1; persons < 9 * threshold; persons++) {
                int median = DistributionsReview.first(persons, threshold, 0.5);
                assertThat(median).isGreaterThanOrEqualTo(threshold);
                assertThat(persons - median - threshold).isGreaterThanOrEqualTo(threshold);
                if (persons > 6 * threshold) {
                    int lower = DistributionsReview.first(persons, threshold, 0.25);
                    int upper = DistributionsReview.first(persons, threshold, 0.75);
                    assertThat(lower).isGreaterThanOrEqualTo(threshold);
                    assertThat(median - lower).isGreaterThanOrEqualTo(threshold);
                    assertThat(upper - median).isGreaterThanOrEqualTo(threshold);
                    assertThat(persons - upper - threshold).isGreaterThanOrEqualTo(threshold);
                }
            }
        }
    }

    /** Whether one or five of the eleven around the median have two episodes, nobody can tell. */
    @ParameterizedTest
    @CsvSource({"54, 1", "50, 1", "49, 2", "46, 2"})
    void numbersOfThingsAreWhole(int lastOfOne, double expected) {
        double[] values = new double[101];
        Arrays.fill(values, 1);
        Arrays.fill(values, lastOfOne + 1, 101, 2);
        var row = new Distributions.Row(
                "Episodes",
                Distributions.Unit.COUNT,
                false,
                LongStream.range(0, 101).toArray(),
                values);

        assertThat(cleared(101, row).rows().getFirst().median()).hasValue(expected);
    }

    @ParameterizedTest
    @CsvSource({"489, true", "490, false", "499, false", "500, true"})
    void ofTwoRowsWithNearlyTheSamePersonsTheSmallerIsHidden(int having, boolean shown) {
        List<ShownDistributions.Row> rows = cleared(
                        1000, everybody(1000), row("Covered 100", false, 500), row("Covered 200", false, having))
                .rows();

        assertThat(rows.get(1).persons()).isPresent();
        assertThat(rows.get(2).persons().isPresent()).isEqualTo(shown);
    }

    @Test
    void thoseBehindEachShownFigureAreKeptAndPrintedNowhere() {
        var cleared = (Cleared) Disclosure.review(
                new Distributions(
                        "utilisation", "Celecoxib", persons(1000), List.of(everybody(1000), row("Gap", true, 10))),
                DisclosureRules.standard());

        assertThat(cleared.persons()).hasSize(2);
        assertThat(cleared.tally()).isEqualTo(new Cleared.Tally(8, 4, 1));
        assertThat(((ShownDistributions) cleared.content()).persons()).isEqualTo(995);
        assertThat(cleared.persons().toString()).doesNotContain("1000");
    }

    private static ShownDistributions cleared(int all, Distributions.Row... rows) {
        return (ShownDistributions) ((Cleared) Disclosure.review(
                        new Distributions("utilisation", "Celecoxib", persons(all), List.of(rows)), RULES))
                .content();
    }

    private static Distributions.Row everybody(int all) {
        return row("Exposures", false, all);
    }

    private static Distributions.Row row(String measure, boolean telling, int having) {
        return new Distributions.Row(
                measure,
                Distributions.Unit.DAYS,
                telling,
                LongStream.range(0, having).toArray(),
                LongStream.rangeClosed(1, having).asDoubleStream().toArray());
    }

    private static PersonSet persons(int size) {
        return PersonSet.of(LongStream.range(0, size).toArray());
    }
}
