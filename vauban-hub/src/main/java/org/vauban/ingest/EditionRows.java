package org.vauban.ingest;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;
import org.vauban.edition.EditionDraft;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;

/**
 * The second reading: rows are re-keyed and screened on their way into memory; there {@link Sealer} ranks them by the source's ids, puts
 * them in order and seals them.
 */
final class EditionRows {
    private final Survey survey;
    private final PersonDirectory persons;
    private final KeyedHash rowKeys;
    private final DuckSession.Limits limits;
    private final EditionDraft draft;
    private final Map<CdmTable, Long> rowsOut = new EnumMap<>(CdmTable.class);
    private final Map<String, IngestReport.Finding> findings = new LinkedHashMap<>();

    EditionRows(
            Survey survey, PersonDirectory persons, KeyedHash rowKeys, DuckSession.Limits limits, EditionDraft draft) {
        this.survey = survey;
        this.persons = persons;
        this.rowKeys = rowKeys;
        this.limits = limits;
        this.draft = draft;
    }

    /** Buckets from the first to before the last. */
    record Range(int from, int to) {
        boolean contains(int bucket) {
            return bucket >= from && bucket < to;
        }
    }

    long rowsOut(CdmTable table) {
        return rowsOut.getOrDefault(table, 0L);
    }

    List<IngestReport.Finding> findings() {
        return List.copyOf(findings.values());
    }

    /** Tables that are about no person: vocabularies, places and providers. One at a time, each one object per group. */
    void sealReferenceTables() {
        inMemory(sealing -> {
            for (CdmFile file :
                    filled().filter(file -> !file.table().isAboutPersons()).toList()) {
                stage(sealing.session(), file, new Range(0, 1));
                sealing.sealer().sealReference(file.table());
            }
        });
    }

    /** The rows of the persons in some buckets. */
    void sealPersons(Range range) {
        inMemory(sealing -> {
            List<CdmTable> tables = new ArrayList<>();
            for (CdmFile file :
                    filled().filter(file -> file.table().isAboutPersons()).toList()) {
                stage(sealing.session(), file, range);
                tables.add(file.table());
            }
            stageConcepts(sealing.session());
            sealing.sealer().check(tables, survey.codes().size() > 0);
            sealing.sealer().sealStaged(tables);
        });
    }

    /** A session with what seals its tables. */
    private record Sealing(DuckSession session, Sealer sealer) {}

    private void inMemory(Consumer<Sealing> work) {
        try (MemoryFile scratch = MemoryFile.create();
                DuckSession session = DuckSession.open(limits, List.of(scratch.path()))) {
            var sealer = new Sealer(session, List.of(scratch), draft);
            work.accept(new Sealing(session, sealer));
            for (CdmTable table : CdmTable.values()) {
                rowsOut.merge(table, sealer.rowsOut(table), Long::sum);
            }
            for (IngestReport.Finding finding : sealer.findings()) {
                findings.merge(finding.check() + ' ' + finding.table(), finding, EditionRows::together);
            }
        }
    }

    private static IngestReport.Finding together(IngestReport.Finding one, IngestReport.Finding other) {
        return new IngestReport.Finding(one.check(), one.table(), one.rows() + other.rows());
    }

    /** The files with at least one row that can be used. */
    private Stream<CdmFile> filled() {
        return survey.entering().filter(file -> survey.accepted(file.table()) > 0);
    }

    // From files to rows in memory.

    private void stage(DuckSession session, CdmFile file, Range range) {
        CdmTable table = file.table();
        List<CdmColumn> columns = List.copyOf(Survey.columnsOf(table));
        Staging.create(session, table, columns);
        SourceRows source = SourceRows.of(file);
        Header header = source.header();
        boolean isOfPersons = table.isAboutPersons();
        var intake = new RowIntake(
                table, header, Survey.columnsOf(table), isOfPersons ? Optional.of(persons) : Optional.empty());
        List<Cell> cells = columns.stream()
                .map(column ->
                        new Cell(column, intake.parser(column), header.field(column), Screening.treatment(column)))
                .toList();
        FieldParser key = table.keyColumn().map(intake::parser).orElse(null);
        try (var rows = new Staging.Rows(session, table)) {
            source.forEach((_, fields, count) -> {
                if (intake.check(fields, count).isPresent()) {
                    return;
                }
                int bucket = isOfPersons ? persons.bucket(intake.personIndex) : 0;
                if (!range.contains(bucket)) {
                    return;
                }
                // Rows without a key of their own (deaths, persons) stand where their person's number stands.
                long sourceId = key != null && key.present
                        ? key.number
                        : isOfPersons ? persons.sourceId(intake.personIndex) : 0;
                rows.begin();
                for (Cell cell : cells) {
                    put(rows, cell, intake, fields);
                }
                rows.end(sourceId, bucket);
            });
        }
    }

    /** A column of the edition, with what reads it from the file, if the file has it. */
    private record Cell(CdmColumn column, @Nullable FieldParser parser, int field, Screening.Treatment treatment) {}

    private void put(Staging.Rows rows, Cell cell, RowIntake intake, @Nullable String[] fields) {
        FieldParser parser = cell.parser();
        if (parser == null || !parser.present) {
            rows.nothing();
            return;
        }
        switch (cell.column().role()) {
            case PERSON -> rows.number(persons.number(intake.personIndex));
            case KEY, REFERENCE, EVENT_REFERENCE -> rows.number(rowKeys.of(parser.number));
            case CONCEPT, SOURCE_CONCEPT, DATE, DATETIME, NUMBER, SOURCE_TEXT, TEXT -> {
                String text = String.valueOf(fields[cell.field()]);
                boolean enters = cell.treatment() == Screening.Treatment.KEPT
                        || survey.screening().keeps(cell.column(), text, intake);
                if (enters) {
                    rows.value(parser, text);
                } else {
                    rows.nothing();
                }
            }
        }
    }

    private void stageConcepts(DuckSession session) {
        session.execute("CREATE TABLE known_concept (concept_id INTEGER)");
        try (DuckDBAppender appender = session.appender("known_concept")) {
            for (int id : survey.codes().ids()) {
                appender.beginRow();
                appender.append(id);
                appender.endRow();
            }
        } catch (SQLException refused) {
            throw DuckSession.failure(refused);
        }
    }
}
