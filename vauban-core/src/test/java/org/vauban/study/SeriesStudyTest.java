package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.vauban.study.SmallCdm.BLEEDING;
import static org.vauban.study.SmallCdm.CELECOXIB;
import static org.vauban.study.SmallCdm.FEMALE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.cohort.reference.ReferenceEvaluator;
import org.vauban.output.AttritionFlow;
import org.vauban.output.DesignChecks;
import org.vauban.output.DesignChecks.Answer;
import org.vauban.output.DesignChecks.Question;
import org.vauban.output.EffectEstimates;
import org.vauban.study.report.LaboratoryReport;
import org.vauban.study.report.RunFacts;
import org.vauban.trajectory.TrajectorySource;

/** Who becomes a case and what leaves a case series: a few persons, and Eunomia's. */
class SeriesStudyTest {
    private static final String DESIGN = """
            study: small
            title: A few persons
            cohorts:
              celecoxib: {definition: celecoxib.json, label: Celecoxib | Célécoxib}
              gi-bleed: {definition: gi-bleed.json, label: Bleeding | Hémorragie}
            design:
              type: self-controlled-case-series
              outcome: gi-bleed
              naive-days: 100
              exposures:
                - cohort: celecoxib
                  windows:
                    - {name: on-treatment, start: {anchor: cohort-start}, end: {anchor: cohort-end}}
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
    void aCaseHasTheOutcomeOnADayThatCounts() throws IOException {
        var data = new SmallCdm()
                .buckets(2)
                .person(1, 1970, FEMALE) // A case, on treatment.
                .observed("2010-01-01", "2011-12-31")
                .takes(CELECOXIB, "2010-06-01", "2010-06-30")
                .has(BLEEDING, "2010-06-15")
                .has(BLEEDING, "2011-06-15")
                .person(2, 1970, FEMALE) // A case who never took it.
                .observed("2010-01-01", "2011-12-31")
                .has(BLEEDING, "2010-09-15")
                .person(3, 1970, FEMALE) // In the first hundred days; a later one is not the first.
                .observed("2010-01-01", "2011-12-31")
                .takes(CELECOXIB, "2010-06-01", "2010-06-30")
                .has(BLEEDING, "2010-02-01")
                .has(BLEEDING, "2010-09-15")
                .person(4, 1970, FEMALE) // No outcome.
                .observed("2010-01-01", "2011-12-31")
                .takes(CELECOXIB, "2010-06-01", "2010-06-30")
                .person(5, 1970, FEMALE) // The hundredth day counts, the ninety-ninth does not.
                .observed("2010-01-01", "2011-12-31")
                .has(BLEEDING, "2010-04-11");

        StudyResults first = run(DESIGN, data);
        StudyResults all = run(DESIGN.replace("naive-days", "events: all\n  naive-days"), data);

        assertThat(first.attrition().arms().getFirst().steps())
                .extracting(AttritionFlow.Step::label)
                .containsExactly(
                        "Original cohort",
                        "Outcome on an observed day of the study",
                        "Outcome after the first 100 days of observation");
        assertThat(remaining(first)).containsExactly(4, 4, 3);
        assertThat(remaining(all)).containsExactly(4, 4, 4);
        assertThat(first.followUp())
                .containsExactly(
                        new StudyResults.FollowUp("on-treatment", 1, 30, 1),
                        new StudyResults.FollowUp(StepLabels.OTHER_DAYS, 3, 3 * 630 - 30, 2));
        assertThat(all.followUp().getFirst()).isEqualTo(new StudyResults.FollowUp("on-treatment", 2, 60, 1));
    }

    @Test
    void theExampleOnGiBleedIsEstimatedCheckedAndWrittenInBothLanguages() throws IOException {
        var data = new ZippedCdm(SharedReference.folder("data/omop/gibleed_5.3.zip"), 4);
        StudyPlan plan = StudyPlanner.plan(StudyDefinition.read(folder.resolve("CASE-SERIES.yaml")));

        StudyResults results = StudyRunner.run(plan, data, new CompiledEvaluator(), EvaluationProgress.SILENT);

        List<EffectEstimates.Row> rows = results.estimates().orElseThrow().rows();
        var checks = (DesignChecks) results.findings().getFirst();
        // Made data: everybody who bleeds and takes the medicine bleeds within three months of it.
        assertThat(rows)
                .extracting(EffectEstimates.Row::analysis, row -> Math.round(row.estimate() * 100) / 100.0)
                .containsExactly(
                        tuple("celecoxib-early", 44.22),
                        tuple("celecoxib-later", 139.04),
                        tuple("diclofenac-month", 124.85));
        assertThat(checks.checks())
                .extracting(DesignChecks.Check::question, DesignChecks.Check::answer)
                .containsExactly(
                        tuple(Question.EVENT_DEPENDENT_EXPOSURE, Answer.KEPT),
                        tuple(Question.EVENT_DEPENDENT_EXPOSURE, Answer.KEPT),
                        tuple(Question.EVENT_DEPENDENT_OBSERVATION, Answer.CROSSED),
                        tuple(Question.TIME_TREND, Answer.KEPT),
                        tuple(Question.DETECTABLE_RATIO, Answer.KEPT),
                        tuple(Question.DETECTABLE_RATIO, Answer.CROSSED));
        var facts = new RunFacts("gibleed", "compiled", "0", Instant.EPOCH, Instant.EPOCH);
        for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH)) {
            LaboratoryReport.write(folder.resolve("out"), plan, results, facts, language);
            String page = Files.readString(folder.resolve("out").resolve("report.html"));
            assertThat(page).contains("<section id=\"checks\">", "<section id=\"trend\">", "<svg");
            assertThat(page).doesNotContain("{0}", "{1}", "null", "NaN");
        }
        assertThat(Files.readString(folder.resolve("out").resolve("report.html")))
                .contains("Série de cas autocontrôlée", "Célécoxib", "Autres jours des mêmes personnes")
                .doesNotContain("Other days of the same persons", "Celecoxib<");
        assertThat(Files.readString(folder.resolve("out").resolve("summarised_result.csv")))
                .contains("design_diagnostics", "event_dependent_exposure", "time_trend");
        assertThat(Files.readString(folder.resolve("out").resolve("estimates.csv")))
                .contains("celecoxib-early", "conditional-poisson");
    }

    private static List<Integer> remaining(StudyResults results) {
        return results.attrition().arms().getFirst().steps().stream()
                .map(step -> step.remaining().size())
                .toList();
    }

    private StudyResults run(String text, TrajectorySource data) throws IOException {
        Files.writeString(folder.resolve("SMALL.yaml"), text);
        return StudyRunner.run(
                StudyPlanner.plan(StudyDefinition.read(folder.resolve("SMALL.yaml"))),
                data,
                new ReferenceEvaluator(),
                EvaluationProgress.SILENT);
    }
}
