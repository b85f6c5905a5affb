package org.vauban.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.output.Occurrences;
import org.vauban.output.PersonSet;

/** What of rates and shares may leave, with the threshold at 11 and counts as they are. */
class OccurrencesReviewTest {
    private static final DisclosureRules RULES = DisclosureRules.standard().withRounding(Rounding.NONE);

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "10, 1000, *, false, 1000",
        "11, 1000, 11, true, 1000",
        "12, 1000, 12, true, 1000",
        "0, 1000, *, false, 1000",
        "989, 1000, 989, true, 1000",
        "990, 1000, *, false, 1000",
        "1000, 1000, *, false, 1000"
    })
    void aRateIsShownWhenEnoughHaveTheEventAndEnoughHaveNot(
            int cases, int persons, String shown, boolean estimate, String personsShown) {
        ShownOccurrences.Row row =
                cleared(List.of(row("2019", "Total", 0, cases, persons))).rows().getFirst();

        assertThat(text(row)).isEqualTo(shown + " of " + personsShown);
        assertThat(row.estimate().isPresent()).isEqualTo(estimate);
        assertThat(row.personYears()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"10, false", "12, false", "22, true", "23, true"})
    void timeAtRiskIsHiddenWithThePersons(int persons, boolean shown) {
        List<Occurrences.Row> rows = List.of(
                row("2019", "Total", 0, 500, 1000), row("2020", "Total", 5000, Math.min(11, persons - 1), persons));

        ShownOccurrences.Row small = cleared(rows).rows().getLast();

        assertThat(small.estimate().isPresent()).isEqualTo(shown);
        assertThat(small.persons().isPresent()).isEqualTo(small.personYears().isPresent());
        assertThat(small.persons().isPresent()).isEqualTo(persons >= 11);
    }

    @Test
    void aHiddenStratumIsNotTheTotalLessTheOther() {
        ShownOccurrences shown = cleared(List.of(
                row("2019", "Female", 0, 5, 500),
                row("2019", "Male", 1000, 50, 500),
                all("2019", row("2019", "Female", 0, 5, 500), row("2019", "Male", 1000, 50, 500))));

        long hidden = shown.rows().stream().filter(row -> row.cases().isEmpty()).count();

        assertThat(hidden).isGreaterThanOrEqualTo(2);
        assertThat(shown.rows()).allSatisfy(row -> {
            if (row.cases().isEmpty()) {
                assertThat(row.estimate()).isEmpty();
            }
        });
    }

    @Test
    void anIntervalWithAlmostTheSamePersonsAsItsNeighbourIsWithheldWhenItHidesCases() {
        Occurrences.Row first = row("2019", "Total", 0, 5, 1000);
        PersonSet left = PersonSet.of(LongStream.range(5, 1000).toArray());
        var second = new Occurrences.Row(
                "2020",
                "Total",
                "Total",
                left,
                PersonSet.of(LongStream.range(5, 30).toArray()),
                25,
                300_000,
                rate(25));

        List<ShownOccurrences.Row> rows = cleared(List.of(first, second)).rows();

        // 1,000 then 995 of the same persons: five left after 2019, and five are what 2019 hides.
        assertThat(text(rows.get(0))).isEqualTo("* of *");
        assertThat(text(rows.get(1))).isEqualTo("25 of 995");
    }

    @Test
    void rowsThatDoNotAddUpAreWithheld() {
        var occurrences = new Occurrences(
                "incidence",
                Occurrences.Measure.INCIDENCE_RATE,
                "Bleeding",
                List.of(
                        row("2019", "Female", 0, 50, 500),
                        row("2019", "Male", 400, 50, 500),
                        row("2019", "Total", 0, 90, 900)));

        Verdict verdict = Disclosure.review(occurrences, RULES);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Withheld.class,
                        withheld -> assertThat(withheld.reasons())
                                .extracting(Reason::code)
                                .containsExactly(Reason.Code.TOTAL_NOT_SUM));
    }

    @Test
    void nothingLeftIsSaid() {
        var occurrences = new Occurrences(
                "incidence", Occurrences.Measure.INCIDENCE_RATE, "Bleeding", List.of(row("2019", "Total", 0, 2, 9)));

        assertThat(Disclosure.review(occurrences, RULES)).isInstanceOf(Withheld.class);
    }

    @Test
    void roundedCountsAndFourDigitsLeaveUnderTheStandardRules() {
        var occurrences = new Occurrences(
                "incidence",
                Occurrences.Measure.INCIDENCE_RATE,
                "Bleeding",
                List.of(row("2019", "Total", 0, 123, 1000)));

        var cleared = (Cleared) Disclosure.review(occurrences, DisclosureRules.standard());
        ShownOccurrences.Row row = ((ShownOccurrences) cleared.content()).rows().getFirst();

        assertThat(row.cases()).hasValue(125);
        assertThat(row.estimate().orElseThrow().value()).isEqualTo(1234);
        assertThat(cleared.persons()).hasSize(2);
        assertThat(cleared.tally()).isEqualTo(new Cleared.Tally(2, 0, 2));
    }

    private static ShownOccurrences cleared(List<Occurrences.Row> rows) {
        var occurrences = new Occurrences("incidence", Occurrences.Measure.INCIDENCE_RATE, "Bleeding", rows);
        return (ShownOccurrences) ((Cleared) Disclosure.review(occurrences, RULES)).content();
    }

    /** Persons from a number on, of whom the first have the event. */
    private static Occurrences.Row row(String interval, String sex, long from, int cases, int persons) {
        return new Occurrences.Row(
                interval,
                "Total",
                sex,
                PersonSet.of(LongStream.range(from, from + persons).toArray()),
                PersonSet.of(LongStream.range(from, from + cases).toArray()),
                cases,
                365L * persons,
                rate(cases));
    }

    private static Occurrences.Row all(String interval, Occurrences.Row... parts) {
        PersonSet persons = PersonSet.empty();
        PersonSet cases = PersonSet.empty();
        List<Long> days = new ArrayList<>();
        for (Occurrences.Row part : parts) {
            persons = persons.or(part.persons());
            cases = cases.or(part.cases());
            days.add(part.days());
        }
        return new Occurrences.Row(
                interval,
                "Total",
                "Total",
                persons,
                cases,
                cases.size(),
                days.stream().mapToLong(Long::longValue).sum(),
                rate(cases.size()));
    }

    private static Optional<Occurrences.Estimate> rate(int cases) {
        return Optional.of(new Occurrences.Estimate(cases * 10.0317, cases * 5.0, cases * 20.0));
    }

    private static String text(ShownOccurrences.Row row) {
        return (row.cases().isPresent() ? Long.toString(row.cases().getAsLong()) : "*") + " of "
                + (row.persons().isPresent() ? Long.toString(row.persons().getAsLong()) : "*");
    }
}
