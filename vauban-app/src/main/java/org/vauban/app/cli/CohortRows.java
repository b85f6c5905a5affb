package org.vauban.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.vauban.cohort.CohortEntries;

/**
 * Writes the rows of cohorts as CSV. Pieces are put into words side by side and written in their order. The same days come again and
 * again, so each is put into words once.
 */
final class CohortRows implements AutoCloseable {
    private static final String HEADER = "cohort_definition_id,subject_id,cohort_start_date,cohort_end_date\n";

    private static final int ENTRIES_A_PIECE = 1 << 14;
    private static final int PIECES_AT_A_TIME = 16;

    /** More than two numbers and two days of any length take. */
    private static final int ROW_BYTES_MAX = 128;

    private static final int ROW_BYTES_USUAL = 40;

    private static final int FIRST_DAY =
            Math.toIntExact(LocalDate.of(1900, 1, 1).toEpochDay());
    private static final int DAYS = 200 * 366;

    private final OutputStream out;
    private final AtomicReferenceArray<byte[]> days = new AtomicReferenceArray<>(DAYS);
    private final List<Piece> waiting = new ArrayList<>();

    private CohortRows(OutputStream out) {
        this.out = out;
    }

    static CohortRows into(Path file) throws IOException {
        var rows = new CohortRows(Files.newOutputStream(file));
        rows.out.write(HEADER.getBytes(StandardCharsets.US_ASCII));
        return rows;
    }

    /** Adds the entries of one cohort, by person and first day. */
    void add(long definition, CohortEntries entries) throws IOException {
        for (int from = 0; from < entries.size(); from += ENTRIES_A_PIECE) {
            waiting.add(new Piece(definition, entries, from, Math.min(from + ENTRIES_A_PIECE, entries.size())));
            if (waiting.size() == PIECES_AT_A_TIME) {
                flush();
            }
        }
    }

    /** Some entries of one cohort: from, to. */
    private record Piece(long definition, CohortEntries entries, int from, int to) {}

    private void flush() throws IOException {
        for (Text text : waiting.parallelStream().map(this::text).toList()) {
            out.write(text.bytes, 0, text.size);
        }
        waiting.clear();
    }

    private Text text(Piece piece) {
        var text = new Text((piece.to() - piece.from()) * ROW_BYTES_USUAL);
        CohortEntries entries = piece.entries();
        byte[] first = (piece.definition() + ",").getBytes(StandardCharsets.US_ASCII);
        for (int entry = piece.from(); entry < piece.to(); entry++) {
            text.makeRoom();
            text.append(first);
            text.append(entries.person(entry));
            text.append(',');
            text.append(day(entries.startDay(entry)));
            text.append(',');
            text.append(day(entries.endDay(entry)));
            text.append('\n');
        }
        return text;
    }

    private byte[] day(int day) {
        int place = day - FIRST_DAY;
        if (place < 0 || place >= DAYS) {
            return written(day);
        }
        byte[] known = days.get(place);
        if (known == null) {
            known = written(day);
            days.set(place, known);
        }
        return known;
    }

    private static byte[] written(int day) {
        return LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Rows as bytes. */
    private static final class Text {
        private byte[] bytes;
        private int size;

        Text(int bytes) {
            this.bytes = new byte[bytes];
        }

        void makeRoom() {
            if (bytes.length - size < ROW_BYTES_MAX) {
                bytes = Arrays.copyOf(bytes, bytes.length + (bytes.length >> 1) + ROW_BYTES_MAX);
            }
        }

        void append(char sign) {
            bytes[size++] = (byte) sign;
        }

        void append(byte[] text) {
            System.arraycopy(text, 0, bytes, size, text.length);
            size += text.length;
        }

        void append(long number) {
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
                bytes[place] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            size += digits;
        }
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }
}
