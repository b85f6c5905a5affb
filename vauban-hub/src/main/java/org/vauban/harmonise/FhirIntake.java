package org.vauban.harmonise;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;
import org.vauban.harmonise.FhirResource.Coding;
import org.vauban.harmonise.FhirResource.Component;
import org.vauban.harmonise.FhirResource.Diagnosis;
import org.vauban.harmonise.FhirResource.Value;
import org.vauban.ingest.Rejects;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import tools.jackson.core.JacksonException;

/**
 * Reads FHIR NDJSON into {@code fhir_patient}, {@code fhir_medication} and the flow of facts: one row per fact, that is per resource,
 * or per component of an observation.
 */
final class FhirIntake {
    /** The resource types that OMOP has a place for; others are counted as left out. */
    static final Set<String> TYPES = Set.of(
            "Patient",
            "Encounter",
            "Condition",
            "Procedure",
            "Observation",
            "MedicationRequest",
            "MedicationAdministration",
            "Medication",
            "Immunization",
            "AllergyIntolerance",
            "Device");

    /** What is known before care is looked at, and referred to by resources of other persons too; read first. */
    static final Set<String> FIRST = Set.of("Patient", "Medication");

    /** The codes of facts, the encounters' class among them, and of the drugs that a fact only refers to. */
    private static final String CODES = """
            SELECT vocabulary, code FROM {FACTS} WHERE resource <> 'Encounter'
            UNION SELECT '', class FROM {FACTS} WHERE resource = 'Encounter'
            UNION SELECT '', unit FROM {FACTS} WHERE number IS NOT NULL
            UNION SELECT value_vocabulary, value_code FROM {FACTS} WHERE number IS NULL
            UNION SELECT vocabulary, code FROM fhir_medication
            UNION SELECT 'ATC', coalesce(f.atc, m.atc, n.atc) FROM {FACTS} f
                LEFT JOIN fhir_medication m ON m.deposit = f.deposit AND m.id = f.medication
                LEFT JOIN cip13_atc n ON n.cip13 = coalesce(f.code, m.code)
                WHERE f.resource IN ('MedicationRequest', 'MedicationAdministration', 'Immunization')
            """;

    /** Resources that others refer to; nobody asks for the ids of the rest. */
    private static final Set<String> REFERRED_TO = Set.of("Encounter", "Condition");

    private static final Set<String> NEVER_HAPPENED = Set.of("entered-in-error", "cancelled", "not-done", "refuted");

    private static final int TOLD_MAX = 1_000;

    private final DuckSession session;
    private final Answers answers;
    private final Rejects rejects;
    private final WaitingRows waiting;
    private final FhirParser parser = new FhirParser();
    private final Map<String, Integer> deposits = new HashMap<>();
    private final Map<String, Long> rowsIn = new TreeMap<>();
    private final Map<String, Map<String, Long>> rejected = new TreeMap<>();

    private final List<Runnable> toTell = new ArrayList<>();

    FhirIntake(DuckSession session, Answers answers, Rejects rejects, WaitingRows waiting) {
        this.session = session;
        this.answers = answers;
        this.rejects = rejects;
        this.waiting = waiting;
    }

    void begin() {
        session.execute("""
                CREATE TABLE fhir_patient (person BIGINT, gender VARCHAR, birth VARCHAR, state VARCHAR,
                    death_day DATE)""");
        session.execute("""
                CREATE TABLE fhir_medication (deposit INTEGER, id VARCHAR, vocabulary VARCHAR, code VARCHAR, atc VARCHAR)""");
    }

    /** The appenders of one reading. */
    private record Sheets(
            DuckDBAppender facts, DuckDBAppender patients, DuckDBAppender medications, DuckDBAppender diagnoses) {}

    Map<String, Long> rowsIn() {
        return rowsIn;
    }

    Map<String, Long> rejected(String resource) {
        return rejected.getOrDefault(resource, Map.of());
    }

    /**
     * Reads one part.
     *
     * @param own a session that nobody else uses meanwhile
     */
    void read(DepositedTable part, DuckSession own) {
        waiting.open(own, Flow.FHIR_FACT);
        waiting.open(own, Flow.FHIR_DIAGNOSIS);
        String table = part.table();
        try (InputStream in = part.content().open();
                DuckDBAppender facts = own.appender(waiting.entrance(Flow.FHIR_FACT));
                DuckDBAppender patients = own.appender("fhir_patient");
                DuckDBAppender medications = own.appender("fhir_medication");
                DuckDBAppender diagnoses = own.appender(waiting.entrance(Flow.FHIR_DIAGNOSIS))) {
            var sheets = new Sheets(facts, patients, medications, diagnoses);
            var lines = new Lines(in);
            while (lines.next()) {
                if (lines.length() > 0) {
                    rowsIn.merge(table, 1L, Long::sum);
                    take(part, lines, sheets);
                }
            }
        } catch (IOException broken) {
            throw Problem.of(ProblemCode.INPUT_FILE_UNREADABLE)
                    .expected(Phrase.NDJSON_TO_ITS_END)
                    .found(broken.getClass().getSimpleName())
                    .at(Place.file(part.place()))
                    .exception(broken);
        } catch (SQLException refused) {
            throw DuckSession.failure(refused);
        }
    }

    private void take(DepositedTable part, Lines lines, Sheets sheets) throws SQLException {
        FhirResource resource;
        try {
            resource = parser.parse(lines.bytes(), lines.length());
        } catch (JacksonException malformed) {
            reject(part, lines.number(), "no_json", "a JSON object on one line", "something else");
            return;
        }
        if (lines.isCut() || !resource.type.equals(part.table())) {
            reject(part, lines.number(), "resource_type", "a resource type that is read", "another");
            return;
        }
        if (resource.type.equals("Medication")) {
            medication(sheets.medications(), part, resource);
            return;
        }
        boolean isPatient = resource.type.equals("Patient");
        OptionalLong person = person(part.deposit(), isPatient ? resource.id : resource.patient);
        if (person.isEmpty()) {
            reject(
                    part,
                    lines.number(),
                    "unknown_person",
                    "a record that the identity zone knows",
                    "an unknown record");
        } else if (isPatient) {
            patient(sheets.patients(), part, resource, person.getAsLong());
        } else if (NEVER_HAPPENED.contains(resource.status) || NEVER_HAPPENED.contains(resource.verification)) {
            reject(part, lines.number(), "never_happened", "what took place", "a status that says it did not");
        } else if (resource.start == null) {
            reject(part, lines.number(), "no_day", "a day", "none that can be read");
        } else if (resource.type.equals("Observation")) {
            observation(sheets.facts(), part, lines, resource, person.getAsLong());
        } else {
            fact(sheets.facts(), part, resource, person.getAsLong(), resource.code, resource.value);
            diagnoses(sheets.diagnoses(), part, resource, person.getAsLong());
        }
    }

    private void medication(DuckDBAppender rows, DepositedTable part, FhirResource resource) throws SQLException {
        rows.beginRow();
        rows.append(number(part));
        rows.append(resource.id);
        coding(rows, resource.code);
        text(rows, resource.atc == null ? "" : resource.atc.code());
        rows.endRow();
    }

    private void diagnoses(DuckDBAppender rows, DepositedTable part, FhirResource resource, long person)
            throws SQLException {
        for (Diagnosis diagnosis : resource.diagnoses) {
            rows.beginRow();
            rows.append(person);
            rows.append(number(part));
            rows.append(diagnosis.condition());
            rows.append(diagnosis.rank());
            rows.endRow();
        }
    }

    /** An observation is a fact if it has a value, and so is each of its components; a masked answer is none. */
    private void observation(DuckDBAppender facts, DepositedTable part, Lines lines, FhirResource resource, long person)
            throws SQLException {
        if (resource.value.present) {
            fact(facts, part, resource, person, resource.code, resource.value);
        }
        for (Component component : resource.components) {
            if (component.value.present) {
                fact(facts, part, resource, person, component.code, component.value);
            }
        }
        if (!resource.value.present && resource.components.isEmpty()) {
            reject(part, lines.number(), "no_value", "a value or components", "neither");
        }
    }

    /** A number in the place of the deposit's long name, which would stand in every row. */
    private int number(DepositedTable part) {
        return deposits.computeIfAbsent(part.deposit(), _ -> deposits.size());
    }

    private OptionalLong person(String deposit, String record) {
        return record.isEmpty() ? OptionalLong.empty() : answers.person(deposit, record);
    }

    private void patient(DuckDBAppender patients, DepositedTable part, FhirResource resource, long person)
            throws SQLException {
        patients.beginRow();
        patients.append(person);
        text(patients, resource.gender);
        text(patients, resource.birthDate);
        text(patients, resource.state);
        day(patients, resource.end);
        patients.endRow();
    }

    private void fact(
            DuckDBAppender facts,
            DepositedTable part,
            FhirResource resource,
            long person,
            @Nullable Coding code,
            Value value)
            throws SQLException {
        facts.beginRow();
        facts.append(person);
        facts.append(resource.type);
        facts.append(number(part));
        text(facts, REFERRED_TO.contains(resource.type) ? resource.id : "");
        text(facts, resource.encounter);
        coding(facts, code);
        text(facts, resource.atc == null ? "" : resource.atc.code());
        text(facts, resource.medication);
        day(facts, resource.start);
        day(facts, resource.end);
        if (resource.days == null) {
            facts.appendNull();
        } else {
            facts.append((int) Math.clamp(Math.round(resource.days), 0, 3_650));
        }
        if (value.number == null) {
            facts.appendNull();
        } else {
            facts.append(value.number.doubleValue());
        }
        text(facts, value.unit);
        coding(facts, value.code);
        text(facts, resource.encounterClass);
        facts.endRow();
    }

    private static void coding(DuckDBAppender row, @Nullable Coding coding) throws SQLException {
        text(row, coding == null ? "" : coding.system().vocabulary());
        text(row, coding == null ? "" : coding.code());
    }

    private static void text(DuckDBAppender row, String text) throws SQLException {
        if (text.isEmpty()) {
            row.appendNull();
        } else {
            row.append(text);
        }
    }

    private static void day(DuckDBAppender row, @Nullable Integer day) throws SQLException {
        if (day == null) {
            row.appendNull();
        } else {
            row.appendEpochDays(day);
        }
    }

    /** Notes the codes of the facts that were read and sends them on: after each part, or once when they may stay. */
    void sendOn(DuckSession own, MemoryFile scratch, CodeBook codes) {
        codes.note(own, CODES.replace("{FACTS}", waiting.entrance(Flow.FHIR_FACT)));
        waiting.sendOn(own, scratch, Flow.FHIR_FACT);
        waiting.sendOn(own, scratch, Flow.FHIR_DIAGNOSIS);
    }

    /** Writes down what was rejected: afterwards, because the rejects file is another's while the parts are read. */
    void tellRejects() {
        toTell.forEach(Runnable::run);
        toTell.clear();
    }

    private void reject(DepositedTable part, long line, String reason, String expected, String found) {
        long before =
                rejected.computeIfAbsent(part.table(), _ -> new TreeMap<>()).merge(reason, 1L, Long::sum);
        if (before <= TOLD_MAX) {
            toTell.add(() -> rejects.add(part.table(), part.place(), line, 0, "", reason, expected, found));
        }
    }

    /** Lines of bytes, of which one longer than 16 MiB is cut and thereby refused. */
    static final class Lines {
        private static final int LINE_MAX = 16 << 20;

        private final InputStream in;
        private final byte[] buffer = new byte[1 << 16];
        private byte[] line = new byte[1 << 14];
        private int from;
        private int to;
        private int length;
        private long number;
        private boolean cut;
        private boolean ended;

        Lines(InputStream in) {
            this.in = in;
        }

        boolean next() throws IOException {
            length = 0;
            cut = false;
            number++;
            while (!ended) {
                int at = from;
                while (at < to && buffer[at] != '\n') {
                    at++;
                }
                keep(at - from);
                if (at < to) {
                    from = at + 1;
                    return true;
                }
                from = 0;
                to = in.read(buffer);
                if (to < 0) {
                    to = 0;
                    ended = true;
                }
            }
            return length > 0;
        }

        private void keep(int bytes) {
            if (length + bytes > LINE_MAX) {
                cut = true;
                return;
            }
            if (length + bytes > line.length) {
                line = java.util.Arrays.copyOf(line, Math.max(2 * line.length, length + bytes));
            }
            System.arraycopy(buffer, from, line, length, bytes);
            length += bytes;
        }

        byte[] bytes() {
            return line;
        }

        int length() {
            return length;
        }

        /** The line's number from 1. */
        long number() {
            return number;
        }

        boolean isCut() {
            return cut;
        }
    }
}
