package org.vauban.deposit;

import java.util.Arrays;

/**
 * Values that the detector found harmless, so that it sees each about once: the same codes come in every row. Of two values for one
 * place the later one stays, so memory is bounded. For one thread.
 */
final class Remembered {
    private static final int PLACES = 1 << 13;
    /** Longer values are prose, which does not come again. */
    private static final int LENGTH_MAX = 128;

    private static final int NIR_LENGTH = 13;
    private static final int NAME_LENGTH = 4;

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

    /** Whether a code or term need not be read by the detector: it was, or it is too short and small to tell anything. */
    boolean isHarmlessCode(byte[] bytes, int from, int to) {
        return isShort(bytes, from, to) || has(bytes, from, to);
    }

    /** Too short for a number of social security, and no capital to begin a name, no sign of an address. */
    private static boolean isShort(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length >= NIR_LENGTH && !isTime(bytes, from, length)) {
            return false;
        }
        for (int at = from; at < to; at++) {
            if (bytes[at] == '@' || bytes[at] == ' ' || bytes[at] < 0) {
                return false;
            }
        }
        return length < NAME_LENGTH || bytes[from] < 'A' || bytes[from] > 'Z';
    }

    /** A day with its hour: {@code 2024-05-31T10:00:00+02:00}. There are too many to remember. */
    private static boolean isTime(byte[] bytes, int from, int length) {
        return length > 16
                && length < 36
                && bytes[from + 4] == '-'
                && bytes[from + 10] == 'T'
                && bytes[from + 13] == ':';
    }

    private static int place(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + bytes[at];
        }
        return (hash ^ (hash >>> 15)) & (PLACES - 1);
    }
}
