package org.vauban.problem;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a problem was found: a file, a line and column counted from 1, and the path inside a document.
 *
 * @param file the file's name as the user gave it
 * @param line the line from 1, if the file has lines
 * @param column the character in the line from 1 (for tables the number of the field), if known
 * @param path the path inside the document, such as {@code $.PrimaryCriteria.CriteriaList[0]}
 */
public record Place(String file, OptionalInt line, OptionalInt column, Optional<String> path) {

    public static Place file(String file) {
        return new Place(file, OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }

    public static Place line(String file, int line, int column) {
        return new Place(file, OptionalInt.of(line), OptionalInt.of(column), Optional.empty());
    }

    public Place withPath(String path) {
        return new Place(file, line, column, Optional.of(path));
    }

    /** Prints {@code file:line:column (path)}, leaving out what is not known. */
    @Override
    public String toString() {
        var text = new StringBuilder(file);
        line.ifPresent(number -> text.append(':').append(number));
        column.ifPresent(number -> text.append(':').append(number));
        path.ifPresent(inside -> text.append(" (").append(inside).append(')'));
        return text.toString();
    }
}
