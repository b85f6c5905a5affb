package org.vauban.custodian;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes fields one after another, for frames and for the key file: big-endian integers, and texts and byte arrays with
 * their length in front. What it held is zeroed when it grows and when it is closed, for it may be keys.
 */
final class FieldWriter implements AutoCloseable {

    private byte[] bytes = new byte[256];
    private int length;

    FieldWriter octet(int value) {
        room(Byte.BYTES).put((byte) value);
        return this;
    }

    FieldWriter number(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    FieldWriter longNumber(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    FieldWriter bytes(byte[] value) {
        number(value.length);
        return raw(value);
    }

    FieldWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes without a length in front. */
    FieldWriter raw(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    int length() {
        return length;
    }

    /** What was written, not copied: gone once this writer is closed. */
    ByteBuffer written() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
        length = 0;
    }

    private ByteBuffer room(int more) {
        int needed = Math.addExact(length, more);
        if (needed > bytes.length) {
            byte[] old = bytes;
            bytes = Arrays.copyOf(old, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * old.length)));
            Arrays.fill(old, (byte) 0);
        }
        ByteBuffer room = ByteBuffer.wrap(bytes, length, more);
        length = needed;
        return room;
    }
}
