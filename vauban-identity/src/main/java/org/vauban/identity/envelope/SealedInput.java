package org.vauban.identity.envelope;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/** Opens a sealed stream, segment by segment. */
public final class SealedInput extends InputStream {

    private static final byte[] NOTHING = {};

    private final InputStream sealed;
    private final Segments segments;
    private final byte[] segment = new byte[Segments.SEGMENT_BYTES];
    private byte[] content = NOTHING;
    private int position;
    private int number;
    /** The first byte of the next segment; -1 after the last one. */
    private int ahead;

    /**
     * Reads the stream's header.
     *
     * @param dataKey 32 bytes; the caller zeroes them afterwards
     * @param associatedData what the stream is bound to
     * @throws BrokenSeal when there is no such header
     */
    public SealedInput(InputStream sealed, byte[] dataKey, byte[] associatedData) throws IOException {
        this.sealed = sealed;
        byte[] header = sealed.readNBytes(Segments.HEADER_BYTES);
        if (header.length < Segments.HEADER_BYTES || header[0] != Segments.HEADER_BYTES) {
            throw new BrokenSeal(
                    "The sealed stream does not begin with a header of " + Segments.HEADER_BYTES + " bytes.");
        }
        this.segments = new Segments(
                dataKey,
                Arrays.copyOfRange(header, 1, 1 + Segments.SALT_BYTES),
                Arrays.copyOfRange(header, 1 + Segments.SALT_BYTES, Segments.HEADER_BYTES),
                associatedData);
        this.ahead = sealed.read();
        openNext(Segments.SEGMENT_BYTES - Segments.HEADER_BYTES);
    }

    @Override
    public int read() throws IOException {
        return available() > 0 || more() ? Byte.toUnsignedInt(content[position++]) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (available() == 0 && !more()) {
            return -1;
        }
        int count = Math.min(length, available());
        System.arraycopy(content, position, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return content.length - position;
    }

    @Override
    public void close() throws IOException {
        Arrays.fill(content, (byte) 0);
        content = NOTHING;
        position = 0;
        ahead = -1;
        sealed.close();
    }

    private boolean more() throws IOException {
        while (available() == 0 && ahead >= 0) {
            openNext(Segments.SEGMENT_BYTES);
        }
        return available() > 0;
    }

    private void openNext(int size) throws IOException {
        if (ahead < 0) {
            throw new BrokenSeal("The sealed stream ends before its last segment.");
        }
        segment[0] = (byte) ahead;
        int length = 1 + sealed.readNBytes(segment, 1, size - 1);
        ahead = length < size ? -1 : sealed.read();
        content = segments.open(segment, length, number++, ahead < 0);
        position = 0;
    }
}
