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

class SeriesDefinitionTest {
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
        example = Files.readString(folder.resolve("CASE-SERIES.yaml"));
    }

    @Test
    void readsTheExampleAsItIsWritten() {
        var design = (Design.SelfControlledCaseSeries)
                StudyDefinition.read(folder.resolve("CASE-SERIES.yaml")).design();

        assertThat(design.limits()).isEqualTo(SeriesLimits.usual());
        assertThat(design.naiveDays()).isEqualTo(365);
        assertThat(design.age()).isEqualTo(new TimeEffect.Steps(10));
        assertThat(design.exposures()).hasSize(2);
        assertThat(design.exposures().getFirst().windows())
                .extracting(RiskExposure.Window::name)
                .containsExactly("celecoxib-early", "celecoxib-later");
    }

    @Test
    void aPlanReadsWhatTheModelNeedsAndTheDaysBefore() throws IOException {
        Files.writeString(
                folder.resolve("CASE-SERIES.yaml"),
                example.replace("design:\n", "period: {from: 2010-01-01, to: 2015-12-31}\ndesign:\n"));

        StudyPlan plan = StudyPlanner.plan(StudyDefinition.read(folder.resolve("CASE-SERIES.yaml")));

        assertThat(plan.period()).hasToString("2009-01-01 – 2015-12-31");
        assertThat(plan.lookBack().orElseThrow()).hasToString("naive-days: 365");
        assertThat(plan.needs().columns())
                .extracting(CdmColumn::qualifiedName)
                .contains("person.year_of_birth")
                .doesNotContain("person.gender_concept_id");
    }

    /** Each line plants one mistake in the example; path and code must name it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            outcome: gi-bleed            | outcome: bleeding                | $.design.outcome                          | FIELD_WRONG_VALUE
            events: first                | events: last                     | $.design.events                           | FIELD_WRONG_VALUE
            naive-days: 365              | naive-days: -1                   | $.design.naive-days                       | FIELD_WRONG_VALUE
            naive-days: 365              | washout-days: 365                | $.design.washout-days                     | FIELD_UNKNOWN
            '- cohort: celecoxib'        | '- cohort: ibuprofen'            | $.design.exposures[0].cohort              | FIELD_WRONG_VALUE
            '- cohort: celecoxib'        | '- cohort: gi-bleed'             | $.design.exposures[0].cohort              | FIELD_WRONG_VALUE
            '- cohort: diclofenac'       | '- cohort: celecoxib'            | $.design.exposures[1].cohort              | FIELD_WRONG_VALUE
            pre-exposure-days: 30        | pre-exposure-days: -30           | $.design.exposures[0].pre-exposure-days   | FIELD_WRONG_VALUE
            name: celecoxib-later        | name: celecoxib-early            | $.design.exposures[0].windows[1].name     | FIELD_WRONG_VALUE
            name: celecoxib-later        | name: Later                      | $.design.exposures[0].windows[1].name     | FIELD_WRONG_VALUE
            anchor: cohort-start, days: 13 | anchor: cohort-start, days: -1 | $.design.exposures[0].windows[0].end      | FIELD_WRONG_VALUE
            anchor: cohort-start, days: 13 | anchor: prescription, days: 13 | $.design.exposures[0].windows[0].end.anchor | FIELD_WRONG_VALUE
            age: {form: steps, group-years: 10} | age: {form: spline, knots: 8} | $.design.age.knots                   | FIELD_WRONG_VALUE
            age: {form: steps, group-years: 10} | age: {form: steps, knots: 5} | $.design.age.knots                    | FIELD_UNKNOWN
            season: {form: none}         | season: {form: waves}            | $.design.season.form                      | FIELD_WRONG_VALUE
            interval: wald               | interval: exact                  | $.design.interval                         | FIELD_WRONG_VALUE
            time-trend: 1.25             | time-trend: 0.8                  | $.design.limits.time-trend                | FIELD_WRONG_VALUE
            purpose: research            | analyses: []                     | $.analyses                                | FIELD_UNKNOWN
            """)
    void aMistakeIsNamedWithItsPathItsLineAndWhatToDo(String right, String wrong, String path, ProblemCode code)
            throws IOException {
        assertThat(example).contains(right);
        Files.writeString(
                folder.resolve("CASE-SERIES.yaml"),
                example.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong)));

        List<Problem> found = new ArrayList<>();
        assertThatThrownBy(() -> StudyDefinition.read(folder.resolve("CASE-SERIES.yaml")))
                .isInstanceOfSatisfying(ProblemException.class, all -> found.addAll(all.problems()));

        assertThat(found).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.where().orElseThrow().path()).contains(path);
            assertThat(problem.where().orElseThrow().line()).isPresent();
            assertThat(problem.remedy(Locale.ENGLISH)).isNotBlank();
            assertThat(problem.sentence(Locale.FRENCH)).isNotBlank();
        });
    }

    @Test
    void aSeriesWithoutAnExposureIsNone() throws IOException {
        Files.writeString(
                folder.resolve("CASE-SERIES.yaml"),
                example.substring(0, example.indexOf("  exposures:")) + "  exposures: []\n");

        assertThatThrownBy(() -> StudyDefinition.read(folder.resolve("CASE-SERIES.yaml")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problems()
                                        .getFirst()
                                        .where()
                                        .orElseThrow()
                                        .path())
                                .contains("$.design.exposures"));
    }
}
