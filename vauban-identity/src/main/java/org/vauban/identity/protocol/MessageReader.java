package org.vauban.identity.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link MessageWriter} wrote. No length is believed before it was compared with a bound and with what is there. */
public final class MessageReader {

    private final ByteBuffer message;

    public MessageReader(byte[] message) {
        this.message = ByteBuffer.wrap(message);
    }

    public int octet() {
        require(Byte.BYTES);
        return Byte.toUnsignedInt(message.get());
    }

    public int number() {
        require(Integer.BYTES);
        return message.getInt();
    }

    public long longNumber() {
        require(Long.BYTES);
        return message.getLong();
    }

    /** A count of things that follow, from 0 to max. */
    public int count(int max) {
        int count = number();
        if (count < 0 || count > max) {
            throw IdentityException.protocol("Expected a count of at most " + max + ", found " + count + ".");
        }
        return count;
    }

    public byte[] bytes(int max) {
        int length = number();
        if (length < 0 || length > max) {
            throw IdentityException.protocol("Expected a field of at most " + max + " bytes, found " + length + ".");
        }
        require(length);
        byte[] bytes = new byte[length];
        message.get(bytes);
        return bytes;
    }

    public String text(int max) {
        return new String(bytes(max), StandardCharsets.UTF_8);
    }

    /** Nothing may follow: two readings of one message are one too many. */
    public void end() {
        if (message.hasRemaining()) {
            throw IdentityException.protocol(
                    "Expected the end of the message, found " + message.remaining() + " more bytes.");
        }
    }

    private void require(int bytes) {
        if (message.remaining() < bytes) {
            throw IdentityException.protocol("The message ends in the middle of a field.");
        }
    }
}
