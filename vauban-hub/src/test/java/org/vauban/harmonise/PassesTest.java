package org.vauban.harmonise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;
import org.vauban.edition.Edition;
import org.vauban.edition.Editions;
import org.vauban.ingest.IngestReport;
import org.vauban.ingest.PersonDirectory;
import org.vauban.ingest.Rejects;
import org.vauban.omop.CdmTable;
import org.vauban.vault.FullDisk;
import org.vauban.vault.TestKeys;
import org.vauban.vault.Vault;

/** The same deposits give the same rows, rules and rejects in one pass, in two and in eight. */
class PassesTest {
    private static final int BUCKETS = 8;
    private static final int PERSONS = 60;
    private static final String NINE =
            "DCT_ORD_NUM;FLX_DIS_DTD;FLX_EMT_NUM;FLX_EMT_ORD;FLX_EMT_TYP;FLX_TRT_DTD;ORG_CLE_NUM;PRS_ORD_NUM;REM_TYP_AFF";

    private static final Answers ANSWERS = (_, record) -> Integer.parseInt(record) % 20 == 19
            ? OptionalLong.empty()
            : OptionalLong.of(Integer.parseInt(record) % 1_000);

    @TempDir
    Path folder;

    private final TestKeys keys = new TestKeys();

    @Test
    void everyTableHasTheSameRowsInOneTwoAndEightPasses() throws IOException {
        SortedMap<String, String> once = fingerprints(country(), ANSWERS, 1);

        assertThat(once.get("drug_exposure")).startsWith("136 ");
        assertThat(once.get("visit_occurrence")).startsWith("249 ");
        assertThat(fingerprints(country(), ANSWERS, 2)).isEqualTo(once);
        assertThat(fingerprints(country(), ANSWERS, 8)).isEqualTo(once);
    }

    @Test
    void theReportAndTheRejectedLinesAreTheSame() throws IOException {
        List<Object> once = told(1);

        assertThat(once.toString()).contains("fictitious-nir", "unknown_person", "never_happened");
        assertThat(told(2)).isEqualTo(once);
        assertThat(told(8)).isEqualTo(once);
    }

    @Test
    void keysOfRowsAreTheSameNumbersWithoutAGap() throws IOException {
        for (int passes : new int[] {1, 8}) {
            List<Long> visits = new ArrayList<>();
            inPasses(
                    country(),
                    ANSWERS,
                    passes,
                    session -> session.rows(
                            "SELECT visit_occurrence_id FROM visit_occurrence ORDER BY bucket, visit_occurrence_id",
                            row -> visits.add(row.getLong(1))));

            assertThat(visits)
                    .hasSize(249)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .startsWith(1L)
                    .endsWith(249L);
        }
    }

    @Test
    void nothingWaitsOnDiskAfterwardsWhetherItWentWellOrNot() throws IOException {
        Path vault = folder.resolve("vault");
        var editions = new Editions(Vault.open(vault, keys), keys, SmallDeposit.CLOCK);
        var harmonisation = new Harmonisation(editions, keys, SmallDeposit.CLOCK);

        harmonisation.prepare(country(), ANSWERS, new Passes(4, BUCKETS), folder.resolve("rejects.csv"), Set.of());
        assertThat(vault.resolve("spill")).isEmptyDirectory();

        List<DepositedTable> cut = new ArrayList<>(country());
        cut.add(new DepositedTable("d", "insurer", DepositedTable.Kind.SNDS, "ER_PRS_F", ';', 0, () -> {
            throw new IOException("cut");
        }));
        assertThatThrownBy(() -> harmonisation.prepare(
                        cut, ANSWERS, new Passes(4, BUCKETS), folder.resolve("rejects.csv"), Set.of()))
                .hasMessageStartingWith("INPUT_FILE_UNREADABLE");
        assertThat(vault.resolve("spill")).isEmptyDirectory();
        assertThat(editions.list()).isEmpty();
    }

    @Test
    void aDiskThatIsFullIsToldAndLeavesNothing() {
        Path vault = folder.resolve("vault");
        var editions = new Editions(FullDisk.vault(vault, keys, 20_000), keys, SmallDeposit.CLOCK);

        assertThatThrownBy(() -> new Harmonisation(editions, keys, SmallDeposit.CLOCK)
                        .prepare(country(), ANSWERS, new Passes(4, BUCKETS), folder.resolve("rejects.csv"), Set.of()))
                .hasMessageStartingWith("HOME_UNWRITABLE")
                .hasMessageContaining("No space left on device");

        assertThat(vault.resolve("spill")).isEmptyDirectory();
        assertThat(editions.list()).isEmpty();
    }

    @Test
    void lessMemoryMeansMorePassesUpToTheNumberOfBuckets() {
        var part = new DepositedTable("d", "insurer", DepositedTable.Kind.SNDS, "ER_PRS_F", ';', 100L << 20, () -> {
            throw new IOException("not read");
        });

        assertThat(Passes.of(List.of(part), 16, new DuckSession.Limits(1, 8L << 30))
                        .count())
                .isEqualTo(1);
        assertThat(Passes.of(List.of(part, part, part, part), 16, new DuckSession.Limits(1, 1L << 30))
                        .count())
                .isGreaterThan(4);
        assertThat(Passes.of(List.of(part, part, part, part), 16, new DuckSession.Limits(1, 1L << 26))
                        .count())
                .isEqualTo(16);
    }

    /** A synthetic country, named by the system property {@code vauban.france}; without it the test is not run. */
    @Test
    void aSyntheticCountryHasTheSameRowsInOneTwoAndEightPasses() throws IOException {
        Path france = SyntheticFranceTest.france();
        Answers answers = SyntheticFranceTest.answers(france);
        List<DepositedTable> parts = SyntheticFranceTest.parts(france);
        SortedMap<String, String> once = fingerprints(parts, answers, 1);

        assertThat(fingerprints(parts, answers, 2)).isEqualTo(once);
        assertThat(fingerprints(parts, answers, 8)).isEqualTo(once);
    }

    private List<Object> told(int passes) throws IOException {
        Path rejects = folder.resolve("rejects.csv");
        var editions = new Editions(Vault.open(folder.resolve("vault"), keys), keys, SmallDeposit.CLOCK);
        Harmonised harmonised = new Harmonisation(editions, keys, SmallDeposit.CLOCK)
                .prepare(country(), ANSWERS, new Passes(passes, BUCKETS), rejects, Set.of());
        editions.publish(harmonised.edition());
        Edition edition = editions.open(harmonised.edition().id());
        IngestReport report = harmonised.report();
        return List.of(
                report.attrition(),
                report.tables(),
                report.quality(),
                report.notices(),
                edition.rows(),
                Files.readAllLines(rejects).stream().sorted().toList());
    }

    /** Takes what each pass made. */
    @FunctionalInterface
    private interface Look {
        void at(DuckSession session);
    }

    private void inPasses(List<DepositedTable> parts, Answers answers, int count, Look look) {
        var passes = new Passes(count, BUCKETS);
        // With two passes all rows are gathered before they are spread, with eight nearly none.
        long room = count == 2 ? 1L << 30 : 64L << 10;
        Vault vault = Vault.open(folder.resolve("waiting"), keys);
        try (Rejects rejects = Rejects.open(folder.resolve("rejects.csv"));
                MemoryFile input = MemoryFile.create();
                MemoryFile scratch = MemoryFile.create();
                WaitingRows waiting = new WaitingRows(passes, room, vault::spill);
                DuckSession session =
                        DuckSession.open(new DuckSession.Limits(2, 4L << 30), List.of(input.path(), scratch.path()))) {
            var workshop = new Workshop(session, input, scratch, answers, Set.of(), rejects, waiting);
            workshop.readPersons(parts);
            workshop.number(ids -> PersonDirectory.ofNewEdition(ids, keys, BUCKETS));
            workshop.readEvents(parts);
            workshop.join();
            workshop.makeVocabulary(SmallDeposit.CLOCK);
            for (int pass = 0; pass < count; pass++) {
                workshop.makeTables(pass);
                workshop.clearPass();
                look.at(session);
                OmopTables.OF_PERSONS.forEach(table -> session.execute("DROP TABLE " + table.tableName()));
            }
        }
    }

    /** Of each table the number of its rows and the sum of their digests, under the hub's persons and without keys. */
    private SortedMap<String, String> fingerprints(List<DepositedTable> parts, Answers answers, int count) {
        SortedMap<String, BigInteger[]> sums = new TreeMap<>();
        inPasses(parts, answers, count, session -> {
            for (CdmTable table : OmopTables.OF_PERSONS) {
                String name = table.tableName();
                boolean isOfVisits = session.number("SELECT count(*) FROM duckdb_columns() WHERE table_name = '" + name
                                + "' AND column_name = 'visit_occurrence_id'")
                        > 0;
                session.rows(
                        "SELECT count(*), coalesce(sum(CAST(hash(q) AS HUGEINT)), 0) FROM (SELECT e.person, t.* EXCLUDE (person_id"
                                + (isOfVisits ? ", visit_occurrence_id" : "") + ")"
                                + (isOfVisits ? ", v.visit_start_date AS of_day, v.visit_source_value AS of_code" : "")
                                + " FROM " + name + " t JOIN everybody e ON e.person_id = t.person_id"
                                + (isOfVisits
                                        ? " LEFT JOIN visit_occurrence v ON v.visit_occurrence_id = t.visit_occurrence_id"
                                        : "")
                                + ") q",
                        row -> {
                            BigInteger[] sum = sums.computeIfAbsent(
                                    name, _ -> new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO});
                            sum[0] = sum[0].add(new BigInteger(row.getString(1)));
                            sum[1] = sum[1].add(new BigInteger(row.getString(2)));
                        });
            }
        });
        SortedMap<String, String> fingerprints = new TreeMap<>();
        sums.forEach((table, sum) -> fingerprints.put(table, sum[0] + " " + sum[1]));
        return fingerprints;
    }

    // A small country: every person has claims, drugs, a stay of the insurer and of a hospital, and every trap occurs.

    private static List<DepositedTable> country() {
        var persons = new StringBuilder(
                "BEN_NIR_PSA;BEN_RNG_GEM;BEN_NAI_ANN;BEN_SEX_COD;BEN_RES_DPT;RECORD_NUMBER;MAX_TRT_DTD\n");
        var claims = new StringBuilder(
                NINE
                        + ";BEN_NIR_PSA;BEN_RNG_GEM;BEN_CDI_NIR;EXE_SOI_DTD;UNUSED;PRS_NAT_REF;PRS_ACT_QTE;CPL_MAJ_TOP;DPN_QLF\n");
        var drugs = new StringBuilder(NINE + ";PHA_PRS_C13;PHA_PRS_IDE;PHA_ACT_QSN\n");
        var acts = new StringBuilder(NINE + ";CAM_PRS_IDE\n");
        var stays = new StringBuilder("ETA_NUM;RSA_NUM;DGN_PAL;DGN_REL;GRG_GHM\n");
        var chains = new StringBuilder("ETA_NUM;RSA_NUM;NIR_ANO_17;EXE_SOI_DTD;EXE_SOI_DTF;NIR_RET\n");
        var diagnoses = new StringBuilder("ETA_NUM;RSA_NUM;ASS_DGN\n");
        var stayActs = new StringBuilder("ETA_NUM;RSA_NUM;CDC_ACT;ENT_DAT_DEL\n");
        var patients = new StringBuilder();
        var encounters = new StringBuilder();
        var conditions = new StringBuilder();
        var observations = new StringBuilder();
        var requests = new StringBuilder();
        for (int person = 0; person < PERSONS; person++) {
            String day = "2015-0%d-1%d".formatted(1 + person % 9, person % 10);
            persons.append("P%d;1;19%d;%d;0%d;%d;2016-12-31%n"
                    .formatted(person, 40 + person % 50, 1 + person % 2, 10 + person % 5, person));
            for (int visit = 0; visit < 3; visit++) {
                String key = "%d;2015-12-01;1;1;1;2015-11-01;7;%d;1".formatted(person, visit);
                claims.append("%s;P%d;1;%s;%s;x;1111;1;0;%s%n"
                        .formatted(key, person, person % 10 == 7 ? "01" : "00", day, person % 15 == 4 ? "71" : "0"));
                drugs.append(key)
                        .append(visit == 2 ? ";3400935563538;3556353;" : ";;3541848;")
                        .append(visit == 1 && person % 3 == 0 ? "-1" : "1")
                        .append('\n');
            }
            drugs.append("%d;2015-12-01;9;9;9;2015-11-01;7;0;1;3400935563538;3556353;1%n".formatted(person));
            acts.append("%d;2015-12-01;1;1;1;2015-11-01;7;0;1;HEQE002%n".formatted(person));
            stays.append("100;%d;K250;D62;%s%n".formatted(person, person % 12 == 5 ? "90Z00Z" : "06K04J"));
            chains.append("100;%d;P%d;%s;%s;%d%n".formatted(person, person, day, day, person % 14 == 6 ? 1 : 0));
            diagnoses.append("100;%d;N18%d%n".formatted(person, person % 4));
            stayActs.append("100;%d;HEQE002;0%n".formatted(person));
            String subject = "\"subject\":{\"reference\":\"Patient/%d\"}".formatted(1_000 + person);
            patients.append(
                    "{\"resourceType\":\"Patient\",\"id\":\"%d\",\"gender\":\"female\",\"birthDate\":\"19%d-07-14\"}%n"
                            .formatted(1_000 + person, 40 + person % 50));
            encounters.append(
                    ("{\"resourceType\":\"Encounter\",\"id\":\"e%d\",\"status\":\"finished\",\"class\":{\"code\":\"IMP\"},%s,"
                                    + "\"period\":{\"start\":\"%s\",\"end\":\"%s\"},\"diagnosis\":[{\"condition\":{\"reference\":\"Condition/c%d\"},\"rank\":1}]}%n")
                            .formatted(person, subject, day, day, person));
            conditions.append(
                    ("{\"resourceType\":\"Condition\",\"id\":\"c%d\",%s,\"encounter\":{\"reference\":\"Encounter/e%d\"},"
                                    + "\"code\":{\"coding\":[{\"system\":\"http://hl7.org/fhir/sid/icd-10\",\"code\":\"K25.0\"}]},\"onsetDateTime\":\"%s\"}%n")
                            .formatted(person, subject, person, day));
            observations.append(("{\"resourceType\":\"Observation\",\"id\":\"o%d\",\"status\":\"%s\",%s,"
                            + "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"718-7\"}]},\"effectiveDateTime\":\"%s\","
                            + "\"valueQuantity\":{\"value\":9.5,\"code\":\"g/dL\"}}%n")
                    .formatted(person, person % 9 == 8 ? "entered-in-error" : "final", subject, day));
            requests.append(("{\"resourceType\":\"MedicationRequest\",\"id\":\"m%d\",\"status\":\"active\",%s,"
                            + "\"medicationReference\":{\"reference\":\"Medication/aspirin\"},\"authoredOn\":\"%s\"}%n")
                    .formatted(person, subject, day));
        }
        return List.of(
                snds("ER_PHA_F", drugs),
                fhir("Observation", observations),
                snds("ER_PRS_F", claims),
                snds("ER_CAM_F", acts),
                snds("T_MCO15D", diagnoses),
                snds("T_MCO15A", stayActs),
                snds("T_MCO15C", chains),
                snds("T_MCO15B", stays),
                fhir("MedicationRequest", requests),
                fhir("Condition", conditions),
                fhir("Encounter", encounters),
                fhir(
                        "Medication",
                        new StringBuilder("{\"resourceType\":\"Medication\",\"id\":\"aspirin\",\"code\":{\"coding\":"
                                + "[{\"system\":\"http://www.whocc.no/atc\",\"code\":\"B01AC06\"}]}}\n")),
                fhir("Patient", patients),
                snds(
                        "IR_PHA_R",
                        new StringBuilder("PHA_CIP_C13;PHA_PRS_IDE;PHA_ATC_C07\n3400935418487;3541848;A10BB09\n"
                                + "3400935563538;3556353;M01AH01\n")),
                snds("IR_BEN_R", persons));
    }

    private static DepositedTable snds(String table, StringBuilder text) {
        return part(DepositedTable.Kind.SNDS, "insurer", table, text);
    }

    private static DepositedTable fhir(String table, StringBuilder text) {
        return part(DepositedTable.Kind.FHIR, "hospital", table, text);
    }

    private static DepositedTable part(DepositedTable.Kind kind, String producer, String table, StringBuilder text) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return new DepositedTable(producer, producer, kind, table, ';', 0, () -> new ByteArrayInputStream(bytes));
    }
}
