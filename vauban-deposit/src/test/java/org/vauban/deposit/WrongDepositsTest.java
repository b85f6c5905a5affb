package org.vauban.deposit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.deposit.SplitReport.FileReport;
import org.vauban.deposit.SplitReport.Outcome;
import org.vauban.problem.ProblemException;

/** Each wrong deposit, with the very words in which it is told. The wrong file is kept back; the others are taken. */
class WrongDepositsTest {
    @TempDir
    Path folder = Path.of("");

    private static String sentence(SplitReport report, Locale language) {
        List<FileReport> quarantined = report.with(Outcome.QUARANTINED);
        assertThat(quarantined).hasSize(1);
        assertThat(report.with(Outcome.TAKEN)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(report.isSealed()).isTrue();
        return quarantined.getFirst().problem().orElseThrow().sentence(language);
    }

    private static String sentence(SplitReport report) {
        return sentence(report, Locale.ENGLISH);
    }

    @Test
    void aCutGzipIsTold() throws IOException {
        SmallProducer insurer = SmallProducer.insurer(folder);
        insurer.gzip("T_MCO19B.csv.gz", "ETA_NUM;RSA_NUM;DGN_PAL\n" + "1;2;K250\n".repeat(500));
        byte[] whole = Files.readAllBytes(insurer.source.resolve("T_MCO19B.csv.gz"));
        insurer.bytes("T_MCO19B.csv.gz", Arrays.copyOf(whole, whole.length - 12));

        assertThat(sentence(insurer.split()))
                .matches(
                        "T_MCO19B.csv.gz:\\d+: The file ends too early: expected the end of the gzip stream, found the end of the file"
                                + " after " + (whole.length - 12) + " bytes\\.");
    }

    @Test
    void aCutPlainFileIsTold() {
        SmallProducer insurer = SmallProducer.insurer(folder);
        insurer.write("T_MCO19B.csv", "ETA_NUM;RSA_NUM;DGN_PAL\n1;2;K250\n1;3");

        assertThat(sentence(insurer.split()))
                .isEqualTo(
                        "T_MCO19B.csv:3: The file ends too early: expected 3 fields and a line end, found 2 fields.");
    }

    @Test
    void aCutResourceIsTold() {
        SmallProducer hospital = SmallProducer.hospital(folder);
        hospital.write("Condition.ndjson", "{\"resourceType\":\"Condition\",\"id\":\"1\"}\n{\"resourceType\":\"Condi");

        assertThat(sentence(hospital.split()))
                .isEqualTo(
                        "Condition.ndjson:2: The file ends too early: expected a whole resource and a line end, found the end of the"
                                + " file.");
    }

    @Test
    void aChangedByteIsToldByTheGzipStreamItself() throws IOException {
        SmallProducer insurer = SmallProducer.insurer(folder);
        insurer.gzip("T_MCO19B.csv.gz", "ETA_NUM;RSA_NUM;DGN_PAL\n1;2;K250\n");
        byte[] bytes = Files.readAllBytes(insurer.source.resolve("T_MCO19B.csv.gz"));
        bytes[bytes.length - 6] ^= 1;
        insurer.bytes("T_MCO19B.csv.gz", bytes);

        assertThat(sentence(insurer.split()))
                .matches(
                        "T_MCO19B.csv.gz:\\d+: The file cannot be read: expected a whole gzip stream, found changed bytes\\.");
    }

    @Test
    void aChangedByteIsToldByTheChecksumThatTheProducerGives() throws Exception {
        SmallProducer insurer = SmallProducer.insurer(folder);
        byte[] bytes = Files.readAllBytes(insurer.source.resolve("ER_PHA_F.csv"));
        String sum = HexFormat.of().formatHex(LineReader.sha256().digest(bytes));
        insurer.write("SHA256SUMS", sum + "  ER_PHA_F.csv\n");
        bytes[bytes.length - 3] ^= 1;
        insurer.bytes("ER_PHA_F.csv", bytes);
        String found = HexFormat.of().formatHex(LineReader.sha256().digest(bytes));

        assertThat(sentence(insurer.split()))
                .isEqualTo("ER_PHA_F.csv: The file is not the one that SHA256SUMS names: expected SHA-256 "
                        + sum.substring(0, 12) + "…, found " + found.substring(0, 12) + "….");
    }

    @Test
    void aWrongDelimiterIsToldInTheHeaderAndInTheRows() {
        SmallProducer one = SmallProducer.insurer(folder.resolve("one"));
        one.write("T_MCO19B.csv", "ETA_NUM|RSA_NUM|DGN_PAL\n1|2|K250\n");
        SmallProducer other = SmallProducer.insurer(folder.resolve("other"));
        other.write("T_MCO19B.csv", "ETA_NUM;RSA_NUM;DGN_PAL\n1|2|K250\n");

        assertThat(sentence(one.split()))
                .isEqualTo(
                        "T_MCO19B.csv:1: The columns are not separated as they should be: expected ; or ,, found |.");
        assertThat(sentence(other.split()))
                .isEqualTo(
                        "T_MCO19B.csv:2: The columns are not separated as they should be: expected 3 fields separated by ;, found 1"
                                + " fields.");
    }

    @Test
    void aMissingColumnIsTold() {
        SmallProducer insurer = SmallProducer.insurer(folder);
        insurer.write("T_MCO19C.csv", "ETA_NUM;RSA_NUM;NIR_RET\n1;2;0\n");

        assertThat(sentence(insurer.split()))
                .isEqualTo(
                        "T_MCO19C.csv:1: A column is missing without which the rows belong to nobody: expected NIR_ANO_17 or NUM_ENQ,"
                                + " found 3 other columns.");
    }

    @Test
    void aNirInAClinicalColumnIsToldByPlaceAndShapeAndNeverByValue() {
        SmallProducer insurer = SmallProducer.insurer(folder);
        insurer.write("T_MCO19D.csv", "ETA_NUM;RSA_NUM;ASS_DGN\n1;2;K250\n1;3;" + SmallProducer.NIR + "\n");

        SplitReport report = insurer.split();

        assertThat(sentence(report))
                .isEqualTo(
                        "T_MCO19D.csv:3:3: Health data would tell who somebody is: expected no identifier in ASS_DGN, found NIR of the"
                                + " form 999999999999999.");
        assertThat(sentence(report, Locale.FRENCH))
                .startsWith("T_MCO19D.csv:3:3: Des données de santé diraient qui est quelqu’un : attendu ");
        assertThat(insurer.health.everything(insurer.spool)).doesNotContain("ASS_DGN");
    }

    @Test
    void aNameInAClinicalTextIsTold() {
        SmallProducer hospital = SmallProducer.hospital(folder);
        hospital.write(
                "Observation.ndjson",
                "{\"resourceType\":\"Observation\",\"id\":\"1\",\"valueString\":\"revoir Mme Tournebouche lundi\"}\n");
        hospital.write("Condition.ndjson", "{\"resourceType\":\"Condition\",\"id\":\"1\"}\n");

        assertThat(sentence(hospital.split()))
                .isEqualTo(
                        "Observation.ndjson:1 (Observation…valueString): Health data would tell who somebody is: expected no identifier"
                                + " in Observation…valueString, found NAME of the form AAAAAA AAA AAAAAAAAAAAA … (29 characters).");
    }

    @Test
    void anEmptyFileIsTold() {
        SmallProducer insurer = SmallProducer.insurer(folder);
        insurer.write("T_MCO19D.csv", "");

        assertThat(sentence(insurer.split()))
                .isEqualTo("T_MCO19D.csv: The file is empty: expected at least one line, found 0 bytes.");
    }

    @Test
    void anInterruptedDepositGoesOnWhereItStoppedUnderTheSameRecordNumbers() throws IOException {
        SmallProducer insurer = SmallProducer.insurer(folder);
        String row = SmallProducer.NINE_VALUES + ";PSA000000000000A1;1;A10000001;3313\n";
        insurer.write(
                "ER_PRS_F.csv",
                SmallProducer.NINE + ";BEN_NIR_PSA;BEN_RNG_GEM;PFS_EXE_NUM;PRS_NAT_REF\n" + row.repeat(300_000));
        Path state = insurer.spool.resolve("deposit.json");
        var ticks = new AtomicLong();
        List<Progress> stopped = new ArrayList<>();
        var progress = new Progress(() -> ticks.addAndGet(1_000_000_000), _ -> {
            if (read(state).contains("IR_BEN_R.csv")) {
                stopped.getFirst().cancel();
            }
        });
        stopped.add(progress);

        assertThatThrownBy(() -> insurer.split(progress))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("DEPOSIT_INTERRUPTED: The deposit was stopped: ")
                .hasMessageContaining("Give the same command again");
        String before = read(state);
        String deposit = before.replaceAll(".*\"deposit\":\"([0-9a-f]{32})\".*", "$1");
        assertThat(before).doesNotContain("\"ER_PRS_F.csv\"");
        assertThat(insurer.spool.resolve("health/manifest.json")).doesNotExist();

        SplitReport report = insurer.split();

        assertThat(report.deposit().value()).isEqualTo(deposit);
        assertThat(report.rows()).isGreaterThan(300_000);
        assertThat(state).doesNotExist();
        String psa = insurer.health
                .table(insurer.spool, "IR_BEN_R")
                .lines()
                .toList()
                .get(1)
                .split(";")[0];
        assertThat(insurer.health
                        .table(insurer.spool, "ER_PRS_F")
                        .lines()
                        .toList()
                        .get(300_000))
                .contains(";" + psa + ";1;");
    }

    @Test
    void theProgramExitsWithTwoAndSpeaksTheReadersLanguage() {
        SmallProducer insurer = SmallProducer.insurer(folder);
        insurer.write("T_MCO19D.csv", "");
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();

        int status = DepositMain.run(
                List.of(
                        "split",
                        insurer.source.toString(),
                        "--producer",
                        "producer-1",
                        "--hub-key",
                        "09".repeat(32),
                        "--identity-key",
                        "0a".repeat(32),
                        "--out",
                        insurer.spool.toString(),
                        "--lang",
                        "fr"),
                Locale.ENGLISH,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("DEPOSIT_FILE_EMPTY: T_MCO19D.csv: Le fichier est vide : attendu")
                .contains("→ Refaites l’export du fichier");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("T_MCO19D.csv : en quarantaine")
                .contains("est scellé");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException notYet) {
            return "";
        }
    }
}
