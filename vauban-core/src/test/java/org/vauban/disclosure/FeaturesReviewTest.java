package org.vauban.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.output.Features;
import org.vauban.output.PersonSet;

/** What of records counted concept by concept may leave, with the threshold at 11 and counts as they are. */
class FeaturesReviewTest {
    private static final DisclosureRules RULES = DisclosureRules.standard().withRounding(Rounding.NONE);

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "10, 100, ''",
        "11, 100, 11",
        "12, 100, 12",
        "88, 100, 88",
        "89, 100, 89",
        "90, 100, ''",
        "100, 100, ''",
        "11, 22, 11",
        "10, 22, ''"
    })
    void aConceptIsListedWhenEnoughHaveItAndEnoughHaveNot(int with, int all, String shown) {
        // A second concept is common, so that something is left to show.
        Features features = features(all, row(1, with, 0), row(2, 11, 0));

        ShownFeatures found = cleared(features);

        assertThat(found.rows().stream()
                        .filter(row -> row.concept() == 1)
                        .map(row -> String.valueOf(row.persons().getFirst().orElseThrow()))
                        .findFirst()
                        .orElse(""))
                .isEqualTo(shown);
    }

    @Test
    void whatFewHaveIsAbsentAsIsWhatNobodyHas() {
        ShownFeatures some = cleared(features(100, row(1, 5, 0), row(2, 50, 0)));
        ShownFeatures none = cleared(features(100, row(1, 0, 0), row(2, 50, 0)));

        assertThat(some.rows()).isEqualTo(none.rows()).hasSize(1);
    }

    @Test
    void ofTwoGroupsOneMayBeHidden() {
        var features = new Features(
                "features",
                List.of(group("One", 0, 100), group("Two", 1000, 100)),
                List.of(new Features.Row(
                        "condition_occurrence", 1, "A concept", -365, -1, List.of(persons(0, 50), persons(1000, 5)))));

        ShownFeatures found = cleared(features);

        assertThat(found.rows().getFirst().persons().getFirst()).hasValue(50);
        assertThat(found.rows().getFirst().persons().getLast()).isEmpty();
        assertThat(found.difference(found.rows().getFirst())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"21, false", "22, true"})
    void aGroupIsAtLeastTwiceTheThreshold(int all, boolean cleared) {
        assertThat(Disclosure.review(features(all, row(1, 11, 0)), RULES) instanceof Cleared)
                .isEqualTo(cleared);
    }

    @Test
    void ofTwoWindowsWithAlmostTheSamePersonsTheSmallerIsHidden() {
        ShownFeatures alike = cleared(features(100, row(1, 50, -365), row(1, 45, -30)));
        ShownFeatures apart = cleared(features(100, row(1, 50, -365), row(1, 39, -30)));
        ShownFeatures equal = cleared(features(100, row(1, 50, -365), row(1, 50, -30)));

        assertThat(alike.rows()).extracting(ShownFeatures.Row::fromDay).containsExactly(-365);
        assertThat(apart.rows()).hasSize(2);
        assertThat(equal.rows()).hasSize(2);
    }

    @Test
    void aDifferenceIsMadeOfTheNumbersThatAreShown() {
        var features = new Features(
                "features",
                List.of(group("One", 0, 1000), group("Two", 2000, 1000)),
                List.of(new Features.Row(
                        "drug_era", 1, "A concept", 0, 0, List.of(persons(0, 217), persons(2000, 121)))));

        var cleared = (Cleared) Disclosure.review(features, DisclosureRules.standard());
        var found = (ShownFeatures) cleared.content();

        // 217 and 121 of 1,000 are told as 215 and 125 of 995.
        assertThat(found.groups()).extracting(ShownFeatures.Group::persons).containsExactly(995L, 995L);
        assertThat(found.difference(found.rows().getFirst()).orElseThrow())
                .isEqualTo(Features.standardisedDifference(215.0 / 995, 125.0 / 995));
        assertThat(cleared.persons()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.5, 0", "0, 0, 0", "1, 1, 0", "1, 0, Infinity", "0, 1, -Infinity", "0.2, 0.1, 0.2828427"})
    void aStandardisedDifference(double one, double other, double expected) {
        double found = Features.standardisedDifference(one, other);

        if (Double.isInfinite(expected)) {
            assertThat(found).isEqualTo(expected);
        } else {
            assertThat(found).isCloseTo(expected, within(1e-7));
        }
    }

    @Test
    void nothingLeftIsSaid() {
        assertThat(Disclosure.review(features(100, row(1, 3, 0)), RULES)).isInstanceOf(Withheld.class);
    }

    private static ShownFeatures cleared(Features features) {
        return (ShownFeatures) ((Cleared) Disclosure.review(features, RULES)).content();
    }

    private static Features features(int all, Features.Row... rows) {
        return new Features("features", List.of(group("Everybody", 0, all)), List.of(rows));
    }

    private static Features.Row row(int concept, int with, int fromDay) {
        return new Features.Row(
                "condition_occurrence", concept, "A concept", fromDay, fromDay, List.of(persons(0, with)));
    }

    private static Features.Group group(String label, long from, int size) {
        return new Features.Group(label, persons(from, size));
    }

    private static PersonSet persons(long from, int size) {
        return PersonSet.of(LongStream.range(from, from + size).toArray());
    }
}
