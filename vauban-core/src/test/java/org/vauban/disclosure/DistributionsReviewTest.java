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
        "21, 1000, true, false, false",
        "22, 1000, true, true, false",
        "44, 1000, true, true, false",
        "45, 1000, true, true, true",
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

    /** Values are 1, 2, 3, …: with 45 persons the three means are of ranks 7 to 17, 18 to 28 and 29 to 39. */
    @Test
    void eachQuantileIsTheMeanOfElevenPersonsAndNobodyIsBehindTwo() {
        ShownDistributions.Row row = cleared(45, everybody(45)).rows().getFirst();

        assertThat(row.lower()).hasValue(12);
        assertThat(row.median()).hasValue(23);
        assertThat(row.upper()).hasValue(34);
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
