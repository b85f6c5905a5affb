package org.vauban.harmonise;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The geographic FINESS numbers under which stays were sent twice (R26); the list is the file beside this class. */
final class DuplicateFiness {
    private static final List<String> NUMBERS = read();

    private DuplicateFiness() {}

    static List<String> numbers() {
        return NUMBERS;
    }

    static String asSql() {
        return NUMBERS.stream().map(number -> "'" + number + "'").collect(Collectors.joining(", "));
    }

    private static List<String> read() {
        try (var reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(DuplicateFiness.class.getResourceAsStream("duplicate-finess.txt")),
                StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
