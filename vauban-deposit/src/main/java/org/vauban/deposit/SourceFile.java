package org.vauban.deposit;

import java.nio.file.Path;
import org.vauban.problem.Place;

/**
 * A file of the producer.
 *
 * @param path where it is
 * @param name as messages name it: relative to the folder
 * @param table the table or resource type it holds
 * @param bytes its length
 * @param modified milliseconds since 1970: a file that changed between two attempts is read again
 */
record SourceFile(Path path, String name, String table, long bytes, long modified) {
    boolean isGzip() {
        return name.endsWith(".gz");
    }

    Place place() {
        return Place.file(name);
    }

    /** The place of a field. Lines beyond what a place can hold are told as the last it can. */
    Place place(long line, int column) {
        int shown = (int) Math.min(line, Integer.MAX_VALUE);
        return column > 0
                ? Place.line(name, shown, column)
                : new Place(
                        name,
                        java.util.OptionalInt.of(shown),
                        java.util.OptionalInt.empty(),
                        java.util.Optional.empty());
    }
}
