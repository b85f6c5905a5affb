package org.vauban.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OutputCheckTest {
    private static final String SEVEN = "age,n\nyoung,7\nmiddle,50\nold,60\nvery old,70\nTotal,187\n";

    @TempDir
    Path folder;

    @Test
    void aCellOfSevenIsHiddenAndTheRestOfTheTableCleared() {
        JsonNode answer = json(check(SEVEN).toJson());

        assertThat(answer.get("verdict").asString()).isEqualTo("cleared");
        assertThat(answer.get("cells")).hasSize(5);
        JsonNode seven = answer.get("cells").get(0);
        assertThat(seven.get("row").asInt()).isZero();
        assertThat(seven.get("status").asString()).isEqualTo("primary");
        assertThat(seven.get("shown_value").isNull()).isTrue();
        JsonNode total = answer.get("cells").get(4);
        assertThat(total.get("status").asString()).isEqualTo("shown");
        assertThat(total.get("shown_value").asLong()).isEqualTo(187);
        assertThat(answer.get("reasons")).isEmpty();
    }

    @Test
    void aWithheldTableShowsNothingAndSaysWhatToChangeInBothLanguages() {
        OutputCheckResult result = check("age,n\na,3\nb,4\nTotal,7\n");

        assertThat(result.outcome()).isEqualTo(OutputCheckResult.Outcome.WITHHELD);
        assertThat(result.cells()).allMatch(cell -> cell.shownValue().isEmpty());
        assertThat(json(result.toJson(Locale.ENGLISH))
                        .get("reasons")
                        .get(0)
                        .get("remedy")
                        .asString())
                .contains("Merge");
        assertThat(json(result.toJson(Locale.FRENCH))
                        .get("reasons")
                        .get(0)
                        .get("remedy")
                        .asString())
                .contains("Regroupez");
    }

    @Test
    void theThresholdCanBeAskedFor() {
        assertThat(check(SEVEN, "n", 5).cells()).allMatch(cell -> cell.status() == OutputCheckResult.Status.SHOWN);
        assertThat(check(SEVEN, "n", 7).cells().getFirst().status()).isEqualTo(OutputCheckResult.Status.SHOWN);
        assertThat(check(SEVEN, "n", 8).cells().getFirst().status()).isEqualTo(OutputCheckResult.Status.PRIMARY);
    }

    @Test
    void aRulesFileNamesStructuralZerosSensitiveVariablesAndRounding() throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.yaml"), """
                threshold: 11
                rounding: midpoint-10
                sensitive: [pregnant]
                structural_zeros:
                  - {sex: M, pregnant: 'yes'}
                """);
        Path table = write("sex,pregnant,n\nM,yes,0\nM,no,80\nF,yes,30\nF,no,60\n");

        OutputCheckResult result = OutputCheck.check(
                table, new OutputCheck.Options(Optional.empty(), OptionalInt.empty(), Optional.of(rules)));

        assertThat(result.cells())
                .extracting(cell -> cell.shownValue().orElse(-1))
                .containsExactly(0L, 75L, 25L, 55L);
    }

    @Test
    void aWrongRuleIsAnsweredWithItsPlace() throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.yaml"), "threshold: 2\nround: yes\n");

        assertThatThrownBy(() -> OutputCheck.check(
                        write(SEVEN),
                        new OutputCheck.Options(Optional.empty(), OptionalInt.empty(), Optional.of(rules))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(Problem::code)
                                .containsExactly(ProblemCode.FIELD_WRONG_VALUE, ProblemCode.FIELD_UNKNOWN));
    }

    @Test
    void quotesSemicolonsAndWindowsLineEndsAreRead() {
        assertThat(check("\uFEFFage;n\r\n\"18; or less\";40\r\n\"the \"\"old\"\"\";50\r\nTotal;90\r\n")
                        .cells())
                .extracting(cell -> cell.shownValue().orElse(-1))
                .containsExactly(40L, 50L, 90L);
    }

    @Test
    void aTotalInLowerCaseIsATotalToo() {
        assertThat(check("age,n\na,4\nb,50\nc,60\ntotal,114\n").cells())
                .extracting(OutputCheckResult.Cell::status)
                .contains(OutputCheckResult.Status.SECONDARY);
    }

    @Test
    void wrongFilesAreAnsweredWithFileLineColumnExpectedAndFound() {
        assertProblem("age,n\na,seventy\n", ProblemCode.INPUT_VALUE_WRONG_TYPE, 2, 2, "text of 7 characters");
        assertProblem("age,n\na,-7\n", ProblemCode.INPUT_VALUE_WRONG_TYPE, 2, 2, "a negative number");
        assertProblem("age,n\na,7.5\n", ProblemCode.INPUT_VALUE_WRONG_TYPE, 2, 2, "a number with decimals");
        assertProblem("age,n\na,\n", ProblemCode.INPUT_VALUE_WRONG_TYPE, 2, 2, "nothing");
        assertProblem("age,n\na,99999999999999999999\n", ProblemCode.INPUT_VALUE_WRONG_TYPE, 2, 2, "a larger number");
        assertProblem("age,persons\na,7\n", ProblemCode.INPUT_COLUMN_MISSING, 1, 1, "age, persons");
        assertProblem("n\n7\n", ProblemCode.INPUT_COLUMN_MISSING, 1, 1, "0 dimension columns");
        assertProblem("age,n\na,7\n\"b,8\n", ProblemCode.INPUT_FILE_CUT, 3, 1, "the end of the file");
        assertProblem("age,sex,n\na,F,7\nb\n", ProblemCode.INPUT_FILE_CUT, 3, 1, "1 fields");
        assertProblem("age,sex,n\na,F\nb,F,8\n", ProblemCode.INPUT_ROW_WRONG, 2, 3, "2 fields");
        assertProblem("age,n\na,7\na,8\n", ProblemCode.INPUT_ROW_WRONG, 3, 1, "the combination of line 2 again");
        assertProblem("age,n\n,8\n", ProblemCode.INPUT_ROW_WRONG, 2, 1, "an empty field");
        assertProblem("age,n\n\"a\"b,8\n", ProblemCode.INPUT_ROW_WRONG, 2, 4, "more text");
        assertProblem("age,age,n\na,b,8\n", ProblemCode.INPUT_ROW_WRONG, 1, 1, "a column name twice");
        assertProblem("", ProblemCode.INPUT_FILE_CUT, 1, 1, "an empty file");
        assertProblem("age,n\n", ProblemCode.INPUT_FILE_CUT, 2, 1, "the end of the file");
    }

    @Test
    void allWrongRowsAreReportedTogether() {
        assertThatThrownBy(() -> check("age,n\na,x\nb,y\n,9\n"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        wrong -> assertThat(wrong.problems()).hasSize(3));
    }

    @Test
    void anAbsentFileIsTheCallersFault() {
        assertThatThrownBy(() -> OutputCheck.check(folder.resolve("absent.csv"), OutputCheck.Options.none()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        wrong -> assertThat(wrong.code()).isEqualTo(ProblemCode.INPUT_FILE_UNREADABLE));
    }

    @Test
    void theToolAnswersOneLineAndTheContractsExitStatus() {
        ToolProvider tool = ToolProvider.findFirst("vauban-output-check").orElseThrow();

        assertThat(run(tool, write(SEVEN).toString(), "--json", "--threshold", "5"))
                .startsWith("0 {\"verdict\":\"cleared\"");
        assertThat(run(tool, write("a,n\nx,3\nTotal,3\n").toString())).startsWith("3 {\"verdict\":\"withheld\"");
        assertThat(run(tool, write("a,n\nx,y\n").toString())).isEqualTo("2 ");
        assertThat(run(tool, write(SEVEN).toString(), "--threshold", "2")).isEqualTo("2 ");
        assertThat(run(tool)).isEqualTo("2 ");
        assertThat(run(tool, write("a,m\nx,70\ny,80\n").toString(), "--count", "m"))
                .startsWith("0 ");
    }

    @Test
    void aTableOfSumsIsAnsweredWithThreeDigitsAndWhatPercentilesMayBeShown() {
        ToolProvider tool = ToolProvider.findFirst("vauban-output-check").orElseThrow();
        String table = "care,n,costs,largest,second,p50,p99\nhospital,240,611234.5,20400,18800,1480,19000\n"
                + "home,60,30500,2100,1900,410,2000\nTotal,300,641734.5,20400,18800,1120,18000\n";

        JsonNode answer =
                json(run(tool, write(table).toString(), "--sum", "costs").substring(2));

        assertThat(answer.get("verdict").asString()).isEqualTo("cleared");
        JsonNode hospital = answer.get("cells").get(0);
        assertThat(hospital.get("shown_value").asLong()).isEqualTo(240);
        assertThat(hospital.get("shown_sum").asDouble()).isEqualTo(611_000);
        assertThat(hospital.get("shown_p50").asDouble()).isEqualTo(1_480);
        assertThat(hospital.get("shown_p99").isNull()).isTrue();
    }

    @Test
    void aSumThatOnePersonMakesUpIsHidden() {
        OutputCheckResult result = OutputCheck.check(
                write("care,n,costs,largest,second\na,40,100000,92000,300\nb,60,30000,900,800\nc,70,40000,900,800\n"
                        + "Total,170,170000,92000,900\n"),
                sums());

        assertThat(result.cells())
                .extracting(OutputCheckResult.Cell::status)
                .containsExactly(
                        OutputCheckResult.Status.SECONDARY,
                        OutputCheckResult.Status.SECONDARY,
                        OutputCheckResult.Status.SHOWN,
                        OutputCheckResult.Status.SHOWN);
    }

    @Test
    void wrongSumsAndHoldersAreAnsweredWithTheirPlaceAndNoNumber() {
        String header = "care,n,costs,largest,second,known\n";
        var options = new OutputCheck.Options(
                Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.of("costs"), Optional.of("known"));

        assertThatThrownBy(() -> OutputCheck.check(
                        write(header + "a,40,12 345,900,800,3\nb,40,9000,100,200,3\nc,40,9000,200,100,41\nd,0,7,,,0\n"),
                        options))
                .isInstanceOfSatisfying(ProblemException.class, wrong -> {
                    assertThat(wrong.problems())
                            .extracting(problem ->
                                    problem.where().orElseThrow().line().orElseThrow())
                            .containsExactly(2, 3, 4, 5);
                    assertThat(wrong.problems())
                            .allSatisfy(problem ->
                                    assertThat(problem.arguments().toString()).doesNotContain("345", "9000", "41"));
                });
    }

    @Test
    void aTableThatCannotLeaveIsToldWhichCategoriesToMerge() {
        OutputCheckResult result = check("age,n\n0-9,5\n10-19,6\n20-29,7\n30-39,8\n");

        assertThat(result.isCleared()).isFalse();
        assertThat(result.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.merging()).hasValue(new Merging("age", List.of("0-9", "10-19")));
            assertThat(reason.remedy(Locale.FRENCH)).contains("age: 0-9 + 10-19");
        });
        assertThat(check("age,n\n0-9 + 10-19,11\n20-29,7\n30-39,8\n").isCleared())
                .isTrue();
    }

    private static OutputCheck.Options sums() {
        return new OutputCheck.Options(
                Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.of("costs"), Optional.empty());
    }

    @Test
    void noReasonNamesANumberOrABound() {
        for (Reason.Code code : Reason.Code.values()) {
            for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH)) {
                assertThat(Reason.of(code).sentence(language) + Reason.of(code).remedy(language))
                        .isNotBlank()
                        .doesNotContainPattern("[0-9%<>]")
                        .doesNotContainIgnoringCase("threshold")
                        .doesNotContainIgnoringCase("seuil");
            }
        }
    }

    @Test
    void nothingPrintedByAccidentHoldsACount() {
        OutputCheckResult result = check(SEVEN);

        assertThat(result.cells().toString()).doesNotContain("187");
        assertThat(new Cleared.Behind("a", Tables.persons(0, 187)).toString()).doesNotContain("187");
    }

    private void assertProblem(String text, ProblemCode code, int line, int column, String found) {
        assertThatThrownBy(() -> check(text)).isInstanceOfSatisfying(ProblemException.class, wrong -> {
            Problem problem = wrong.problem();
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.arguments()).containsEntry("found", found).containsKey("expected");
            assertThat(problem.where()).hasValueSatisfying(place -> {
                assertThat(place.line()).hasValue(line);
                assertThat(place.column()).hasValue(column);
            });
        });
    }

    private static String run(ToolProvider tool, String... arguments) {
        var out = new StringWriter();
        int exit = tool.run(new PrintWriter(out, true), new PrintWriter(new StringWriter()), arguments);
        return exit + " " + out;
    }

    private OutputCheckResult check(String text) {
        return OutputCheck.check(write(text), OutputCheck.Options.none());
    }

    private OutputCheckResult check(String text, String count, int threshold) {
        return OutputCheck.check(
                write(text), new OutputCheck.Options(Optional.of(count), OptionalInt.of(threshold), Optional.empty()));
    }

    private Path write(String text) {
        try {
            return Files.writeString(folder.resolve("table.csv"), text);
        } catch (IOException full) {
            throw new java.io.UncheckedIOException(full);
        }
    }

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }
}
