package org.vauban.study.overtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vauban.study.survival.CoxData;
import org.vauban.study.survival.CoxFit;
import org.vauban.study.survival.CoxRegression;
import org.vauban.study.survival.Ties;

/** An exposure that changes in time: against rows of single days, and against what was planted. */
class ExposureModelTest {
    /** The same persons as one row for each day, each value looked up day by day in what was taken. */
    @Test
    void rowsOfSingleDaysGiveTheSame() {
        for (long seed = 1; seed <= 4; seed++) {
            List<History> persons = persons(seed);
            for (ExposureMeasure measure : List.of(
                    new ExposureMeasure.Current(2, 5),
                    new ExposureMeasure.Recency(0, List.of(10, 30)),
                    new ExposureMeasure.CumulativeSteps(3, List.of(15), 10))) {
                var found = (ExposureModel.Answer.Estimated)
                        ExposureModel.fit(persons, ExposureRows.of(persons, measure), measure, Map.of());

                CoxFit plain = plain(persons, measure);

                for (int level = 0; level < found.estimates().size(); level++) {
                    assertThat(found.estimates().get(level).logRatio())
                            .isCloseTo(plain.coefficient(level), within(1e-8));
                    assertThat(found.estimates().get(level).standardError())
                            .isCloseTo(plain.robust(clusters(persons)).standardError(level), within(1e-8));
                }
            }
        }
    }

    private static List<History> persons(long seed) {
        var random = new Random(seed);
        List<History> persons = new ArrayList<>();
        for (int person = 0; person < 150; person++) {
            List<History.Course> courses = new ArrayList<>();
            for (int first = random.nextInt(80); first < 150; first += 1 + random.nextInt(60)) {
                courses.add(new History.Course(first, first + random.nextInt(20)));
            }
            persons.add(new History(
                    20 + random.nextInt(120), random.nextInt(3) > 0, random.nextBoolean() ? courses : List.of()));
        }
        return persons;
    }

    private static int[] clusters(List<History> persons) {
        List<Integer> clusters = new ArrayList<>();
        for (int person = 0; person < persons.size(); person++) {
            for (int day = 0; day < persons.get(person).days(); day++) {
                clusters.add(person);
            }
        }
        return clusters.stream().mapToInt(Integer::intValue).toArray();
    }

    private static CoxFit plain(List<History> persons, ExposureMeasure measure) {
        List<double[]> rows = new ArrayList<>();
        for (History person : persons) {
            boolean[] taken = new boolean[400];
            for (History.Course course : person.courses()) {
                for (int day = course.first(); day <= course.last(); day++) {
                    taken[day] = true;
                }
            }
            for (int day = 0; day < person.days(); day++) {
                boolean event = person.event() && day == person.days() - 1;
                rows.add(new double[] {day, event ? 1 : 0, level(taken, day, measure)});
            }
        }
        boolean[] events = new boolean[rows.size()];
        for (int row = 0; row < events.length; row++) {
            events[row] = rows.get(row)[1] > 0;
        }
        CoxData data = CoxData.of(rows.stream().mapToDouble(row -> row[0] + 1).toArray(), events)
                .entering(rows.stream().mapToDouble(row -> row[0]).toArray());
        for (int level = 1; level <= measure.levels().size(); level++) {
            int each = level;
            data = data.covariate(
                    "level " + level,
                    rows.stream().mapToDouble(row -> row[2] == each ? 1 : 0).toArray());
        }
        return CoxRegression.fit(data, Ties.EFRON).orThrow();
    }

    private static int level(boolean[] taken, int day, ExposureMeasure measure) {
        return switch (measure) {
            case ExposureMeasure.Current(int lag, int grace) -> {
                for (int back = lag; back <= lag + grace; back++) {
                    if (day - back >= 0 && taken[day - back]) {
                        yield 1;
                    }
                }
                yield 0;
            }
            case ExposureMeasure.Recency(int lag, List<Integer> bands) -> {
                for (int back = 0; day - lag - back >= 0; back++) {
                    if (taken[day - lag - back]) {
                        yield back == 0 ? 1 : back <= bands.get(0) ? 2 : back <= bands.get(1) ? 3 : 4;
                    }
                }
                yield 0;
            }
            case ExposureMeasure.CumulativeSteps(int lag, List<Integer> bounds, int update) -> {
                int sum = 0;
                for (int past = 0; past <= day / update * update - lag; past++) {
                    sum += taken[past] ? 1 : 0;
                }
                yield sum == 0 ? 0 : sum <= bounds.getFirst() ? 1 : 2;
            }
            case ExposureMeasure.CumulativeSpline _, ExposureMeasure.Ever _ -> throw new IllegalArgumentException();
        };
    }

    @Test
    void theRatioOfExposedDaysIsFoundOnceFrailtyIsKnown() {
        MadePersons made = MadePersons.of(20261123, 3000, 2, 1, 0.003);
        var measure = new ExposureMeasure.Current(0, 0);

        ExposureModel.Estimate crude = only(made, measure, Map.of());
        ExposureModel.Estimate adjusted = only(made, measure, Map.of("frail", made.frailty()));

        assertThat(adjusted.limit(0.95, false)).isLessThan(2);
        assertThat(adjusted.limit(0.95, true)).isGreaterThan(2);
        assertThat(crude.logRatio()).isGreaterThan(adjusted.logRatio() + 0.1);
    }

    /** A medicine that does nothing: told from the future it protects, told day by day it does nothing. */
    @Test
    void immortalTimeMakesAnIdleMedicineProtect() {
        MadePersons made = MadePersons.of(5, 3000, 1, 1, 0.003);
        Map<String, double[]> frail = Map.of("frail", made.frailty());

        ExposureModel.Estimate naive = only(made, new ExposureMeasure.Ever(), frail);
        ExposureModel.Estimate honest = only(made, new ExposureMeasure.Current(0, MadePersons.DAYS), frail);

        assertThat(naive.limit(0.95, true)).isLessThan(0.8);
        assertThat(honest.limit(0.95, false)).isLessThan(1);
        assertThat(honest.limit(0.95, true)).isGreaterThan(1);
    }

    @Test
    void aDoseThatDoublesTheHazardIsFollowedByTheSpline() {
        MadePersons made = MadePersons.of(9, 4000, 1, 2, 0.006);
        var measure = new ExposureMeasure.CumulativeSpline(0, 3, List.of(50, 100, 150), 10);

        var found = (ExposureModel.Answer.Estimated) ExposureModel.fit(
                made.histories(), ExposureRows.of(made.histories(), measure), measure, Map.of("frail", made.frailty()));

        assertThat(found.estimates()).hasSize(3);
        for (int place = 0; place < 3; place++) {
            double planted = Math.log(2) * (place + 1) / 2;
            ExposureModel.Estimate estimate = found.estimates().get(place);
            assertThat(estimate.logRatio()).isCloseTo(planted, within(2.5 * estimate.standardError()));
        }
    }

    @Test
    void aLevelWithoutAnEventIsToldAndTakesNothingFromTheOthers() {
        List<History> persons = new ArrayList<>();
        for (int person = 0; person < 20; person++) {
            persons.add(new History(30 + person, true, List.of()));
            persons.add(new History(
                    20 + person, person % 2 == 0, List.of(new History.Course(0, person % 2 == 0 ? 60 : 2))));
        }
        var measure = new ExposureMeasure.CumulativeSteps(0, List.of(5), 1);

        var found = (ExposureModel.Answer.Estimated)
                ExposureModel.fit(persons, ExposureRows.of(persons, measure), measure, Map.of());

        assertThat(found.withoutEvents()).containsExactly("1 to 5 days in all");
        assertThat(found.estimates())
                .extracting(ExposureModel.Estimate::level)
                .containsExactly("more than 5 days in all");
    }

    private static ExposureModel.Estimate only(
            MadePersons made, ExposureMeasure measure, Map<String, double[]> covariates) {
        return ((ExposureModel.Answer.Estimated) ExposureModel.fit(
                        made.histories(), ExposureRows.of(made.histories(), measure), measure, covariates))
                .estimates()
                .getFirst();
    }
}
