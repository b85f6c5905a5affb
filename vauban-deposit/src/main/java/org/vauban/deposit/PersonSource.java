package org.vauban.deposit;

import java.util.function.BiConsumer;

/** Reads the persons of a file: each with the id under which the producer's other files know it. */
interface PersonSource {
    /**
     * Reads them all.
     *
     * @param persons takes each person and its id at the producer
     * @return rows that could not be used
     */
    long read(
            SourceFile file,
            LineReader lines,
            RecordNumbers numbers,
            Rejects rejects,
            BiConsumer<Person, String> persons);
}
