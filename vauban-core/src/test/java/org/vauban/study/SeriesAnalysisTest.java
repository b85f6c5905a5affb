package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.vauban.output.AttritionFlow;
import org.vauban.output.DesignChecks;
import org.vauban.output.DesignChecks.Answer;
import org.vauban.output.DesignChecks.Question;
import org.vauban.output.EffectEstimates;
import org.vauban.output.PersonSet;
import org.vauban.study.matrix.PositiveMatrix;
import org.vauban.study.survival.CoxResult;

/** What a case series estimates and what its checks say: on people made from a seed, and against a slow plain computation. */
class SeriesAnalysisTest {
    private static final StudyDefinition STUDY =
            StudyDefinition.read(Examples.folder("gibleed").resolve("CASE-SERIES.yaml"));
    private static final int CASES = 700;

    @Test
    void theRatioThatWasPlantedIsFoundAndNothingIsReproached() {
        double sum = 0;
        int covered = 0;
        for (int seed = 0; seed < 20; seed++) {
            StudyResults results = run(
                    design(30, new TimeEffect.None(), new TimeEffect.None()),
                    MadeSeries.of(20261123L + seed, CASES, 3, MadeSeries.Break.NOTHING));
            EffectEstimates.Row row = results.estimates().orElseThrow().rows().getFirst();
            sum += Math.log(row.estimate());
            covered += row.ciLow() <= 3 && 3 <= row.ciHigh() ? 1 : 0;
        }

        assertThat(sum / 20).isCloseTo(Math.log(3), within(0.1));
        assertThat(covered).isGreaterThanOrEqualTo(17);
    }

    @ParameterizedTest
    @EnumSource(MadeSeries.Break.class)
    void eachBreakIsToldByItsOwnCheck(MadeSeries.Break broken) {
        DesignChecks checks = checks(
                run(design(30, new TimeEffect.None(), new TimeEffect.None()), MadeSeries.of(7, CASES, 1, broken)));

        List<Question> crossed = checks.checks().stream()
                .filter(check -> check.answer() == Answer.CROSSED)
                .map(DesignChecks.Check::question)
                .toList();
        switch (broken) {
            case NOTHING -> assertThat(crossed).isEmpty();
            case OBSERVATION_ENDS -> assertThat(crossed).contains(Question.EVENT_DEPENDENT_OBSERVATION);
            case EXPOSURE_FOLLOWS -> assertThat(crossed).contains(Question.EVENT_DEPENDENT_EXPOSURE);
            case RATES_GROW -> assertThat(crossed).contains(Question.TIME_TREND);
        }
        assertThat(checks.mustNotBeRead()).isEqualTo(broken != MadeSeries.Break.NOTHING);
    }

    @Test
    void whatWasNotAskedOrCannotBeSeenIsNotRun() {
        DesignChecks checks = checks(run(
                design(0, new TimeEffect.None(), new TimeEffect.None()),
                MadeSeries.of(7, CASES, 1, MadeSeries.Break.NOTHING)));

        assertThat(checks.checks())
                .filteredOn(check -> check.answer() == Answer.NOT_RUN)
                .extracting(DesignChecks.Check::question)
                .containsExactly(Question.EVENT_DEPENDENT_EXPOSURE, Question.EVENT_DEPENDENT_OBSERVATION);
    }

    /** Of 30 persons 10 have it in the 30 days of risk, 20 on 60 other days, and nobody in the 10 days after. */
    @Test
    void aWindowWithoutAnEventIsToldAndTakesNothingFromTheOthers() {
        List<ObservedCase> cases = new ArrayList<>();
        for (int person = 1; person <= 30; person++) {
            int event = person <= 10 ? 20 + person : 50 + person;
            cases.add(new ObservedCase(
                    person, 1950, new Stay(0, 99), List.of(event), List.of(List.of(new Stay(20, 49)))));
        }
        var windows = List.of(
                window("risk", TimeAtRisk.Anchor.COHORT_START, 0, 29),
                window("after", TimeAtRisk.Anchor.COHORT_END, 1, 10));
        StudyResults results = run(design(windows, 0, new TimeEffect.None(), new TimeEffect.None()), cases);

        assertThat(results.notEstimated())
                .containsExactly(new StudyResults.NotEstimated("after", CoxResult.Reason.NO_EVENTS));
        EffectEstimates.Row row = results.estimates().orElseThrow().rows().getFirst();
        assertThat(row.estimate()).isCloseTo((10 / 30.0) / (20 / 60.0), within(1e-9));
        assertThat(row.model().parameters()).isEqualTo(1);
    }

    /** Day by day, with every term as it is written in the manual, and the maximum found by Newton's method on differences. */
    @ParameterizedTest
    @CsvSource({"1, 0, none, none", "2, 20, steps, none", "3, 20, none, steps", "4, 30, steps, steps"})
    void aPlainComputationDayByDayAgrees(long seed, int before, String age, String season) {
        var random = new Random(seed);
        List<ObservedCase> cases = new ArrayList<>();
        for (int person = 1; person <= 60; person++) {
            int start = day("2015-01-01") + random.nextInt(200);
            int end = start + 400 + random.nextInt(500);
            List<Stay> courses = new ArrayList<>();
            for (int course = start - 50 + random.nextInt(200); course < end; course += 60 + random.nextInt(300)) {
                courses.add(new Stay(course, course + random.nextInt(60)));
            }
            List<Integer> events = new ArrayList<>();
            for (int event = 1 + random.nextInt(3); event > 0; event--) {
                events.add(start + random.nextInt(end - start));
            }
            cases.add(new ObservedCase(
                    person, 1940 + random.nextInt(40), new Stay(start, end), events, List.of(courses)));
        }
        var windows = List.of(
                window("first", TimeAtRisk.Anchor.COHORT_START, 0, 20),
                window("rest", TimeAtRisk.Anchor.COHORT_START, 21, 60));
        TimeEffect ages = age.equals("steps") ? new TimeEffect.Steps(30) : new TimeEffect.None();
        TimeEffect seasons = season.equals("steps") ? new TimeEffect.Steps(6) : new TimeEffect.None();

        StudyResults results = run(design(windows, before, ages, seasons), cases);

        List<double[]> plain = plain(cases, before, age.equals("steps"), season.equals("steps"));
        List<EffectEstimates.Row> rows = results.estimates().orElseThrow().rows();
        for (int window = 0; window < 2; window++) {
            assertThat(Math.log(rows.get(window).estimate())).isCloseTo(plain.get(0)[window], within(1e-6));
            assertThat(rows.get(window).standardErrorLog().orElseThrow()).isCloseTo(plain.get(1)[window], within(1e-4));
        }
        if (before > 0) {
            assertThat(checks(results).checks().getFirst().found().orElseThrow().value())
                    .isCloseTo(Math.exp(plain.get(0)[2]), within(1e-6));
        }
    }

    /** Estimates and standard errors: first window, rest, days before, groups of age, half of the year. */
    private static List<double[]> plain(List<ObservedCase> cases, int before, boolean age, boolean season) {
        int groups = age ? 4 : 0;
        int terms = 3 + groups + (season ? 1 : 0);
        List<double[][]> days = new ArrayList<>();
        for (ObservedCase each : cases) {
            double[][] own = new double[each.days().end() - each.days().start() + 1][terms];
            for (int day = each.days().start(); day <= each.days().end(); day++) {
                double[] row = own[day - each.days().start()];
                int level = 0;
                for (Stay course : each.courses().getFirst()) {
                    if (day >= course.start() - before && day < course.start()) {
                        level = 3;
                    }
                }
                for (Stay course : each.courses().getFirst()) {
                    int since = day - course.start();
                    if (since >= 0 && since <= 60) {
                        level = since <= 20 ? 1 : 2;
                    }
                }
                if (level > 0) {
                    row[level - 1] = 1;
                }
                LocalDate date = LocalDate.ofEpochDay(day);
                if (age) {
                    int group = (date.getYear() - each.born()) / 30;
                    row[3 + group] = 1;
                }
                if (season) {
                    row[terms - 1] = date.getMonthValue() > 6 ? 1 : 0;
                }
            }
            days.add(own);
        }
        // Terms that no day has, and one group of age, are nought and stay so.
        boolean[] free = new boolean[terms];
        Arrays.fill(free, true);
        for (int term = 0; term < terms; term++) {
            int each = term;
            free[term] = days.stream().anyMatch(own -> Arrays.stream(own).anyMatch(row -> row[each] > 0));
        }
        for (int group = 0; group < groups; group++) {
            if (free[3 + group]) {
                free[3 + group] = false;
                break;
            }
        }
        double[] at = new double[terms];
        double[][] information = new double[0][];
        int[] places = IntStream.range(0, terms).filter(term -> free[term]).toArray();
        for (int iteration = 0; iteration < 12; iteration++) {
            double[] slope = new double[places.length];
            information = new double[places.length][places.length];
            for (int each = 0; each < cases.size(); each++) {
                double sum = 0;
                double[] mean = new double[places.length];
                double[][] square = new double[places.length][places.length];
                for (double[] row : days.get(each)) {
                    double logarithm = 0;
                    for (int term = 0; term < terms; term++) {
                        logarithm += at[term] * row[term];
                    }
                    double rate = Math.exp(logarithm);
                    sum += rate;
                    for (int left = 0; left < places.length; left++) {
                        mean[left] += rate * row[places[left]];
                        for (int right = 0; right < places.length; right++) {
                            square[left][right] += rate * row[places[left]] * row[places[right]];
                        }
                    }
                }
                for (int event : cases.get(each).events()) {
                    double[] row = days.get(each)[event - cases.get(each).days().start()];
                    for (int left = 0; left < places.length; left++) {
                        slope[left] += row[places[left]] - mean[left] / sum;
                        for (int right = 0; right < places.length; right++) {
                            information[left][right] +=
                                    square[left][right] / sum - mean[left] * mean[right] / (sum * sum);
                        }
                    }
                }
            }
            double[] step = PositiveMatrix.certain(information).solve(slope);
            for (int place = 0; place < places.length; place++) {
                at[places[place]] += step[place];
            }
        }
        double[][] inverse = PositiveMatrix.certain(information).inverse();
        double[] errors = new double[terms];
        for (int place = 0; place < places.length; place++) {
            errors[places[place]] = Math.sqrt(inverse[place][place]);
        }
        return List.of(at, errors);
    }

    @Test
    void smoothAgeAndSeasonTakeOutWhatTheyPlanted() {
        var random = new Random(11);
        List<ObservedCase> cases = new ArrayList<>();
        for (int person = 1; cases.size() < 900; person++) {
            int start = day("2010-01-01");
            int end = day("2015-12-31");
            int born = 1930 + random.nextInt(40);
            // Courses begin in winter, and so do outcomes: without a season the medicine would be blamed.
            int course = day((2010 + random.nextInt(6)) + "-12-01") + random.nextInt(60);
            List<Integer> events = new ArrayList<>();
            for (int day = start; day <= end; day++) {
                LocalDate date = LocalDate.ofEpochDay(day);
                double winter = Math.exp(1.2 * Math.cos(2 * Math.PI * (date.getDayOfYear() - 15) / 365.25));
                double old = Math.exp(0.05 * (date.getYear() - born - 60));
                if (random.nextDouble() < 0.00005 * winter * old) {
                    events.add(day);
                }
            }
            if (!events.isEmpty()) {
                cases.add(new ObservedCase(
                        person, born, new Stay(start, end), events, List.of(List.of(new Stay(course, course + 29)))));
            }
        }
        var windows = List.of(window("month", TimeAtRisk.Anchor.COHORT_START, 0, 29));

        EffectEstimates.Row blamed = run(design(windows, 0, new TimeEffect.None(), new TimeEffect.None()), cases)
                .estimates()
                .orElseThrow()
                .rows()
                .getFirst();
        EffectEstimates.Row cleared = run(design(windows, 0, new TimeEffect.Spline(5), new TimeEffect.Spline(5)), cases)
                .estimates()
                .orElseThrow()
                .rows()
                .getFirst();

        assertThat(blamed.ciLow()).isGreaterThan(1);
        assertThat(cleared.ciLow()).isLessThan(1);
        assertThat(cleared.ciHigh()).isGreaterThan(1);
    }

    private static Design.SelfControlledCaseSeries design(int before, TimeEffect age, TimeEffect season) {
        return design(
                List.of(window("month", TimeAtRisk.Anchor.COHORT_START, 0, MadeSeries.RISK_DAYS - 1)),
                before,
                age,
                season);
    }

    private static Design.SelfControlledCaseSeries design(
            List<RiskExposure.Window> windows, int before, TimeEffect age, TimeEffect season) {
        return new Design.SelfControlledCaseSeries(
                "gi-bleed",
                Design.Events.ALL,
                0,
                List.of(new RiskExposure("celecoxib", before, windows)),
                age,
                season,
                Analysis.Cox.Interval.WALD,
                SeriesLimits.usual());
    }

    private static RiskExposure.Window window(String name, TimeAtRisk.Anchor anchor, int from, int to) {
        return new RiskExposure.Window(name, new TimeAtRisk(anchor, from, anchor, to, 1));
    }

    private static StudyResults run(Design.SelfControlledCaseSeries design, List<ObservedCase> cases) {
        var attrition = new AttritionFlow(
                "attrition",
                List.of(new AttritionFlow.Arm(
                        "Cases", List.of(new AttritionFlow.Step("Original cohort", PersonSet.empty())))));
        int last = cases.stream().mapToInt(each -> each.days().end()).max().orElse(0);
        return new SeriesAnalysis(STUDY, design, cases, last, () -> {}).results(attrition, 1);
    }

    private static DesignChecks checks(StudyResults results) {
        return (DesignChecks) results.findings().getFirst();
    }

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }
}
