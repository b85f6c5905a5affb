package org.vauban.harmonise;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * One part of a table as a producer's door left it: pseudonymous, and open only while it is read.
 *
 * @param deposit the deposit's name
 * @param producer who gave it
 * @param kind how it is written
 * @param table {@code ER_PRS_F}, or the FHIR resource type
 * @param delimiter between the fields of a CSV; not looked at for FHIR
 * @param bytes roughly the size of its sealed part, 0 when nobody knows; tells how much memory its rows will take
 * @param content opens the plain CSV (with its header) or NDJSON; may be asked several times
 */
public record DepositedTable(
        String deposit, String producer, Kind kind, String table, char delimiter, long bytes, Content content) {
    /** How a deposit is written. */
    public enum Kind {
        FHIR,
        SNDS,
        OMOP
    }

    /** Opens the content. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    public DepositedTable {
        if (!table.matches("[A-Za-z][A-Za-z0-9_]{0,60}")) {
            throw new IllegalArgumentException("A table's name is a word");
        }
    }

    /** The place as the producer knows it, for the rejects file. */
    String place() {
        return producer + '/' + table;
    }

    String upperName() {
        return table.toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "DepositedTable[" + kind + ' ' + table + " of " + producer + ']';
    }
}
