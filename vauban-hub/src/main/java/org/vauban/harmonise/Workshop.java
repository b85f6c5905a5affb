package org.vauban.harmonise;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.duckdb.DuckDBAppender;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;
import org.vauban.duck.Together;
import org.vauban.ingest.IngestReport;
import org.vauban.ingest.PersonDirectory;
import org.vauban.ingest.Rejects;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.vocabulary.LocalConcepts.LocalCode;

/** The steps of a harmonisation in their order, on one session in memory. */
final class Workshop {
    /** The persons' traits: the insurer's first, because its records cover everybody. */
    private static final String PROFILE = """
            CREATE TABLE profile AS
            WITH source AS (
                SELECT b.person, 1 AS place, b.line,
                    CASE WHEN i.BEN_SEX_COD IN ('1', '2') THEN i.BEN_SEX_COD END AS sex,
                    TRY_CAST(i.BEN_NAI_ANN AS INTEGER) AS birth_year, TRY_CAST(i.BEN_NAI_MOI AS INTEGER) AS birth_month,
                    CASE WHEN regexp_full_match(i.BEN_RES_DPT, '0?(\\d\\d|2[AB])|97\\d')
                        THEN regexp_replace(i.BEN_RES_DPT, '^0(..)$', '\\1') END AS department
                FROM snds.ir_ben_r i JOIN beneficiary b ON b.line = i.rowid
                UNION ALL
                SELECT person, 2, rowid, CASE gender WHEN 'male' THEN '1' WHEN 'female' THEN '2' END,
                    TRY_CAST(left(birth, 4) AS INTEGER), TRY_CAST(substr(birth, 6, 2) AS INTEGER),
                    CASE WHEN regexp_full_match(state, '\\d\\d|2[AB]|97\\d') THEN state END
                FROM fhir_patient)
            SELECT person, first(sex ORDER BY place, line) FILTER (sex IS NOT NULL) AS sex,
                first(birth_year ORDER BY place, line) FILTER (birth_year BETWEEN 1850 AND 2100) AS birth_year,
                first(birth_month ORDER BY place, line) FILTER (birth_year BETWEEN 1850 AND 2100 AND birth_month BETWEEN 1 AND 12)
                    AS birth_month,
                first(department ORDER BY place, line DESC) FILTER (department IS NOT NULL) AS department
            FROM source WHERE person IS NOT NULL GROUP BY person
            """;

    /** What the tables of OMOP were made of, beside the sources; {@code number} and the codes are small. */
    private static final List<String> MADE_OF = List.of(
            "fhir_fact", "fhir_patient", "fhir_diagnosis", "beneficiary", "answer", "dispensation", "stay", "visit");

    private final DuckSession session;
    private final Answers answers;
    private final RuleRun rules;
    private final Rejects rejects;
    private final SndsIntake snds;
    private final FhirIntake fhir;
    private final CodeBook codes;
    private final List<String> notices = new ArrayList<>();
    private final SortedMap<String, Long> leftOut = new TreeMap<>();

    Workshop(DuckSession session, MemoryFile input, Answers answers, Set<BusinessRule> off, Rejects rejects) {
        this.session = session;
        this.answers = answers;
        this.rejects = rejects;
        this.rules = new RuleRun(session, off);
        this.snds = new SndsIntake(session, input, rejects);
        this.fhir = new FhirIntake(session, answers, rejects);
        this.codes = new CodeBook(session);
    }

    /**
     * Reads every part into memory, hospitals and the insurer at the same time: JSON is read here on one processor, and CSV by the
     * engine, which waits for every part to be opened.
     */
    void read(List<DepositedTable> parts) {
        snds.begin();
        fhir.begin();
        List<Consumer<DuckSession>> hospitals = new ArrayList<>();
        List<Runnable> insurer = new ArrayList<>();
        for (DepositedTable part : parts) {
            switch (part.kind()) {
                case SNDS ->
                    SndsTable.named(part.table())
                            .ifPresentOrElse(table -> insurer.add(() -> snds.read(table, part)), () -> leaveOut(part));
                case FHIR -> {
                    if (FhirIntake.TYPES.contains(part.table())) {
                        hospitals.add(own -> fhir.read(part, own));
                    } else {
                        leaveOut(part);
                    }
                }
                case OMOP ->
                    throw Problem.of(ProblemCode.INPUT_TABLE_UNKNOWN)
                            .expected("FHIR or SNDS")
                            .found("OMOP, which is taken in by ingest omop")
                            .exception();
            }
        }
        try (DuckSession own = session.beside()) {
            Together.run(List.of(
                    () -> insurer.forEach(Runnable::run), () -> hospitals.forEach(reading -> reading.accept(own))));
        }
        fhir.tellRejects();
    }

    private void leaveOut(DepositedTable part) {
        leftOut.merge(part.kind() == DepositedTable.Kind.SNDS ? part.upperName() : part.table(), 1L, Long::sum);
    }

    /** Applies every rule; afterwards {@code dispensation}, {@code stay} and {@code beneficiary} hold what goes on. */
    void applyRules() {
        resolveRecords();
        BeneficiaryRules.apply(rules);
        ClaimRules.apply(rules);
        StayRules.apply(rules);
        DeathRules.apply(rules);
        LongIllnessRules.apply(rules);
        countWithoutPerson();
    }

    /** Asks for the person behind every record of the insurer. */
    private void resolveRecords() {
        session.execute("CREATE TABLE answer (deposit VARCHAR, record VARCHAR, person BIGINT)");
        record Row(String deposit, String record) {}
        List<Row> records = new ArrayList<>();
        session.rows(
                "SELECT DISTINCT deposit, coalesce(RECORD_NUMBER, BEN_NIR_PSA || '|' || coalesce(BEN_RNG_GEM, ''))"
                        + " FROM snds.ir_ben_r WHERE BEN_NIR_PSA IS NOT NULL",
                row -> records.add(new Row(row.getString(1), row.getString(2))));
        try (DuckDBAppender appender = session.appender("answer")) {
            for (Row record : records) {
                OptionalLong person = answers.person(record.deposit(), record.record());
                if (person.isPresent()) {
                    appender.beginRow();
                    appender.append(record.deposit());
                    appender.append(record.record());
                    appender.append(person.getAsLong());
                    appender.endRow();
                }
            }
        } catch (SQLException refused) {
            throw DuckSession.failure(refused);
        }
    }

    /** Rows that no rule dropped and that name nobody whom the identity zone knows, or no day that can be read. */
    private void countWithoutPerson() {
        String nobody = """
                SELECT t.rowid FROM snds.%s t
                LEFT JOIN beneficiary b ON b.psa = t.BEN_NIR_PSA AND b.rng IS NOT DISTINCT FROM t.BEN_RNG_GEM
                WHERE t.fate IS NULL AND b.person IS NULL""";
        String noDay = "SELECT t.rowid FROM snds.%s t WHERE t.fate IS NULL AND t.%s IS NULL";
        String knownRecord = "a record that the identity zone knows";
        for (SndsTable table : List.of(SndsTable.ER_PRS_F, SndsTable.IR_IMB_R)) {
            String day = table == SndsTable.ER_PRS_F ? "EXE_SOI_DTD" : "IMB_ALD_DTD";
            snds.reject(table, "unknown_person", knownRecord, "another", nobody.formatted(table.stageName()));
            snds.reject(
                    table,
                    "no_day",
                    "a day in " + day,
                    "none that can be read",
                    noDay.formatted(table.stageName(), day));
        }
        snds.reject(
                SndsTable.IR_BEN_R,
                "unknown_person",
                knownRecord,
                "another",
                "SELECT line FROM beneficiary WHERE person IS NULL");
        snds.reject(SndsTable.KI_CCI_R, "unknown_person", knownRecord, "another", """
                SELECT k.rowid FROM snds.ki_cci_r k
                WHERE k.fate IS NULL AND NOT EXISTS (
                    SELECT 1 FROM beneficiary b WHERE b.person IS NOT NULL AND b.idt = k.BEN_IDT_ANO)
                AND NOT EXISTS (
                    SELECT 1 FROM beneficiary b WHERE b.person IS NOT NULL AND b.ano = coalesce(k.BEN_IDT_ANO, k.BEN_NIR_ANO))""");
        snds.reject(
                SndsTable.T_MCO_B,
                "unknown_person",
                "a stay chained to one known person, with a day",
                "none, or several",
                "SELECT line FROM snds.stay WHERE fate IS NULL AND stay NOT IN (SELECT stay FROM stay)");
        long disagreeing = session.number(
                "SELECT count(*) FROM (SELECT ben_id FROM beneficiary GROUP BY 1 HAVING count(DISTINCT own_person) > 1)");
        if (disagreeing > 0) {
            notices.add(
                    disagreeing
                            + " persons of IR_BEN_R were answered as several persons by the identity zone; the first was taken");
        }
    }

    /**
     * Numbers the persons and makes the tables of OMOP.
     *
     * @param directory turns the hub's numbers of persons into those of the edition
     */
    void makeTables(Function<long[], PersonDirectory> directory, Clock clock) {
        session.execute(PROFILE);
        List<Long> persons = new ArrayList<>();
        session.rows("SELECT person FROM profile WHERE birth_year IS NOT NULL", row -> persons.add(row.getLong(1)));
        long unborn = session.number("SELECT count(*) FROM profile WHERE birth_year IS NULL");
        if (unborn > 0) {
            notices.add(unborn + " persons without a year of birth were left out with their rows");
        }
        if (persons.isEmpty()) {
            throw Problem.of(ProblemCode.INPUT_NO_PERSONS).exception();
        }
        number(directory.apply(persons.stream().mapToLong(Long::longValue).toArray()));
        Events.create(session);
        codes.create();
        OmopTables.create(session, LocalDate.now(clock).toString());
        tellCodes();
    }

    private void number(PersonDirectory directory) {
        session.execute("CREATE TABLE number (person BIGINT, person_id BIGINT, bucket INTEGER)");
        try (DuckDBAppender appender = session.appender("number")) {
            for (int place = 0; place < directory.size(); place++) {
                appender.beginRow();
                appender.append(directory.sourceId(place));
                appender.append((long) directory.number(place));
                appender.append(directory.bucket(place));
                appender.endRow();
            }
        } catch (SQLException refused) {
            throw DuckSession.failure(refused);
        }
    }

    private void tellCodes() {
        if (codes.leftOut() > 0) {
            notices.add(codes.leftOut() + " different texts in the place of a code look like none and were left out");
        }
        for (LocalCode moved : codes.moved()) {
            notices.add("the concept of " + moved.vocabulary() + ' ' + moved.code()
                    + " is another code's; it has the next free one");
        }
        long twice = session.number("""
                SELECT count(*) FROM visit c JOIN visit h ON h.person_id = c.person_id AND h.kind = 2 AND h.start_day = c.start_day
                WHERE c.kind = 1 AND h.concept = c.concept""");
        if (twice > 0) {
            notices.add(twice
                    + " stays are told by the insurer and by the hospital; both are kept, under their kinds of record");
        }
    }

    /** Gives back the memory of all that the tables were made of. */
    void clear() {
        session.execute("DROP SCHEMA snds CASCADE");
        MADE_OF.forEach(table -> session.execute("DROP TABLE " + table));
    }

    List<IngestReport.Attrition> attrition() {
        return rules.lines();
    }

    List<String> notices() {
        return notices;
    }

    /** Parts of tables that nothing was read of. */
    SortedMap<String, Long> leftOut() {
        return leftOut;
    }

    Rejects rejects() {
        return rejects;
    }

    /** Rows read and rejected of each source table. */
    Map<String, IngestReport.Table> sources() {
        Map<String, IngestReport.Table> sources = new HashMap<>();
        for (SndsTable table : SndsTable.values()) {
            if (snds.rowsIn(table) > 0) {
                sources.put(
                        table.name(),
                        new IngestReport.Table(snds.rowsIn(table), 0, new TreeMap<>(snds.rejected(table)), 0));
            }
        }
        fhir.rowsIn()
                .forEach((resource, rows) -> sources.put(
                        resource, new IngestReport.Table(rows, 0, new TreeMap<>(fhir.rejected(resource)), 0)));
        return sources;
    }
}
