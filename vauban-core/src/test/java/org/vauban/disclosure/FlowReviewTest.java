package org.vauban.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.disclosure.Tables.codes;
import static org.vauban.disclosure.Tables.persons;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vauban.output.AttritionFlow;
import org.vauban.output.PersonSet;

class FlowReviewTest {
    @Test
    void aLossOfTenIsMergedAndOfElevenAndTwelveShown() {
        assertThat(steps(review(500, 490, 300))).containsExactly("s0 500-0", "s1+s2 300-200");
        assertThat(steps(review(500, 489, 300))).containsExactly("s0 500-0", "s1 489-11", "s2 300-189");
        assertThat(steps(review(500, 488, 300))).containsExactly("s0 500-0", "s1 488-12", "s2 300-188");
    }

    @Test
    void threePeopleExcludedForAReasonAreNotToldApart() {
        // 5,204 to 5,201 "excluded: psychiatric stay": nothing else is lost, so one figure remains.
        assertThat(steps(review(5204, 5201))).containsExactly("s0+s1 5201-0");
    }

    @Test
    void aSmallLossAtTheEndJoinsTheStepBefore() {
        assertThat(steps(review(1844, 1800, 1797))).containsExactly("s0 1844-0", "s1+s2 1797-47");
        assertThat(steps(review(850, 830, 830))).containsExactly("s0 850-0", "s1 830-20", "s2 830-0");
        assertThat(steps(review(500, 400, 400, 397))).containsExactly("s0 500-0", "s1+s2+s3 397-103");
    }

    @Test
    void aSmallLossAfterStepsWithoutLossJoinsTheFirstEntry() {
        assertThat(steps(review(500, 500, 497))).containsExactly("s0+s1+s2 497-0");
    }

    @Test
    void everyFigureThatIsLeftIsNobodyOrEnough() {
        var random = new java.util.Random(3);
        for (int number = 0; number < 300; number++) {
            long left = 11L + random.nextInt(300);
            List<Long> remaining = new ArrayList<>(List.of(left));
            for (int step = 0; step < 6; step++) {
                long after = Math.max(11, left - random.nextInt(20));
                remaining.add(after);
                left = after;
            }
            ShownFlow flow = (ShownFlow) ((Cleared)
                            review(remaining.stream().mapToLong(Long::longValue).toArray()))
                    .content();
            for (ShownFlow.Step step : flow.arms().getFirst().steps()) {
                assertThat(step.remaining() == 0 || step.remaining() >= 11).isTrue();
                assertThat(step.lost() == 0 || step.lost() >= 11).isTrue();
            }
            assertThat(flow.arms().getFirst().steps().getLast().remaining()).isEqualTo(left);
            assertThat(flow.arms().getFirst().steps().stream()
                            .mapToInt(step -> step.labels().size())
                            .sum())
                    .isEqualTo(7);
        }
    }

    @Test
    void tenWhoRemainWithholdTheFlowAndElevenDoNot() {
        assertThat(codes(review(500, 10))).containsExactly(Reason.Code.GROUP_TOO_SMALL);
        assertThat(review(500, 11)).isInstanceOf(Cleared.class);
        assertThat(review(500, 12)).isInstanceOf(Cleared.class);
        assertThat(review(500, 0)).isInstanceOf(Cleared.class);
    }

    @Test
    void armsThatDifferByAFewPersonsAreWithheld() {
        var flow = new AttritionFlow("flow", List.of(arm("all", persons(0, 104)), arm("some", persons(0, 100))));
        var apart = new AttritionFlow("flow", List.of(arm("all", persons(0, 111)), arm("some", persons(0, 100))));

        assertThat(codes(Disclosure.review(flow, Tables.exact()))).containsExactly(Reason.Code.ALMOST_THE_SAME_PERSONS);
        assertThat(Disclosure.review(apart, Tables.exact())).isInstanceOf(Cleared.class);
    }

    @Test
    void countsAreRoundedAndTalliedAndThePersonsKept() {
        Cleared cleared = (Cleared) Disclosure.review(flow(1844, 1800, 1797), DisclosureRules.standard());

        assertThat(steps(cleared)).containsExactly("s0 1845-0", "s1+s2 1795-45");
        assertThat(cleared.tally()).isEqualTo(new Cleared.Tally(5, 2, 3));
        assertThat(cleared.persons())
                .extracting(behind -> behind.persons().size())
                .containsExactly(1844, 1797, 47);
    }

    private static AttritionFlow.Arm arm(String label, PersonSet persons) {
        return new AttritionFlow.Arm(label, List.of(new AttritionFlow.Step("start", persons)));
    }

    private static Verdict review(long... remaining) {
        return Disclosure.review(flow(remaining), Tables.exact());
    }

    private static AttritionFlow flow(long... remaining) {
        List<AttritionFlow.Step> steps = new ArrayList<>();
        for (int step = 0; step < remaining.length; step++) {
            steps.add(new AttritionFlow.Step("s" + step, persons(0, remaining[step])));
        }
        return new AttritionFlow("flow", List.of(new AttritionFlow.Arm("target", steps)));
    }

    private static List<String> steps(Verdict verdict) {
        return ((ShownFlow) ((Cleared) verdict).content())
                .arms().getFirst().steps().stream()
                        .map(step -> String.join("+", step.labels()) + " " + step.remaining() + "-" + step.lost())
                        .toList();
    }
}
