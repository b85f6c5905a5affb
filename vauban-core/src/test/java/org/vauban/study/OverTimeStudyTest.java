package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.vauban.study.SmallCdm.BLEEDING;
import static org.vauban.study.SmallCdm.CELECOXIB;
import static org.vauban.study.SmallCdm.DICLOFENAC;
import static org.vauban.study.SmallCdm.FEMALE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.reference.ReferenceEvaluator;
import org.vauban.output.AttritionFlow;
import org.vauban.output.DesignChecks;
import org.vauban.output.DesignChecks.Answer;
import org.vauban.output.DesignChecks.Question;
import org.vauban.output.EffectEstimates;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.study.report.LaboratoryReport;
import org.vauban.study.report.RunFacts;

/** Persons followed while they begin and end a medicine: who is followed for how long, and what is told of it. */
class OverTimeStudyTest {
    private static final String STUDY = """
            study: small
            title: A few persons
            cohorts:
              diclofenac: {definition: diclofenac.json, label: Diclofenac | Diclofénac}
              celecoxib: {definition: celecoxib.json, label: Celecoxib | Célécoxib}
              gi-bleed: {definition: gi-bleed.json, label: Bleeding | Hémorragie}
            design:
              type: exposure-over-time
              population: diclofenac
              exposure: celecoxib
              outcome: gi-bleed
              prior-observation-days: 100
              follow-up-days: 300
            covariates:
              sex: {kind: sex, label: Sex | Sexe}
            analyses:
              - {name: current, method: exposure, exposure: {as: current}}
              - {name: recency, method: exposure, exposure: {as: recency, bands: [30]}}
              - {name: dose, method: exposure, exposure: {as: cumulative-spline, knots: 2, at: [10, 400]}}
              - {name: ever, method: exposure, exposure: {as: ever}}
              - {name: trial, method: clone-censor-weight, grace-days: 60, interval-days: 10, covariates: [sex]}
            """;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void copiesTheExamples() throws IOException {
        try (Stream<Path> files = Files.list(Examples.folder("gibleed"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(Objects.requireNonNull(file.getFileName())));
            }
        }
    }

    @Test
    void followUpBeginsWithTheEntryAndDaysAreWhatTheyWere() throws IOException {
        var data = new SmallCdm()
                .buckets(2)
                .person(1, 1970, FEMALE) // Bleeds on the tenth of twenty days of celecoxib.
                .observed("2009-01-01", "2012-12-31")
                .takes(DICLOFENAC, "2010-01-01", "2010-01-10")
                .takes(CELECOXIB, "2010-02-01", "2010-02-20")
                .has(BLEEDING, "2010-02-10")
                .person(2, 1970, FEMALE) // Followed for 300 days, ten of them exposed.
                .observed("2009-01-01", "2012-12-31")
                .takes(DICLOFENAC, "2010-01-01", "2010-01-10")
                .takes(CELECOXIB, "2010-03-01", "2010-03-10")
                .person(3, 1970, FEMALE) // Leaves after 31 days.
                .observed("2009-01-01", "2010-01-31")
                .takes(DICLOFENAC, "2010-01-01", "2010-01-10")
                .person(4, 1970, FEMALE) // Bled before.
                .observed("2009-01-01", "2012-12-31")
                .has(BLEEDING, "2009-02-10")
                .takes(DICLOFENAC, "2010-01-01", "2010-01-10")
                .person(5, 1970, FEMALE) // Exposed before.
                .observed("2009-01-01", "2012-12-31")
                .takes(CELECOXIB, "2009-03-01", "2009-03-10")
                .takes(DICLOFENAC, "2010-01-01", "2010-01-10")
                .person(6, 1970, FEMALE) // Not observed for 100 days before.
                .observed("2009-12-01", "2012-12-31")
                .takes(DICLOFENAC, "2010-01-01", "2010-01-10");

        StudyResults results = run(STUDY, data);

        assertThat(results.attrition().arms().getFirst().steps())
                .extracting(AttritionFlow.Step::label, step -> step.remaining().size())
                .containsExactly(
                        tuple("Original cohort", 6),
                        tuple("100 days of observation before", 5),
                        tuple("No outcome before", 4),
                        tuple("Not exposed before", 3));
        assertThat(results.followUp())
                .containsExactly(
                        new StudyResults.FollowUp("Celecoxib | Célécoxib", 2, 10 + 10, 1),
                        new StudyResults.FollowUp(StepLabels.NOT_EXPOSED, 3, 31 + 290 + 31, 0));
    }

    @Test
    void estimatesLeaveWithTheirChecksAndAreWrittenInBothLanguages() throws IOException {
        SmallCdm data = persons();

        StudyResults results = run(STUDY, data);

        assertThat(results.estimates().orElseThrow().rows())
                .extracting(EffectEstimates.Row::analysis, EffectEstimates.Row::estimand)
                .containsExactly(
                        tuple("current", "hazard ratio, current"),
                        tuple("recency", "hazard ratio, current"),
                        tuple("recency", "hazard ratio, 1 to 30 days ago"),
                        tuple("recency", "hazard ratio, more than 30 days ago"),
                        tuple("dose", "hazard ratio, 10 days in all"),
                        tuple("ever", "hazard ratio, ever"),
                        tuple("trial", "hazard ratio, all persons, begun within 60 days"));
        assertThat(results.notEstimated())
                .extracting(StudyResults.NotEstimated::analysis)
                .containsExactly("dose / 400 days in all");
        var checks = (DesignChecks) results.findings().getFirst();
        assertThat(checks.checks())
                .filteredOn(check -> check.question() == Question.IMMORTAL_TIME)
                .extracting(DesignChecks.Check::about, DesignChecks.Check::answer)
                .containsExactly(
                        tuple("current", Answer.KEPT),
                        tuple("recency", Answer.KEPT),
                        tuple("dose", Answer.KEPT),
                        tuple("ever", Answer.CROSSED));
        assertThat(checks.mustNotBeRead()).isTrue();
        StudyPlan plan = StudyPlanner.plan(StudyDefinition.read(folder.resolve("SMALL.yaml")));
        var facts = new RunFacts("small", "reference", "0", Instant.EPOCH, Instant.EPOCH);
        for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH)) {
            LaboratoryReport.write(folder.resolve("out"), plan, results, facts, language);
            String page = Files.readString(folder.resolve("out").resolve("report.html"));
            assertThat(page).contains("<section id=\"checks\">", "<svg").doesNotContain("{0}", "{1}", "NaN", " | ");
        }
        assertThat(Files.readString(folder.resolve("out").resolve("report.html")))
                .contains("il y a 1 à 30 jours", "Non exposées", "début dans les 60 jours", "Célécoxib")
                .doesNotContain("days ago", "Not exposed", "hazard ratio");
        assertThat(Files.readString(folder.resolve("out").resolve("summarised_result.csv")))
                .contains("immortal_time");
    }

    /** Celecoxib begins on some day for half of them, and doubles nothing. */
    private static SmallCdm persons() {
        var random = new Random(4);
        var data = new SmallCdm();
        for (int id = 1; id <= 300; id++) {
            LocalDate entry = LocalDate.of(2010, 1, 1).plusDays(random.nextInt(300));
            data.person(id, 1970, id % 2 == 0 ? FEMALE : SmallCdm.MALE)
                    .observed("2009-01-01", "2012-12-31")
                    .takes(DICLOFENAC, entry.toString(), entry.plusDays(5).toString());
            LocalDate event = entry.plusDays(1 + random.nextInt(500));
            data.has(BLEEDING, event.toString());
            LocalDate course = entry.plusDays(random.nextInt(150));
            if (random.nextBoolean()) {
                data.takes(
                        CELECOXIB,
                        course.toString(),
                        course.plusDays(20 + random.nextInt(60)).toString());
            }
        }
        return data;
    }

    /** Each line plants one mistake in the example; path and code must name it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            population: sinusitis        | population: cold                 | $.design.population                       | FIELD_WRONG_VALUE
            exposure: celecoxib          | exposure: gi-bleed               | $.design.outcome                          | FIELD_WRONG_VALUE
            new-users: true              | new-users: mostly                | $.design.new-users                        | FIELD_WRONG_TYPE
            new-users: true              | follow-up-days: 0                | $.design.follow-up-days                   | FIELD_WRONG_VALUE
            immortal-time: 0             | immortal-time: 2                 | $.design.limits.immortal-time             | FIELD_WRONG_VALUE
            as: current                  | as: now                          | $.analyses[0].exposure.as                 | FIELD_WRONG_VALUE
            grace-days: 30               | bands: [30]                      | $.analyses[0].exposure.bands              | FIELD_UNKNOWN
            'bands: [30, 90]'            | 'bands: [90, 30]'                | $.analyses[1].exposure.bands              | FIELD_WRONG_VALUE
            'bands: [30, 90]'            | 'bands: []'                      | $.analyses[1].exposure.bands              | FIELD_WRONG_VALUE
            '{as: ever}'                 | '{as: ever, lag-days: 3}'        | $.analyses[2].exposure.lag-days           | FIELD_UNKNOWN
            '{as: ever}'                 | '{as: cumulative-spline, at: [9], knots: 8}' | $.analyses[2].exposure.knots  | FIELD_WRONG_VALUE
            interval-days: 365           | interval-days: 360               | $.analyses[3].interval-days               | FIELD_WRONG_VALUE
            'grace-days: 10950, '        | ''                               | $.analyses[3]                             | FIELD_MISSING
            method: clone-censor-weight  | method: cox                      | $.analyses[3].method                      | FIELD_WRONG_VALUE
            name: ever                   | name: checks                     | $.analyses[2].name                        | FIELD_WRONG_VALUE
            """)
    void aMistakeIsNamedWithItsPathItsLineAndWhatToDo(String right, String wrong, String path, ProblemCode code)
            throws IOException {
        String example = Files.readString(folder.resolve("OVER-TIME.yaml"));
        assertThat(example).contains(right);
        Files.writeString(
                folder.resolve("OVER-TIME.yaml"),
                example.replaceFirst(
                        Pattern.quote(right), Matcher.quoteReplacement(Objects.requireNonNullElse(wrong, ""))));

        List<Problem> found = new ArrayList<>();
        assertThatThrownBy(() -> StudyDefinition.read(folder.resolve("OVER-TIME.yaml")))
                .isInstanceOfSatisfying(ProblemException.class, all -> found.addAll(all.problems()));

        assertThat(found).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.where().orElseThrow().path()).contains(path);
            assertThat(problem.remedy(Locale.ENGLISH)).isNotBlank();
            assertThat(problem.sentence(Locale.FRENCH)).isNotBlank();
        });
    }

    private StudyResults run(String text, SmallCdm data) throws IOException {
        Files.writeString(folder.resolve("SMALL.yaml"), text);
        return StudyRunner.run(
                StudyPlanner.plan(StudyDefinition.read(folder.resolve("SMALL.yaml"))),
                data,
                new ReferenceEvaluator(),
                EvaluationProgress.SILENT);
    }
}
