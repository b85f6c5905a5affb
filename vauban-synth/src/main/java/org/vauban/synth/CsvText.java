package org.vauban.synth;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads CSV: commas, double quotes, any line end; blank lines are skipped. */
final class CsvText {
    private static final int END = -1;

    private CsvText() {}

    /** A small file, whole. */
    static List<List<String>> read(Path file) throws IOException {
        List<List<String>> lines = new ArrayList<>();
        forEach(file, lines::add);
        return lines;
    }

    /** A file of any size, line by line. */
    static void forEach(Path file, Consumer<List<String>> lines) throws IOException {
        try (BufferedReader text = Files.newBufferedReader(file)) {
            List<String> line = new ArrayList<>();
            StringBuilder value = new StringBuilder();
            boolean quoted = false;
            boolean closing = false;
            for (int character = text.read(); character != END; character = text.read()) {
                if (character == '"') {
                    // A second quote right after a closing one stands for itself.
                    if (closing) {
                        value.append('"');
                    }
                    closing = quoted;
                    quoted = !quoted;
                    continue;
                }
                closing = false;
                if (quoted || (character != ',' && character != '\n' && character != '\r')) {
                    value.append((char) character);
                } else if (character == ',') {
                    line.add(value.toString());
                    value.setLength(0);
                } else {
                    endLine(lines, line, value);
                    line = new ArrayList<>();
                }
            }
            endLine(lines, line, value);
        }
    }

    private static void endLine(Consumer<List<String>> lines, List<String> line, StringBuilder value) {
        if (!line.isEmpty() || !value.isEmpty()) {
            line.add(value.toString());
            lines.accept(List.copyOf(line));
        }
        value.setLength(0);
    }
}
