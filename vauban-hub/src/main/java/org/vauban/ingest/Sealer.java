package org.vauban.ingest;

import java.io.IOException;
import java.io.OutputStream;
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
 * Ranks, orders and seals tables that lie in a session in memory, whoever laid them there.
 *
 * <p>A table lies under its OMOP name with the columns of the model that it has, under their names and types. Tables about persons
 * also have {@value #BUCKET}, and the person's number in the edition. Each row is given a rank: its place among the rows of its person,
 * across tables, because Circe compares row ids of different tables when events of one day compete, and the ids themselves would be a
 * link to the source.
 *
 * <ul>
 *   <li>{@link #sealStaged} takes rows that carry their {@code source_id}: ranks follow the source's ids, and rows that share an id
 *       share a rank. Keys were replaced before.
 *   <li>{@link #sealMade} takes rows that were made here and have no id in any source: ranks follow day, table and order, and keys are
 *       numbers in the order of the edition, which tell no more than the order itself.
 * </ul>
 */
public final class Sealer {
    /** The column that tells a person's bucket. */
    public static final String BUCKET = "bucket";

    private final DuckSession session;
    private final MemoryFile scratch;
    private final EditionDraft draft;
    private final Map<CdmTable, Long> rowsOut = new EnumMap<>(CdmTable.class);
    private final Map<Quality.Check, Map<CdmTable, Long>> findings = new EnumMap<>(Quality.Check.class);

    /**
     * @param session holds the tables
     * @param scratch a memory file that the session was opened with; it is overwritten
     * @param draft takes the parts
     */
    public Sealer(DuckSession session, MemoryFile scratch, EditionDraft draft) {
        this.session = session;
        this.scratch = scratch;
        this.draft = draft;
    }

    /** Rows sealed so far. */
    public long rowsOut(CdmTable table) {
        return rowsOut.getOrDefault(table, 0L);
    }

    /** What looked wrong in the rows that were checked so far. */
    public List<IngestReport.Finding> findings() {
        List<IngestReport.Finding> all = new ArrayList<>();
        findings.forEach((check, tables) -> tables.forEach((table, rows) -> {
            if (rows > 0) {
                all.add(new IngestReport.Finding(check.checkName(), table.tableName(), rows));
            }
        }));
        return all;
    }

    /**
     * Counts what looks wrong before the rows are sealed.
     *
     * @param concepts whether the session's table {@code known_concept} lists the concepts that exist
     */
    public void check(List<CdmTable> tables, boolean concepts) {
        new Quality(session, tables, concepts)
                .findings()
                .forEach((check, counts) -> counts.forEach((table, rows) ->
                        findings.computeIfAbsent(check, _ -> new TreeMap<>()).merge(table, rows, Long::sum)));
    }

    /** Seals a table that is about no person, and drops it. */
    public void sealReference(CdmTable table) {
        Set<String> columns = columns(table);
        String order = table.keyColumn()
                .map(CdmColumn::name)
                .filter(columns::contains)
                .map(key -> " ORDER BY " + DuckSession.quoted(key))
                .orElse(" ORDER BY ALL");
        String internal =
                Stream.of(Staging.SOURCE_ID, BUCKET).filter(columns::contains).collect(Collectors.joining(", "));
        session.execute("CREATE TABLE " + ordered(table) + " AS SELECT *"
                + (internal.isEmpty() ? "" : " EXCLUDE (" + internal + ")") + ", 0 AS " + BUCKET + " FROM "
                + DuckSession.quoted(table.tableName()) + order);
        parts(table, TableRows.RANK).values().forEach(draft::add);
        session.execute("DROP TABLE " + ordered(table));
        session.execute("DROP TABLE " + DuckSession.quoted(table.tableName()));
    }

    /** Seals tables about persons whose rows carry the ids of the source; all tables of these persons come together. */
    void sealStaged(List<CdmTable> tables) {
        rankBySourceIds(tables);
        SortedMap<Integer, List<EditionDraft.NewPart>> parts = new TreeMap<>();
        for (CdmTable table : tables) {
            session.execute("CREATE TABLE " + ordered(table) + " AS SELECT t.* EXCLUDE (" + Staging.SOURCE_ID + "), r."
                    + TableRows.RANK + " FROM " + DuckSession.quoted(table.tableName()) + " t JOIN ranks r ON "
                    + "r.person_id = t.person_id AND r." + Staging.SOURCE_ID + " = t." + Staging.SOURCE_ID
                    + " ORDER BY t." + BUCKET + ", "
                    + order(table, Stream.concat(Stream.of("r." + TableRows.RANK), key(table))));
            session.execute("DROP TABLE " + DuckSession.quoted(table.tableName()));
            parts(table, TableRows.RANK)
                    .forEach((bucket, ofTable) -> parts.computeIfAbsent(bucket, _ -> new ArrayList<>())
                            .addAll(ofTable));
        }
        parts.values().forEach(draft::add);
    }

    /** Seals tables about persons that were made here, one after the other, and drops each. */
    public void sealMade(List<CdmTable> tables) {
        for (CdmTable table : tables) {
            session.execute("CREATE TABLE " + ordered(table) + " AS SELECT t.* FROM "
                    + DuckSession.quoted(table.tableName()) + " t ORDER BY t." + BUCKET + ", "
                    + order(table, Stream.of("t.rowid")));
            session.execute("DROP TABLE " + DuckSession.quoted(table.tableName()));
            parts(table, rankByDay(table)).values().forEach(draft::add);
            session.execute("DROP TABLE " + ordered(table));
        }
    }

    private void rankBySourceIds(List<CdmTable> tables) {
        String ids = tables.stream()
                .map(table ->
                        "SELECT person_id, " + Staging.SOURCE_ID + " FROM " + DuckSession.quoted(table.tableName()))
                .collect(Collectors.joining(" UNION "));
        session.execute("CREATE TABLE ranks AS SELECT person_id, " + Staging.SOURCE_ID
                + ", dense_rank() OVER (PARTITION BY person_id ORDER BY " + Staging.SOURCE_ID + ") AS " + TableRows.RANK
                + " FROM (" + ids + ")");
    }

    /** Day, then table, then place: 63 bits hold the days of five centuries, 64 tables and four thousand million rows. */
    private static String rankByDay(CdmTable table) {
        String day = days(table)
                .findFirst()
                .map(first -> "date_diff('day', DATE '1700-01-01', " + first + ")")
                .orElse("0");
        return "((CAST(" + day + " AS BIGINT) * 64 + " + table.ordinal() + ") * 4294967296 + rowid)";
    }

    private static String ordered(CdmTable table) {
        return "ordered_" + table.tableName();
    }

    private static String order(CdmTable table, Stream<String> then) {
        return Stream.of(Stream.of("t.person_id"), days(table).map(day -> "t." + day), then)
                .flatMap(each -> each)
                .collect(Collectors.joining(", "));
    }

    private static Stream<String> days(CdmTable table) {
        return RowIntake.indispensable(table).stream()
                .filter(column -> column.role() == ColumnRole.DATE)
                .sorted()
                .map(column -> DuckSession.quoted(column.name()));
    }

    private static Stream<String> key(CdmTable table) {
        return table.keyColumn().stream().map(column -> "t." + DuckSession.quoted(column.name()));
    }

    private Set<String> columns(CdmTable table) {
        return columnsOf(table.tableName());
    }

    private Set<String> columnsOf(String tableName) {
        Set<String> names = new TreeSet<>();
        session.rows(
                "SELECT column_name FROM duckdb_columns() WHERE table_name = '" + tableName + "'",
                row -> names.add(row.getString(1)));
        return names;
    }

    // From rows in order to parts.

    /** The columns of the table as SQL: those that lie there, and the key if it is numbered here. */
    private SortedMap<CdmColumn, String> expressions(CdmTable table) {
        Set<String> present = columnsOf(ordered(table));
        SortedMap<CdmColumn, String> expressions = new TreeMap<>();
        for (CdmColumn column : Survey.columnsOf(table)) {
            if (present.contains(column.name())) {
                expressions.put(column, DuckSession.quoted(column.name()));
            } else if (column.role() == ColumnRole.KEY) {
                expressions.put(column, "(rowid + 1)");
            }
        }
        return expressions;
    }

    /** The parts of a table by bucket. A group without any value is not written: its columns are absent when they are read. */
    private SortedMap<Integer, List<EditionDraft.NewPart>> parts(CdmTable table, String rank) {
        SortedMap<CdmColumn, String> expressions = expressions(table);
        List<CdmColumn> columns = List.copyOf(expressions.keySet());
        SortedMap<Integer, List<EditionDraft.NewPart>> parts = new TreeMap<>();
        String counts = expressions.values().stream()
                .map(expression -> ", count(" + expression + ")")
                .collect(Collectors.joining());
        session.rows(
                "SELECT " + BUCKET + ", count(*)" + counts + " FROM " + ordered(table) + " GROUP BY 1 ORDER BY 1",
                row -> {
                    int bucket = row.getInt(1);
                    long rows = row.getLong(2);
                    SortedMap<CdmColumn, String> filled = new TreeMap<>();
                    for (int index = 0; index < columns.size(); index++) {
                        if (row.getLong(index + 3) > 0) {
                            filled.put(
                                    columns.get(index),
                                    Optional.ofNullable(expressions.get(columns.get(index)))
                                            .orElseThrow());
                        }
                    }
                    draft.count(table, rows);
                    rowsOut.merge(table, rows, Long::sum);
                    parts.put(bucket, parts(table, bucket, rows, filled, rank));
                });
        return parts;
    }

    private List<EditionDraft.NewPart> parts(
            CdmTable table, int bucket, long rows, SortedMap<CdmColumn, String> filled, String rank) {
        return ColumnGroup.of(table).stream()
                .filter(group -> group.columns(table).stream().anyMatch(filled::containsKey))
                .map(group -> new EditionDraft.NewPart(
                        table, group, bucket, rows, () -> parquet(table, group, bucket, filled, rank)))
                .toList();
    }

    private Plaintext parquet(
            CdmTable table, ColumnGroup group, int bucket, SortedMap<CdmColumn, String> filled, String rank) {
        Stream<String> columns = group.columns(table).stream()
                .filter(filled::containsKey)
                .map(column -> filled.get(column) + " AS " + DuckSession.quoted(column.name()));
        Stream<String> ranked = table.isAboutPersons() && group == ColumnGroup.WHEN
                ? Stream.of(rank + " AS " + TableRows.RANK)
                : Stream.empty();
        scratch.clear();
        session.execute("COPY (SELECT " + Stream.concat(columns, ranked).collect(Collectors.joining(", ")) + " FROM "
                + ordered(table) + " WHERE " + BUCKET + " = " + bucket + ") TO " + DuckSession.literal(scratch.path())
                + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)");
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
}
