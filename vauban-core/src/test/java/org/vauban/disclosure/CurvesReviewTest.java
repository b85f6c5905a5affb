package org.vauban.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.vauban.disclosure.Tables.codes;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vauban.output.SurvivalCurves;

class CurvesReviewTest {
    @Test
    void binsAreAWeekWideInTheFirstYearAndThirtyDaysAfter() {
        var times = new Times();
        for (int day = 1; day <= 420; day++) {
            times.leave(day, 20, true).leave(day, 20, false);
        }

        List<ShownCurves.Bin> bins = arm(times.review()).bins();

        assertThat(bins.getFirst().firstDay()).isEqualTo(1);
        assertThat(bins.getFirst().lastDay()).isEqualTo(7);
        assertThat(bins.get(51).lastDay()).isEqualTo(364);
        assertThat(bins.get(52).lastDay()).isEqualTo(394);
        assertThat(bins.getLast().lastDay()).isEqualTo(424);
    }

    @Test
    void tenEventsInABinAreMergedAndElevenAndTwelveShown() {
        assertThat(arm(new Times()
                                .leave(3, 10, true)
                                .leave(10, 20, true)
                                .leave(17, 50, false)
                                .review())
                        .bins())
                .extracting(ShownCurves.Bin::events)
                .containsExactly(30L, 0L);
        assertThat(arm(new Times()
                                .leave(3, 11, true)
                                .leave(10, 20, true)
                                .leave(17, 50, false)
                                .review())
                        .bins())
                .extracting(ShownCurves.Bin::events)
                .containsExactly(11L, 20L, 0L);
        assertThat(arm(new Times()
                                .leave(3, 12, true)
                                .leave(10, 20, true)
                                .leave(17, 50, false)
                                .review())
                        .bins())
                .extracting(ShownCurves.Bin::events)
                .containsExactly(12L, 20L, 0L);
    }

    @Test
    void tenCensoredInABinAreMergedToo() {
        assertThat(arm(new Times()
                                .leave(3, 10, false)
                                .leave(10, 20, false)
                                .leave(17, 50, true)
                                .review())
                        .bins())
                .extracting(ShownCurves.Bin::censored)
                .containsExactly(30L, 0L);
    }

    @Test
    void tooFewAtTheEndJoinTheBinBefore() {
        List<ShownCurves.Bin> bins = arm(new Times()
                        .leave(3, 40, true)
                        .leave(3, 40, false)
                        .leave(10, 3, true)
                        .review())
                .bins();

        assertThat(bins).singleElement().satisfies(bin -> {
            assertThat(bin.lastDay()).isEqualTo(14);
            assertThat(bin.events()).isEqualTo(43);
        });
    }

    @Test
    void tooFewEventsAltogetherWithholdTheCurves() {
        assertThat(codes(new Times().leave(3, 10, true).leave(9, 90, false).review()))
                .containsExactly(Reason.Code.OUTCOME_TOO_RARE);
        assertThat(new Times().leave(3, 11, true).leave(9, 90, false).review()).isInstanceOf(Cleared.class);
        assertThat(new Times().leave(3, 12, true).leave(9, 90, false).review()).isInstanceOf(Cleared.class);
        assertThat(new Times().leave(9, 90, false).review()).isInstanceOf(Cleared.class);
    }

    @Test
    void anArmOfTenIsWithheldAndOfElevenNot() {
        assertThat(codes(new Times().leave(3, 10, true).review())).containsExactly(Reason.Code.GROUP_TOO_SMALL);
        assertThat(new Times().leave(3, 11, true).review()).isInstanceOf(Cleared.class);
        assertThat(new Times().leave(3, 12, true).review()).isInstanceOf(Cleared.class);
    }

    @Test
    void theCurveIsComputedFromTheCountsShown() {
        Verdict verdict = new Times()
                .leave(3, 12, true)
                .leave(4, 18, false)
                .leave(10, 40, true)
                .leave(12, 130, false)
                .review(DisclosureRules.standard());

        ShownCurves.Arm arm = arm(verdict);
        ShownCurves.Bin first = arm.bins().getFirst();
        ShownCurves.Bin second = arm.bins().getLast();

        assertThat(arm.persons()).isEqualTo(195);
        assertThat(arm.events()).isEqualTo(55);
        assertThat(List.of(first.atRisk(), first.events(), first.censored())).containsExactly(195L, 15L, 15L);
        assertThat(first.survival()).isEqualTo(Digits.four(1 - 15 / (195 - 7.5)));
        assertThat(List.of(second.atRisk(), second.events(), second.censored())).containsExactly(165L, 35L, 125L);
        double expected = (1 - 15 / 187.5) * (1 - 35 / 102.5);
        assertThat(second.survival()).isCloseTo(expected, within(1e-4));
        assertThat(second.low()).isLessThan(second.survival());
        assertThat(second.high()).isGreaterThan(second.survival());
    }

    @Test
    void limitsAreGreenwoodsOnTheAskedScale() {
        var times = new Times().leave(3, 20, true).leave(10, 80, true);
        // One step of 20 among 100: S = 0.8 and the standard error of log S is sqrt(20 / (100 * 80)) = 0.05.
        ShownCurves.Bin log = arm(Disclosure.review(times.curves(SurvivalCurves.Interval.LOG), Tables.exact()))
                .bins()
                .getFirst();
        ShownCurves.Bin logLog = arm(Disclosure.review(times.curves(SurvivalCurves.Interval.LOG_LOG), Tables.exact()))
                .bins()
                .getFirst();

        assertThat(log.survival()).isEqualTo(0.8);
        assertThat(log.low()).isCloseTo(0.8 * Math.exp(-1.959964 * 0.05), within(1e-4));
        assertThat(log.high()).isCloseTo(0.8 * Math.exp(1.959964 * 0.05), within(1e-4));
        double spread = 1.959964 * 0.05 / -Math.log(0.8);
        assertThat(logLog.low()).isCloseTo(Math.pow(0.8, Math.exp(spread)), within(1e-4));
        assertThat(logLog.high()).isCloseTo(Math.pow(0.8, Math.exp(-spread)), within(1e-4));
    }

    @Test
    void everyFigureOfRandomCurvesIsNobodyOrEnoughAndNobodyIsLost() {
        var random = new java.util.Random(4);
        int cleared = 0;
        for (int number = 0; number < 200; number++) {
            var times = new Times();
            int persons = 30 + random.nextInt(300);
            for (int person = 0; person < persons; person++) {
                times.leave(1 + (int) (random.nextDouble() * random.nextDouble() * 700), 1, random.nextInt(4) == 0);
            }
            if (times.review() instanceof Cleared verdict) {
                cleared++;
                long left = persons;
                for (ShownCurves.Bin bin : arm(verdict).bins()) {
                    assertThat(bin.atRisk()).isEqualTo(left).isGreaterThanOrEqualTo(11);
                    assertThat(bin.events() == 0 || bin.events() >= 11).isTrue();
                    assertThat(bin.censored() == 0 || bin.censored() >= 11).isTrue();
                    left -= bin.events() + bin.censored();
                }
                assertThat(left).isZero();
                double before = 1;
                for (ShownCurves.Bin bin :
                        arm(times.review(DisclosureRules.standard())).bins()) {
                    assertThat(bin.survival()).isBetween(0.0, before);
                    assertThat(bin.low()).isBetween(0.0, bin.survival());
                    assertThat(bin.high()).isBetween(bin.survival(), 1.0);
                    before = bin.survival();
                }
            }
        }
        assertThat(cleared).isGreaterThan(100);
    }

    @Test
    void armsThatDifferByAFewPersonsAreWithheld() {
        var arms = List.of(
                new Times().leave(3, 50, true).leave(9, 90, false).arm("all"),
                new Times().leave(3, 47, true).leave(9, 90, false).arm("most", 3));
        var apart = List.of(
                new Times().leave(3, 50, true).leave(9, 90, false).arm("one"),
                new Times().leave(3, 47, true).leave(9, 90, false).arm("two", 1000));

        assertThat(codes(Disclosure.review(
                        new SurvivalCurves("km", "days", arms, SurvivalCurves.Interval.LOG_LOG), Tables.exact())))
                .containsExactly(Reason.Code.ALMOST_THE_SAME_PERSONS);
        assertThat(Disclosure.review(
                        new SurvivalCurves("km", "days", apart, SurvivalCurves.Interval.LOG_LOG), Tables.exact()))
                .isInstanceOf(Cleared.class);
    }

    @Test
    void aPersonTwiceInAnArmWithholdsTheCurves() {
        var arm = new SurvivalCurves.Arm("target", new long[] {1, 1}, new int[] {3, 4}, new boolean[] {true, false});

        assertThat(codes(Disclosure.review(
                        new SurvivalCurves("km", "days", List.of(arm), SurvivalCurves.Interval.LOG), Tables.exact())))
                .containsExactly(Reason.Code.PERSON_TWICE);
    }

    private static ShownCurves.Arm arm(Verdict verdict) {
        return ((ShownCurves) ((Cleared) verdict).content()).arms().getFirst();
    }

    /** Persons who leave on a day, by event or without. */
    private static final class Times {
        private final List<Integer> days = new ArrayList<>();
        private final List<Boolean> events = new ArrayList<>();

        Times leave(int day, int persons, boolean byEvent) {
            for (int person = 0; person < persons; person++) {
                days.add(day);
                events.add(byEvent);
            }
            return this;
        }

        SurvivalCurves.Arm arm(String label) {
            return arm(label, 0);
        }

        SurvivalCurves.Arm arm(String label, int firstPerson) {
            long[] persons = new long[days.size()];
            boolean[] byEvent = new boolean[days.size()];
            for (int index = 0; index < persons.length; index++) {
                persons[index] = (long) firstPerson + index;
                byEvent[index] = events.get(index);
            }
            return new SurvivalCurves.Arm(
                    label, persons, days.stream().mapToInt(Integer::intValue).toArray(), byEvent);
        }

        SurvivalCurves curves(SurvivalCurves.Interval interval) {
            return new SurvivalCurves("km", "days", List.of(arm("target")), interval);
        }

        Verdict review() {
            return review(Tables.exact());
        }

        Verdict review(DisclosureRules rules) {
            return Disclosure.review(curves(SurvivalCurves.Interval.LOG_LOG), rules);
        }
    }
}
