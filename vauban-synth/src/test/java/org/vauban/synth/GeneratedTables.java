package org.vauban.synth;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the generated CSV files back, as a reader who knows nothing of the generator would. */
final class GeneratedTables {
    private final Path omop;

    GeneratedTables(Path omop) {
        this.omop = omop;
    }

    /** A table's rows; the values are in the order of the header. */
    List<String[]> rows(OmopTable table) throws IOException {
        List<String[]> rows = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(omop.resolve(table.fileName() + ".csv"))) {
            String line = reader.readLine();
            while ((line = reader.readLine()) != null) {
                rows.add(split(line));
            }
        }
        return rows;
    }

    static int at(OmopTable table, String column) {
        int at = table.columns().indexOf(column);
        if (at < 0) {
            throw new IllegalArgumentException(table + " has no column " + column);
        }
        return at;
    }

    static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    /** A concept and everything below it, from the table and not from the code list. */
    Set<Integer> withDescendants(int concept) throws IOException {
        return rows(OmopTable.CONCEPT_ANCESTOR).stream()
                .filter(row -> Integer.parseInt(row[0]) == concept)
                .map(row -> Integer.valueOf(row[1]))
                .collect(Collectors.toSet());
    }

    private static String[] split(String line) {
        if (line.indexOf('"') < 0) {
            return line.split(",", -1);
        }
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < line.length(); at++) {
            char character = line.charAt(at);
            if (character == '"') {
                quoted = !quoted;
            } else if (character == ',' && !quoted) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(character);
            }
        }
        values.add(value.toString());
        return values.toArray(String[]::new);
    }

    static List<String> lines(Path file) throws IOException {
        return Arrays.asList(Files.readString(file).split("\n", -1));
    }
}
