package org.vauban.trajectory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.vauban.omop.CdmColumn;

/**
 * The events of one domain for all persons of a bucket. Person {@code p} (by position in {@link Trajectories}) has the rows
 * {@code from(p)} to {@code to(p) - 1}, by start day, then by rank.
 *
 * <p>The arrays are the store itself and must not be written to.
 */
public final class Events {
    private final Domain domain;
    private final int[] offsets;
    private final long[] ranks;
    private final Columns columns;

    private final Map<CdmColumn, ConceptCodes> codes;

    Events(Domain domain, int[] offsets, long[] ranks, Columns columns) {
        this(domain, offsets, ranks, columns, new ConcurrentHashMap<>());
    }

    private Events(Domain domain, int[] offsets, long[] ranks, Columns columns, Map<CdmColumn, ConceptCodes> codes) {
        this.domain = domain;
        this.offsets = offsets;
        this.ranks = ranks;
        this.columns = columns;
        this.codes = codes;
    }

    public Domain domain() {
        return domain;
    }

    /** Number of rows in the bucket. */
    public int size() {
        return ranks.length;
    }

    /** First row of a person. */
    public int from(int person) {
        return offsets[person];
    }

    /** The row after a person's last. */
    public int to(int person) {
        return offsets[person + 1];
    }

    public int count(int person) {
        return to(person) - from(person);
    }

    /** One concept a row, or {@link Absent#INT}. */
    public int[] concepts() {
        return columns.ints(domain.conceptColumn());
    }

    /** The first day of each row; always there. */
    public int[] startDays() {
        return columns.ints(domain.startColumn());
    }

    /** The last day as the table gives it, or {@link Absent#INT}: defaults are the evaluators' business. */
    public int[] endDays() {
        return columns.ints(domain.endColumn()
                .orElseThrow(() -> new IllegalArgumentException(domain + " has no end day that counts")));
    }

    /**
     * The row's place among rows of all domains of its person: larger means later in the source's own numbering. Equal only for rows
     * that share their identifier in the source.
     */
    public long[] ranks() {
        return ranks;
    }

    public int[] ints(CdmColumn column) {
        return columns.ints(column);
    }

    /** A column of concepts by code; worked out once. */
    public ConceptCodes codes(CdmColumn column) {
        // Asked first, because codes may be known of a column that was not granted here.
        int[] concepts = ints(column);
        return codes.computeIfAbsent(column, _ -> ConceptCodes.of(concepts));
    }

    public long[] longs(CdmColumn column) {
        return columns.longs(column);
    }

    public double[] doubles(CdmColumn column) {
        return columns.doubles(column);
    }

    public @Nullable String[] texts(CdmColumn column) {
        return columns.texts(column);
    }

    /** The columns that were read. */
    public Set<CdmColumn> columns() {
        return columns.names();
    }

    Events only(Set<CdmColumn> needed) {
        return new Events(domain, offsets, ranks, columns.only(needed), codes);
    }

    /** No rows, but every column a caller may ask for: a table that the data lack is empty, not wrong. */
    static Events none(Domain domain, int persons, Set<CdmColumn> needed) {
        Map<CdmColumn, Object> arrays = new LinkedHashMap<>();
        for (CdmColumn column : needed) {
            if (column.table() == domain.table()) {
                arrays.put(column, emptyArray(ColumnKind.of(column)));
            }
        }
        arrays.put(domain.startColumn(), new int[0]);
        return new Events(domain, new int[persons + 1], new long[0], new Columns(arrays));
    }

    private static Object emptyArray(ColumnKind kind) {
        return switch (kind) {
            case INT -> new int[0];
            case LONG -> new long[0];
            case DOUBLE -> new double[0];
            case TEXT -> new @Nullable String[0];
        };
    }

    @Override
    public String toString() {
        return "Events[" + domain + ", " + size() + " rows]";
    }
}
