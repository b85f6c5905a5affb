package org.vauban.synth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a small CSV file whole: commas, double quotes, any line end; blank lines are skipped. */
final class CsvText {
    private CsvText() {}

    static List<List<String>> read(Path file) throws IOException {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        String text = Files.readString(file);
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '"') {
                boolean doubled = quoted && at + 1 < text.length() && text.charAt(at + 1) == '"';
                if (doubled) {
                    value.append('"');
                    at++;
                } else {
                    quoted = !quoted;
                }
            } else if (quoted || (character != ',' && character != '\n' && character != '\r')) {
                value.append(character);
            } else if (character == ',') {
                line.add(value.toString());
                value.setLength(0);
            } else {
                endLine(lines, line, value);
                line = new ArrayList<>();
            }
        }
        endLine(lines, line, value);
        return lines;
    }

    private static void endLine(List<List<String>> lines, List<String> line, StringBuilder value) {
        if (!line.isEmpty() || !value.isEmpty()) {
            line.add(value.toString());
            lines.add(List.copyOf(line));
        }
        value.setLength(0);
    }
}
