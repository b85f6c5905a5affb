package org.vauban.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vauban.disclosure.Tables.codes;
import static org.vauban.disclosure.Tables.persons;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.vauban.output.EffectEstimates;

class EstimatesReviewTest {
    private static final EffectEstimates.Model SMALL = new EffectEstimates.Model(1, 500, 40);

    @Test
    void groupsOfTenAreWithheldAndOfElevenAndTwelveWithEnoughOutcomesAreNot() {
        assertThat(codes(review(10, 10, 400, 50, SMALL))).contains(Reason.Code.GROUP_TOO_SMALL);
        assertThat(codes(review(11, 11, 400, 50, SMALL))).doesNotContain(Reason.Code.GROUP_TOO_SMALL);
        assertThat(review(22, 11, 400, 50, SMALL)).isInstanceOf(Cleared.class);
    }

    @Test
    void tenEventsAreWithheldAndElevenAndTwelveNot() {
        assertThat(codes(review(400, 10, 400, 50, SMALL))).containsExactly(Reason.Code.OUTCOME_TOO_RARE);
        assertThat(review(400, 11, 400, 50, SMALL)).isInstanceOf(Cleared.class);
        assertThat(review(400, 12, 400, 50, SMALL)).isInstanceOf(Cleared.class);
        assertThat(codes(review(400, 0, 400, 50, SMALL))).containsExactly(Reason.Code.OUTCOME_TOO_RARE);
    }

    @Test
    void tenWithoutTheEventAreWithheldAndElevenAndTwelveNot() {
        assertThat(codes(review(400, 50, 400, 390, SMALL))).contains(Reason.Code.OUTCOME_TOO_RARE);
        assertThat(review(400, 50, 400, 389, SMALL)).isInstanceOf(Cleared.class);
        assertThat(review(400, 50, 400, 388, SMALL)).isInstanceOf(Cleared.class);
    }

    @Test
    void aLevelOfTenIsWithheldAndOfElevenAndTwelveNot() {
        assertThat(codes(review(400, 50, 400, 50, new EffectEstimates.Model(3, 10, 40))))
                .containsExactly(Reason.Code.LEVEL_TOO_RARE);
        assertThat(codes(review(400, 50, 400, 50, new EffectEstimates.Model(3, 40, 10))))
                .containsExactly(Reason.Code.LEVEL_TOO_RARE);
        assertThat(review(400, 50, 400, 50, new EffectEstimates.Model(3, 11, 11)))
                .isInstanceOf(Cleared.class);
        assertThat(review(400, 50, 400, 50, new EffectEstimates.Model(3, 12, 12)))
                .isInstanceOf(Cleared.class);
    }

    @Test
    void aModelNeedsTenPersonsPerParameter() {
        assertThat(codes(review(50, 20, 50, 20, new EffectEstimates.Model(11, 40, 15))))
                .containsExactly(Reason.Code.MODEL_TOO_RICH);
        assertThat(review(50, 20, 50, 20, new EffectEstimates.Model(10, 40, 15)))
                .isInstanceOf(Cleared.class);
    }

    @Test
    void anEstimateThatIsNoNumberIsWithheld() {
        EffectEstimates.Row row = row("a", 400, 50, 400, 50, SMALL, Double.POSITIVE_INFINITY);

        assertThat(codes(Disclosure.review(new EffectEstimates("effects", List.of(row)), Tables.exact())))
                .containsExactly(Reason.Code.NOT_ESTIMABLE);
    }

    @Test
    void numbersLeaveWithFewDigitsAndCountsRounded() {
        Verdict verdict = Disclosure.review(
                new EffectEstimates("effects", List.of(row("a", 1797, 113, 830, 46, SMALL, 1.134067123))),
                DisclosureRules.standard());

        ShownEstimates.Row shown =
                ((ShownEstimates) ((Cleared) verdict).content()).rows().getFirst();

        assertThat(shown.estimate()).isEqualTo(1.134);
        assertThat(shown.ciLow()).isEqualTo(0.805);
        assertThat(shown.ciHigh()).isEqualTo(1.598);
        assertThat(shown.p()).hasValue(0.47);
        assertThat(List.of(shown.targets(), shown.targetEvents(), shown.comparators(), shown.comparatorEvents()))
                .containsExactly(1795L, 115L, 825L, 45L);
    }

    @Test
    void twoModelsOnAlmostTheSamePersonsAreWithheld() {
        var rows = List.of(row("a", 400, 50, 400, 50, SMALL, 1.2), row("b", 397, 50, 400, 50, SMALL, 1.3));
        var apart = List.of(row("a", 400, 50, 400, 50, SMALL, 1.2), row("b", 389, 50, 400, 50, SMALL, 1.3));

        assertThat(codes(Disclosure.review(new EffectEstimates("effects", rows), Tables.exact())))
                .containsExactly(Reason.Code.ALMOST_THE_SAME_PERSONS);
        assertThat(Disclosure.review(new EffectEstimates("effects", apart), Tables.exact()))
                .isInstanceOf(Cleared.class);
    }

    @Test
    void rowsLeaveInOneOrder() {
        var one = row("a", 400, 50, 400, 50, SMALL, 1.2);
        var two = row("b", 400, 50, 400, 50, SMALL, 1.3);

        assertThat(rows(List.of(two, one))).isEqualTo(rows(List.of(one, two)));
    }

    @Test
    void eventsOfPersonsOutsideTheGroupAreNonsense() {
        EffectEstimates.Row right = row("a", 400, 50, 400, 50, SMALL, 1.2);
        var wrong = new EffectEstimates.Row(
                "a",
                "t",
                "c",
                "o",
                "m",
                "e",
                "hr",
                1,
                1,
                1,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                right.targets(),
                right.comparators(),
                right.comparatorEvents(),
                right.comparatorEvents(),
                SMALL);

        assertThatThrownBy(() -> Disclosure.review(new EffectEstimates("effects", List.of(wrong)), Tables.exact()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<ShownEstimates.Row> rows(List<EffectEstimates.Row> rows) {
        return ((ShownEstimates)
                        ((Cleared) Disclosure.review(new EffectEstimates("effects", rows), Tables.exact())).content())
                .rows();
    }

    private static Verdict review(
            int targets, int targetEvents, int comparators, int comparatorEvents, EffectEstimates.Model model) {
        return Disclosure.review(
                new EffectEstimates(
                        "effects", List.of(row("a", targets, targetEvents, comparators, comparatorEvents, model, 1.2))),
                Tables.exact());
    }

    private static EffectEstimates.Row row(
            String analysis,
            int targets,
            int targetEvents,
            int comparators,
            int comparatorEvents,
            EffectEstimates.Model model,
            double estimate) {
        return new EffectEstimates.Row(
                analysis,
                "target",
                "comparator",
                "outcome",
                "cox-efron-crude",
                "hazard ratio",
                "hr",
                estimate,
                0.8049512,
                1.5977612,
                OptionalDouble.of(0.17487),
                OptionalDouble.of(0.4731),
                persons(0, targets),
                persons(10_000, comparators),
                persons(0, targetEvents),
                persons(10_000, comparatorEvents),
                model);
    }
}
