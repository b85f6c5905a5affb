package org.vauban.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.identity.linkage.SharedData;

class LinkMainTest {

    private static final String FEBRL = """
            # Names as in the file
            given_name: given_name
            surname: surname
            street_number: other
            address_1: street
            address_2: street
            suburb: city
            postcode: postcode
            state: other
            date_of_birth: birth_date
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"identifier, 0.997", "ignore, 0.995"})
    void febrl4IsLinkedWithAndWithoutItsNumber(String kindOfNumber, double least) throws IOException {
        Path one = febrl("febrl_dataset4a.csv");
        Path other = febrl("febrl_dataset4b.csv");

        Run run = link(
                FEBRL + "soc_sec_id: " + kindOfNumber + "\n", one.toString(), other.toString(), "--truth", "person");

        assertThat(run.err()).isEmpty();
        assertThat(run.figure("f1")).isGreaterThanOrEqualTo(least);
        assertThat(run.figure("f1_low")).isLessThan(run.figure("f1")).isGreaterThan(0.99);
        assertThat(Files.readAllLines(pairs()).getFirst()).isEqualTo("left_row,right_row,probability");
    }

    @ParameterizedTest
    @CsvSource({"identifier, 0.997", "ignore, 0.995"})
    void febrl3IsCleanedOfDuplicates(String kindOfNumber, double least) throws IOException {
        Path file = febrl("febrl_dataset3.csv");

        Run run = link(FEBRL + "soc_sec_id: " + kindOfNumber + "\n", file.toString(), "--truth", "person");

        assertThat(run.figure("f1")).isGreaterThanOrEqualTo(least);
        assertThat(run.figure("true_pairs")).isEqualTo(6538);
    }

    @ParameterizedTest
    @CsvSource({
        "RLdata500.csv, identity, 0.98, fname_c1: given_name|fname_c2: given_name|lname_c1: surname|lname_c2: surname"
                + "|by: birth_date|bm: birth_date|bd: birth_date",
        "RLdata500.csv, identity, 0.98, fname_c1: given_name|fname_c2: other|lname_c1: surname|lname_c2: other"
                + "|by: other|bm: other|bd: other",
        "splink_fake_1000.csv, cluster, 0.97, first_name: given_name|surname: surname|dob: birth_date|city: city"
                + "|email: other",
    })
    void otherPublishedSetsAreCleanedWithoutTuning(String name, String truth, double least, String columns)
            throws IOException {
        Path file = SharedData.file("linkage/" + name);

        Run run = link(columns.replace('|', '\n'), file.toString(), "--truth", truth);

        assertThat(run.err()).isEmpty();
        assertThat(run.figure("f1")).isGreaterThanOrEqualTo(least);
    }

    @Test
    void theTruthIsNeverATrait() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "name;who\nMARTIN;1\nDURAND;1\n");

        Run run = link("name: surname\nwho: identifier\n", file.toString(), "--truth", "who");

        assertThat(run.figure("pairs")).isZero();
        assertThat(run.figure("recall")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: surname\\n  who: sex  | line 2, column 1",
                "name: surnam              | line 1, column 6: expected one of given_name",
                "name surname              | line 1, column 13: expected column: kind",
                "name: surname\\nname: sex  | line 2, column 1: expected each column once",
                "name: ignore              | expected at least one column that is not ignored",
                "other: surname            | expected a column “other”, found name, who",
            })
    void mistakesAreToldWithTheirPlace(String columns, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "name,who\nMARTIN,1\n");

        Run run = link(columns.replace("\\n", "\n"), file.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    @Test
    void aRowThatIsNoneIsToldWithoutItsContent() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "name,who\nMARTIN,1\nBLANCHEFORT\n");

        Run run = link("name: surname\n", file.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("line 3", "expected 2 fields", "found 1").doesNotContain("BLANCHEFORT");
    }

    @Test
    void itSpeaksFrench() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "name,who\nMARTIN,1\n");

        Run run = link("name: surnam\n", file.toString(), "--lang", "fr");

        assertThat(run.err()).contains("ligne 1, colonne 6", "attendu");
    }

    @Test
    void wrongUsageIsExplained() {
        assertThat(run(List.of()).err()).contains("one or two CSV files");
        assertThat(run(List.of("a.csv", "--colums", "x")).err()).contains("--colums");
        assertThat(run(List.of("--help", "--lang", "fr")).out()).contains("Apparie");
    }

    private record Run(int status, String out, String err) {
        double figure(String name) {
            String number = out.replaceAll("(?s).*\"" + name + "\":([0-9.]+).*", "$1");
            return Double.parseDouble(number);
        }
    }

    private Run link(String columns, String... words) throws IOException {
        Path kinds = Files.writeString(folder.resolve("columns.yaml"), columns);
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--columns", kinds.toString(), "--out", pairs().toString(), "--json"));
        return run(all);
    }

    private static Run run(List<String> words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = LinkMain.run(
                words, Locale.ENGLISH, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
    }

    private Path pairs() {
        return folder.resolve("pairs.csv");
    }

    /** FEBRL says who is who in the number within {@code rec_id}: made a column of its own. */
    private Path febrl(String name) throws IOException {
        List<String> lines = Files.readAllLines(SharedData.file("linkage/" + name));
        String body = lines.stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> line + "," + line.split("-", -1)[1])
                .collect(Collectors.joining("\n"));
        return Files.writeString(folder.resolve(name), lines.getFirst() + ",person\n" + body + "\n");
    }
}
