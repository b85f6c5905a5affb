package org.vauban.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.duck.DuckSession;
import org.vauban.edition.Edition;
import org.vauban.edition.EditionReader;
import org.vauban.edition.Editions;
import org.vauban.edition.TestEditions;
import org.vauban.omop.CdmTable;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;
import org.vauban.vault.TestKeys;
import org.vauban.vault.Vault;

class OmopIngestTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final int BUCKETS = 4;
    private static final Needs NEEDS = Needs.of(CdmTable.PERSON, "gender_concept_id", "year_of_birth", "month_of_birth")
            .and(Domain.OBSERVATION_PERIOD.needsOfEvents())
            .and(Domain.VISIT_OCCURRENCE.needsOfEvents())
            .and(Needs.of(
                    CdmTable.VISIT_OCCURRENCE,
                    "visit_occurrence_id",
                    "visit_start_datetime",
                    "provider_id",
                    "visit_source_value"))
            .and(Domain.CONDITION_OCCURRENCE.needsOfEvents())
            .and(Needs.of(
                    CdmTable.CONDITION_OCCURRENCE,
                    "visit_occurrence_id",
                    "condition_source_value",
                    "condition_source_concept_id"))
            .and(Domain.DRUG_EXPOSURE.needsOfEvents())
            .and(Needs.of(CdmTable.DRUG_EXPOSURE, "quantity", "drug_source_value", "drug_exposure_id"))
            .and(Needs.of(CdmTable.PROVIDER, "specialty_concept_id"));

    @TempDir
    Path folder;

    private final TestKeys keys = new TestKeys();
    private Path home;
    private Path rejects;
    private Vault vault;
    private Editions editions;

    @BeforeEach
    void open() {
        home = folder.resolve("home");
        rejects = folder.resolve("rejects.csv");
        vault = Vault.open(home.resolve("vault"), keys);
        editions = new Editions(vault, keys, CLOCK);
    }

    // What comes out.

    @Test
    void keepsEveryUsableRowAndCountsTheOthers() throws IOException {
        IngestReport report = ingest(new SmallCdm().csv(input())).report();

        assertThat(report.persons()).isEqualTo(3);
        assertThat(table(report, "observation_period").rowsOut()).isEqualTo(3);
        assertThat(table(report, "observation_period").rejected()).containsExactly(Map.entry("unknown_person", 1L));
        assertThat(table(report, "drug_exposure").repeatedIds()).isEqualTo(1);
        assertThat(table(report, "drug_exposure").rowsOut()).isEqualTo(2);
        report.tables()
                .forEach((name, table) -> assertThat(table.rowsOut() + table.rowsRejected())
                        .as(name)
                        .isEqualTo(table.rowsIn()));
        assertThat(report.leftOut()).containsEntry("note", 1L);
        assertThat(report.quality())
                .contains(
                        new IngestReport.Finding("outside_observation", "condition_occurrence", 1),
                        new IngestReport.Finding("before_birth", "condition_occurrence", 1),
                        new IngestReport.Finding("end_before_start", "condition_occurrence", 1),
                        new IngestReport.Finding("unmapped_concept", "condition_occurrence", 1));
        assertThat(Files.readAllLines(rejects))
                .containsExactly(
                        "table,file,line,field,column,reason,expected,found",
                        "observation_period,\"observation_period.csv\",5,2,person_id,unknown_person,\"a person of the table person\",\"another\"");
    }

    @Test
    void sealsItsReportWithTheEdition() throws IOException {
        Edition edition = published(new SmallCdm().csv(input()));

        String report = new String(edition.document(OmopIngest.REPORT).orElseThrow(), StandardCharsets.UTF_8);

        assertThat(report).contains("\"persons\" : 3");
    }

    @Test
    void givesTheSameRowsInEveryFormOfFile() throws IOException {
        List<String> csv = rows(published(new SmallCdm().csv(input())));
        List<String> gzipped = rows(published(new SmallCdm().gzippedWithSemicolons(input())));
        List<String> parquet = rows(published(new SmallCdm().parquet(input(), input())));

        assertThat(csv).hasSizeGreaterThan(9);
        assertThat(gzipped).isEqualTo(csv);
        assertThat(parquet).isEqualTo(csv);
    }

    @Test
    void givesTheSameRowsWhenItReadsTheFilesSeveralTimes() throws IOException {
        Path input = new SmallCdm().csv(input());
        List<String> atOnce = rows(published(input));

        // Forty megabytes of empty lines: more than a session of 64 MiB takes at once.
        SmallCdm.write(
                input.resolve("measurement.csv"),
                ("measurement_id,person_id,measurement_concept_id,measurement_date,measurement_type_concept_id\n"
                                + "\n".repeat(40 << 20))
                        .getBytes(StandardCharsets.UTF_8));
        var ingest = new OmopIngest(editions, keys, new DuckSession.Limits(1, 64L << 20));
        var ingested = ingest.prepare(input, BUCKETS, rejects);
        editions.publish(ingested.edition());

        assertThat(rows(editions.open(ingested.edition().id()))).isEqualTo(atOnce);
    }

    @Test
    void understandsTheColumnNamesOfVersion53() throws IOException {
        String visits =
                "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date,visit_type_concept_id,";
        Edition old = published(new SmallCdm()
                .put(
                        "visit_occurrence",
                        visits + "admitting_source_concept_id\n50,101,9201,2010-05-01,2010-05-04,1,8870\n")
                .csv(input()));
        Edition current = published(new SmallCdm()
                .put(
                        "visit_occurrence",
                        visits + "admitted_from_concept_id\n50,101,9201,2010-05-01,2010-05-04,1,8870\n")
                .csv(input()));

        Needs needs = Domain.VISIT_OCCURRENCE.needs("admitted_from_concept_id");

        assertThat(admissions(old, needs)).containsExactly(8870).isEqualTo(admissions(current, needs));
    }

    // Identities.

    @Test
    void givesNewNumbersToEverybodyAndEverything() throws IOException {
        Path input = new SmallCdm().csv(input());
        Trajectories first = everybody(published(input));
        Trajectories second = everybody(published(input));

        Events visits = first.events(Domain.VISIT_OCCURRENCE);
        long visit = visits.longs(CdmTable.VISIT_OCCURRENCE.column("visit_occurrence_id"))[0];
        Events conditions = first.events(Domain.CONDITION_OCCURRENCE);
        long[] visitsOfConditions = conditions.longs(CdmTable.CONDITION_OCCURRENCE.column("visit_occurrence_id"));
        long again = second.events(Domain.VISIT_OCCURRENCE)
                .longs(CdmTable.VISIT_OCCURRENCE.column("visit_occurrence_id"))[0];
        long[] drugs = first.events(Domain.DRUG_EXPOSURE).longs(CdmTable.DRUG_EXPOSURE.column("drug_exposure_id"));

        assertThat(persons(first)).containsExactly(1, 2, 3);
        assertThat(visit).isNotEqualTo(50).isNotEqualTo(again).isPositive();
        assertThat(visitsOfConditions).contains(visit);
        assertThat(drugs[0]).isEqualTo(drugs[1]).isNotEqualTo(45);
        long provider = visits.longs(CdmTable.VISIT_OCCURRENCE.column("provider_id"))[0];
        assertThat(first.reference(CdmTable.PROVIDER.column("specialty_concept_id"))
                        .value(provider))
                .isEqualTo(38_004_456);
    }

    @Test
    void ranksTheRowsOfAPersonInTheOrderOfTheirSourceIdsAcrossTables() throws IOException {
        Trajectories all = everybody(published(new SmallCdm().csv(input())));

        // Person 101 has condition 40, drug 45, visit 50 and condition 60 on one day.
        Events conditions = all.events(Domain.CONDITION_OCCURRENCE);
        int person = personBornIn(all, 1950);
        long first = conditions.ranks()[conditions.from(person)];
        long last = conditions.ranks()[conditions.to(person) - 1];
        Events drugs = all.events(Domain.DRUG_EXPOSURE);
        Events visits = all.events(Domain.VISIT_OCCURRENCE);

        assertThat(first).isLessThan(drugs.ranks()[drugs.from(person)]);
        assertThat(drugs.ranks()[drugs.from(person)]).isLessThan(visits.ranks()[visits.from(person)]);
        assertThat(visits.ranks()[visits.from(person)]).isLessThan(last);
        assertThat(last).isLessThanOrEqualTo(8);
        assertThat(conditions.endDays()[conditions.from(person)])
                .isEqualTo((int) LocalDate.of(2010, 5, 3).toEpochDay());
    }

    @Test
    void letsCodesOfTheirOwnConceptInAndNamesOut() throws IOException {
        Edition edition = published(new SmallCdm().csv(input()));

        Trajectories all = everybody(edition);
        String[] conditions = all.events(Domain.CONDITION_OCCURRENCE)
                .texts(CdmTable.CONDITION_OCCURRENCE.column("condition_source_value"));
        String[] visits =
                all.events(Domain.VISIT_OCCURRENCE).texts(CdmTable.VISIT_OCCURRENCE.column("visit_source_value"));

        assertThat(conditions).containsOnly("K92.2", null);
        assertThat(conditions).filteredOn(value -> value != null).hasSize(2);
        assertThat(visits).containsOnlyNulls();
    }

    @Test
    void writesNothingReadableUnderHome() throws IOException {
        published(new SmallCdm().csv(input()));

        List<byte[]> canaries = Stream.of(
                        "Dupont",
                        "Martin",
                        "Durand",
                        "HOSP-",
                        "1700375123456",
                        "STAY-2010",
                        "Lilas",
                        "K92.2",
                        "celecoxib",
                        "condition",
                        "person",
                        "PAR1")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        int files = 0;
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files++;
                String raw = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (byte[] canary : canaries) {
                    assertThat(raw).doesNotContain(new String(canary, StandardCharsets.ISO_8859_1));
                }
            }
        }
        assertThat(files).isGreaterThan(20);
    }

    // Faults of files.

    @Test
    void refusesAMissingColumn() {
        assertFault(new SmallCdm().change("drug_exposure", "drug_concept_id", "drug_concept"), problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.INPUT_COLUMN_MISSING);
            assertThat(problem.toString()).contains("drug_exposure.csv:1", "drug_concept_id", "drug_concept");
        });
    }

    @Test
    void refusesAnUnknownTable() {
        assertFault(new SmallCdm().put("medicine", "a,b\n1,2\n"), problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.INPUT_TABLE_UNKNOWN);
            assertThat(problem.toString()).contains("medicine");
        });
    }

    @Test
    void refusesATableThatIsThereTwice() throws IOException {
        Path input = new SmallCdm().csv(input());
        Files.copy(input.resolve("person.csv"), input.resolve("PERSON.CSV"));

        assertThat(faults(input)).extracting(Problem::code).containsExactly(ProblemCode.INPUT_TABLE_TWICE);
    }

    @Test
    void refusesAFileWhoseLastLineIsCut() throws IOException {
        Path input = new SmallCdm().csv(input());
        Path file = input.resolve("visit_occurrence.csv");
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() - 20));

        assertThat(faults(input)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.INPUT_FILE_CUT);
            assertThat(problem.toString()).contains("visit_occurrence.csv:2", "9 fields");
        });
    }

    @Test
    void refusesAQuoteThatIsNeverClosed() {
        assertFault(
                new SmallCdm().change("note", "va mieux\"", "va"),
                problem -> assertThat(problem.code()).isEqualTo(ProblemCode.INPUT_FILE_CUT));
    }

    @Test
    void refusesACutGzipFileAndACutParquetFile() throws IOException {
        Path input = new SmallCdm()
                .without("drug_exposure")
                .without("visit_occurrence")
                .csv(input());
        var gzip = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(gzip)) {
            out.write(
                    "drug_exposure_id,person_id,drug_concept_id,drug_exposure_start_date,drug_exposure_end_date,drug_type_concept_id\n"
                            .getBytes(StandardCharsets.UTF_8));
            for (int row = 0; row < 5_000; row++) {
                out.write((row + ",101," + row * 7_919L % 100_003 + ",2010-05-01,2010-06-01,1\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.write(input.resolve("drug_exposure.csv.gz"), Arrays.copyOf(gzip.toByteArray(), gzip.size() - 3_000));
        Path parquet = new SmallCdm().parquet(input(), input()).resolve("visit_occurrence.parquet");
        byte[] whole = Files.readAllBytes(parquet);
        Files.write(input.resolve("visit_occurrence.parquet"), Arrays.copyOf(whole, whole.length - 100));

        assertThat(faults(input))
                .extracting(Problem::code)
                .containsOnly(ProblemCode.INPUT_FILE_CUT)
                .hasSize(2);
    }

    @Test
    void refusesAnEmptyFileAForeignDelimiterAndAFolderWithoutPersons() throws IOException {
        assertFault(
                new SmallCdm().put("drug_exposure", ""),
                problem -> assertThat(problem.code()).isEqualTo(ProblemCode.INPUT_FILE_CUT));
        assertFault(new SmallCdm().put("death", "person_id|death_date\n101|2012-01-01\n"), problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.INPUT_FILE_UNREADABLE);
            assertThat(problem.toString()).contains("comma, semicolon or tab");
        });
        assertFault(
                new SmallCdm().put("death", "person_id,death_date\n101;2012-01-01\n102;2012-01-01\n"),
                problem -> assertThat(problem.toString()).contains("death.csv:2", "2 fields", "1 fields"));
        assertFault(
                new SmallCdm().without("person"),
                problem -> assertThat(problem.code()).isEqualTo(ProblemCode.INPUT_NO_PERSONS));
        assertThat(faults(input())).extracting(Problem::code).containsExactly(ProblemCode.INPUT_FOLDER_EMPTY);
    }

    @Test
    void refusesAColumnThatIsWrongInEveryRow() {
        assertFault(new SmallCdm().change("visit_occurrence", ",2010-05-04,", ",4 mai 2010,"), problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.INPUT_VALUE_WRONG_TYPE);
            assertThat(problem.toString())
                    .contains("visit_occurrence.csv:2:6", "visit_end_date", "a date YYYY-MM-DD", "9 AAA 9999")
                    .doesNotContain("mai");
        });
    }

    @Test
    void tellsTheFaultsOfAllFilesTogether() {
        var cdm = new SmallCdm()
                .change("person", "year_of_birth", "born")
                .change("drug_exposure", "drug_concept_id", "drug")
                .put("death", "");

        assertThat(faults(cdm.csv(input()))).hasSize(3);
    }

    // Faults of rows.

    @Test
    void putsARowOfTheWrongTypeIntoTheRejectsFileWithoutItsValue() throws IOException {
        var ingested = ingest(new SmallCdm()
                .change("condition_occurrence", "2011-06-01,", "Durand Paul,")
                .csv(input()));

        assertThat(table(ingested.report(), "condition_occurrence").rejected())
                .containsExactly(Map.entry("wrong_type", 1L));
        assertThat(ingested.rowProblems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains(
                                "condition_occurrence.csv:4:4",
                                "condition_start_date",
                                "a date YYYY-MM-DD",
                                "AAAAAA AAAA"));
        assertThat(Files.readString(rejects))
                .contains("condition_occurrence,\"condition_occurrence.csv\",4,4,condition_start_date,wrong_type")
                .doesNotContain("Durand");
    }

    @Test
    void rejectsRowsWithoutADayAKeyOrAllTheirFields() throws IOException {
        IngestReport report = ingest(new SmallCdm()
                        .change("condition_occurrence", "60,101,192671,2010-05-01,", "60,101,192671,,")
                        .change("condition_occurrence", "\n41,102", "\n,102")
                        .change("condition_occurrence", ",Durand,0", ",Durand,0,0")
                        .csv(input()))
                .report();

        assertThat(table(report, "condition_occurrence").rejected())
                .containsExactly(Map.entry("value_missing", 2L), Map.entry("wrong_number_of_fields", 1L));
    }

    // The laboratory.

    @Test
    void theLaboratoryKeepsIdsWordsAndUnknownPersons() throws IOException {
        try (LaboratorySource csv = CdmFolder.open(new SmallCdm().csv(input())).laboratory();
                LaboratorySource parquet =
                        CdmFolder.open(new SmallCdm().parquet(input(), input())).laboratory()) {
            for (LaboratorySource source : List.of(csv, parquet)) {
                Trajectories all = source.read(0, NEEDS);

                assertThat(source.buckets()).isEqualTo(1);
                assertThat(persons(all)).containsExactly(101, 102, 103, 999);
                Events conditions = all.events(Domain.CONDITION_OCCURRENCE);
                assertThat(conditions.ranks()).containsExactly(40, 60, 42, 41);
                assertThat(conditions.texts(CdmTable.CONDITION_OCCURRENCE.column("condition_source_value")))
                        .contains("Mme Martin se plaint");
                assertThat(source.vocabulary().mappedTo(192_671)).containsExactly(45_566);
                assertThat(source.vocabulary().descendants(192_671)).containsExactly(192_671);
                assertThat(all.events(Domain.DRUG_EXPOSURE).doubles(CdmTable.DRUG_EXPOSURE.column("quantity"))[0])
                        .isEqualTo(30.5);
            }
        }
    }

    @Test
    void theLaboratoryKnowsColumnsByTheirFormerNames() {
        Needs needs = Domain.VISIT_OCCURRENCE
                .needsOfEvents()
                .and(Needs.of(CdmTable.VISIT_OCCURRENCE, "admitted_from_concept_id"));
        var cdm = new SmallCdm()
                .change("visit_occurrence", "visit_source_value", "admitting_source_concept_id")
                .change("visit_occurrence", "STAY-2010-77", "8870");

        try (LaboratorySource csv = CdmFolder.open(cdm.csv(input())).laboratory();
                LaboratorySource parquet =
                        CdmFolder.open(cdm.parquet(input(), input())).laboratory()) {
            for (LaboratorySource source : List.of(csv, parquet)) {
                assertThat(source.read(0, needs)
                                .events(Domain.VISIT_OCCURRENCE)
                                .ints(CdmTable.VISIT_OCCURRENCE.column("admitted_from_concept_id")))
                        .containsExactly(8870);
            }
        }
    }

    @Test
    void theLaboratoryReadsWhatIsWholeBesideABrokenFileAndNamesThatWhenItIsNeeded() throws IOException {
        Path input = new SmallCdm().parquet(input(), input());
        Path drugs = input.resolve("drug_exposure.parquet");
        byte[] whole = Files.readAllBytes(drugs);
        Files.write(drugs, Arrays.copyOf(whole, whole.length - 100));

        try (LaboratorySource source = CdmFolder.open(input).laboratory()) {
            assertThat(source.read(0, Domain.CONDITION_OCCURRENCE.needsOfEvents())
                            .size())
                    .isEqualTo(4);
            assertThatThrownBy(() -> source.read(0, Domain.DRUG_EXPOSURE.needsOfEvents()))
                    .isInstanceOfSatisfying(ProblemException.class, problem -> {
                        assertThat(problem.code()).isEqualTo(ProblemCode.INPUT_FILE_CUT);
                        assertThat(problem.getMessage()).contains("drug_exposure.parquet");
                    });
        }
    }

    @Test
    void theLaboratoryAsksForAMissingColumnWhenItIsNeeded() {
        Path input = new SmallCdm()
                .change("drug_exposure", "drug_concept_id", "drug")
                .csv(input());

        try (LaboratorySource source = CdmFolder.open(input).laboratory()) {
            assertThat(source.read(0, Domain.CONDITION_OCCURRENCE.needsOfEvents())
                            .size())
                    .isEqualTo(4);
            assertThatThrownBy(() -> source.read(0, Domain.DRUG_EXPOSURE.needsOfEvents()))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.code()).isEqualTo(ProblemCode.INPUT_COLUMN_MISSING));
        }
    }

    // Helpers.

    private int inputs;

    private Path input() {
        Path input = folder.resolve("input" + inputs++);
        SmallCdm.write(input.resolve("README.txt"), new byte[0]);
        return input;
    }

    private OmopIngest.Ingested ingest(Path input) {
        return new OmopIngest(editions, keys).prepare(input, BUCKETS, rejects);
    }

    private Edition published(Path input) {
        var ingested = ingest(input);
        editions.publish(ingested.edition());
        return editions.open(ingested.edition().id(), ingested.edition().root());
    }

    private void assertFault(SmallCdm cdm, java.util.function.Consumer<Problem> expectation) {
        assertThat(faults(cdm.csv(input()))).singleElement().satisfies(expectation);
    }

    private List<Problem> faults(Path input) {
        ProblemException faulty = catchThrowableOfType(ProblemException.class, () -> ingest(input));
        assertThat(faulty).isNotNull();
        assertThat(vault.objects()).isEmpty();
        assertThat(editions.list()).isEmpty();
        return faulty.problems();
    }

    private static IngestReport.Table table(IngestReport report, String name) {
        return java.util.Objects.requireNonNull(report.tables().get(name));
    }

    private static int[] admissions(Edition edition, Needs needs) {
        EditionReader reader = TestEditions.read(edition, needs);
        List<Integer> found = new ArrayList<>();
        for (int bucket = 0; bucket < reader.buckets(); bucket++) {
            for (int value : reader.read(bucket, needs)
                    .events(Domain.VISIT_OCCURRENCE)
                    .ints(CdmTable.VISIT_OCCURRENCE.column("admitted_from_concept_id"))) {
                found.add(value);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** All persons in one bucket, so that a test can look at them together. */
    private Trajectories everybody(Edition edition) {
        assertThat(edition.buckets()).isEqualTo(BUCKETS);
        return new OneBucket(TestEditions.read(edition, NEEDS)).all();
    }

    private static long[] persons(Trajectories all) {
        long[] ids = new long[all.persons().size()];
        Arrays.setAll(ids, place -> all.persons().id(place));
        return ids;
    }

    private static int personBornIn(Trajectories all, int year) {
        int[] years = all.persons().ints(CdmTable.PERSON.column("year_of_birth"));
        for (int person = 0; person < years.length; person++) {
            if (years[person] == year) {
                return person;
            }
        }
        throw new AssertionError("nobody was born in " + year);
    }

    /** The rows without the ids that change with every edition, sorted. */
    private static List<String> rows(Edition edition) {
        return new OneBucket(TestEditions.read(edition, NEEDS)).described();
    }

    private record OneBucket(TrajectorySource source) {
        List<String> described() {
            List<String> rows = new ArrayList<>();
            for (int bucket = 0; bucket < source.buckets(); bucket++) {
                Trajectories part = source.read(bucket, NEEDS);
                int[] years = part.persons().ints(CdmTable.PERSON.column("year_of_birth"));
                for (Domain domain : List.of(
                        Domain.OBSERVATION_PERIOD,
                        Domain.VISIT_OCCURRENCE,
                        Domain.CONDITION_OCCURRENCE,
                        Domain.DRUG_EXPOSURE)) {
                    Events events = part.events(domain);
                    for (int person = 0; person < part.persons().size(); person++) {
                        for (int row = events.from(person); row < events.to(person); row++) {
                            rows.add(Stream.of(
                                            domain,
                                            years[person],
                                            events.concepts()[row],
                                            events.startDays()[row],
                                            events.endDays()[row],
                                            events.ranks()[row])
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(" ")));
                        }
                    }
                }
            }
            rows.sort(null);
            return rows;
        }

        Trajectories all() {
            return Merge.of(source, NEEDS);
        }
    }
}
