package org.vauban.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Verbs as they are typed: exit status and words, in both languages. */
class VerbsTest {
    @TempDir
    Path folder = Path.of("");

    private record Result(int status, String out, String err) {}

    private Result run(Locale language, String... arguments) {
        var terminal = new TestTerminal(language, folder);
        int status = Vauban.run(terminal, List.of(arguments));
        return new Result(status, terminal.written(), terminal.complained());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demoo                                   | perhaps demo            | peut-être demo",
                "output                                  | one of check            | l’un de check",
                "output review o-12345678                | --decision              | --decision",
                "output review --decisino x              | --decision              | --decision",
                "synth --persons many --out x            | --persons               | --persons",
                "cohort run                              | --cdm                   | --cdm",
                "study run STUDY.yaml                    | either --cdm            | soit --cdm",
                "study run STUDY.yaml --cdm a --edition b| either --cdm            | soit --cdm",
                "permit list --home nowhere              | vauban init             | vauban init",
                "output check absent.csv                 | absent.csv              | absent.csv",
                "cohort check absent.json                | absent.json             | absent.json",
            })
    void wrongUsageAndWrongInputExitWithTwoAndSayWhatWasExpected(String line, String english, String french) {
        Result inEnglish = run(Locale.ENGLISH, line.strip().split(" +"));
        Result inFrench = run(Locale.FRENCH, line.strip().split(" +"));

        assertThat(inEnglish.status()).isEqualTo(2);
        assertThat(inEnglish.err()).contains(english).contains(" → ");
        assertThat(inEnglish.out()).isEmpty();
        assertThat(inFrench.status()).isEqualTo(2);
        assertThat(inFrench.err()).contains(french).contains(" → ");
    }

    @Test
    void withJsonAProblemIsOneLineOfJsonOnStandardError() {
        Result result = run(Locale.FRENCH, "output", "check", "absent.csv", "--json");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().strip().lines()).hasSize(1);
        var problem =
                JsonMapper.shared().readTree(result.err()).path("problems").path(0);
        assertThat(problem.path("code").asString()).isEqualTo("INPUT_FILE_UNREADABLE");
        assertThat(problem.path("file").asString()).endsWith("absent.csv");
        assertThat(problem.path("remedy").asString()).isNotBlank();
    }

    @Test
    void aTableWithASmallCellIsClearedWithThatCellHidden() throws IOException {
        Files.writeString(folder.resolve("table.csv"), """
                sex,region,n
                F,North,40
                F,South,7
                F,Total,47
                M,North,35
                M,South,52
                M,Total,87
                Total,North,75
                Total,South,59
                Total,Total,134
                """);

        Result result = run(Locale.ENGLISH, "output", "check", "table.csv", "--json");

        assertThat(result.status()).isZero();
        var document = JsonMapper.shared().readTree(result.out());
        assertThat(document.path("verdict").asString()).isEqualTo("cleared");
        assertThat(document.path("cells").path(1).path("status").asString()).isEqualTo("primary");
        assertThat(document.path("cells").path(1).path("shown_value").isNull()).isTrue();
    }

    @Test
    void aTableWhoseTotalIsNotItsSumIsWithheldWithStatusThree() throws IOException {
        Files.writeString(folder.resolve("table.csv"), "sex,n\nF,40\nM,50\nTotal,95\n");

        Result result = run(Locale.FRENCH, "output", "check", "table.csv");

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.out()).startsWith("retenu");
    }

    @Test
    void aThresholdOutsideThreeToHundredIsWrongUsage() throws IOException {
        Files.writeString(folder.resolve("table.csv"), "sex,n\nF,40\nM,50\nTotal,90\n");

        assertThat(run(Locale.ENGLISH, "output", "check", "table.csv", "--threshold", "2")
                        .status())
                .isEqualTo(2);
        assertThat(run(Locale.ENGLISH, "output", "check", "table.csv", "--threshold", "3")
                        .status())
                .isZero();
    }

    @Test
    void everySettingIsShownWithWhoSaidSo() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve("vauban.yaml"), "custodian: unix:/somewhere/custodian.sock\n");

        Result result = run(Locale.ENGLISH, "config", "show", "--home", "home", "--json");

        var document = JsonMapper.shared().readTree(result.out());
        assertThat(document.path("home").path("source").asString()).isEqualTo("flag");
        assertThat(document.path("custodian").path("source").asString()).isEqualTo("vauban.yaml");
        assertThat(document.path("custodian").path("value").asString()).isEqualTo("unix:/somewhere/custodian.sock");
        assertThat(document.path("ledger").path("source").asString()).isEqualTo("default");
        assertThat(document.path("memory").path("source").asString()).isEqualTo("default");
    }

    @Test
    void howMuchMemoryAnEditionMayTakeIsASetting() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve("vauban.yaml"), "memory: 4GiB\n");

        Result inFile = run(Locale.ENGLISH, "config", "show", "--home", "home", "--json");
        Result flag = run(Locale.ENGLISH, "config", "show", "--home", "home", "--memory", "1GiB", "--json");

        assertThat(JsonMapper.shared()
                        .readTree(inFile.out())
                        .path("memory")
                        .path("value")
                        .asString())
                .isEqualTo("4GiB");
        assertThat(JsonMapper.shared()
                        .readTree(flag.out())
                        .path("memory")
                        .path("source")
                        .asString())
                .isEqualTo("flag");
    }

    @Test
    void anUnknownSettingIsToldWithItsPlace() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve("vauban.yaml"), "custodian: unix:/a\nthreshhold: 3\n");

        Result result = run(Locale.ENGLISH, "config", "show", "--home", "home");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err())
                .contains("FIELD_UNKNOWN")
                .contains("vauban.yaml:2")
                .contains("threshhold");
    }

    @Test
    void whatDoctorCannotLookAtIsNotRunAndNeverGood() {
        Result result = run(Locale.ENGLISH, "doctor", "--home", "nowhere");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("not run\thome")
                .contains("not run\tcustodian")
                .contains("3 not run");
    }

    @Test
    void aTakenPortIsToldBeforeAnythingIsBegun() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Result result = run(Locale.FRENCH, "demo", "--port", String.valueOf(taken.getLocalPort()), "--home", "h");

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err()).contains("PORT_TAKEN").contains("--port");
            assertThat(folder.resolve("h")).doesNotExist();
        }
    }
}
