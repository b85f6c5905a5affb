package org.vauban.harmonise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;
import org.vauban.edition.Edition;
import org.vauban.edition.Editions;
import org.vauban.ingest.IngestReport;
import org.vauban.ingest.Rejects;
import org.vauban.omop.CdmTable;
import org.vauban.vault.TestKeys;
import org.vauban.vault.Vault;

/** Other people's data: Synthea's FHIR against its own CSV, SCALPEL's tables against its own joins, and the synthetic SNDS. */
class ThirdPartyTest {
    @TempDir
    Path folder;

    private final TestKeys keys = new TestKeys();

    // Synthea 3.3.0: foreign vocabularies, and the CSV of the same patients as the measure.

    @Test
    void syntheaHasAsManyRowsInOmopAsInItsOwnCsv() throws IOException {
        Path synthea = shared("data/fhir/synthea-3.3.0-seed1001");
        var editions = new Editions(Vault.open(folder.resolve("vault"), keys), keys, SmallDeposit.CLOCK);
        List<DepositedTable> parts = parts(synthea.resolve("fhir"), DepositedTable.Kind.FHIR, ',', "synthea");

        Harmonised harmonised = new Harmonisation(editions, keys, SmallDeposit.CLOCK)
                .prepare(
                        parts,
                        (_, record) -> OptionalLong.of(UUID.fromString(record).getMostSignificantBits() >>> 1),
                        4,
                        folder.resolve("rejects.csv"));
        editions.publish(harmonised.edition());

        Edition edition = editions.open(harmonised.edition().id());
        long administrations = rows(synthea.resolve("fhir/MedicationAdministration.ndjson.gz"));
        assertThat(edition.rows())
                .containsEntry(CdmTable.PERSON, csv(synthea, "patients"))
                .containsEntry(CdmTable.VISIT_OCCURRENCE, csv(synthea, "encounters"))
                .containsEntry(CdmTable.CONDITION_OCCURRENCE, csv(synthea, "conditions"))
                .containsEntry(CdmTable.PROCEDURE_OCCURRENCE, csv(synthea, "procedures"))
                .containsEntry(CdmTable.DEVICE_EXPOSURE, csv(synthea, "devices"))
                .containsEntry(
                        CdmTable.DRUG_EXPOSURE,
                        csv(synthea, "medications") + csv(synthea, "immunizations") + administrations);
        long[] observations = observations(synthea.resolve("fhir/Observation.ndjson.gz"));
        assertThat(edition.rows())
                .containsEntry(CdmTable.MEASUREMENT, observations[1])
                .containsEntry(CdmTable.OBSERVATION, observations[0] - observations[1] + csv(synthea, "allergies"));
        assertThat(harmonised.report().tables())
                .hasEntrySatisfying(
                        "Observation", table -> assertThat(table.rejected()).isEmpty());
        assertThat(harmonised.report().leftOut())
                .containsOnlyKeys("Location", "Organization", "Practitioner", "PractitionerRole");
    }

    /** Facts (values and components) and those among them that are numbers, counted from the words of the file alone. */
    private static long[] observations(Path file) throws IOException {
        long[] counts = new long[2];
        try (var reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                // In this file each resource and each component has a value or none, and no text holds such a field
                // name.
                counts[0] += occurrences(line, "\"valueQuantity\":")
                        + occurrences(line, "\"valueCodeableConcept\":")
                        + occurrences(line, "\"valueString\":");
                counts[1] += occurrences(line, "\"valueQuantity\":");
            }
        }
        return counts;
    }

    private static int occurrences(String line, String word) {
        int count = 0;
        for (int at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1)) {
            count++;
        }
        return count;
    }

    // SCALPEL: the join of nine keys, and the join of a stay.

    @Test
    void theNineKeyJoinGivesScalpelsSevenRows() throws IOException {
        Path scalpel = shared("data/snds/scalpel-extraction");
        Path expected = scalpel.resolve("expected/DCIR.parquet");
        try (Bench bench = new Bench(expected)) {
            bench.read(scalpelParts(scalpel));
            String columns = "r.BEN_NIR_PSA, r.EXE_SOI_DTD, p.PHA_PRS_C13, p.PHA_ACT_QSN::INTEGER";

            assertThat(bench.rows("SELECT " + columns
                            + " FROM snds.er_prs_f r LEFT JOIN snds.er_pha_f p ON p.claim = r.claim ORDER BY ALL"))
                    .hasSize(7)
                    .isEqualTo(bench.rows("SELECT NUM_ENQ, EXE_SOI_DTD, CAST(\"ER_PHA_F.PHA_PRS_C13\" AS VARCHAR),"
                            + " CAST(\"ER_PHA_F.PHA_ACT_QSN\" AS INTEGER) FROM " + DuckSession.literal(expected)
                            + " ORDER BY ALL"));
        }
    }

    /** SCALPEL's own result leaves out the associated diagnosis of the last stay, which its T_MCO08D has; so that column is apart. */
    @Test
    void theJoinOfAStayGivesScalpelsSixRows() throws IOException {
        Path scalpel = shared("data/snds/scalpel-extraction");
        Path expected = scalpel.resolve("expected/MCO.parquet");
        try (Bench bench = new Bench(expected)) {
            bench.rule(scalpelParts(scalpel));
            String ours = """
                    SELECT s.NIR_ANO_17, s.ETA_NUM, s.RSA_NUM, s.DGN_PAL, s.DGN_REL, a.CDC_ACT
                    FROM snds.stay s
                    LEFT JOIN acts a ON a.stay_key = s.stay_key
                    ORDER BY ALL""";

            assertThat(bench.rows(ours))
                    .hasSize(6)
                    .isEqualTo(bench.rows("SELECT NUM_ENQ, CAST(ETA_NUM AS VARCHAR), CAST(RSA_NUM AS VARCHAR),"
                            + " \"MCO_B.DGN_PAL\", \"MCO_B.DGN_REL\", \"MCO_A.CDC_ACT\" FROM "
                            + DuckSession.literal(expected) + " ORDER BY ALL"));
            assertThat(bench.rows("SELECT s.RSA_NUM, d.ASS_DGN FROM snds.stay s JOIN diagnoses d"
                            + " ON d.stay_key = s.stay_key ORDER BY ALL"))
                    .containsExactly("10000543 C66.9", "20000123 C66.5", "30000852 C652");
        }
    }

    @Test
    void everyClaimOfScalpelIsExplainedByTheRuleThatDroppedIt() throws IOException {
        Path scalpel = shared("data/snds/scalpel-extraction");
        try (Bench bench = new Bench(scalpel.resolve("expected/MCO.parquet"))) {
            Workshop workshop = bench.rule(scalpelParts(scalpel));

            assertThat(workshop.attrition())
                    .filteredOn(line -> line.table().equals("ER_PRS_F") && line.dropped() > 0)
                    .extracting(line -> line.rule() + ' ' + line.dropped() + ' ' + line.rowsOut())
                    .as("three claims are coded NN, three are for information only")
                    .containsExactly("fictitious-nir 3 3", "expense-qualifier 3 0");
        }
    }

    @Test
    void scalpelsUnusableRowsAreToldByFileLineAndReason() throws IOException {
        Path scalpel = shared("data/snds/scalpel-extraction");
        try (Bench bench = new Bench(scalpel.resolve("expected/MCO.parquet"))) {
            Workshop workshop = bench.rule(scalpelParts(scalpel), BusinessRule.FICTITIOUS_NIR);

            assertThat(workshop.sources())
                    .hasEntrySatisfying(
                            "ER_PRS_F",
                            claims -> assertThat(claims.rejected()).containsExactly(Map.entry("no_day", 1L)));
            assertThat(Files.readAllLines(folder.resolve("rejects.csv")))
                    .anyMatch(line -> line.startsWith("ER_PRS_F,\"SCALPEL/ER_PRS_F\",2,,,no_day,"));
        }
    }

    // The synthetic SNDS: random values under valid keys, in 158 tables.

    @Test
    void everyTableOfTheSyntheticSndsIsReadOrToldAsLeftOut() throws IOException {
        Path synthetic = shared("data/snds/synthetic");
        List<DepositedTable> parts = parts(synthetic, DepositedTable.Kind.SNDS, ',', "synthetic");
        try (Bench bench = new Bench(shared("data/snds/scalpel-extraction/expected/MCO.parquet"))) {
            Workshop workshop = bench.rule(parts);
            long read = workshop.sources().values().stream()
                    .mapToLong(IngestReport.Table::rowsIn)
                    .sum();

            assertThat(workshop.sources())
                    .containsKeys(
                            "IR_BEN_R",
                            "IR_IMB_R",
                            "ER_PRS_F",
                            "ER_PHA_F",
                            "ER_CAM_F",
                            "ER_BIO_F",
                            "ER_UCD_F",
                            "KI_CCI_R",
                            "T_MCO_A",
                            "T_MCO_B",
                            "T_MCO_C",
                            "T_MCO_D");
            assertThat(read).isEqualTo(120);
            assertThat(workshop.sources().size() + workshop.leftOut().size()).isEqualTo(parts.size());
        }
    }

    /** A session that may also read what somebody else expects; everybody is known. */
    private final class Bench implements AutoCloseable {
        private final MemoryFile input = MemoryFile.create();
        private final DuckSession session;

        Bench(Path readable) {
            session = DuckSession.open(new DuckSession.Limits(1, 1L << 30), List.of(input.path(), readable));
        }

        /** Reads the claims and applies no rule. */
        void read(List<DepositedTable> parts) {
            try (Rejects rejects = Rejects.open(folder.resolve("rejects.csv"))) {
                var snds = new SndsIntake(session, input, rejects);
                snds.begin();
                for (DepositedTable part : parts) {
                    SndsTable.named(part.table())
                            .filter(SndsTable::isOfClaims)
                            .ifPresent(table -> snds.read(table, part));
                }
            }
        }

        /** Applies the rules, and keeps the diagnoses and acts as they were sent. */
        Workshop rule(List<DepositedTable> parts, BusinessRule... off) {
            try (Rejects rejects = Rejects.open(folder.resolve("rejects.csv"))) {
                var workshop = new Workshop(
                        session,
                        input,
                        input,
                        (_, record) -> OptionalLong.of(record.hashCode() & 0xFFFFFF),
                        Set.of(off),
                        rejects,
                        SmallDeposit.inOnePass());
                workshop.readPersons(parts);
                workshop.readEvents(parts);
                session.execute("CREATE TABLE acts AS SELECT * FROM t_mco_a");
                session.execute("CREATE TABLE diagnoses AS SELECT * FROM t_mco_d");
                workshop.join();
                return workshop;
            }
        }

        List<String> rows(String sql) {
            List<String> rows = new ArrayList<>();
            session.rows(sql, row -> {
                List<String> fields = new ArrayList<>();
                for (int field = 1; field <= row.getMetaData().getColumnCount(); field++) {
                    String text = row.getString(field);
                    fields.add(text == null || text.isEmpty() ? "-" : text);
                }
                rows.add(String.join(" ", fields));
            });
            return rows;
        }

        @Override
        public void close() {
            session.close();
            input.close();
        }
    }

    private static List<DepositedTable> scalpelParts(Path scalpel) throws IOException {
        List<DepositedTable> parts = new ArrayList<>();
        for (String file : List.of("IR_BEN_R.csv", "IR_IMB_R.csv")) {
            parts.add(part(scalpel.resolve(file), DepositedTable.Kind.SNDS, ';', "SCALPEL"));
        }
        parts.addAll(parts(scalpel.resolve("DCIR"), DepositedTable.Kind.SNDS, ';', "SCALPEL"));
        parts.addAll(parts(scalpel.resolve("PMSI"), DepositedTable.Kind.SNDS, ';', "SCALPEL"));
        return parts;
    }

    private static List<DepositedTable> parts(Path folder, DepositedTable.Kind kind, char delimiter, String producer)
            throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(csv|ndjson)(\\.gz)?"))
                    .sorted()
                    .map(file -> part(file, kind, delimiter, producer))
                    .toList();
        }
    }

    private static DepositedTable part(Path file, DepositedTable.Kind kind, char delimiter, String producer) {
        String table = file.getFileName().toString().replaceFirst("\\..*", "");
        return new DepositedTable(producer, producer, kind, table, delimiter, 0, () -> open(file));
    }

    private static InputStream open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
    }

    private static long rows(Path file) throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            return reader.lines().count();
        }
    }

    private static long csv(Path synthea, String table) throws IOException {
        return rows(synthea.resolve("csv/" + table + ".csv.gz")) - 1;
    }

    private static Path shared(String path) {
        String named = System.getProperty("vauban.shared", System.getenv().getOrDefault("VAUBAN_SHARED", ""));
        Path found = Stream.of(named, "../shared", "../../shared")
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(path))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of(""));
        Assumptions.assumeTrue(
                Files.exists(found) && !found.toString().isEmpty(), "not run: no reference data (VAUBAN_SHARED)");
        return found;
    }
}
