package org.vauban.identity.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Frames over a socket: a length of 4 bytes, big-endian, then as many bytes. Used by one thread at a time. A frame that has
 * begun must be complete within the patience given; a Unix domain channel knows no timeout of its own, so an alarm closes it.
 */
public final class Frames implements AutoCloseable {

    /** The longest body of a frame. */
    public static final int BODY_BYTES_MAX = 8 << 20;

    private static final ScheduledThreadPoolExecutor ALARMS = alarms();

    private final SocketChannel channel;
    private final Duration patience;

    public Frames(SocketChannel channel, Duration patience) {
        this.channel = channel;
        this.patience = patience;
    }

    /** Waits without limit for a frame to begin, and with a limit for the rest of it; empty when the other side left. */
    public Optional<byte[]> next() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
        if (channel.read(header) < 0) {
            return Optional.empty();
        }
        Future<?> alarm = alarm();
        try {
            return Optional.of(rest(header));
        } finally {
            alarm.cancel(false);
        }
    }

    /** Waits for a frame that the other side owes, within the patience. */
    public byte[] answer() throws IOException {
        Future<?> alarm = alarm();
        try {
            return rest(ByteBuffer.allocate(Integer.BYTES));
        } finally {
            alarm.cancel(false);
        }
    }

    public void write(MessageWriter message) throws IOException {
        if (message.length() < 1 || message.length() > BODY_BYTES_MAX) {
            throw IdentityException.protocol(
                    "A frame has 1 to " + BODY_BYTES_MAX + " bytes; found " + message.length() + ".");
        }
        Future<?> alarm = alarm();
        try {
            ByteBuffer[] frame = {
                ByteBuffer.allocate(Integer.BYTES).putInt(message.length()).flip(), message.written()
            };
            while (frame[1].hasRemaining()) {
                channel.write(frame);
            }
        } finally {
            alarm.cancel(false);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private byte[] rest(ByteBuffer header) throws IOException {
        fill(header);
        int length = header.flip().getInt();
        if (length < 1 || length > BODY_BYTES_MAX) {
            throw IdentityException.protocol("A frame has 1 to " + BODY_BYTES_MAX + " bytes; found " + length + ".");
        }
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

    private Future<?> alarm() {
        return ALARMS.schedule(this::hangUp, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void hangUp() {
        try {
            channel.close();
        } catch (IOException _) {
            // Whoever waits in the channel meets the same failure.
        }
    }

    private static ScheduledThreadPoolExecutor alarms() {
        var alarms = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("identity-deadlines").factory());
        alarms.setRemoveOnCancelPolicy(true);
        return alarms;
    }
}
