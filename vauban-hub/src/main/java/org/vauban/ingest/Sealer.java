package org.vauban.ingest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;
import org.vauban.duck.TableRows;
import org.vauban.duck.Together;
import org.vauban.edition.EditionDraft;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.ColumnRole;

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
    private final List<MemoryFile> scratch;
    private final EditionDraft draft;
    private final Map<CdmTable, Long> rowsOut = new ConcurrentHashMap<>();
    private final Map<Quality.Check, Map<CdmTable, Long>> findings = new EnumMap<>(Quality.Check.class);

    /**
     * @param session holds the tables
     * @param scratch memory files that the session was opened with; they are overwritten. So many tables made here are sealed at the
     *     same time
     * @param draft takes the parts
     */
    public Sealer(DuckSession session, List<MemoryFile> scratch, EditionDraft draft) {
        this.session = session;
        this.scratch = List.copyOf(scratch);
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
        seal(new OrderedTable(session, scratch.getFirst(), table, TableRows.RANK, 0));
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
            counted(new OrderedTable(session, scratch.getFirst(), table, TableRows.RANK, 0))
                    .forEach((bucket, ofTable) -> parts.computeIfAbsent(bucket, _ -> new ArrayList<>())
                            .addAll(ofTable));
        }
        parts.values().forEach(draft::add);
    }

    /**
     * Seals tables about persons that were made here, as many at the same time as there are scratch files, and drops each. Tables of
     * other persons, in buckets after these, may come later.
     */
    public void sealMade(List<CdmTable> tables) {
        Queue<CdmTable> waiting = new ConcurrentLinkedQueue<>(tables);
        Together.run(scratch.stream()
                .<Runnable>map(file -> () -> sealMade(waiting, file))
                .toList());
    }

    private void sealMade(Queue<CdmTable> waiting, MemoryFile file) {
        try (DuckSession own = session.beside()) {
            for (CdmTable table = waiting.poll(); table != null; table = waiting.poll()) {
                own.execute("CREATE TABLE " + ordered(table) + " AS SELECT t.* FROM "
                        + DuckSession.quoted(table.tableName()) + " t ORDER BY t." + BUCKET + ", "
                        + order(table, Stream.of("t.rowid")));
                own.execute("DROP TABLE " + DuckSession.quoted(table.tableName()));
                seal(new OrderedTable(own, file, table, rankByDay(table), rowsOut(table)));
                own.execute("DROP TABLE " + ordered(table));
            }
        }
    }

    private void seal(OrderedTable ordered) {
        draft.add(counted(ordered).values().stream().flatMap(List::stream).toList());
    }

    private SortedMap<Integer, List<EditionDraft.NewPart>> counted(OrderedTable ordered) {
        SortedMap<Integer, List<EditionDraft.NewPart>> parts = ordered.parts();
        long rows = ordered.rows();
        if (rows > 0) {
            draft.count(ordered.table(), rows);
            rowsOut.merge(ordered.table(), rows, Long::sum);
        }
        return parts;
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

    /** The name under which a table lies in its order. */
    static String ordered(CdmTable table) {
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
        return columnsOf(session, table.tableName());
    }

    static Set<String> columnsOf(DuckSession session, String tableName) {
        Set<String> names = new TreeSet<>();
        session.rows(
                "SELECT column_name FROM duckdb_columns() WHERE table_name = '" + tableName + "'",
                row -> names.add(row.getString(1)));
        return names;
    }
}
