package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vauban.study.SmallCdm.BLEEDING;
import static org.vauban.study.SmallCdm.CELECOXIB;
import static org.vauban.study.SmallCdm.DICLOFENAC;
import static org.vauban.study.SmallCdm.FEMALE;
import static org.vauban.study.SmallCdm.MALE;
import static org.vauban.study.SmallCdm.STROKE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.cohort.reference.ReferenceEvaluator;
import org.vauban.output.AttritionFlow;
import org.vauban.output.FrequencyTable;
import org.vauban.output.SurvivalCurves;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.study.survival.CoxResult;

/** What a new-user study does with one person at a time, in tables a clinician can check by eye. */
class StudyRunnerTest {
    @TempDir
    private Path folder = Path.of("");

    private String study = "";

    @BeforeEach
    void copiesTheExample() throws IOException {
        try (Stream<Path> files = Files.list(Examples.folder("gibleed"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(Objects.requireNonNull(file.getFileName())));
            }
        }
        study = Files.readString(folder.resolve("STUDY.yaml"))
                .replace("common-calendar-period: true", "common-calendar-period: false");
    }

    /** One course from 10 to 20 March 2015 and one bleeding: days at risk and whether it counts. */
    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            2015-03-10 | 1   | true  | on the first day counts, after one day at risk
            2015-03-11 | 2   | true  | on the second day counts
            2015-04-19 | 41  | true  | on the last day at risk counts
            2015-04-20 | 41  | false | the day after the last does not
                       | 41  | false | never: from the first day to 30 days after the last, both counted
            """)
    void anOutcomeCountsFromTheFirstToTheLastDayAtRisk(String bleeding, int days, boolean event, String says) {
        var data = new SmallCdm()
                .person(1, 1960, FEMALE)
                .observed("2010-01-01", "2016-12-31")
                .takes(CELECOXIB, "2015-03-10", "2015-03-20");
        if (bleeding != null) {
            data.has(BLEEDING, bleeding);
        }

        SurvivalCurves.Arm arm = run(data).curves().getFirst().arms().getFirst();

        assertThat(arm.days()).as(says).containsExactly(days);
        assertThat(arm.events()).containsExactly(event);
    }

    @Test
    void timeAtRiskEndsWithObservation() {
        var data = new SmallCdm()
                .person(1, 1960, FEMALE)
                .observed("2010-01-01", "2015-03-25")
                .takes(CELECOXIB, "2015-03-10", "2015-03-20")
                .has(BLEEDING, "2015-04-01");

        SurvivalCurves.Arm arm = run(data).curves().getFirst().arms().getFirst();

        assertThat(arm.days()).containsExactly(16);
        assertThat(arm.events()).containsExactly(false);
    }

    /** A course from 10 March 2015 on: at which step the person is lost. */
    @ParameterizedTest(name = "observed from {0}, bled on {1}: lost at {2}")
    @CsvSource(delimiter = '|', textBlock = """
            2014-09-08 |            |
            2014-09-09 |            | 183 days of observation before
            2015-03-11 |            | 183 days of observation before
            2010-01-01 | 2015-03-09 | No outcome before
            2010-01-01 | 2010-02-01 | No outcome before
            2010-01-01 | 2015-03-10 |
            """)
    void attritionSaysWhyAPersonIsLost(String observedFrom, String bled, String lostAt) {
        var data = new SmallCdm()
                .person(1, 1960, FEMALE)
                .observed(observedFrom, "2016-12-31")
                .takes(CELECOXIB, "2015-03-10", "2015-03-20");
        if (bled != null) {
            data.has(BLEEDING, bled);
        }

        StudyResults results = run(data);

        assertThat(lostAt(results, 0)).isEqualTo(Objects.requireNonNullElse(lostAt, "nowhere"));
    }

    @Test
    void aPriorOutcomeCountsWithinTheLookbackOnly() {
        study = study.replace(
                "remove: true # Ever before; add lookback-days to look back less far.", "lookback-days: 365");
        var data = new SmallCdm()
                .person(1, 1960, FEMALE)
                .observed("2010-01-01", "2016-12-31")
                .takes(CELECOXIB, "2015-03-10", "2015-03-20")
                .has(BLEEDING, "2014-03-09")
                .person(2, 1960, FEMALE)
                .observed("2010-01-01", "2016-12-31")
                .takes(CELECOXIB, "2015-03-10", "2015-03-20")
                .has(BLEEDING, "2014-03-10");

        assertThat(run(data).followUp().getFirst().persons()).isEqualTo(1);
    }

    @Test
    void whoTookBothIsInNeitherArmOrInTheFirst() {
        var data = new SmallCdm()
                .person(1, 1960, FEMALE)
                .observed("2010-01-01", "2016-12-31")
                .takes(DICLOFENAC, "2015-01-10", "2015-01-20")
                .takes(CELECOXIB, "2015-03-10", "2015-03-20")
                .person(2, 1960, MALE)
                .observed("2010-01-01", "2016-12-31")
                .takes(DICLOFENAC, "2015-03-10", "2015-03-20")
                .takes(CELECOXIB, "2015-03-10", "2015-03-20");

        List<StudyResults.FollowUp> removed = run(data).followUp();
        study = study.replace("persons-in-both: remove", "persons-in-both: keep-first");
        List<StudyResults.FollowUp> kept = run(data).followUp();

        assertThat(removed).extracting(StudyResults.FollowUp::persons).containsExactly(0, 0);
        assertThat(kept).extracting(StudyResults.FollowUp::persons).containsExactly(0, 1);
    }

    @Test
    void theFirstEligibleExposureMayBeALaterOne() {
        var data = new SmallCdm()
                .person(1, 1960, FEMALE)
                .observed("2010-01-01", "2016-12-31")
                .takes(CELECOXIB, "2010-02-01", "2010-02-10")
                .takes(CELECOXIB, "2015-03-10", "2015-03-20");

        int first = run(data).followUp().getFirst().persons();
        study = study.replace("exposure: first", "exposure: first-eligible");
        StudyResults eligible = run(data);

        assertThat(first).isZero();
        assertThat(eligible.followUp().getFirst()).isEqualTo(new StudyResults.FollowUp("Celecoxib", 1, 41, 0));
    }

    @Test
    void recordedEntriesCountAtFirstEvenOutsideObservation() {
        var data = new SmallCdm()
                .person(1, 1960, FEMALE)
                .observed("2010-01-01", "2015-03-01")
                .takes(CELECOXIB, "2015-03-10", "2015-03-20");

        int recorded = first(run(data));
        study = study.replaceFirst("entries: recorded", "entries: observed");
        int observed = first(run(data));

        assertThat(List.of(recorded, observed)).containsExactly(1, 0);
    }

    @Test
    void theCommonPeriodIsThatOfTheOriginalCohorts() {
        study = study.replace("common-calendar-period: false", "common-calendar-period: true");
        var data = new SmallCdm();
        int id = 0;
        for (String start : List.of("2012-01-10", "2013-05-01", "2015-06-01")) {
            data.person(++id, 1960, FEMALE).observed("2010-01-01", "2016-12-31").takes(CELECOXIB, start, start);
        }
        for (String start : List.of("2013-05-01", "2016-06-01")) {
            data.person(++id, 1960, MALE).observed("2010-01-01", "2016-12-31").takes(DICLOFENAC, start, start);
        }

        StudyResults results = run(data.buckets(3));

        assertThat(results.commonPeriod().orElseThrow()).hasToString("2013-05-01 – 2015-06-01");
        assertThat(results.followUp())
                .extracting(StudyResults.FollowUp::persons)
                .containsExactly(2, 1);
    }

    @Test
    void theStudyPeriodBoundsStartsAndDaysAtRisk() {
        study = study.replace("design:\n", "period: {from: 2015-01-01, to: 2015-03-15}\ndesign:\n");
        var data = new SmallCdm()
                .person(1, 1960, FEMALE)
                .observed("2010-01-01", "2016-12-31")
                .takes(CELECOXIB, "2015-03-10", "2015-03-20")
                .person(2, 1960, FEMALE)
                .observed("2010-01-01", "2016-12-31")
                .takes(CELECOXIB, "2014-12-31", "2015-01-20");

        StudyResults results = run(data);

        assertThat(results.followUp().getFirst()).isEqualTo(new StudyResults.FollowUp("Celecoxib", 1, 6, 0));
    }

    @Test
    void characteristicsAreThoseOfTheFirstDay() {
        var data = new SmallCdm()
                .person(1, 1955, FEMALE)
                .observed("2010-01-01", "2016-12-31")
                .takes(CELECOXIB, "2015-03-10", "2015-03-20")
                .has(STROKE, "2015-03-09")
                .person(2, 1954, MALE)
                .observed("2010-01-01", "2016-12-31")
                .takes(DICLOFENAC, "2015-03-10", "2015-03-20")
                .has(STROKE, "2015-03-10");

        StudyResults results = run(data);

        assertThat(count(results, "baseline-age", "Celecoxib", "60-69")).isEqualTo(1);
        assertThat(count(results, "baseline-sex", "Diclofenac", "Male")).isEqualTo(1);
        assertThat(count(results, "baseline-sex", "Total", "Total")).isEqualTo(2);
        assertThat(count(results, "baseline-stroke", "Celecoxib", "Yes")).isEqualTo(1);
        assertThat(count(results, "baseline-stroke", "Diclofenac", "Yes")).isZero();
    }

    @Test
    void bucketsDoNotChangeAnyResult() {
        SmallCdm data = trial();

        StudyResults one = run(data.buckets(1));
        StudyResults seven = run(data.buckets(7));

        assertThat(seven.outputs()).usingRecursiveComparison().isEqualTo(one.outputs());
    }

    @Test
    void bothEvaluatorsGiveTheSameResults() {
        SmallCdm data = trial().buckets(3);

        StudyResults reference = run(data, new ReferenceEvaluator());
        StudyResults compiled = run(data, new CompiledEvaluator());

        assertThat(compiled.outputs()).usingRecursiveComparison().isEqualTo(reference.outputs());
        assertThat(compiled.followUp()).isEqualTo(reference.followUp());
    }

    @Test
    void withoutAnyOutcomeNothingIsEstimatedAndTheReasonIsSaid() {
        var data = new SmallCdm()
                .person(1, 1960, FEMALE)
                .observed("2010-01-01", "2016-12-31")
                .takes(CELECOXIB, "2015-03-10", "2015-03-20")
                .person(2, 1961, MALE)
                .observed("2010-01-01", "2016-12-31")
                .takes(DICLOFENAC, "2015-03-10", "2015-03-20");

        StudyResults results = run(data);

        assertThat(results.estimates()).isEmpty();
        assertThat(results.notEstimated())
                .contains(new StudyResults.NotEstimated("crude", CoxResult.Reason.NO_EVENTS))
                .hasSize(3);
    }

    @Test
    void aRunStopsWhenAsked() throws IOException {
        Files.writeString(folder.resolve("STUDY.yaml"), study);
        StudyPlan plan = StudyPlanner.plan(StudyDefinition.read(folder.resolve("STUDY.yaml")));
        var stopped = new EvaluationProgress() {
            @Override
            public boolean isCancelled() {
                return true;
            }
        };

        assertThatThrownBy(() -> StudyRunner.run(plan, trial(), new ReferenceEvaluator(), stopped))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.CANCELLED));
    }

    private StudyResults run(SmallCdm data) {
        return run(data, new ReferenceEvaluator());
    }

    private StudyResults run(SmallCdm data, CohortEvaluator evaluator) {
        try {
            Files.writeString(folder.resolve("STUDY.yaml"), study);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        StudyPlan plan = StudyPlanner.plan(StudyDefinition.read(folder.resolve("STUDY.yaml")));
        return StudyRunner.run(plan, data, evaluator, EvaluationProgress.SILENT);
    }

    private static SmallCdm trial() {
        return SmallTrial.of(60, 20260101);
    }

    private static int first(StudyResults results) {
        return results.attrition()
                .arms()
                .getFirst()
                .steps()
                .getFirst()
                .remaining()
                .size();
    }

    private static long count(StudyResults results, String table, String... levels) {
        return results.characteristics().stream()
                .filter(each -> each.name().equals(table))
                .flatMap(each -> each.cells().stream())
                .filter(cell -> cell.levels().equals(List.of(levels)))
                .mapToLong(FrequencyTable.Cell::count)
                .findFirst()
                .orElseThrow();
    }

    private static String lostAt(StudyResults results, int arm) {
        AttritionFlow.Arm flow = results.attrition().arms().get(arm);
        return flow.steps().stream()
                .filter(step -> step.remaining().size() == 0)
                .map(AttritionFlow.Step::label)
                .findFirst()
                .orElse("nowhere");
    }
}
