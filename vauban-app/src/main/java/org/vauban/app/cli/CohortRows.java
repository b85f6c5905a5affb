package org.vauban.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.vauban.cohort.CohortEntries;

/** Writes the rows of cohorts as CSV. The same days come again and again, so each is put into words once. */
final class CohortRows implements AutoCloseable {
    private static final String HEADER = "cohort_definition_id,subject_id,cohort_start_date,cohort_end_date\n";
    private static final int BUFFER_BYTES = 1 << 16;

    /** More than two numbers and two days of any length take. */
    private static final int ROW_BYTES_MAX = 128;

    private static final int FIRST_DAY =
            Math.toIntExact(LocalDate.of(1900, 1, 1).toEpochDay());
    private static final int DAYS = 200 * 366;

    private final OutputStream out;
    private final byte[] @Nullable [] days = new byte[DAYS][];
    private final byte[] rows = new byte[BUFFER_BYTES];
    private int size;

    private CohortRows(OutputStream out) {
        this.out = out;
    }

    static CohortRows into(Path file) throws IOException {
        var rows = new CohortRows(Files.newOutputStream(file));
        rows.append(HEADER.getBytes(StandardCharsets.US_ASCII));
        return rows;
    }

    /** Adds the entries of one cohort, by person and first day. */
    void add(long definition, CohortEntries entries) throws IOException {
        byte[] first = (definition + ",").getBytes(StandardCharsets.US_ASCII);
        for (int entry = 0; entry < entries.size(); entry++) {
            if (size > BUFFER_BYTES - ROW_BYTES_MAX) {
                flush();
            }
            append(first);
            append(entries.person(entry));
            rows[size++] = ',';
            append(day(entries.startDay(entry)));
            rows[size++] = ',';
            append(day(entries.endDay(entry)));
            rows[size++] = '\n';
        }
    }

    private void append(byte[] text) {
        System.arraycopy(text, 0, rows, size, text.length);
        size += text.length;
    }

    private void append(long number) {
        if (number < 0) {
            append(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int place = size + digits - 1; place >= size; place--) {
            rows[place] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    private byte[] day(int day) {
        int place = day - FIRST_DAY;
        if (place < 0 || place >= DAYS) {
            return written(day);
        }
        byte @Nullable [] known = days[place];
        if (known == null) {
            known = written(day);
            days[place] = known;
        }
        return known;
    }

    private static byte[] written(int day) {
        return LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void flush() throws IOException {
        out.write(rows, 0, size);
        size = 0;
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }
}
