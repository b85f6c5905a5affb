package org.vauban.ingest;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * The rejects file: one line per row that was not used, with its place, the reason, and the shape of what was found. No identifier and
 * no value is in it, so it may travel back to whoever gave the data.
 */
public final class Rejects implements AutoCloseable {
    /** So many are also told as problems; the rest is in the file. */
    private static final int TOLD_MAX = 20;

    private final BufferedWriter writer;
    private final List<Problem> told = new ArrayList<>();

    private Rejects(BufferedWriter writer) {
        this.writer = writer;
    }

    /** Begins the file anew. */
    public static Rejects open(Path file) {
        try {
            BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
            writer.write("table,file,line,field,column,reason,expected,found\n");
            return new Rejects(writer);
        } catch (IOException unwritable) {
            throw unwritable(unwritable);
        }
    }

    /**
     * One row that was not used. Expected and found are types, names and shapes, never values.
     *
     * @param file the file as its giver knows it
     * @param line the line from 1, the header's included
     * @param field the field from 1, 0 for the whole row
     * @param reason a word of the reports, such as {@code unknown_person}
     */
    public void add(
            String table,
            String file,
            long line,
            int field,
            String column,
            String reason,
            String expected,
            String found) {
        try {
            writer.write(String.join(
                    ",",
                    table,
                    quoted(file),
                    Long.toString(line),
                    field == 0 ? "" : Integer.toString(field),
                    column,
                    reason,
                    quoted(expected),
                    quoted(found)));
            writer.write('\n');
        } catch (IOException unwritable) {
            throw unwritable(unwritable);
        }
    }

    void add(CdmFile file, long line, RowIntake.Fault fault) {
        add(
                file.table().tableName(),
                file.name(),
                line,
                fault.field(),
                fault.column(),
                fault.reason().name().toLowerCase(java.util.Locale.ROOT),
                fault.expected(),
                fault.found());
        if (told.size() < TOLD_MAX && fault.reason() != RowIntake.Reason.UNKNOWN_PERSON) {
            told.add(problem(file, line, fault));
        }
    }

    /** The first faulty rows as problems; rows of unknown persons are told by their count alone. */
    public List<Problem> told() {
        return List.copyOf(told);
    }

    static Problem problem(CdmFile file, long line, RowIntake.Fault fault) {
        return Problem.of(ProblemCode.INPUT_VALUE_WRONG_TYPE)
                .with("column", fault.column().isEmpty() ? "(all)" : fault.column())
                .expected(fault.expected())
                .found(fault.found())
                .at(file.place(line, fault.field()));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static ProblemException unwritable(IOException cause) {
        return Problem.of(ProblemCode.HOME_UNWRITABLE)
                .found(Phrase.THE_REJECTS_FILE.with(cause.getClass().getSimpleName()))
                .exception(cause);
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException unwritable) {
            throw unwritable(unwritable);
        }
    }
}
