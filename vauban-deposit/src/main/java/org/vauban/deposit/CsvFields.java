package org.vauban.deposit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The fields of one row, found in one pass over its bytes. Fields may be quoted (RFC 4180). For one thread. */
final class CsvFields {
    static final int LETTER = 1;
    static final int DIGIT = 2;
    static final int AT = 4;
    static final int SPACE = 8;
    static final int QUOTED = 16;
    static final int DOUBLED_QUOTE = 32;

    private static final byte[] KINDS = kinds();

    int[] starts = new int[64];
    int[] ends = new int[64];
    /** Which kinds of characters each field has. */
    int[] kinds = new int[64];

    int count;

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        Arrays.fill(kinds, 128, 256, (byte) LETTER);
        Arrays.fill(kinds, 'A', 'Z' + 1, (byte) LETTER);
        Arrays.fill(kinds, 'a', 'z' + 1, (byte) LETTER);
        Arrays.fill(kinds, '0', '9' + 1, (byte) DIGIT);
        kinds['@'] = AT;
        kinds[' '] = SPACE;
        return kinds;
    }

    /** Splits the row; false when a quoted field does not end in it. Starts and ends leave the quotes out. */
    boolean split(byte[] bytes, int from, int to, byte delimiter) {
        count = 0;
        int at = from;
        while (true) {
            if (count == starts.length) {
                grow();
            }
            if (at < to && bytes[at] == '"') {
                at = quoted(bytes, at + 1, to);
                if (at < 0) {
                    return false;
                }
                // What stands between a closing quote and the delimiter belongs to nothing.
                while (at < to && bytes[at] != delimiter) {
                    at++;
                }
            } else {
                int found = 0;
                int start = at;
                while (at < to && bytes[at] != delimiter) {
                    found |= KINDS[bytes[at] & 0xff];
                    at++;
                }
                starts[count] = start;
                ends[count] = at;
                kinds[count] = found;
            }
            count++;
            if (at >= to) {
                return true;
            }
            at++;
        }
    }

    private int quoted(byte[] bytes, int from, int to) {
        int found = QUOTED;
        for (int at = from; at < to; at++) {
            if (bytes[at] == '"') {
                if (at + 1 < to && bytes[at + 1] == '"') {
                    found |= DOUBLED_QUOTE;
                    at++;
                    continue;
                }
                starts[count] = from;
                ends[count] = at;
                kinds[count] = found;
                return at + 1;
            }
            found |= KINDS[bytes[at] & 0xff];
        }
        return -1;
    }

    private void grow() {
        starts = Arrays.copyOf(starts, count * 2);
        ends = Arrays.copyOf(ends, count * 2);
        kinds = Arrays.copyOf(kinds, count * 2);
    }

    int length(int field) {
        return ends[field] - starts[field];
    }

    /** The value of a field as text, without its quotes. */
    String text(byte[] bytes, int field) {
        String text = new String(bytes, starts[field], length(field), StandardCharsets.UTF_8);
        return (kinds[field] & DOUBLED_QUOTE) == 0 ? text : text.replace("\"\"", "\"");
    }
}
