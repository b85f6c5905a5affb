package org.vauban.identity.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a message field by field: big-endian integers; texts and byte arrays with their length of 4 bytes in front. */
public final class MessageWriter {

    private byte[] bytes = new byte[256];
    private int length;

    public MessageWriter octet(int value) {
        room(Byte.BYTES).put((byte) value);
        return this;
    }

    public MessageWriter number(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    public MessageWriter longNumber(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    public MessageWriter bytes(byte[] value) {
        return bytes(value, value.length);
    }

    public MessageWriter bytes(byte[] value, int count) {
        number(count);
        room(count).put(value, 0, count);
        return this;
    }

    public MessageWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** How many bytes were written. */
    public int length() {
        return length;
    }

    ByteBuffer written() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private ByteBuffer room(int more) {
        int needed = Math.addExact(length, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * bytes.length)));
        }
        ByteBuffer room = ByteBuffer.wrap(bytes, length, more);
        length = needed;
        return room;
    }
}
