package org.vauban.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.output.Pathways;
import org.vauban.output.PersonSet;

/** What of paths may leave, with the threshold at 11 and counts as they are. */
class PathwaysReviewTest {
    private static final DisclosureRules RULES = DisclosureRules.standard().withRounding(Rounding.NONE);

    @ParameterizedTest(name = "A {0}, B {1}, C {2}")
    @CsvSource(delimiter = '|', textBlock = """
            100 | 50 | 10 | A 100, others 60           | the others are too few alone: B goes to them
            100 | 50 | 11 | A 100, B 50, C 11          | enough on each path
            100 | 50 | 12 | A 100, B 50, C 12          | and so
            100 | 10 | 10 | A 100, others 20           | two that are too few are enough together
            100 | 11 | 10 | A 100, others 21           | the rarest of the rest goes to the others
            100 | 10 | 0  | nothing                    | nobody but A and a few: A would be all but a few
            100 | 0  | 0  | nothing                    | all on one path
            10  | 0  | 0  | nothing                    | too few at all
            10  | 10 | 10 | nothing                    | many paths and none of enough
            """)
    void pathsOfFewAreToldTogether(int a, int b, int c, String expected, String rule) {
        Verdict verdict = Disclosure.review(pathways(a, b, c), RULES);

        assertThat(told(verdict)).as(rule).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"10, false", "11, true", "12, true"})
    void whoIsNotTreatedStandsInAPathAsOthersDo(int untreated, boolean shown) {
        List<Pathways.Row> rows = new ArrayList<>();
        rows.add(new Pathways.Row(List.of(), persons(0, untreated)));
        rows.add(row("A", 1000, 100));
        rows.add(row("B", 2000, 50));

        var found = (ShownPathways)
                ((Cleared) Disclosure.review(new Pathways("pathways", "Illness", rows), RULES)).content();

        assertThat(found.rows().stream().anyMatch(row -> row.steps().isEmpty())).isEqualTo(shown);
        assertThat(found.persons()).isEqualTo(150 + untreated);
    }

    /** On random paths: each figure is of enough persons, all add up, and so do the persons behind them. */
    @Test
    void everyFigureIsOfEnoughAndTheyAddUp() {
        for (long seed = 20261123; seed < 20261423; seed++) {
            var random = new Random(seed);
            List<Pathways.Row> rows = new ArrayList<>();
            long all = 0;
            for (int path = 0; path < 1 + random.nextInt(12); path++) {
                int size = random.nextInt(random.nextBoolean() ? 15 : 200);
                rows.add(row("Path" + path, 1000L * path, size));
                all += size;
            }
            if (Disclosure.review(new Pathways("pathways", "Illness", rows), RULES) instanceof Cleared cleared) {
                var shown = (ShownPathways) cleared.content();
                long sum = shown.others();
                for (ShownPathways.Row row : shown.rows()) {
                    assertThat(row.persons()).as("seed " + seed).isBetween(11L, all - 11);
                    sum += row.persons();
                }
                assertThat(shown.others())
                        .as("seed " + seed)
                        .satisfiesAnyOf(
                                others -> assertThat(others).isZero(),
                                others -> assertThat(others).isGreaterThanOrEqualTo(11));
                assertThat(sum).as("seed " + seed).isEqualTo(all).isEqualTo(shown.persons());
                assertThat(SmallDifferences.find(cleared.persons(), RULES))
                        .as("seed " + seed)
                        .isEmpty();
            }
        }
    }

    @Test
    void withRoundingTheTotalIsTheSumOfWhatIsSeen() {
        var cleared = (Cleared) Disclosure.review(pathways(100, 50, 12), DisclosureRules.standard());

        assertThat(told(cleared)).isEqualTo("A 95, B 45, C 15");
        assertThat(((ShownPathways) cleared.content()).persons()).isEqualTo(155);
        assertThat(cleared.tally()).isEqualTo(new Cleared.Tally(4, 0, 4));
        assertThat(cleared.persons().toString()).doesNotContain("100", "162");
    }

    private static String told(Verdict verdict) {
        return switch (verdict) {
            case Withheld _ -> "nothing";
            case Cleared cleared -> {
                var shown = (ShownPathways) cleared.content();
                yield String.join(
                        ", ",
                        Stream.concat(
                                        shown.rows().stream()
                                                .map(row -> row.steps()
                                                                .getFirst()
                                                                .treatments()
                                                                .getFirst() + " " + row.persons()),
                                        shown.others() == 0 ? Stream.empty() : Stream.of("others " + shown.others()))
                                .toList());
            }
        };
    }

    private static Pathways pathways(int a, int b, int c) {
        return new Pathways("pathways", "Illness", List.of(row("A", 0, a), row("B", 1000, b), row("C", 2000, c)));
    }

    private static Pathways.Row row(String treatment, long from, int size) {
        return new Pathways.Row(List.of(new Pathways.Step(List.of(treatment))), persons(from, size));
    }

    private static PersonSet persons(long from, int size) {
        return PersonSet.of(LongStream.range(from, from + size).toArray());
    }
}
