package org.vauban.custodian;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Frames over a socket: a length of 4 bytes, big-endian, then as many bytes. Used by one thread at a time. */
final class FrameChannel implements AutoCloseable {

    /** The longest body of a frame. */
    static final int BODY_BYTES_MAX = 8 << 20;

    private final SocketChannel channel;
    private final Deadlines deadlines;

    FrameChannel(SocketChannel channel, Deadlines deadlines) {
        this.channel = channel;
        this.deadlines = deadlines;
    }

    /** Sends one frame and waits for the one that answers it. */
    byte[] exchange(FieldWriter request) throws IOException {
        try (var deadline = deadlines.start(channel)) {
            try {
                sendOrListen(request);
                return body(header(ByteBuffer.allocate(Integer.BYTES)));
            } catch (IOException e) {
                throw deadline.hasPassed() ? late(e) : e;
            }
        }
    }

    /** Waits without limit for a frame to begin, and with a limit for the rest of it; empty when the other side left. */
    Optional<byte[]> next() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
        if (channel.read(header) < 0) {
            return Optional.empty();
        }
        try (var _ = deadlines.start(channel)) {
            return Optional.of(body(header(header)));
        }
    }

    void write(FieldWriter message) throws IOException {
        try (var _ = deadlines.start(channel)) {
            send(message);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    // A client that was turned away cannot send any more, and the reason lies in the channel already.
    private void sendOrListen(FieldWriter request) throws IOException {
        try {
            send(request);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException _) {
            // The reading that follows meets the reason, or the same failure.
        }
    }

    private void send(FieldWriter message) throws IOException {
        ByteBuffer[] frame = {
            ByteBuffer.allocate(Integer.BYTES).putInt(message.length()).flip(), message.written()
        };
        while (frame[1].hasRemaining()) {
            channel.write(frame);
        }
    }

    private int header(ByteBuffer header) throws IOException {
        fill(header);
        int length = header.flip().getInt();
        if (length < 1 || length > BODY_BYTES_MAX) {
            throw CustodianException.protocol("A frame has 1 to " + BODY_BYTES_MAX + " bytes; found " + length + ".");
        }
        return length;
    }

    private byte[] body(int length) throws IOException {
        ByteBuffer body = ByteBuffer.allocate(length);
        fill(body);
        return body.array();
    }

    private void fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("The other side left in the middle of a frame.");
            }
        }
    }

    private InterruptedIOException late(IOException cause) {
        var late = new InterruptedIOException(
                "No answer within " + deadlines.patience().toMillis() + " ms.");
        late.initCause(cause);
        return late;
    }
}
