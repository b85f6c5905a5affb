package org.vauban.deposit;

import java.util.Arrays;

/**
 * Values that the detector found harmless, so that it sees each about once: the same codes come in every row. Of two values for one
 * place the later one stays, so memory is bounded. For one thread.
 */
final class Remembered {
    private static final int PLACES = 1 << 13;
    /** Longer values are prose, which does not come again. */
    private static final int LENGTH_MAX = 64;

    private final byte[][] values = new byte[PLACES][];

    boolean has(byte[] bytes, int from, int to) {
        byte[] value = values[place(bytes, from, to)];
        return value != null && Arrays.equals(value, 0, value.length, bytes, from, to);
    }

    void add(byte[] bytes, int from, int to) {
        if (to - from <= LENGTH_MAX) {
            values[place(bytes, from, to)] = Arrays.copyOfRange(bytes, from, to);
        }
    }

    private static int place(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + bytes[at];
        }
        return (hash ^ (hash >>> 15)) & (PLACES - 1);
    }
}
