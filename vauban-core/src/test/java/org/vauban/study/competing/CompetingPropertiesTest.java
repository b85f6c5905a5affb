package org.vauban.study.competing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vauban.study.survival.CoxData;
import org.vauban.study.survival.CoxFit;
import org.vauban.study.survival.CoxRegression;
import org.vauban.study.survival.KaplanMeier;
import org.vauban.study.survival.SurvivalCurve;
import org.vauban.study.survival.Ties;

/** What must hold for every analysis of competing risks, on made rows with a fixed seed. */
class CompetingPropertiesTest {
    private static final int ROWS = 200;
    private final double[] time = new double[ROWS];
    private final int[] cause = new int[ROWS];
    private final int[] group = new int[ROWS];
    private final double[] age = new double[ROWS];

    CompetingPropertiesTest() {
        var random = new Random(31);
        for (int row = 0; row < ROWS; row++) {
            time[row] = 1 + random.nextInt(40);
            cause[row] = random.nextInt(3);
            group[row] = random.nextInt(3);
            age[row] = random.nextGaussian();
        }
    }

    @Test
    void whoIsStillThereAndWhoLeftAreEverybody() {
        AalenJohansen curve = AalenJohansen.estimate(new CompetingTimes(time, cause));

        for (int row = 0; row < curve.rows(); row++) {
            assertThat(curve.free(row) + curve.incidence(1, row) + curve.incidence(2, row))
                    .isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void withOneCauseItIsKaplanAndMeierWithGreenwoodsError() {
        int[] one = Arrays.stream(cause).map(each -> each == 1 ? 1 : 0).toArray();
        AalenJohansen curve = AalenJohansen.estimate(new CompetingTimes(time, one));
        SurvivalCurve survival = KaplanMeier.estimate(time, events());

        for (int row = 0; row < curve.rows() - 1; row++) {
            assertThat(curve.free(row)).isCloseTo(survival.survival(row), within(1e-12));
            assertThat(curve.freeError(row)).isCloseTo(survival.standardError(row), within(1e-10));
            assertThat(curve.incidenceError(1, row)).isCloseTo(survival.standardError(row), within(1e-10));
        }
    }

    @Test
    void withOneCauseFineAndGrayIsCox() {
        int[] one = Arrays.stream(cause).map(each -> each == 1 ? 1 : 0).toArray();
        double[] arm = Arrays.stream(group).asDoubleStream().toArray();

        FineGray.Fit fit = FineGray.fit(new CompetingTimes(time, one), List.of("arm", "age"), List.of(arm, age))
                .orElseThrow();
        CoxFit cox = CoxRegression.fit(
                        CoxData.of(time, events()).covariate("arm", arm).covariate("age", age), Ties.BRESLOW)
                .orThrow();

        assertThat(fit.coefficients()[0]).isCloseTo(cox.coefficient(0), within(1e-9));
        assertThat(fit.standardError(1)).isCloseTo(cox.robust().standardError(1), within(1e-9));
    }

    @Test
    void censoringGroupsOfOneDistributionAreOneGroup() {
        var times = new CompetingTimes(time, cause);
        FineGray.Fit one = FineGray.fit(times, List.of("age"), List.of(age)).orElseThrow();
        int[] seven = new int[ROWS];
        Arrays.fill(seven, 7);

        FineGray.Fit named =
                FineGray.fit(times, List.of("age"), List.of(age), seven).orElseThrow();
        FineGray.Fit apart =
                FineGray.fit(times, List.of("age"), List.of(age), group).orElseThrow();

        assertThat(named.coefficients()[0]).isEqualTo(one.coefficients()[0]);
        assertThat(apart.coefficients()[0]).isNotEqualTo(one.coefficients()[0]);
    }

    @Test
    void aSeparatedSubdistributionHasNoEstimate() {
        double[] separating =
                Arrays.stream(cause).mapToDouble(each -> each == 1 ? 1 : 0).toArray();

        assertThat(FineGray.fit(new CompetingTimes(time, cause), List.of("x"), List.of(separating)))
                .isEmpty();
    }

    @Test
    void graysTestDoesNotDependOnTheOrderOfGroupsOrRows() {
        var times = new CompetingTimes(time, cause);
        GrayTest.Result test = GrayTest.test(times, group, 1);
        int[] turned = Arrays.stream(group).map(each -> 2 - each).toArray();
        int[] order = IntStream.range(0, ROWS).map(row -> ROWS - 1 - row).toArray();
        var reversed = new CompetingTimes(
                Arrays.stream(order).mapToDouble(row -> time[row]).toArray(),
                Arrays.stream(order).map(row -> cause[row]).toArray());

        GrayTest.Result otherGroups = GrayTest.test(times, turned, 1);
        GrayTest.Result otherRows = GrayTest.test(
                reversed, Arrays.stream(order).map(row -> group[row]).toArray(), 1);

        assertThat(test.degreesOfFreedom()).isEqualTo(2);
        assertThat(otherGroups.chiSquared()).isCloseTo(test.chiSquared(), within(1e-9));
        assertThat(otherRows.chiSquared()).isCloseTo(test.chiSquared(), within(1e-9));
    }

    private boolean[] events() {
        boolean[] events = new boolean[ROWS];
        for (int row = 0; row < ROWS; row++) {
            events[row] = cause[row] == 1;
        }
        return events;
    }
}
