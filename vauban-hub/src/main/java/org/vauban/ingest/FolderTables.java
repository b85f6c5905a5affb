package org.vauban.ingest;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.vauban.duck.ColumnSql;
import org.vauban.duck.DuckSession;
import org.vauban.duck.TableRows;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.ColumnType;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.problem.Problems;
import org.vauban.trajectory.Domain;

/**
 * Tables of a folder as one session sees them. The needed columns of a table are read when they are first needed: a text file's into the
 * session's memory; a Parquet file's as well where they will be read bucket by bucket, and else straight from the file.
 *
 * <p>For one thread at a time.
 */
final class FolderTables {
    private final SortedMap<CdmTable, CdmFile> files;
    private final DuckSession session;
    private final int buckets;
    private final Map<CdmTable, List<ParquetRows.Column>> parquet = new EnumMap<>(CdmTable.class);
    private final Map<CdmTable, Set<CdmColumn>> staged = new EnumMap<>(CdmTable.class);
    private final SortedMap<CdmTable, Long> rowsLeftOut = new TreeMap<>();

    /** @param buckets a power of two */
    FolderTables(SortedMap<CdmTable, CdmFile> files, DuckSession session, int buckets) {
        this.files = files;
        this.session = session;
        this.buckets = buckets;
    }

    DuckSession session() {
        return session;
    }

    /** Rows that could not be understood and were left out, by table, of the tables read so far. */
    SortedMap<CdmTable, Long> rowsLeftOut() {
        return new TreeMap<>(rowsLeftOut);
    }

    /** Forgets the tables and what memory they take. */
    void drop() {
        staged.keySet()
                .forEach(table -> session.execute("DROP "
                        + (isParquet(file(table)) && isReadOnce(table) ? "VIEW " : "TABLE ")
                        + DuckSession.quoted(table.tableName())));
        staged.clear();
    }

    private CdmFile file(CdmTable table) {
        return Optional.ofNullable(files.get(table)).orElseThrow();
    }

    static boolean isParquet(CdmFile file) {
        return file.format() == CdmFile.Format.PARQUET;
    }

    /** The rows of a bucket of all tables asked for so far. */
    Map<CdmTable, TableRows> rows(int bucket) {
        Map<CdmTable, TableRows> tables = new EnumMap<>(CdmTable.class);
        staged.forEach((table, columns) -> tables.put(
                table,
                new TableRows(
                        "(SELECT *, " + Staging.SOURCE_ID + " AS " + TableRows.RANK + " FROM "
                                + DuckSession.quoted(table.tableName())
                                + (table.isAboutPersons() ? " WHERE " + Staging.BUCKET + " = " + bucket : "")
                                + ")",
                        columns)));
        return tables;
    }

    /** Makes columns ready; tells all that is wrong with their files together. */
    void stage(Collection<CdmColumn> needed) {
        Map<CdmTable, Set<CdmColumn>> byTable = new LinkedHashMap<>();
        for (CdmColumn column : needed) {
            byTable.computeIfAbsent(column.table(), _ -> new TreeSet<>()).add(column);
        }
        var problems = new Problems();
        byTable.forEach((table, columns) -> {
            CdmFile file = files.get(table);
            if (file != null && !staged.getOrDefault(table, Set.of()).containsAll(columns)) {
                try {
                    stage(file, columns);
                } catch (ProblemException faulty) {
                    faulty.problems().forEach(problems::add);
                }
            }
        });
        problems.throwIfAny();
    }

    private void stage(CdmFile file, Set<CdmColumn> needed) {
        CdmTable table = file.table();
        Set<CdmColumn> wanted = new LinkedHashSet<>(places(table));
        wanted.addAll(needed);
        wanted.addAll(staged.getOrDefault(table, Set.of()));
        Header header = isParquet(file)
                ? Header.of(
                        table,
                        columns(file).stream().map(ParquetRows.Column::name).toList())
                : SourceRows.of(file).header();
        var problems = new Problems();
        header.check(file, wanted.stream().filter(CdmColumn::required).collect(Collectors.toSet()), problems);
        problems.throwIfAny();
        List<CdmColumn> columns =
                wanted.stream().filter(column -> header.field(column) >= 0).toList();
        staged.remove(table);
        switch (file.format()) {
            case CSV, CSV_GZIP -> stageText(file, header, columns);
            case PARQUET -> stageParquet(file, header, columns);
        }
        staged.put(table, new TreeSet<>(columns));
    }

    /** The columns without which no row can be placed. */
    private static Set<CdmColumn> places(CdmTable table) {
        Set<CdmColumn> places = new LinkedHashSet<>();
        table.personColumn().ifPresent(places::add);
        table.keyColumn().ifPresent(places::add);
        Domain.of(table).ifPresent(domain -> {
            places.add(domain.startColumn());
            domain.endColumn().ifPresent(places::add);
        });
        return places;
    }

    private void stageText(CdmFile file, Header header, List<CdmColumn> columns) {
        CdmTable table = file.table();
        Staging.create(session, table, columns);
        var intake = new RowIntake(table, header, Set.copyOf(columns), Optional.empty());
        List<FieldParser> parsers = columns.stream()
                .flatMap(column -> Optional.ofNullable(intake.parser(column)).stream())
                .toList();
        int[] fields = columns.stream().mapToInt(header::field).toArray();
        FieldParser person = table.personColumn().map(intake::parser).orElse(null);
        FieldParser key = table.keyColumn().map(intake::parser).orElse(person);
        long[] leftOut = {0};
        try (var rows = new Staging.Rows(session, table)) {
            SourceRows.of(file).forEach((_, texts, count) -> {
                if (intake.check(texts, count).isPresent()) {
                    leftOut[0]++;
                    return;
                }
                rows.begin();
                for (int index = 0; index < fields.length; index++) {
                    FieldParser parser = parsers.get(index);
                    if (parser.present) {
                        rows.value(parser, String.valueOf(texts[fields[index]]));
                    } else {
                        rows.nothing();
                    }
                }
                rows.end(key == null ? 0 : key.number, person == null ? 0 : bucket(person.number));
            });
        }
        if (leftOut[0] > 0) {
            rowsLeftOut.put(table, leftOut[0]);
        }
    }

    private void stageParquet(CdmFile file, Header header, List<CdmColumn> columns) {
        CdmTable table = file.table();
        List<ParquetRows.Column> written = columns(file);
        Map<CdmColumn, String> casts = new TreeMap<>();
        columns.forEach(column ->
                casts.put(column, cast(column, written.get(header.field(column)).name())));
        String source = "read_parquet(" + DuckSession.literal(file.path()) + ")";
        checkTypes(file, header, source, casts);
        String person = table.personColumn().map(casts::get).orElse("0");
        String key = table.keyColumn().map(casts::get).orElse(person);
        session.execute("CREATE OR REPLACE " + (isReadOnce(table) ? "VIEW " : "TABLE ")
                + DuckSession.quoted(table.tableName())
                + " AS SELECT "
                + columns.stream()
                        .map(column -> casts.get(column) + " AS " + DuckSession.quoted(column.name()))
                        .collect(Collectors.joining(", "))
                + ", coalesce(" + key + ", 0) AS " + Staging.SOURCE_ID
                + ", " + bucketSql(person) + " AS " + Staging.BUCKET
                + " FROM " + source
                + " WHERE " + person + " IS NOT NULL");
    }

    /** What is read once is not copied first. */
    private boolean isReadOnce(CdmTable table) {
        return buckets == 1 || table.isVocabulary();
    }

    /** The columns of a Parquet file. All files are asked together, because a question costs more than its answer. */
    private List<ParquetRows.Column> columns(CdmFile file) {
        if (parquet.isEmpty()) {
            try {
                parquet.putAll(ParquetRows.columns(
                        session,
                        files.values().stream().filter(FolderTables::isParquet).toList()));
            } catch (ProblemException _) {
                // Which file it is, each of them is asked alone.
            }
        }
        List<ParquetRows.Column> known = parquet.get(file.table());
        return known != null ? known : new ParquetRows(file).columns(session);
    }

    /** All columns in one look at the file, and no look at all where the file's own types say enough. */
    private void checkTypes(CdmFile file, Header header, String source, Map<CdmColumn, String> casts) {
        List<ParquetRows.Column> written = columns(file);
        List<CdmColumn> doubtful = casts.keySet().stream()
                .filter(column -> column.type() != ColumnType.TEXT)
                .filter(column -> !ColumnSql.holds(
                        column, written.get(header.field(column)).type()))
                .toList();
        if (doubtful.isEmpty()) {
            return;
        }
        var problems = new Problems();
        session.rows(
                "SELECT "
                        + doubtful.stream()
                                .map(column -> "count(*) FILTER ("
                                        + DuckSession.quoted(written.get(header.field(column))
                                                .name())
                                        + " IS NOT NULL AND " + casts.get(column) + " IS NULL)")
                                .collect(Collectors.joining(", "))
                        + " FROM " + source,
                row -> {
                    for (int index = 0; index < doubtful.size(); index++) {
                        long wrong = row.getLong(index + 1);
                        if (wrong > 0) {
                            problems.add(wrongType(file, doubtful.get(index), wrong));
                        }
                    }
                });
        problems.throwIfAny();
    }

    private static Problem wrongType(CdmFile file, CdmColumn column, long wrong) {
        return Problem.of(ProblemCode.INPUT_VALUE_WRONG_TYPE)
                .with("column", column.name())
                .expected(new FieldParser(column).expected())
                .found(wrong + " values of another type")
                .at(file.place());
    }

    private static String cast(CdmColumn column, String name) {
        String cast = "TRY_CAST(" + DuckSession.quoted(name) + " AS " + ColumnSql.type(column) + ")";
        // Written by programs that have no null for text.
        return column.type() == ColumnType.TEXT ? "nullif(" + cast + ", '')" : cast;
    }

    /** The low bits spread ids well enough, and text and Parquet must agree. */
    private int bucket(long person) {
        return (int) (person & (buckets - 1));
    }

    private String bucketSql(String person) {
        return "CAST(" + person + " & " + (buckets - 1) + " AS INTEGER)";
    }
}
