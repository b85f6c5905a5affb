package org.vauban.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vauban.duck.ColumnSql;
import org.vauban.duck.DuckSession;
import org.vauban.duck.TableRows;
import org.vauban.duck.TrajectoryReader;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.ColumnType;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.problem.Problems;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;
import org.vauban.trajectory.VisibleRows;
import org.vauban.vocabulary.Vocabulary;

/**
 * The caller's own folder as trajectories: original ids, rows of unknown persons kept, nothing screened, no hub.
 *
 * <p>The needed columns of a table are read into memory when they are first needed. A column that the specification requires and the
 * file lacks is a fault; an optional one is absent in every row. Rows of CSV files that cannot be understood are left out and counted in
 * {@link #rowsLeftOut}; in Parquet a wrong type is a fault of the file.
 *
 * <p>Safe for many threads, which take turns at reading.
 */
public final class LaboratorySource implements TrajectorySource, AutoCloseable {
    /** Files of this many bytes together make one bucket. */
    private static final long BYTES_PER_BUCKET = 32L << 20;

    private static final int BUCKETS_MAX = 64;

    private static final List<CdmColumn> VOCABULARY = List.of(
            CdmTable.CONCEPT.column("concept_id"),
            CdmTable.CONCEPT.column("concept_name"),
            CdmTable.CONCEPT.column("domain_id"),
            CdmTable.CONCEPT.column("vocabulary_id"),
            CdmTable.CONCEPT.column("standard_concept"),
            CdmTable.CONCEPT.column("invalid_reason"),
            CdmTable.CONCEPT_ANCESTOR.column("ancestor_concept_id"),
            CdmTable.CONCEPT_ANCESTOR.column("descendant_concept_id"),
            CdmTable.CONCEPT_RELATIONSHIP.column("concept_id_1"),
            CdmTable.CONCEPT_RELATIONSHIP.column("concept_id_2"),
            CdmTable.CONCEPT_RELATIONSHIP.column("relationship_id"),
            CdmTable.CONCEPT_RELATIONSHIP.column("invalid_reason"));

    private final SortedMap<CdmTable, CdmFile> files;
    private final DuckSession session;
    private final int buckets;
    private final Map<CdmTable, Set<CdmColumn>> staged = new EnumMap<>(CdmTable.class);
    private final SortedMap<CdmTable, Long> rowsLeftOut = new TreeMap<>();
    private final Supplier<Vocabulary> elsewhere;
    private @Nullable Vocabulary vocabulary;

    LaboratorySource(SortedMap<CdmTable, CdmFile> files, Supplier<Vocabulary> elsewhere) {
        this.files = files;
        this.elsewhere = elsewhere;
        this.session = DuckSession.open(
                DuckSession.Limits.ofTheMachine(),
                files.values().stream()
                        .filter(LaboratorySource::isParquet)
                        .map(CdmFile::path)
                        .toList());
        long bytes = files.values().stream()
                .filter(file -> !file.table().isVocabulary())
                .mapToLong(LaboratorySource::size)
                .sum();
        this.buckets = Integer.highestOneBit(Math.clamp(bytes / BYTES_PER_BUCKET, 1, BUCKETS_MAX));
    }

    @Override
    public int buckets() {
        return buckets;
    }

    @Override
    public synchronized Trajectories read(int bucket, Needs needs) {
        stage(needs.columns());
        return new TrajectoryReader(session, rows(bucket), Runtime.getRuntime().availableProcessors())
                .trajectories(needs, VisibleRows.within(Period.ALWAYS));
    }

    @Override
    public synchronized Vocabulary vocabulary() {
        if (vocabulary == null && !files.containsKey(CdmTable.CONCEPT)) {
            vocabulary = elsewhere.get();
        }
        if (vocabulary == null) {
            stage(VOCABULARY);
            vocabulary = new TrajectoryReader(session, rows(0)).vocabulary();
            // The arrays are in the vocabulary now.
            for (CdmTable table : VOCABULARY.stream().map(CdmColumn::table).collect(Collectors.toSet())) {
                if (staged.remove(table) != null) {
                    drop(table);
                }
            }
        }
        return vocabulary;
    }

    /** Rows that could not be understood and were left out, by table, of the tables read so far. */
    public synchronized SortedMap<CdmTable, Long> rowsLeftOut() {
        return new TreeMap<>(rowsLeftOut);
    }

    @Override
    public synchronized void close() {
        session.close();
    }

    private void drop(CdmTable table) {
        boolean isView = Optional.ofNullable(files.get(table))
                .filter(LaboratorySource::isParquet)
                .isPresent();
        session.execute("DROP " + (isView ? "VIEW " : "TABLE ") + DuckSession.quoted(table.tableName()));
    }

    private static boolean isParquet(CdmFile file) {
        return file.format() == CdmFile.Format.PARQUET;
    }

    private Map<CdmTable, TableRows> rows(int bucket) {
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

    // Reading files into memory.

    private void stage(Collection<CdmColumn> needed) {
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
                ? new ParquetRows(file).header(session)
                : SourceRows.of(file).header();
        var problems = new Problems();
        header.check(file, wanted.stream().filter(CdmColumn::required).collect(Collectors.toSet()), problems);
        problems.throwIfAny();
        List<CdmColumn> columns =
                wanted.stream().filter(column -> header.field(column) >= 0).toList();
        staged.remove(table);
        switch (file.format()) {
            case CSV, CSV_GZIP -> stageText(file, header, columns);
            case PARQUET -> stageParquet(file, columns);
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

    private void stageParquet(CdmFile file, List<CdmColumn> columns) {
        CdmTable table = file.table();
        String source = "read_parquet(" + DuckSession.literal(file.path()) + ")";
        checkTypes(file, source, columns);
        String person = table.personColumn().map(LaboratorySource::cast).orElse("0");
        String key = table.keyColumn().map(LaboratorySource::cast).orElse(person);
        // What is read once is not copied first.
        boolean once = buckets == 1 || table.isVocabulary();
        session.execute("CREATE OR REPLACE " + (once ? "VIEW " : "TABLE ") + DuckSession.quoted(table.tableName())
                + " AS SELECT "
                + columns.stream()
                        .map(column -> cast(column) + " AS " + DuckSession.quoted(column.name()))
                        .collect(Collectors.joining(", "))
                + ", coalesce(" + key + ", 0) AS " + Staging.SOURCE_ID
                + ", " + bucketSql(person) + " AS " + Staging.BUCKET
                + " FROM " + source
                + " WHERE " + person + " IS NOT NULL");
    }

    /** All columns in one look at the file, and no look at all where the file's own types say enough. */
    private void checkTypes(CdmFile file, String source, List<CdmColumn> columns) {
        Map<String, String> types = session.columnTypes(source);
        List<CdmColumn> doubtful = columns.stream()
                .filter(column -> column.type() != ColumnType.TEXT)
                .filter(column -> !ColumnSql.holds(column, types.getOrDefault(column.name(), "")))
                .toList();
        if (doubtful.isEmpty()) {
            return;
        }
        var problems = new Problems();
        session.rows(
                "SELECT "
                        + doubtful.stream()
                                .map(column -> "count(*) FILTER (" + DuckSession.quoted(column.name())
                                        + " IS NOT NULL AND " + cast(column) + " IS NULL)")
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

    private static String cast(CdmColumn column) {
        String cast = "TRY_CAST(" + DuckSession.quoted(column.name()) + " AS " + ColumnSql.type(column) + ")";
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

    private static long size(CdmFile file) {
        try {
            return Files.size(file.path());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
