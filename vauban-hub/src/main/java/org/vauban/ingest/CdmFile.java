package org.vauban.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.vauban.omop.CdmTable;
import org.vauban.problem.Place;

/**
 * A file of a folder that holds one table.
 *
 * @param path where it is
 * @param table the table that its name says
 * @param format how it is written
 */
record CdmFile(Path path, CdmTable table, Format format) {
    enum Format {
        CSV(".csv"),
        CSV_GZIP(".csv.gz"),
        PARQUET(".parquet");

        private final String ending;

        Format(String ending) {
            this.ending = ending;
        }
    }

    /** Tables of the results schema and of 5.3 that are no input: they are passed over. */
    private static final Set<String> PASSED_OVER =
            Set.of("cohort", "cohort_definition", "cohort_attribute", "attribute_definition");

    /** What a file's name says. */
    sealed interface Named {
        record Table(CdmFile file) implements Named {}

        record UnknownTable(String name) implements Named {}

        /** No table file at all, or one that is no input. */
        record PassedOver() implements Named {}
    }

    static Named named(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.startsWith(".")) {
            return new Named.PassedOver();
        }
        Optional<Format> format = Optional.empty();
        for (Format each : Format.values()) {
            if (name.endsWith(each.ending)) {
                format = Optional.of(each);
            }
        }
        if (format.isEmpty()) {
            return new Named.PassedOver();
        }
        String stem = name.substring(0, name.length() - format.get().ending.length());
        if (PASSED_OVER.contains(stem)) {
            return new Named.PassedOver();
        }
        Format found = format.get();
        return CdmTable.named(stem)
                .<Named>map(table -> new Named.Table(new CdmFile(path, table, found)))
                .orElse(new Named.UnknownTable(stem));
    }

    InputStream open() throws IOException {
        return Archive.isInside(path) ? Archive.read(path) : Files.newInputStream(path);
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    Place place() {
        return Place.file(name());
    }

    /** @param field the number of the field from 1, or 0 for the whole line */
    Place place(long line, int field) {
        return field == 0
                ? new Place(
                        name(), java.util.OptionalInt.of((int) line), java.util.OptionalInt.empty(), Optional.empty())
                : Place.line(name(), (int) line, field);
    }
}
