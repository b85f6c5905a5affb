package org.vauban.ingest;

import org.jspecify.annotations.Nullable;
import org.vauban.problem.ProblemException;

/** The rows of one file as text, in the file's order. */
interface SourceRows {
    /** Reads the header alone. */
    Header header();

    /**
     * Gives every row.
     *
     * @throws ProblemException when the file is cut or cannot be read
     */
    void forEach(RowConsumer consumer);

    /** Takes one row. */
    @FunctionalInterface
    interface RowConsumer {
        /**
         * One row.
         *
         * @param line where the row begins, from 1; in Parquet the row's number
         * @param fields by the header's fields, null for nothing; valid during the call
         * @param count how many fields the row has
         */
        void row(long line, @Nullable String[] fields, int count);
    }

    static SourceRows of(CdmFile file) {
        return switch (file.format()) {
            case CSV, CSV_GZIP -> new CsvRows(file);
            case PARQUET -> new ParquetRows(file);
        };
    }
}
