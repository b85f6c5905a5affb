package org.vauban.ingest;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an ingest did, in counts. Sealed with the edition, and shown to whoever gave the data.
 *
 * @param edition the edition's name
 * @param persons number of persons
 * @param tables each table that had a file
 * @param quality what looks wrong in rows that were kept
 * @param screening what happened to the source's own words, by column
 * @param attrition what each business rule did, in the order in which the rules were applied; empty for a ready OMOP data set
 * @param lacking concepts that rows have and the vocabulary beside them lacks, those with the most rows first, at most a hundred
 * @param leftOut tables whose rows never enter an edition, with their rows: free text, and rows that name no person
 * @param notices what else the giver should know, such as columns that the model lacks
 * @param seconds how long it took
 */
public record IngestReport(
        String edition,
        long persons,
        SortedMap<String, Table> tables,
        List<Finding> quality,
        SortedMap<String, Words> screening,
        List<Attrition> attrition,
        List<LackingConcept> lacking,
        SortedMap<String, Long> leftOut,
        List<String> notices,
        double seconds) {

    public IngestReport {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
        quality = List.copyOf(quality);
        screening = Collections.unmodifiableSortedMap(new TreeMap<>(screening));
        attrition = List.copyOf(attrition);
        lacking = List.copyOf(lacking);
        leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
        notices = List.copyOf(notices);
    }

    /**
     * One table.
     *
     * @param rowsIn rows in the file
     * @param rowsOut rows in the edition
     * @param rejected rows in the rejects file, by reason
     * @param repeatedIds rows whose id another row has already; they are kept, and re-keyed alike
     */
    public record Table(long rowsIn, long rowsOut, SortedMap<String, Long> rejected, long repeatedIds) {
        public Table {
            rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
        }

        public long rowsRejected() {
            return rejected.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** So many rows of a table look wrong in one way, such as {@code outside_observation}. */
    public record Finding(String check, String table, long rows) {}

    /** So many rows of a column have a concept that the vocabulary lacks; no concept set finds them. */
    public record LackingConcept(String table, String column, int conceptId, long rows) {}

    /** Values of a column that were kept and left out. */
    public record Words(long kept, long leftOut) {}

    /**
     * What one business rule did to the rows of one source table.
     *
     * @param rule the rule's name
     * @param table the source table
     * @param isOn whether the rule was applied
     * @param rowsIn rows before
     * @param rowsOut rows after
     * @param dropped rows that the rule took away
     * @param merged rows that went into another row
     * @param counted rows that the rule speaks of and that stay
     */
    public record Attrition(
            String rule,
            String table,
            boolean isOn,
            long rowsIn,
            long rowsOut,
            long dropped,
            long merged,
            long counted) {}

    public long rowsIn() {
        return tables.values().stream().mapToLong(Table::rowsIn).sum();
    }

    public long rowsOut() {
        return tables.values().stream().mapToLong(Table::rowsOut).sum();
    }

    public long rowsRejected() {
        return tables.values().stream().mapToLong(Table::rowsRejected).sum();
    }
}
