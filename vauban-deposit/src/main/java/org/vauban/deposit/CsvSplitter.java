package org.vauban.deposit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vauban.deposit.envelope.TableLine;
import org.vauban.deposit.identifier.Detector;
import org.vauban.deposit.identifier.Finding;
import org.vauban.deposit.identifier.Reading;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * One table of health data, row by row: numbers become record numbers, every other value passes the detector. For one file.
 *
 * <p>Rows are worked on as bytes, because there are millions: what need not change is copied in one piece, and only a value that by its
 * length and characters could tell who somebody is becomes text and goes to the detector.
 */
final class CsvSplitter {
    /** So many wrong rows at the beginning, and none right, are a wrong file. */
    private static final int WRONG_FIRST_ROWS_MAX = 100;

    private static final String RECORD_NUMBER = "RECORD_NUMBER";
    private static final byte[] NOT_CHAINED = "xxxxxxxxxxxxxxxxx".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOT_CHAINED_D = "XXXXXXXXXXXXXXXXD".getBytes(StandardCharsets.US_ASCII);
    static final RecordNumbers.Type PERSON = RecordNumbers.Type.of("person");

    private final SourceFile file;
    private final TableRules rules;
    private final RecordNumbers numbers;
    private final Detector detector;
    private final Rejects rejects;
    private final CsvFields fields = new CsvFields();
    private final Bytes row = new Bytes();
    private long rows;
    private long rejected;

    CsvSplitter(SourceFile file, TableRules rules, RecordNumbers numbers, Detector detector, Rejects rejects) {
        this.file = file;
        this.rules = rules;
        this.numbers = numbers;
        this.detector = detector;
        this.rejects = rejects;
    }

    Taken split(LineReader lines, Envelope envelope) {
        CsvHeader header = CsvHeader.read(file, lines, rules);
        Column[] columns = header.columns().stream()
                .map(column -> Column.of(rules.treatment(file.table(), column)))
                .toArray(Column[]::new);
        int[] keys = keys(header);
        int[] person = person(header);
        var table = TableLine.csv(file.table(), header.delimiter());
        try (var parts = new TableParts(envelope, table, Optional.of(headerRow(header, person.length > 0)))) {
            while (nextRow(lines, header)) {
                if (isUsable(lines, header, keys)) {
                    copy(lines, header, columns, person);
                    parts.rows(row.array, 0, row.length);
                    rows++;
                }
            }
            return new Taken(rows, rejected, lines.contentDigest(), parts.finish());
        }
    }

    /** The columns that must have a value in every row. A person may be unknown: that is a matter of harmonisation. */
    private int[] keys(CsvHeader header) {
        return rules.required(file.table()).stream()
                .filter(group -> group.size() == 1)
                .mapToInt(group -> header.indexOf(group.getFirst()))
                .toArray();
    }

    /** The two columns of the insurer's person number, where a row stands for a person. */
    private int[] person(CsvHeader header) {
        if (!file.table().equals("IR_BEN_R") || header.indexOf("BEN_NIR_PSA") < 0) {
            return new int[0];
        }
        return new int[] {header.indexOf("BEN_NIR_PSA"), header.indexOf("BEN_RNG_GEM")};
    }

    private static byte[] headerRow(CsvHeader header, boolean withRecordNumber) {
        List<String> columns = new ArrayList<>(header.columns());
        if (withRecordNumber) {
            columns.add(RECORD_NUMBER);
        }
        return (String.join(String.valueOf(header.delimiter()), columns) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private boolean nextRow(LineReader lines, CsvHeader header) {
        do {
            if (!lines.next()) {
                return false;
            }
        } while (lines.from == lines.to);
        while (!fields.split(lines.buffer, lines.from, lines.to, (byte) header.delimiter())) {
            if (!lines.extend()) {
                throw Problem.of(ProblemCode.DEPOSIT_FILE_CUT)
                        .expected(Phrase.THE_END_OF_A_QUOTED_FIELD)
                        .found(Phrase.THE_END_OF_THE_FILE)
                        .at(file.place(lines.line, fields.count + 1))
                        .exception();
            }
        }
        return true;
    }

    private boolean isUsable(LineReader lines, CsvHeader header, int[] keys) {
        int expected = header.columns().size();
        if (fields.count != expected) {
            if (!lines.endedWithLineEnd && fields.count < expected) {
                throw Problem.of(ProblemCode.DEPOSIT_FILE_CUT)
                        .expected(expected + " fields and a line end")
                        .found(fields.count + " fields")
                        .at(file.place(lines.line, 0))
                        .exception();
            }
            reject(lines, "(all)", expected + " fields", fields.count + " fields");
            if (rows == 0 && rejected >= WRONG_FIRST_ROWS_MAX || isOtherDelimiter(lines, header)) {
                throw Problem.of(ProblemCode.DEPOSIT_DELIMITER)
                        .expected(expected + " fields separated by " + header.delimiter())
                        .found(fields.count + " fields")
                        .at(file.place(lines.line, 0))
                        .exception();
            }
            return false;
        }
        for (int key : keys) {
            if (fields.length(key) == 0) {
                reject(lines, header.columns().get(key), "a value", "nothing");
                return false;
            }
        }
        return true;
    }

    /** A first row in one piece, under a header of many columns, is separated by something else. */
    private boolean isOtherDelimiter(LineReader lines, CsvHeader header) {
        return rows == 0
                && lines.line == 2
                && fields.count == 1
                && header.columns().size() > 2;
    }

    private void reject(LineReader lines, String column, String expected, String found) {
        rejected++;
        rejects.add(file, lines.line, column, expected, found);
    }

    private void copy(LineReader lines, CsvHeader header, Column[] columns, int[] person) {
        byte[] bytes = lines.buffer;
        row.clear();
        int copied = lines.from;
        for (int field = 0; field < columns.length; field++) {
            if (fields.length(field) >= columns[field].shortest()) {
                copied = treat(lines, header, field, columns[field], copied);
            }
        }
        row.add(bytes, copied, lines.to);
        if (person.length > 0) {
            row.add(header.delimiter());
            row.addNumber(personNumber(bytes, person));
        }
        row.add('\n');
    }

    /** Does with a field what its column says; returns up to where the row was copied. */
    private int treat(LineReader lines, CsvHeader header, int field, Column column, int copied) {
        byte[] bytes = lines.buffer;
        if (column.reading() != null) {
            inspect(lines, header, field, column, column.reading());
            return copied;
        }
        if (column.type() == null) {
            return copyUpTo(bytes, copied, field);
        }
        if (!isReplaced(bytes, field)) {
            return copied;
        }
        int after = copyUpTo(bytes, copied, field);
        numbers.write(column.type(), bytes, fields.starts[field], fields.ends[field], row);
        return after;
    }

    /** Copies what stands before a field; returns the end of the field. */
    private int copyUpTo(byte[] bytes, int copied, int field) {
        boolean isQuoted = (fields.kinds[field] & CsvFields.QUOTED) != 0;
        row.add(bytes, copied, fields.starts[field] - (isQuoted ? 1 : 0));
        return fields.ends[field] + (isQuoted ? 1 : 0);
    }

    /** The two literals stand for a stay that nobody could chain to a person: they are no numbers. */
    private boolean isReplaced(byte[] bytes, int field) {
        byte first = bytes[fields.starts[field]];
        return first != 'x' && first != 'X'
                || !isLiteral(bytes, field, NOT_CHAINED) && !isLiteral(bytes, field, NOT_CHAINED_D);
    }

    private boolean isLiteral(byte[] bytes, int field, byte[] literal) {
        return Arrays.equals(bytes, fields.starts[field], fields.ends[field], literal, 0, literal.length);
    }

    private long personNumber(byte[] bytes, int[] person) {
        return numbers.of(PERSON, fields.text(bytes, person[0]) + '|' + fields.text(bytes, person[1]));
    }

    private void inspect(LineReader lines, CsvHeader header, int field, Column column, Reading reading) {
        byte[] bytes = lines.buffer;
        int from = fields.starts[field];
        int to = fields.ends[field];
        if (!Column.mayTell(reading, fields.kinds[field], bytes, from, to)
                || column.harmless().has(bytes, from, to)) {
            return;
        }
        Optional<Finding> finding = detector.inspect(fields.text(bytes, field), reading);
        if (finding.isPresent()) {
            throw found(finding.get(), lines.line, field, header.columns().get(field));
        }
        column.harmless().add(bytes, from, to);
    }

    private ProblemException found(Finding finding, long line, int field, String column) {
        return Problem.of(ProblemCode.DEPOSIT_IDENTIFIER_FOUND)
                .expected(Phrase.NO_IDENTIFIER_IN.with(column))
                .found(finding.what() + " of the form " + finding.shape())
                .at(file.place(line, field + 1))
                .exception();
    }
}
