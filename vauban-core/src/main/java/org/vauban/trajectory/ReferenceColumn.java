package org.vauban.trajectory;

import java.util.Arrays;
import org.vauban.omop.CdmColumn;

/**
 * A column of a table that is not about persons (a provider's specialty, a care site's place of service), found by the row's
 * identifier.
 */
public final class ReferenceColumn {
    private final CdmColumn column;
    private final long[] keys;
    private final int[] values;

    private ReferenceColumn(CdmColumn column, long[] keys, int[] values) {
        this.column = column;
        this.keys = keys;
        this.values = values;
    }

    /**
     * Pairs identifiers with values.
     *
     * @param keys identifiers, ascending, each once
     * @param values the value of each, or {@link Absent#INT}
     */
    public static ReferenceColumn of(CdmColumn column, long[] keys, int[] values) {
        if (keys.length != values.length) {
            throw new IllegalArgumentException(
                    column + " has " + keys.length + " keys and " + values.length + " values");
        }
        for (int i = 1; i < keys.length; i++) {
            if (keys[i - 1] >= keys[i]) {
                throw new IllegalStateException(column + ": identifiers are not ascending at row " + i);
            }
        }
        return new ReferenceColumn(column, keys.clone(), values.clone());
    }

    public CdmColumn column() {
        return column;
    }

    /** True when the table has a row of that identifier. */
    public boolean has(long key) {
        return Arrays.binarySearch(keys, key) >= 0;
    }

    /** The value of the row, or {@link Absent#INT} when there is no such row or no value. */
    public int value(long key) {
        int found = Arrays.binarySearch(keys, key);
        return found < 0 ? Absent.INT : values[found];
    }
}
