package org.vauban.deposit;

import java.util.Arrays;

/** A growing row of bytes that is used again and again. For one thread. */
final class Bytes {
    private static final int DECIMAL_DIGITS_MAX = 19;

    byte[] array = new byte[1 << 17];
    int length;

    void clear() {
        length = 0;
    }

    void add(byte[] from, int start, int end) {
        int more = end - start;
        ensure(more);
        System.arraycopy(from, start, array, length, more);
        length += more;
    }

    void add(int octet) {
        ensure(1);
        array[length++] = (byte) octet;
    }

    /** A number that is not negative, in decimal digits. */
    void addNumber(long number) {
        ensure(DECIMAL_DIGITS_MAX);
        int start = length;
        long left = number;
        do {
            array[length++] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
        for (int low = start, high = length - 1; low < high; low++, high--) {
            byte kept = array[low];
            array[low] = array[high];
            array[high] = kept;
        }
    }

    private void ensure(int more) {
        if (array.length - length < more) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
        }
    }
}
