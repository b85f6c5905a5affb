package org.vauban.identity.envelope;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;

/** Seals a stream, segment by segment. Only {@link #close} makes it whole: a stream without its last segment does not open. */
public final class SealedOutput extends OutputStream {

    private final OutputStream sealed;
    private final Segments segments;
    private final byte[] content = new byte[Segments.SEGMENT_BYTES - Segments.TAG_BYTES];
    private int room = content.length - Segments.HEADER_BYTES;
    private int length;
    private int number;
    private boolean closed;

    /**
     * Writes the stream's header.
     *
     * @param dataKey 32 fresh random bytes, used for this stream alone; the caller zeroes them afterwards
     */
    public SealedOutput(OutputStream sealed, byte[] dataKey, byte[] associatedData, SecureRandom random)
            throws IOException {
        this.sealed = sealed;
        byte[] salt = new byte[Segments.SALT_BYTES];
        byte[] prefix = new byte[Segments.PREFIX_BYTES];
        random.nextBytes(salt);
        random.nextBytes(prefix);
        sealed.write(Segments.HEADER_BYTES);
        sealed.write(salt);
        sealed.write(prefix);
        this.segments = new Segments(dataKey, salt, prefix, associatedData);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, from.length);
        int at = offset;
        int left = count;
        while (left > 0) {
            // A full segment waits for what follows: it may be the last.
            if (length == room) {
                flushSegment(false);
            }
            int part = Math.min(left, room - length);
            System.arraycopy(from, at, content, length, part);
            length += part;
            at += part;
            left -= part;
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            flushSegment(true);
            sealed.close();
        }
    }

    private void flushSegment(boolean last) throws IOException {
        sealed.write(segments.seal(content, length, number++, last));
        Arrays.fill(content, (byte) 0);
        length = 0;
        room = content.length;
    }
}
