package org.vauban.ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;
import org.vauban.duck.TableRows;
import org.vauban.edition.ColumnGroup;
import org.vauban.edition.EditionDraft;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.ColumnRole;
import org.vauban.vault.Plaintext;

/**
 * The second reading: rows are re-keyed and screened on their way into memory, ranked, put in order and sealed.
 *
 * <p>Ranks: Circe compares row ids of different tables when events of one day compete. The ids themselves would be a link to the
 * source, so each row keeps only its place among all rows of its person in the order of the source ids, across tables. Rows that share
 * an id share a place.
 */
final class EditionRows {
    private final Survey survey;
    private final PersonDirectory persons;
    private final KeyedHash rowKeys;
    private final DuckSession.Limits limits;
    private final EditionDraft draft;
    private final Map<CdmTable, Long> rowsOut = new EnumMap<>(CdmTable.class);
    private final Map<Quality.Check, Map<CdmTable, Long>> findings = new EnumMap<>(Quality.Check.class);

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
        List<IngestReport.Finding> all = new ArrayList<>();
        findings.forEach((check, tables) -> tables.forEach((table, rows) -> {
            if (rows > 0) {
                all.add(new IngestReport.Finding(check.checkName(), table.tableName(), rows));
            }
        }));
        return all;
    }

    /** Tables that are about no person: vocabularies, places and providers. One at a time, each one object per group. */
    void sealReferenceTables() {
        try (MemoryFile scratch = MemoryFile.create();
                DuckSession session = DuckSession.open(limits, List.of(scratch.path()))) {
            for (CdmFile file :
                    filled().filter(file -> !file.table().isAboutPersons()).toList()) {
                CdmTable table = file.table();
                stage(session, file, new Range(0, 1));
                String order = table.keyColumn()
                        .map(key -> " ORDER BY " + DuckSession.quoted(key.name()))
                        .orElse(" ORDER BY ALL");
                session.execute("CREATE TABLE " + ordered(table) + " AS SELECT * EXCLUDE (" + Staging.SOURCE_ID
                        + ") FROM " + DuckSession.quoted(table.tableName()) + order);
                parts(session, scratch, table).values().forEach(draft::add);
                drop(session, table);
            }
        }
    }

    /** The rows of the persons in some buckets. */
    void sealPersons(Range range) {
        List<CdmTable> tables = new ArrayList<>();
        try (MemoryFile scratch = MemoryFile.create();
                DuckSession session = DuckSession.open(limits, List.of(scratch.path()))) {
            for (CdmFile file :
                    filled().filter(file -> file.table().isAboutPersons()).toList()) {
                stage(session, file, range);
                tables.add(file.table());
            }
            stageConcepts(session);
            new Quality(session, tables, survey.codes().size() > 0)
                    .findings()
                    .forEach((check, counts) ->
                            counts.forEach((table, rows) -> findings.computeIfAbsent(check, _ -> new TreeMap<>())
                                    .merge(table, rows, Long::sum)));
            rank(session, tables);
            SortedMap<Integer, List<EditionDraft.NewPart>> parts = new TreeMap<>();
            for (CdmTable table : tables) {
                putInOrder(session, table);
                parts(session, scratch, table)
                        .forEach((bucket, ofTable) -> parts.computeIfAbsent(bucket, _ -> new ArrayList<>())
                                .addAll(ofTable));
            }
            parts.values().forEach(draft::add);
        }
    }

    /** The files with at least one row that can be used. */
    private Stream<CdmFile> filled() {
        return survey.entering().filter(file -> survey.accepted(file.table()) > 0);
    }

    private static void rank(DuckSession session, List<CdmTable> tables) {
        String ids = tables.stream()
                .map(table ->
                        "SELECT person_id, " + Staging.SOURCE_ID + " FROM " + DuckSession.quoted(table.tableName()))
                .collect(Collectors.joining(" UNION "));
        session.execute("CREATE TABLE ranks AS SELECT person_id, " + Staging.SOURCE_ID
                + ", dense_rank() OVER (PARTITION BY person_id ORDER BY " + Staging.SOURCE_ID + ") AS " + TableRows.RANK
                + " FROM (" + ids + ")");
    }

    /** Replaces the staged rows by the same rows with ranks, bucket by bucket in the order in which they are read. */
    private static void putInOrder(DuckSession session, CdmTable table) {
        session.execute("CREATE TABLE " + ordered(table) + " AS SELECT t.* EXCLUDE (" + Staging.SOURCE_ID + "), r."
                + TableRows.RANK + " FROM " + DuckSession.quoted(table.tableName()) + " t JOIN ranks r ON "
                + "r.person_id = t.person_id AND r." + Staging.SOURCE_ID + " = t." + Staging.SOURCE_ID + " ORDER BY t."
                + Staging.BUCKET + ", " + order(table));
        session.execute("DROP TABLE " + DuckSession.quoted(table.tableName()));
    }

    private static void drop(DuckSession session, CdmTable table) {
        session.execute("DROP TABLE " + ordered(table));
        session.execute("DROP TABLE " + DuckSession.quoted(table.tableName()));
    }

    private static String ordered(CdmTable table) {
        return "ordered_" + table.tableName();
    }

    private static String order(CdmTable table) {
        Stream<String> days = RowIntake.indispensable(table).stream()
                .filter(column -> column.role() == ColumnRole.DATE)
                .sorted()
                .map(column -> "t." + DuckSession.quoted(column.name()));
        Stream<String> key = table.keyColumn().stream().map(column -> "t." + DuckSession.quoted(column.name()));
        return Stream.of(Stream.of("t.person_id"), days, Stream.of("r." + TableRows.RANK), key)
                .flatMap(each -> each)
                .collect(Collectors.joining(", "));
    }

    // From rows in memory to parts.

    /** The parts of a table by bucket. A group without any value is not written: its columns are absent when they are read. */
    private SortedMap<Integer, List<EditionDraft.NewPart>> parts(
            DuckSession session, MemoryFile scratch, CdmTable table) {
        List<CdmColumn> columns = List.copyOf(Survey.columnsOf(table));
        SortedMap<Integer, List<EditionDraft.NewPart>> parts = new TreeMap<>();
        String counts = columns.stream()
                .map(column -> ", count(" + DuckSession.quoted(column.name()) + ")")
                .collect(Collectors.joining());
        session.rows(
                "SELECT " + Staging.BUCKET + ", count(*)" + counts + " FROM " + ordered(table)
                        + " GROUP BY 1 ORDER BY 1",
                row -> {
                    int bucket = row.getInt(1);
                    long rows = row.getLong(2);
                    Set<CdmColumn> filled = new TreeSet<>();
                    for (int index = 0; index < columns.size(); index++) {
                        if (row.getLong(index + 3) > 0) {
                            filled.add(columns.get(index));
                        }
                    }
                    draft.count(table, rows);
                    rowsOut.merge(table, rows, Long::sum);
                    parts.put(bucket, parts(session, scratch, table, bucket, rows, filled));
                });
        return parts;
    }

    private static List<EditionDraft.NewPart> parts(
            DuckSession session, MemoryFile scratch, CdmTable table, int bucket, long rows, Set<CdmColumn> filled) {
        return ColumnGroup.of(table).stream()
                .filter(group -> group.columns(table).stream().anyMatch(filled::contains))
                .map(group -> new EditionDraft.NewPart(
                        table, group, bucket, rows, () -> parquet(session, scratch, table, group, bucket, filled)))
                .toList();
    }

    private static Plaintext parquet(
            DuckSession session,
            MemoryFile scratch,
            CdmTable table,
            ColumnGroup group,
            int bucket,
            Set<CdmColumn> filled) {
        Stream<String> columns =
                group.columns(table).stream().filter(filled::contains).map(column -> DuckSession.quoted(column.name()));
        Stream<String> rank =
                table.isAboutPersons() && group == ColumnGroup.WHEN ? Stream.of(TableRows.RANK) : Stream.empty();
        scratch.clear();
        session.execute("COPY (SELECT " + Stream.concat(columns, rank).collect(Collectors.joining(", ")) + " FROM "
                + ordered(table) + " WHERE " + Staging.BUCKET + " = " + bucket + ") TO "
                + DuckSession.literal(scratch.path()) + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)");
        return new Plaintext() {
            @Override
            public long size() {
                return scratch.size();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                scratch.writeTo(out);
            }

            @Override
            public void close() {
                scratch.clear();
            }
        };
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
