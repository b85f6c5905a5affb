package org.vauban.app.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.vauban.cohort.CohortEntries;

/** Writes the rows of cohorts as CSV. The same days come again and again, so each is put into words once. */
final class CohortRows implements AutoCloseable {
    private static final String HEADER = "cohort_definition_id,subject_id,cohort_start_date,cohort_end_date\n";
    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream out;
    private final Map<Integer, String> days = new HashMap<>();
    private final StringBuilder line = new StringBuilder();

    private CohortRows(OutputStream out) {
        this.out = out;
    }

    static CohortRows into(Path file) throws IOException {
        var rows = new CohortRows(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
        rows.line.append(HEADER);
        return rows;
    }

    /** Adds the entries of one cohort, by person and first day. */
    void add(long definition, CohortEntries entries) throws IOException {
        for (int entry = 0; entry < entries.size(); entry++) {
            line.append(definition)
                    .append(',')
                    .append(entries.person(entry))
                    .append(',')
                    .append(day(entries.startDay(entry)))
                    .append(',')
                    .append(day(entries.endDay(entry)))
                    .append('\n');
            if (line.length() > BUFFER_BYTES) {
                flush();
            }
        }
    }

    private String day(int day) {
        return days.computeIfAbsent(day, each -> LocalDate.ofEpochDay(each).toString());
    }

    private void flush() throws IOException {
        out.write(line.toString().getBytes(StandardCharsets.ISO_8859_1));
        line.setLength(0);
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }
}
