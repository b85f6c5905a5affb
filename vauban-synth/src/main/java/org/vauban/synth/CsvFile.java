package org.vauban.synth;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * One CSV file being written: UTF-8, comma, header, line feed, quotes only where a value needs them, nothing for an absent
 * value. A row with a missing or an extra field is refused.
 */
final class CsvFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int DATES_FROM = (int) LocalDate.of(1900, 1, 1).toEpochDay();
    private static final int DATES_TO = (int) LocalDate.of(2100, 1, 1).toEpochDay();
    private static final byte[][] DATES = new byte[DATES_TO - DATES_FROM][];

    private final String name;
    private final int columns;
    private final OutputStream out;
    private int fields;
    private long rows;

    CsvFile(Path file, List<String> columns) throws IOException {
        this.name = file.getFileName().toString();
        this.columns = columns.size();
        OutputStream bytes = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.out = new BufferedOutputStream(
                name.endsWith(".gz") ? new GZIPOutputStream(bytes, BUFFER_BYTES) : bytes, BUFFER_BYTES);
        for (String column : columns) {
            text(column);
        }
        end();
        rows = 0;
    }

    CsvFile number(long value) throws IOException {
        separate();
        return raw(Long.toString(value));
    }

    /** A value given in tenths, written with one decimal. */
    CsvFile tenths(int value) throws IOException {
        separate();
        return raw(value / 10 + "." + value % 10);
    }

    CsvFile decimal(double value) throws IOException {
        separate();
        return raw(Json.number(value));
    }

    CsvFile date(int day) throws IOException {
        separate();
        byte[] written = DATES[day - DATES_FROM];
        if (written == null) {
            written = LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
            DATES[day - DATES_FROM] = written;
        }
        out.write(written);
        return this;
    }

    CsvFile text(String value) throws IOException {
        separate();
        boolean plain = value.indexOf(',') < 0 && value.indexOf('"') < 0 && value.indexOf('\n') < 0;
        return raw(plain ? value : '"' + value.replace("\"", "\"\"") + '"');
    }

    /** As many absent values. */
    CsvFile absent(int count) throws IOException {
        for (int field = 0; field < count; field++) {
            separate();
        }
        return this;
    }

    /** Absent values up to the last column, and the end of the row. */
    void endAfterAbsent() throws IOException {
        absent(columns - fields);
        end();
    }

    void end() throws IOException {
        if (fields != columns) {
            throw new IllegalStateException(
                    name + " has " + columns + " columns, but a row was given " + fields + " values");
        }
        out.write('\n');
        fields = 0;
        rows++;
    }

    /** Rows so far, without the header. */
    long rows() {
        return rows;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void separate() throws IOException {
        if (fields > 0) {
            out.write(',');
        }
        fields++;
    }

    private CsvFile raw(String value) throws IOException {
        out.write(value.getBytes(StandardCharsets.UTF_8));
        return this;
    }
}
