package org.vauban.ingest;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;
import org.vauban.duck.DuckSession;
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
            return header(session);
        }
    }

    /** The header, read by a session that may read the file already: opening one costs more than a small file. */
    Header header(DuckSession session) {
        checkWhole();
        return Header.of(file.table(), names(session));
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
        try {
            List<String> names = new ArrayList<>();
            session.rows(
                    "SELECT name FROM parquet_schema(" + DuckSession.literal(file.path())
                            + ") WHERE num_children IS NULL",
                    row -> names.add(row.getString(1)));
            return names;
        } catch (ProblemException unreadable) {
            throw Problem.of(ProblemCode.INPUT_FILE_UNREADABLE)
                    .expected("a Parquet file with plain columns")
                    .found("a footer that cannot be read")
                    .at(file.place())
                    .exception(unreadable);
        }
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
                    .expected("a readable file")
                    .found(unreadable.getClass().getSimpleName())
                    .at(file.place())
                    .exception(unreadable);
        }
        if (!Arrays.equals(tail, MAGIC)) {
            throw Problem.of(
                            Arrays.equals(head, MAGIC) ? ProblemCode.INPUT_FILE_CUT : ProblemCode.INPUT_FILE_UNREADABLE)
                    .expected("a Parquet file with its footer")
                    .found("no footer")
                    .at(file.place())
                    .exception();
        }
    }
}
