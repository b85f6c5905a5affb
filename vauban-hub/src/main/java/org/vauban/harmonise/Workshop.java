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
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;
import org.vauban.duck.Together;
import org.vauban.ingest.IngestReport;
import org.vauban.ingest.PersonDirectory;
import org.vauban.ingest.Rejects;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.vocabulary.LocalConcepts.LocalCode;

/** The steps of a harmonisation in their order, on one session in memory: persons, events, joins, and then pass by pass. */
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

    /** What tells whose a source row is; once all rows were read nobody asks. */
    private static final List<String> OF_READING =
            List.of("fhir_patient", "beneficiary", "insured", "answer", "drug_pair");

    private final DuckSession session;
    private final MemoryFile scratch;
    private final Answers answers;
    private final RuleRun rules;
    private final SndsIntake snds;
    private final FhirIntake fhir;
    private final CodeBook codes;
    private final ClaimRules claims;
    private final StayRules stays;
    private final WaitingRows waiting;
    private final List<String> notices = new ArrayList<>();
    private final SortedMap<String, Long> leftOut = new TreeMap<>();
    private long visits;
    private long toldTwice;

    /**
     * Lays out the tools.
     *
     * @param input takes the insurer's parts, one after the other
     * @param scratch another memory file, for what is done meanwhile
     */
    Workshop(
            DuckSession session,
            MemoryFile input,
            MemoryFile scratch,
            Answers answers,
            Set<BusinessRule> off,
            Rejects rejects,
            WaitingRows waiting) {
        this.session = session;
        this.scratch = scratch;
        this.answers = answers;
        this.waiting = waiting;
        this.rules = new RuleRun(session, off);
        this.snds = new SndsIntake(session, input, rejects);
        this.fhir = new FhirIntake(session, answers, rejects, waiting);
        this.codes = new CodeBook(session);
        this.claims = new ClaimRules(rules, input, waiting, codes);
        this.stays = new StayRules(rules, input, waiting, codes);
    }

    /** Reads who there is, and what every pass needs: small tables of the insurer, patients, and drugs that many refer to. */
    void readPersons(List<DepositedTable> parts) {
        snds.begin();
        fhir.begin();
        waiting.begin(session);
        claims.begin();
        Events.begin(session);
        Sorted sorted = sorted(parts);
        together(
                sorted.insurer().stream().filter(part -> part.table().isSmall()).toList(),
                sorted.hospitals().stream()
                        .filter(part -> FhirIntake.FIRST.contains(part.table()))
                        .toList());
        resolveRecords();
        BeneficiaryRules.apply(rules);
        DeathRules.apply(rules);
        LongIllnessRules.apply(rules);
        countWithoutPerson();
        session.execute(PROFILE);
        Events.createShared(session);
        OmopTables.createShared(session);
        codes.note(session, "SELECT 'CIM10', cause FROM died UNION SELECT DISTINCT 'CIM10', code FROM illness");
    }

    /** Reads what happened, and applies to each part the rules that can be told of a row by itself. */
    void readEvents(List<DepositedTable> parts) {
        Sorted sorted = sorted(parts);
        together(
                sorted.insurer().stream()
                        .filter(part -> !part.table().isSmall())
                        .toList(),
                sorted.hospitals().stream()
                        .filter(part -> !FhirIntake.FIRST.contains(part.table()))
                        .toList());
    }

    /** A part of the insurer, whose table is known. */
    private record Part(SndsTable table, DepositedTable content) {}

    /** The parts that are read. */
    private record Sorted(List<Part> insurer, List<DepositedTable> hospitals) {}

    private Sorted sorted(List<DepositedTable> parts) {
        leftOut.clear();
        var sorted = new Sorted(new ArrayList<>(), new ArrayList<>());
        for (DepositedTable part : parts) {
            switch (part.kind()) {
                case SNDS ->
                    SndsTable.named(part.table())
                            .ifPresentOrElse(
                                    table -> sorted.insurer().add(new Part(table, part)), () -> leaveOut(part));
                case FHIR -> {
                    if (FhirIntake.TYPES.contains(part.table())) {
                        sorted.hospitals().add(part);
                    } else {
                        leaveOut(part);
                    }
                }
                case OMOP ->
                    throw Problem.of(ProblemCode.INPUT_TABLE_UNKNOWN)
                            .expected(Phrase.FHIR_OR_SNDS)
                            .found(Phrase.OMOP_IS_INGESTED)
                            .exception();
            }
        }
        return sorted;
    }

    private void leaveOut(DepositedTable part) {
        leftOut.merge(part.kind() == DepositedTable.Kind.SNDS ? part.upperName() : part.table(), 1L, Long::sum);
    }

    /**
     * Reads hospitals and the insurer at the same time: JSON is read here on one processor, and CSV by the engine, which waits for every
     * part to be opened.
     */
    private void together(List<Part> insurer, List<DepositedTable> hospitals) {
        try (DuckSession own = session.beside()) {
            Together.run(List.of(() -> insurer.forEach(this::take), () -> take(hospitals, own)));
        }
        fhir.tellRejects();
    }

    private void take(Part part) {
        SndsTable table = part.table();
        snds.read(table, part.content());
        if (table.isOfClaims()) {
            claims.take(table, snds);
        } else if (table.isOfStays()) {
            stays.take(table, snds);
        }
        if (!table.isSmall()) {
            session.execute(table.createSql());
        }
    }

    private void take(List<DepositedTable> hospitals, DuckSession own) {
        boolean isOnePass = waiting.passes().isOne();
        for (DepositedTable part : hospitals) {
            fhir.read(part, own);
            if (!isOnePass && !FhirIntake.FIRST.contains(part.table())) {
                fhir.sendOn(own, scratch, codes);
            }
        }
    }

    /** Joins claims with their detail and stays with their chaining; afterwards everything waits for its person's pass. */
    void join() {
        claims.understandDrugs();
        for (int slot = 0; slot < waiting.passes().count(); slot++) {
            claims.join(slot);
            stays.join(slot, snds);
        }
        if (waiting.passes().isOne()) {
            fhir.sendOn(session, scratch, codes);
        }
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

    /** Rows of small tables that no rule dropped and that name nobody whom the identity zone knows, or no day that can be read. */
    private void countWithoutPerson() {
        snds.rejectUnknown(SndsTable.IR_IMB_R, """
                SELECT t.rowid FROM snds.ir_imb_r t
                LEFT JOIN insured b ON b.psa = t.BEN_NIR_PSA AND b.rng = coalesce(t.BEN_RNG_GEM, '')
                WHERE t.fate IS NULL AND b.person IS NULL ORDER BY t.rowid""");
        snds.rejectNoDay(
                SndsTable.IR_IMB_R,
                "IMB_ALD_DTD",
                "SELECT rowid FROM snds.ir_imb_r WHERE fate IS NULL AND IMB_ALD_DTD IS NULL");
        snds.rejectUnknown(SndsTable.IR_BEN_R, "SELECT line FROM beneficiary WHERE person IS NULL ORDER BY line");
        snds.rejectUnknown(SndsTable.KI_CCI_R, """
                SELECT k.rowid FROM snds.ki_cci_r k
                WHERE k.fate IS NULL AND NOT EXISTS (
                    SELECT 1 FROM beneficiary b WHERE b.person IS NOT NULL AND b.idt = k.BEN_IDT_ANO)
                AND NOT EXISTS (
                    SELECT 1 FROM beneficiary b WHERE b.person IS NOT NULL AND b.ano = coalesce(k.BEN_IDT_ANO, k.BEN_NIR_ANO))
                ORDER BY k.rowid""");
        long disagreeing = session.number(
                "SELECT count(*) FROM (SELECT ben_id FROM beneficiary GROUP BY 1 HAVING count(DISTINCT own_person) > 1)");
        if (disagreeing > 0) {
            notices.add(
                    disagreeing
                            + " persons of IR_BEN_R were answered as several persons by the identity zone; the first was taken");
        }
    }

    /**
     * Numbers the persons, which tells the pass of each.
     *
     * @param directory turns the hub's numbers of persons into those of the edition
     */
    void number(Function<long[], PersonDirectory> directory) {
        long unborn = session.number("SELECT count(*) FROM profile WHERE birth_year IS NULL");
        if (unborn > 0) {
            notices.add(unborn + " persons without a year of birth were left out with their rows");
        }
        LongStream.Builder persons = LongStream.builder();
        session.rows("SELECT person FROM profile WHERE birth_year IS NOT NULL", row -> {
            long person = row.getLong(1);
            if (!answers.objects(person)) {
                persons.add(person);
            }
        });
        number(directory.apply(persons.build().toArray()));
        session.execute("INSERT INTO turn SELECT person, " + waiting.passes().ofBucket("bucket") + " FROM everybody");
    }

    private void number(PersonDirectory directory) {
        session.execute("CREATE TABLE everybody (person BIGINT, person_id BIGINT, bucket INTEGER)");
        try (DuckDBAppender appender = session.appender("everybody")) {
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

    /** Makes the concepts of all codes, and the other tables of OMOP that are about nobody; gives back what reading needed. */
    void makeVocabulary(Clock clock) {
        if (session.number("SELECT count(*) FROM everybody") == 0) {
            throw Problem.of(ProblemCode.INPUT_NO_PERSONS).exception();
        }
        codes.create();
        OmopTables.createSource(session, LocalDate.now(clock).toString());
        tellCodes();
        session.execute("DROP SCHEMA snds CASCADE");
        OF_READING.forEach(table -> session.execute("DROP TABLE " + table));
    }

    /** Applies the last rule, which looks at all that was delivered to a person on a day. */
    void sumRegularisations() {
        claims.sumRegularisations();
    }

    /** Makes the tables of OMOP about the persons of a pass. */
    void makeTables(int pass) {
        byPerson().forEach(flow -> waiting.take(session, scratch, flow, pass));
        sumRegularisations();
        session.execute("CREATE OR REPLACE TABLE number AS SELECT * FROM everybody WHERE "
                + waiting.passes().ofBucket("bucket") + " = " + pass);
        Events.create(session, visits);
        OmopTables.create(session);
        visits += session.number("SELECT count(*) FROM visit");
        toldTwice += session.number("""
                SELECT count(*) FROM visit c JOIN visit h ON h.person_id = c.person_id AND h.kind = 2 AND h.start_day = c.start_day
                WHERE c.kind = 1 AND h.concept = c.concept""");
    }

    /** Gives back the memory of all that the tables of a pass were made of. */
    void clearPass() {
        byPerson().filter(flow -> flow != Flow.DELIVERY).forEach(flow -> waiting.drop(session, flow));
        session.execute("DROP TABLE visit");
        session.execute("DROP TABLE dispensation");
    }

    private static Stream<Flow> byPerson() {
        return Stream.of(Flow.values()).filter(Flow::isByPerson);
    }

    private void tellCodes() {
        if (codes.leftOut() > 0) {
            notices.add(codes.leftOut() + " different texts in the place of a code look like none and were left out");
        }
        for (LocalCode moved : codes.moved()) {
            notices.add("the concept of " + moved.vocabulary() + ' ' + moved.code()
                    + " is another code's; it has the next free one");
        }
    }

    List<IngestReport.Attrition> attrition() {
        return rules.lines();
    }

    List<String> notices() {
        List<String> all = new ArrayList<>(notices);
        if (toldTwice > 0) {
            all.add(toldTwice
                    + " stays are told by the insurer and by the hospital; both are kept, under their kinds of record");
        }
        return all;
    }

    /** Parts of tables that nothing was read of. */
    SortedMap<String, Long> leftOut() {
        return leftOut;
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
