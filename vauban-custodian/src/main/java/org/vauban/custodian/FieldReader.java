package org.vauban.custodian;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link FieldWriter} wrote. No length is believed before it was compared with a bound and with what is there. */
final class FieldReader {

    private final ByteBuffer buffer;

    FieldReader(byte[] bytes) {
        this.buffer = ByteBuffer.wrap(bytes);
    }

    int octet() {
        require(Byte.BYTES);
        return Byte.toUnsignedInt(buffer.get());
    }

    int number() {
        require(Integer.BYTES);
        return buffer.getInt();
    }

    long longNumber() {
        require(Long.BYTES);
        return buffer.getLong();
    }

    /** A count of things that follow. */
    int count(int max) {
        int count = number();
        if (count < 0 || count > max) {
            throw CustodianException.protocol("Expected a count of at most " + max + ", found " + count + ".");
        }
        return count;
    }

    byte[] bytes(int max) {
        int length = number();
        if (length < 0 || length > max) {
            throw CustodianException.protocol("Expected a field of at most " + max + " bytes, found " + length + ".");
        }
        return raw(length);
    }

    String text(int max) {
        return new String(bytes(max), StandardCharsets.UTF_8);
    }

    byte[] raw(int length) {
        require(length);
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    /** Nothing may follow: two readings of one message are one too many. */
    void end() {
        if (buffer.hasRemaining()) {
            throw CustodianException.protocol(
                    "Expected the end of the message, found " + buffer.remaining() + " more bytes.");
        }
    }

    private void require(int bytes) {
        if (buffer.remaining() < bytes) {
            throw CustodianException.protocol("The message ends in the middle of a field.");
        }
    }
}
