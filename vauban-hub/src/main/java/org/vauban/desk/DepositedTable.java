package org.vauban.desk;

import java.io.InputStream;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.deposit.envelope.Kind;

/**
 * One part of a table, pseudonymous, decrypted only while it is read. A table may have several parts; each CSV part has its header.
 *
 * @param deposit whose record numbers stand in it
 * @param table {@code ER_PRS_F}, or the FHIR resource type
 * @param delimiter between the fields of a CSV; {@code \0} for NDJSON
 * @param bytes the size of its sealed part
 * @param content opens the plain CSV or NDJSON; may be asked several times
 */
public record DepositedTable(
        DepositId deposit, String producer, Kind kind, String table, char delimiter, long bytes, Content content) {

    /** Opens the content; whoever opens it closes it. */
    @FunctionalInterface
    public interface Content {
        /**
         * Decrypts while it is read.
         *
         * @throws org.vauban.problem.ProblemException {@code SEAL_BROKEN}, here or while reading
         */
        InputStream open();
    }

    @Override
    public String toString() {
        return "DepositedTable[" + deposit + ", " + table + "]";
    }
}
