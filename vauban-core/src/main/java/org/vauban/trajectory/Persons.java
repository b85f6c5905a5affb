package org.vauban.trajectory;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import org.vauban.omop.CdmColumn;

/**
 * The persons of a bucket, ascending, with what PERSON says about them. Somebody may have events without a row in PERSON: such a
 * person is here, and every attribute is absent.
 */
public final class Persons {
    private final long[] ids;
    private final BitSet known;
    private final Columns columns;

    Persons(long[] ids, BitSet known, Columns columns) {
        this.ids = ids;
        this.known = known;
        this.columns = columns;
    }

    public int size() {
        return ids.length;
    }

    public long id(int person) {
        return ids[person];
    }

    /** The place of a person, or a negative number when the bucket has no such person. */
    public int find(long id) {
        return Arrays.binarySearch(ids, id);
    }

    /** True when the person has a row in PERSON. */
    public boolean isKnown(int person) {
        return known.get(person);
    }

    /** One value a person, or {@link Absent#INT}. */
    public int[] ints(CdmColumn column) {
        return columns.ints(column);
    }

    Persons only(Set<CdmColumn> needed) {
        return new Persons(ids, known, columns.only(needed));
    }

    @Override
    public String toString() {
        return "Persons[" + size() + "]";
    }
}
