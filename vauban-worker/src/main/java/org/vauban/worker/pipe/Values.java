package org.vauban.worker.pipe;

import org.jspecify.annotations.Nullable;

/**
 * The values of one column in some rows. The lowest number stands for no value, as not-a-number and null do; none of them occurs as a
 * concept, a day, an identifier or a measure. The arrays are the store itself and are not written to.
 */
public sealed interface Values {
    /** The number of rows. */
    int size();

    /** For {@link ColumnType#INTEGER} and {@link ColumnType#DATE}. */
    record Ints(int[] values) implements Values {
        public static final int ABSENT = Integer.MIN_VALUE;

        @Override
        public int size() {
            return values.length;
        }
    }

    /** For {@link ColumnType#BIGINT} and {@link ColumnType#TIMESTAMP}. */
    record Longs(long[] values) implements Values {
        public static final long ABSENT = Long.MIN_VALUE;

        @Override
        public int size() {
            return values.length;
        }
    }

    /** For {@link ColumnType#DOUBLE}. */
    record Doubles(double[] values) implements Values {
        @Override
        public int size() {
            return values.length;
        }
    }

    /** For {@link ColumnType#TEXT}. */
    record Texts(@Nullable String[] values) implements Values {
        @Override
        public int size() {
            return values.length;
        }
    }
}
