package org.vauban.worker.pipe;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** One end of the two pipes between the hub and a worker: frames of a length of 4 bytes and so many bytes. For one thread at a time. */
public final class Pipe {
    /** More than any message needs whose sender keeps to {@link #ROWS_MAX} rows. */
    public static final int FRAME_BYTES_MAX = 8 << 20;

    /** So many rows of a table go into one message. */
    public static final int ROWS_MAX = 2_048;

    private final DataInputStream in;
    private final DataOutputStream out;

    public Pipe(InputStream in, OutputStream out) {
        this.in = new DataInputStream(new BufferedInputStream(new NeverAsked(in), 1 << 16));
        this.out = new DataOutputStream(out);
    }

    /** Sends a message at once. */
    public void send(Message message) throws IOException {
        var frame = new ByteArrayOutputStream();
        MessageWriter.write(message, new DataOutputStream(frame));
        if (frame.size() > FRAME_BYTES_MAX) {
            throw new IllegalArgumentException("A message has at most " + FRAME_BYTES_MAX + " bytes");
        }
        out.writeInt(frame.size());
        frame.writeTo(out);
        out.flush();
    }

    /**
     * The next message; nothing when the other side has closed the pipe between two messages.
     *
     * @throws IOException when a frame is cut, too long, or says what no message says
     */
    public Optional<Message> receive() throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        if (length < 1 || length > FRAME_BYTES_MAX) {
            throw new IOException("a frame of an impossible length");
        }
        byte[] frame = in.readNBytes(length);
        if (frame.length < length) {
            throw new EOFException("a frame is cut");
        }
        return Optional.of(MessageReader.read(new DataInputStream(new ByteArrayInputStream(frame))));
    }

    /**
     * A stream that is never asked how much it has: in a confined process that question is refused, and a buffer would take the refusal
     * for the end.
     */
    private static final class NeverAsked extends FilterInputStream {
        NeverAsked(InputStream in) {
            super(in);
        }

        @Override
        public int available() {
            return 0;
        }
    }
}
