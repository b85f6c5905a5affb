package org.vauban.cohort.compiled;

/** A test of one record, bound to a bucket. */
interface RowTest {
    RowTest ALWAYS = (_, _, _) -> true;

    /**
     * Whether it holds.
     *
     * @param row the record
     * @param start its first day as the criterion sees it
     * @param end its last day as the criterion sees it, or absent
     */
    boolean holds(int row, int start, int end);
}
