package org.vauban.ingest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vauban.duck.DuckSession;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;

/**
 * One vocabulary table on its way into Parquet: so many rows are held in memory, then they become a file, sorted by the first concept.
 * Texts by which a concept is found become files of their own, in the spelling in which they are compared.
 */
final class VocabularyParts implements AutoCloseable {
    private static final DuckSession.Limits LIMITS = new DuckSession.Limits(1, 1L << 30);

    private final Path folder;
    private final CdmTable table;
    private final List<CdmColumn> columns;
    private final int rowsInMemory;
    private final List<Path> files = new ArrayList<>();
    private @Nullable Part part;

    VocabularyParts(Path folder, CdmTable table, List<CdmColumn> columns, int rowsInMemory) {
        this.folder = folder;
        this.table = table;
        this.columns = columns;
        this.rowsInMemory = rowsInMemory;
    }

    /** Where the next row goes; what the last rows became is a file by then, if they were many. */
    Staging.Rows rows() {
        if (part != null && part.size == rowsInMemory) {
            close();
        }
        if (part == null) {
            part = new Part(files.size() + 1);
        }
        part.size++;
        return part.rows;
    }

    @Override
    public void close() {
        if (part != null) {
            part.write();
            part = null;
        }
    }

    private final class Part {
        private final Path file;
        private final Path terms;
        private final DuckSession session;
        private final Staging.Rows rows;
        private int size;

        Part(int number) {
            file = folder.resolve("%s-%04d.parquet".formatted(table.tableName(), number));
            terms = folder.resolve("%s-%s-%04d.parquet".formatted(VocabularyIntake.TERM, table.tableName(), number));
            files.add(file);
            session = DuckSession.open(LIMITS, List.of(file, terms));
            Staging.create(session, table, columns);
            rows = new Staging.Rows(session, table);
        }

        void write() {
            try (session) {
                rows.close();
                copy(
                        "SELECT "
                                + columns.stream()
                                        .map(column -> DuckSession.quoted(column.name()))
                                        .collect(Collectors.joining(", "))
                                + " FROM " + table.tableName() + " ORDER BY 1",
                        file);
                switch (table) {
                    case CONCEPT ->
                        copy(
                                terms("concept_name", String.valueOf(VocabularyIntake.ENGLISH)) + " UNION ALL "
                                        + terms("concept_code", String.valueOf(VocabularyIntake.CODE)),
                                terms);
                    case CONCEPT_SYNONYM -> copy(terms("concept_synonym_name", "language_concept_id"), terms);
                    default -> {}
                }
            }
        }

        private String terms(String text, String language) {
            return "SELECT concept_id, " + text + " AS text, " + VocabularyIntake.folded(text) + " AS folded, "
                    + language + " AS language FROM " + table.tableName() + " WHERE " + text + " IS NOT NULL";
        }

        private void copy(String select, Path to) {
            session.execute(
                    "COPY (" + select + ") TO " + DuckSession.literal(to) + " (FORMAT parquet, COMPRESSION zstd)");
        }
    }
}
