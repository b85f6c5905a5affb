package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.omop.CdmColumn;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.study.propensity.Adjustment;
import org.vauban.study.propensity.LargeScaleScores;

class ComparisonDefinitionTest {
    @TempDir
    private Path folder = Path.of("");

    private String example = "";

    @BeforeEach
    void copiesTheExample() throws IOException {
        try (Stream<Path> files = Files.list(Examples.folder("gibleed"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(Objects.requireNonNull(file.getFileName())));
            }
        }
        example = Files.readString(folder.resolve("COMPARISON.yaml"));
    }

    @Test
    void readsTheExampleAsItIsWritten() {
        StudyDefinition study = StudyDefinition.read(folder.resolve("COMPARISON.yaml"));

        assertThat(study.comparison().limits()).isEqualTo(ComparisonDesign.Limits.usual());
        assertThat(study.comparison().score("few")).isEqualTo(new PropensityModel.Named("few", List.of("age", "sex")));
        assertThat(study.comparison().score("everything"))
                .isInstanceOfSatisfying(PropensityModel.LargeScale.class, large -> {
                    assertThat(large.windows()).hasSize(6);
                    assertThat(large.cost()).isEqualTo(new LargeScaleScores.Cost.Prior(0.01));
                });
        assertThat(study.analyses().getFirst()).isInstanceOfSatisfying(Analysis.Comparison.class, matched -> {
            assertThat(matched.adjustment()).isEqualTo(new Adjustment.Matching(1, 0.2, 1));
            assertThat(matched.measures()).hasSize(5);
            assertThat(matched.horizons()).containsExactly(30);
        });
    }

    @Test
    void aPlanReadsTheTablesAndTheDaysOfTheScore() throws IOException {
        Files.writeString(
                folder.resolve("COMPARISON.yaml"),
                example.replace("design:\n", "period: {from: 2010-01-01, to: 2015-12-31}\ndesign:\n"));

        StudyPlan plan = StudyPlanner.plan(StudyDefinition.read(folder.resolve("COMPARISON.yaml")));

        assertThat(plan.needs().columns())
                .extracting(CdmColumn::qualifiedName)
                .contains(
                        "condition_era.condition_concept_id",
                        "condition_era.condition_era_end_date",
                        "measurement.measurement_concept_id",
                        "procedure_occurrence.procedure_date",
                        "person.year_of_birth");
        assertThat(plan.period()).hasToString("2009-01-01 – 2015-12-31");
    }

    /** Each line plants one mistake in the example; path and code must name it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            model: logistic              | model: probit                    | $.comparison.scores.few.model             | FIELD_WRONG_VALUE
            covariates: [age, sex]       | covariates: [age, weight]        | $.comparison.scores.few.covariates        | FIELD_WRONG_VALUE
            covariates: [age, sex]       | covariates: []                   | $.comparison.scores.few.covariates        | FIELD_WRONG_VALUE
            demographics: true           | demographic: true                | $.comparison.scores.everything.demographic | FIELD_UNKNOWN
            table: measurement           | table: measurements              | $.comparison.scores.everything.records[5].table | FIELD_WRONG_VALUE
            from-day: -30, to-day: 0     | from-day: -30, to-day: 7         | $.comparison.scores.everything.records[1].to-day | FIELD_WRONG_VALUE
            from-day: -30, to-day: 0     | from-day: -30, to-day: -60       | $.comparison.scores.everything.records[1].to-day | FIELD_WRONG_VALUE
            exclude: [1118084, 1124300]  | exclude: [celecoxib]             | $.comparison.scores.everything.exclude[0] | FIELD_WRONG_TYPE
            persons-at-least: 10         | persons-at-least: 0              | $.comparison.scores.everything.persons-at-least | FIELD_WRONG_VALUE
            penalty: prior               | penalty: ridge                   | $.comparison.scores.everything.penalty    | FIELD_WRONG_VALUE
            variance: 0.01               | variance: -1                     | $.comparison.scores.everything.variance   | FIELD_WRONG_VALUE
            standardised-difference: 0.1 | standardised-difference: 0       | $.comparison.limits.standardised-difference | FIELD_WRONG_VALUE
            equipoise: 0.2               | equipoise: often                 | $.comparison.limits.equipoise             | FIELD_WRONG_TYPE
            'limits:'                    | 'competing: death\n  limits:'    | $.comparison.competing                    | FIELD_WRONG_VALUE
            'limits:'                    | 'negative-controls: [x]\n  limits:' | $.comparison.negative-controls         | FIELD_WRONG_VALUE
            'limits:'                    | 'negative-controls: [gi-bleed]\\n  limits:' | $.comparison.negative-controls   | FIELD_WRONG_VALUE
            'limits:'                    | 'competing: celecoxib\\n  limits:' | $.comparison.competing               | FIELD_WRONG_VALUE
            score: everything            | score: all                       | $.analyses[0].score                       | FIELD_WRONG_VALUE
            by: matching                 | by: pairing                      | $.analyses[0].adjustment.by               | FIELD_WRONG_VALUE
            ratio: 1, caliper            | ratio: 0, caliper                | $.analyses[0].adjustment.ratio            | FIELD_WRONG_VALUE
            caliper: 0.2                 | calliper: 0.2                    | $.analyses[0].adjustment.calliper         | FIELD_UNKNOWN
            '[cox, poisson'              | '[coxph, poisson'                | $.analyses[0].estimates                   | FIELD_WRONG_VALUE
            '[cox, poisson'              | '[cox, cox'                      | $.analyses[0].estimates                   | FIELD_WRONG_VALUE
            '[cox, poisson'              | '[fine-gray, poisson'            | $.analyses[0].estimates                   | FIELD_WRONG_VALUE
            horizons: [30]               | horizons: [0]                    | $.analyses[0].horizons                    | FIELD_WRONG_VALUE
            '    horizons: [30]'         | ''                               | $.analyses[0]                             | FIELD_WRONG_VALUE
            strata: 5                    | strata: 1                        | $.analyses[1].adjustment.strata           | FIELD_WRONG_VALUE
            to: 0.9                      | to: 0.05                         | $.analyses[2].trim[0].to                  | FIELD_WRONG_VALUE
            by: preference               | by: preferance                   | $.analyses[2].trim[0].by                  | FIELD_WRONG_VALUE
            name: overlap                | name: balance-matched            | $.analyses                                | FIELD_WRONG_VALUE
            """)
    void aMistakeIsNamedWithItsPathItsLineAndWhatToDo(String right, String wrong, String path, ProblemCode code)
            throws IOException {
        assertThat(example).contains(right);
        Files.writeString(
                folder.resolve("COMPARISON.yaml"),
                example.replaceFirst(
                        Pattern.quote(right),
                        Matcher.quoteReplacement(
                                Objects.requireNonNullElse(wrong, "").replace("\\n", "\n"))));

        List<Problem> found = new ArrayList<>();
        assertThatThrownBy(() -> StudyDefinition.read(folder.resolve("COMPARISON.yaml")))
                .isInstanceOfSatisfying(ProblemException.class, all -> found.addAll(all.problems()));

        assertThat(found).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.where().orElseThrow().path()).contains(path);
            assertThat(problem.where().orElseThrow().line()).isPresent();
            assertThat(problem.remedy(Locale.ENGLISH)).isNotBlank();
            assertThat(problem.sentence(Locale.FRENCH)).isNotBlank();
        });
    }
}
