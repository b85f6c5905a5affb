package org.vauban.ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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

/** A table whose rows lie in their order in a session, cut into Parquet by bucket and column group as it is sealed. */
final class OrderedTable {
    /** On the generated country the next levels save one byte in twenty, which sealing does not wait for. */
    private static final int ZSTD_LEVEL = 1;

    private final DuckSession session;
    private final MemoryFile scratch;
    private final CdmTable table;
    private final String rank;
    private final long rowsBefore;
    private long rows;

    /**
     * @param session holds the rows, and is used whenever a part's turn comes
     * @param scratch takes one part after the other
     * @param rank each row's rank as SQL, for tables about persons
     * @param rowsBefore rows of the table that were sealed before, behind which its keys are numbered
     */
    OrderedTable(DuckSession session, MemoryFile scratch, CdmTable table, String rank, long rowsBefore) {
        this.session = session;
        this.scratch = scratch;
        this.table = table;
        this.rank = rank;
        this.rowsBefore = rowsBefore;
    }

    CdmTable table() {
        return table;
    }

    /** The rows of all parts, once these were asked for. */
    long rows() {
        return rows;
    }

    /** The columns of the table as SQL: those that lie there, and the key if it is numbered here. */
    private SortedMap<CdmColumn, String> expressions() {
        Set<String> present = Sealer.columnsOf(session, Sealer.ordered(table));
        SortedMap<CdmColumn, String> expressions = new TreeMap<>();
        for (CdmColumn column : Survey.columnsOf(table)) {
            if (present.contains(column.name())) {
                expressions.put(column, DuckSession.quoted(column.name()));
            } else if (column.role() == ColumnRole.KEY) {
                expressions.put(column, "(rowid + " + (rowsBefore + 1) + ")");
            }
        }
        return expressions;
    }

    /** The parts by bucket. A group without any value is not written: its columns are absent when they are read. */
    SortedMap<Integer, List<EditionDraft.NewPart>> parts() {
        SortedMap<CdmColumn, String> expressions = expressions();
        List<CdmColumn> columns = List.copyOf(expressions.keySet());
        SortedMap<Integer, List<EditionDraft.NewPart>> parts = new TreeMap<>();
        String counts = expressions.values().stream()
                .map(expression -> ", count(" + expression + ")")
                .collect(Collectors.joining());
        session.rows(
                "SELECT " + Sealer.BUCKET + ", count(*)" + counts + " FROM " + Sealer.ordered(table)
                        + " GROUP BY 1 ORDER BY 1",
                row -> {
                    SortedMap<CdmColumn, String> filled = new TreeMap<>();
                    for (int index = 0; index < columns.size(); index++) {
                        if (row.getLong(index + 3) > 0) {
                            filled.put(
                                    columns.get(index),
                                    Optional.ofNullable(expressions.get(columns.get(index)))
                                            .orElseThrow());
                        }
                    }
                    rows += row.getLong(2);
                    parts.put(row.getInt(1), parts(row.getInt(1), row.getLong(2), filled));
                });
        return parts;
    }

    private List<EditionDraft.NewPart> parts(int bucket, long rowsOfBucket, SortedMap<CdmColumn, String> filled) {
        return ColumnGroup.of(table).stream()
                .filter(group -> group.columns(table).stream().anyMatch(filled::containsKey))
                .map(group -> new EditionDraft.NewPart(
                        table, group, bucket, rowsOfBucket, () -> parquet(group, bucket, filled)))
                .toList();
    }

    private Plaintext parquet(ColumnGroup group, int bucket, SortedMap<CdmColumn, String> filled) {
        Stream<String> columns = group.columns(table).stream()
                .filter(filled::containsKey)
                .map(column -> filled.get(column) + " AS " + DuckSession.quoted(column.name()));
        Stream<String> ranked = table.isAboutPersons() && group == ColumnGroup.WHEN
                ? Stream.of(rank + " AS " + TableRows.RANK)
                : Stream.empty();
        scratch.clear();
        session.execute("COPY (SELECT " + Stream.concat(columns, ranked).collect(Collectors.joining(", ")) + " FROM "
                + Sealer.ordered(table) + " WHERE " + Sealer.BUCKET + " = " + bucket + ") TO "
                + DuckSession.literal(scratch.path()) + " (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL "
                + ZSTD_LEVEL + ", USE_TMP_FILE false)");
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
