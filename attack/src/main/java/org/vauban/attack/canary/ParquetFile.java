package org.vauban.attack.canary;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Parquet file somewhere in other bytes, read by DuckDB column by column: once as text, a value a line, and once as numbers.
 * Dictionaries, encodings and codecs that have no first bytes of their own are undone that way; names and statistics stand plainly in
 * the file's foot, where the search meets them without this.
 */
final class ParquetFile {
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
    private static final int FOOT_BYTES_MIN = 16;

    private ParquetFile() {}

    /** The columns of the file that begins these bytes; none when no foot fits. The same magic ends and begins a file. */
    static Unpacked columns(byte[] bytes) throws IOException {
        for (int at = FOOT_BYTES_MIN; at <= bytes.length - MAGIC.length; at++) {
            if (bytes[at] == 'P' && isMagic(bytes, at) && footFits(bytes, at)) {
                Path file = Files.createTempFile("columns", ".parquet");
                try {
                    Files.write(file, Arrays.copyOf(bytes, at + MAGIC.length));
                    return new Unpacked(read(file), bytes.length == Packing.LAYER_BYTES_MAX);
                } catch (SQLException noParquet) {
                    // Bytes that look like a foot; the true one may follow.
                    continue;
                } finally {
                    Files.delete(file);
                }
            }
        }
        return Unpacked.NOTHING;
    }

    private static boolean isMagic(byte[] bytes, int at) {
        return bytes[at + 1] == 'A' && bytes[at + 2] == 'R' && bytes[at + 3] == '1';
    }

    private static boolean footFits(byte[] bytes, int at) {
        int length =
                bytes[at - 4] & 0xff | (bytes[at - 3] & 0xff) << 8 | (bytes[at - 2] & 0xff) << 16 | bytes[at - 1] << 24;
        return length > 0 && length < at - MAGIC.length;
    }

    /** One statement for a file: each column's text, and each column's numbers. */
    private static List<byte[]> read(Path file) throws SQLException {
        try (Statement statement = Engine.DUCKDB.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT * FROM read_parquet('" + file.toString().replace("'", "''") + "')")) {
            int columns = rows.getMetaData().getColumnCount();
            List<ByteArrayOutputStream> contents = Stream.generate(ByteArrayOutputStream::new)
                    .limit(2L * columns)
                    .toList();
            while (rows.next()) {
                for (int column = 0; column < columns; column++) {
                    Object value = rows.getObject(1 + column);
                    if (value != null) {
                        contents.get(2 * column).writeBytes((value + "\n").getBytes(StandardCharsets.UTF_8));
                        contents.get(2 * column + 1).writeBytes(number(value));
                    }
                }
            }
            return contents.stream()
                    .map(ByteArrayOutputStream::toByteArray)
                    .filter(bytes -> bytes.length > 0)
                    .toList();
        }
    }

    private static byte[] number(Object value) {
        return switch (value) {
            case LocalDate day -> Numbers.little(day.toEpochDay(), Integer.BYTES);
            case Integer whole -> Numbers.little(whole, Integer.BYTES);
            case Long whole -> Numbers.little(whole, Long.BYTES);
            case Double real -> Numbers.little(Double.doubleToLongBits(real), Long.BYTES);
            default -> new byte[0];
        };
    }

    /** One database in memory for all files: opening one costs more than reading a small file. */
    private static final class Engine {
        static final Connection DUCKDB = opened();

        private static Connection opened() {
            try {
                Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET threads = 1");
                }
                return connection;
            } catch (SQLException absent) {
                throw new IllegalStateException(absent);
            }
        }
    }
}
