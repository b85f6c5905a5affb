package org.vauban.publication;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.Problems;

/** The list of those who object in a folder of OMOP tables: a person's id a line, perhaps under the header {@code person_id}. */
final class ObjectingIds {
    private static final String HEADER = "person_id";

    private ObjectingIds() {}

    /**
     * Reads it.
     *
     * @throws org.vauban.problem.ProblemException with every line that is no id, none of them repeated
     */
    static Set<Long> read(Path file) {
        Set<Long> ids = new HashSet<>();
        var problems = new Problems();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String id = line.strip();
                if (id.isEmpty() || (number == 1 && id.equalsIgnoreCase(HEADER))) {
                    continue;
                }
                try {
                    ids.add(Long.parseLong(id));
                } catch (NumberFormatException _) {
                    // Never the line itself: it is about somebody.
                    problems.add(Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                            .with("field", HEADER)
                            .expected(Phrase.WHOLE_NUMBER)
                            .found(Phrase.ANOTHER_VALUE)
                            .at(Place.line(file.toString(), number, 1)));
                }
            }
        } catch (IOException unreadable) {
            throw Problem.of(ProblemCode.INPUT_FILE_UNREADABLE)
                    .found(unreadable.getClass().getSimpleName())
                    .at(Place.file(file.toString()))
                    .exception(unreadable);
        }
        problems.throwIfAny();
        return Set.copyOf(ids);
    }
}
