package org.vauban.trajectory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vauban.omop.CdmColumn;

/** The columns of one table that were read, each as an array of the rows' length. */
final class Columns {
    private final Map<CdmColumn, Object> arrays;

    Columns(Map<CdmColumn, Object> arrays) {
        this.arrays = Map.copyOf(arrays);
    }

    int[] ints(CdmColumn column) {
        return (int[]) array(column, ColumnKind.INT);
    }

    long[] longs(CdmColumn column) {
        return (long[]) array(column, ColumnKind.LONG);
    }

    double[] doubles(CdmColumn column) {
        return (double[]) array(column, ColumnKind.DOUBLE);
    }

    @Nullable
    String[] texts(CdmColumn column) {
        return (@Nullable String[]) array(column, ColumnKind.TEXT);
    }

    Set<CdmColumn> names() {
        return arrays.keySet();
    }

    Columns only(Set<CdmColumn> needed) {
        Map<CdmColumn, Object> kept = new LinkedHashMap<>(arrays);
        kept.keySet().retainAll(needed);
        return new Columns(kept);
    }

    /** Asking for what no plan named is refused: it would slip past the permit. */
    private Object array(CdmColumn column, ColumnKind kind) {
        if (ColumnKind.of(column) != kind) {
            throw new IllegalArgumentException(column + " is held as " + ColumnKind.of(column) + ", not as " + kind);
        }
        Object array = arrays.get(column);
        if (array == null) {
            throw new IllegalStateException(column + " was not read: it is not among the needs of this evaluation");
        }
        return array;
    }
}
