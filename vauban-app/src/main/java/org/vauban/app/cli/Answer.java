package org.vauban.app.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a verb answers: one document for programs, the same in lines for people, and the exit status.
 *
 * @param document maps, lists, texts, numbers and truth values, in the order they are printed
 * @param lines the same for people
 * @param exitStatus 0, unless the answer itself is bad news
 */
public record Answer(Map<String, @Nullable Object> document, List<String> lines, int exitStatus) {
    public Answer {
        document = Collections.unmodifiableMap(new LinkedHashMap<>(document));
        lines = List.copyOf(lines);
    }

    public static Answer of(Map<String, @Nullable Object> document, String... lines) {
        return new Answer(document, List.of(lines), 0);
    }

    public static Answer of(Map<String, @Nullable Object> document, List<String> lines) {
        return new Answer(document, lines, 0);
    }

    /** A document from names and values in turn. */
    public static Map<String, @Nullable Object> document(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            document.put(String.valueOf(namesAndValues[index]), namesAndValues[index + 1]);
        }
        return document;
    }
}
