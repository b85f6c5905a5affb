package org.vauban.study.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.vauban.output.TwoLanguages;

/** CSV by RFC 4180, with line feeds. A cell that a spreadsheet would take for a formula cannot occur: labels begin with letters. */
final class CsvLines {
    private final StringBuilder text = new StringBuilder();
    private final int columns;

    CsvLines(List<String> header) {
        this.columns = header.size();
        add(header);
    }

    void add(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException("A line has " + columns + " cells");
        }
        text.append(cells.stream().map(CsvLines::cell).collect(Collectors.joining(",")))
                .append('\n');
    }

    private static String cell(String written) {
        String value = TwoLanguages.in(written, Locale.ENGLISH);
        boolean quoted = value.contains(",") || value.contains("\"") || value.contains("\n") || value.contains("\r");
        return quoted ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    /** A number with all its digits, as R and Python read it; a value that does not exist is an empty cell. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Inf" : "-Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
