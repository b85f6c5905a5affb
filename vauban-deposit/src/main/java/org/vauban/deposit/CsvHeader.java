package org.vauban.deposit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * The first row of a table.
 *
 * @param columns their names in the case of the rules
 * @param delimiter semicolon or comma
 */
record CsvHeader(List<String> columns, char delimiter) {
    private static final String DELIMITERS = ";,";
    private static final String WRONG_DELIMITERS = "\t|:";

    CsvHeader {
        columns = List.copyOf(columns);
    }

    /** Reads the header, and checks that it has what the table must have. */
    static CsvHeader read(SourceFile file, LineReader lines, TableRules rules) {
        if (!lines.next()) {
            throw lines.empty();
        }
        String line = new String(lines.buffer, lines.from, lines.to - lines.from, StandardCharsets.UTF_8);
        String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
        char delimiter = delimiter(file, text);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var fields = new CsvFields();
        fields.split(bytes, 0, bytes.length, (byte) delimiter);
        List<String> columns = new ArrayList<>();
        for (int field = 0; field < fields.count; field++) {
            columns.add(rules.canonical(fields.text(bytes, field).strip()));
        }
        var header = new CsvHeader(columns, delimiter);
        header.require(file, rules.required(file.table()));
        return header;
    }

    private static char delimiter(SourceFile file, String text) {
        char best = DELIMITERS.charAt(0);
        for (char candidate : DELIMITERS.toCharArray()) {
            if (count(text, candidate) > count(text, best)) {
                best = candidate;
            }
        }
        for (char wrong : WRONG_DELIMITERS.toCharArray()) {
            if (count(text, wrong) > count(text, best)) {
                throw Problem.of(ProblemCode.DEPOSIT_DELIMITER)
                        .expected(Phrase.SEMICOLON_OR_COMMA)
                        .found(name(wrong))
                        .at(file.place(1, 0))
                        .exception();
            }
        }
        return best;
    }

    static String name(char delimiter) {
        return delimiter == '\t' ? "tabs" : String.valueOf(delimiter);
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(character -> character == wanted).count();
    }

    private void require(SourceFile file, List<List<String>> required) {
        String missing = required.stream()
                .filter(group -> group.stream().noneMatch(columns::contains))
                .map(group -> String.join(" or ", group))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw Problem.of(ProblemCode.DEPOSIT_COLUMN_MISSING)
                    .expected(missing)
                    .found(columns.size() + " other columns")
                    .at(file.place(1, 0))
                    .exception();
        }
    }

    int indexOf(String column) {
        return columns.indexOf(column);
    }
}
