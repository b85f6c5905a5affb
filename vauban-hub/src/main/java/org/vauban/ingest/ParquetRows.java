package org.vauban.ingest;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;
import org.vauban.duck.DuckSession;
import org.vauban.omop.CdmTable;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** A Parquet file, read by DuckDB. */
final class ParquetRows implements SourceRows {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private final CdmFile file;

    ParquetRows(CdmFile file) {
        this.file = file;
    }

    @Override
    public Header header() {
        try (DuckSession session = session()) {
            return Header.of(file.table(), names(session));
        }
    }

    /**
     * A column of a file.
     *
     * @param type the engine's name of its type, or nothing where it has none
     */
    record Column(String name, String type) {}

    /** The columns in the order of the file, asked of a session that may read the file already: opening one costs more than a small file. */
    List<Column> columns(DuckSession session) {
        checkWhole();
        try {
            return Optional.ofNullable(columns(session, List.of(file)).get(file.table()))
                    .orElse(List.of());
        } catch (ProblemException unreadable) {
            throw Problem.of(ProblemCode.INPUT_FILE_UNREADABLE)
                    .expected(Phrase.PLAIN_PARQUET)
                    .found(Phrase.AN_UNREADABLE_FOOTER)
                    .at(file.place())
                    .exception(unreadable);
        }
    }

    /** The same of several files together. When one of them cannot be read, the engine answers for none. */
    static Map<CdmTable, List<Column>> columns(DuckSession session, List<CdmFile> files) {
        Map<String, CdmTable> tables = new HashMap<>();
        files.forEach(each -> tables.put(each.path().toString(), each.table()));
        Map<CdmTable, List<Column>> columns = new EnumMap<>(CdmTable.class);
        session.rows(
                "SELECT file_name, name, coalesce(duckdb_type, '') FROM parquet_schema(["
                        + files.stream()
                                .map(each -> DuckSession.literal(each.path()))
                                .collect(Collectors.joining(", "))
                        + "]) WHERE num_children IS NULL",
                row -> columns.computeIfAbsent(
                                Objects.requireNonNull(tables.get(row.getString(1))), _ -> new ArrayList<>())
                        .add(new Column(row.getString(2), row.getString(3))));
        return columns;
    }

    @Override
    public void forEach(RowConsumer consumer) {
        checkWhole();
        try (DuckSession session = session()) {
            List<String> names = names(session);
            String columns = names.stream()
                    .map(name -> "CAST(" + DuckSession.quoted(name) + " AS VARCHAR)")
                    .collect(Collectors.joining(", "));
            @Nullable String[] fields = new @Nullable String[names.size()];
            long[] line = {0};
            session.chunks("SELECT " + columns + " FROM " + source(), chunk -> {
                DuckDBReadableVector[] vectors = new DuckDBReadableVector[fields.length];
                for (int index = 0; index < vectors.length; index++) {
                    vectors[index] = chunk.vector(index);
                }
                for (long row = 0; row < chunk.rowCount(); row++) {
                    for (int index = 0; index < vectors.length; index++) {
                        fields[index] = vectors[index].isNull(row) ? null : emptyAsNull(vectors[index].getString(row));
                    }
                    consumer.row(++line[0], fields, fields.length);
                }
                Arrays.fill(fields, null);
            });
        }
    }

    private static @Nullable String emptyAsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private DuckSession session() {
        return DuckSession.open(DuckSession.Limits.ofOneBucket(), List.of(file.path()));
    }

    private String source() {
        return "read_parquet(" + DuckSession.literal(file.path()) + ")";
    }

    private List<String> names(DuckSession session) {
        return columns(session).stream().map(Column::name).toList();
    }

    /** A Parquet file begins and ends with the same four bytes; one that was cut has lost the last. */
    private void checkWhole() {
        byte[] head = new byte[MAGIC.length];
        byte[] tail = new byte[MAGIC.length];
        try (var bytes = new RandomAccessFile(file.path().toFile(), "r")) {
            if (bytes.length() >= 3L * MAGIC.length) {
                bytes.readFully(head);
                bytes.seek(bytes.length() - tail.length);
                bytes.readFully(tail);
            }
        } catch (IOException unreadable) {
            throw Problem.of(ProblemCode.INPUT_FILE_UNREADABLE)
                    .expected(Phrase.A_READABLE_FILE)
                    .found(unreadable.getClass().getSimpleName())
                    .at(file.place())
                    .exception(unreadable);
        }
        if (!Arrays.equals(tail, MAGIC)) {
            throw Problem.of(
                            Arrays.equals(head, MAGIC) ? ProblemCode.INPUT_FILE_CUT : ProblemCode.INPUT_FILE_UNREADABLE)
                    .expected(Phrase.PARQUET_WITH_ITS_FOOTER)
                    .found(Phrase.NO_FOOTER)
                    .at(file.place())
                    .exception();
        }
    }
}
