package org.vauban.study.selfcontrolled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vauban.study.selfcontrolled.CaseSeries.Series;
import org.vauban.study.selfcontrolled.CaseSeries.Stretch;
import org.vauban.study.selfcontrolled.CaseSeries.Window;
import org.vauban.study.survival.CoxFit;
import org.vauban.study.survival.CoxResult;

/** How a series is cut and what its model must do, by hand or on made series with a fixed seed. */
class CaseSeriesPropertiesTest {
    @Test
    void aSeriesIsCutWhereAnythingChanges() {
        CaseSeries model = CaseSeries.withAge(547);
        var series = new Series(366, 730, List.of(398, 500), List.of(new Window(473, 493, 1)));

        assertThat(model.stretches(series))
                .containsExactly(
                        new Stretch(366, 472, 1, 0, 0, 0),
                        new Stretch(473, 493, 0, 1, 0, 0),
                        new Stretch(494, 547, 1, 0, 0, 0),
                        new Stretch(548, 730, 0, 0, 1, 0));
    }

    @Test
    void windowsAreCutAtTheObservationAndTheLaterOfTwoHolds() {
        CaseSeries model = CaseSeries.withAge();
        var series = new Series(10, 40, List.of(), List.of(new Window(1, 20, 1), new Window(15, 99, 2)));

        assertThat(model.stretches(series))
                .containsExactly(new Stretch(10, 14, 0, 1, 0, 0), new Stretch(15, 40, 0, 2, 0, 0));
    }

    @Test
    void seasonsCutToo() {
        CaseSeries model = CaseSeries.withAge().withSeason(day -> day / 91 % 4);

        assertThat(model.stretches(new Series(80, 200, List.of(95), List.of())))
                .containsExactly(
                        new Stretch(80, 90, 0, 0, 0, 0),
                        new Stretch(91, 181, 1, 0, 0, 1),
                        new Stretch(182, 200, 0, 0, 0, 2));
    }

    @Test
    void withOneWindowForAllTheRatioIsThatOfTheRates() {
        // 3 events in 10 days of risk, 2 in 40 others.
        List<Series> series = IntStream.of(1, 5, 9, 20, 30)
                .mapToObj(day -> new Series(1, 50, List.of(day), List.of(new Window(1, 10, 1))))
                .toList();

        CoxFit fit = CaseSeries.withAge().fit(series).model().orThrow();

        assertThat(fit.hazardRatio(0)).isCloseTo((3 / 10.0) / (2 / 40.0), within(1e-10));
        assertThat(fit.standardError(0)).isCloseTo(Math.sqrt(1 / 3.0 + 1 / 2.0), within(1e-10));
    }

    /** Thirty days of risk in a lifetime, and most events on them: the first step of a search from nought goes much too far. */
    @Test
    void aVeryLargeRatioIsFound() {
        List<Series> series = new ArrayList<>();
        for (int person = 0; person < 400; person++) {
            int event = person % 4 == 0 ? 5000 + person : 10_000 + person % 30;
            series.add(new Series(1, 20_030, List.of(event), List.of(new Window(10_000, 10_029, 1))));
        }

        CoxFit fit = CaseSeries.withAge().fit(series).model().orThrow();

        assertThat(fit.hazardRatio(0)).isCloseTo((300 / 30.0) / (100 / 20_000.0), within(1e-6));
    }

    @Test
    void eventsOfOneStretchCountEachAsInSeriesOfTheirOwn() {
        List<Series> together = new ArrayList<>();
        List<Series> apart = new ArrayList<>();
        var random = new Random(53);
        for (int person = 0; person < 40; person++) {
            int from = 1 + random.nextInt(300);
            List<Window> windows = List.of(new Window(from, from + 30, 1));
            List<Integer> days =
                    random.ints(1 + random.nextInt(4), 1, 366).boxed().toList();
            together.add(new Series(1, 365, days, windows));
            days.forEach(day -> apart.add(new Series(1, 365, List.of(day), windows)));
        }
        CaseSeries model = CaseSeries.withAge(120, 240);

        CoxFit one = model.fit(together).model().orThrow();
        CoxFit two = model.fit(apart).model().orThrow();

        for (int term = 0; term < 3; term++) {
            assertThat(one.coefficient(term)).isCloseTo(two.coefficient(term), within(1e-9));
            assertThat(one.standardError(term)).isCloseTo(two.standardError(term), within(1e-9));
        }
    }

    @Test
    void eventsOnExposedDaysAloneHaveNoFiniteRatio() {
        List<Series> series = IntStream.of(2, 3)
                .mapToObj(day -> new Series(1, 50, List.of(day), List.of(new Window(1, 10, 1))))
                .toList();

        assertThat(CaseSeries.withAge().fit(series).model())
                .isEqualTo(new CoxResult.NoEstimate(CoxResult.Reason.MONOTONE_LIKELIHOOD, List.of("exposure 1")));
    }
}
