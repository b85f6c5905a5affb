package org.vauban.deposit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What is known of the tables of one kind: which columns they must have, and what happens to each. */
interface TableRules {
    /** What happens to a column. */
    Treatment treatment(String table, String column);

    /** The columns that must be there; in each group one is enough. */
    List<List<String>> required(String table);

    /** The name as it is written on: the case of a header means nothing. */
    String canonical(String column);

    /** The lines of a resource of this package, without comments and empty ones. */
    static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(TableRules.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
