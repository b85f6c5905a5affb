package org.vauban.identity.linkage;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The records to link, column by column. A record is a row number, counted from 0 over all sources together.
 *
 * @param size how many records
 * @param columns the traits; an empty text is a missing value
 * @param source for each record the number of the file or producer that it comes from, an index of {@code singles}
 * @param singles for each source whether it names a person at most once: a population register does, a hospital's file
 *     does not. Two records of such a source are joined by their key alone.
 * @param withinSources whether records of one source may be joined to each other
 * @param keys for each record a sure key of its person, above 0, or 0 for none: equal keys are one person, different ones never
 * @param sameAs for each record itself, or another record that is surely the same person and is itself there: a source may name a
 *     person twice and say so
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of records; compared by nobody.
public record People(
        int size,
        List<Column> columns,
        int[] source,
        boolean[] singles,
        boolean withinSources,
        long[] keys,
        int[] sameAs) {

    /** Records of which none is known to be another. */
    public People(int size, List<Column> columns, int[] source, boolean[] singles, boolean withinSources, long[] keys) {
        this(
                size,
                columns,
                source,
                singles,
                withinSources,
                keys,
                IntStream.range(0, size).toArray());
    }

    /** One trait of all records. A trait may have several columns: a name at birth and a name in use, two address lines. */
    public record Column(Trait trait, String[] values) {}

    public People {
        columns = List.copyOf(columns);
        for (Column column : columns) {
            if (column.values().length != size) {
                throw new IllegalArgumentException("A column of " + column.trait() + " has " + column.values().length
                        + " values for " + size + " records.");
            }
        }
        if (source.length != size || keys.length != size || sameAs.length != size) {
            throw new IllegalArgumentException("Each of the " + size + " records needs a source and a key; found "
                    + source.length + " and " + keys.length + ".");
        }
    }

    /** Two files, each without duplicates: every record has at most one partner, in the other file. */
    public static People ofTwoFiles(int sizeOfFirst, int sizeOfSecond, List<Column> columns) {
        int size = sizeOfFirst + sizeOfSecond;
        int[] source = new int[size];
        java.util.Arrays.fill(source, sizeOfFirst, size, 1);
        return new People(size, columns, source, new boolean[] {true, true}, false, new long[size]);
    }

    /** One file in which a person may stand several times. */
    public static People ofOneFile(int size, List<Column> columns) {
        return new People(size, columns, new int[size], new boolean[] {false}, true, new long[size]);
    }

    /** Whether traits may join the two: a pair that keys decide, or a source forbids, is not compared. */
    boolean comparable(int one, int other) {
        if (keys[one] != 0 && keys[other] != 0) {
            return false;
        }
        return source[one] != source[other] || (withinSources && !singles[source[one]]);
    }

    @Override
    public String toString() {
        return "People[" + size + " records, " + columns.size() + " columns]";
    }
}
