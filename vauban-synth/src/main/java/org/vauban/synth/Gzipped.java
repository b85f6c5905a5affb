package org.vauban.synth;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Lines of text going into a gzip file, written byte by byte because there are millions of them: quickly compressed, and
 * without the time in the header, so that the same lines are the same bytes.
 */
final class Gzipped implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    /** No single value may be longer: it must fit behind a nearly full buffer. */
    private static final int LONGEST_VALUE_BYTES = 1 << 12;

    private final Compression compression;
    private final OutputStream out;
    private byte[] buffer = new byte[BUFFER_BYTES + LONGEST_VALUE_BYTES];
    private final byte[] digits = new byte[20];
    private int filled;

    Gzipped(Path file, Compression compression) throws IOException {
        this.compression = compression;
        this.out = new QuickGzip(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    Gzipped one(char ascii) throws IOException {
        buffer[filled++] = (byte) ascii;
        makeRoom();
        return this;
    }

    Gzipped bytes(byte[] value) throws IOException {
        return bytes(value, value.length);
    }

    /** The first bytes of an array. */
    Gzipped bytes(byte[] value, int length) throws IOException {
        if (length > LONGEST_VALUE_BYTES) {
            throw new IllegalArgumentException("a value has at most " + LONGEST_VALUE_BYTES + " bytes");
        }
        System.arraycopy(value, 0, buffer, filled, length);
        filled += length;
        makeRoom();
        return this;
    }

    /** Letters, digits and signs of ASCII only. */
    @SuppressWarnings("deprecation")
    Gzipped ascii(String value) throws IOException {
        int length = value.length();
        if (length > LONGEST_VALUE_BYTES) {
            throw new IllegalArgumentException("a value has at most " + LONGEST_VALUE_BYTES + " bytes");
        }
        value.getBytes(0, length, buffer, filled);
        filled += length;
        makeRoom();
        return this;
    }

    /** Any text, in UTF-8. */
    Gzipped text(String value) throws IOException {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    Gzipped number(long value) throws IOException {
        long left = Math.abs(value);
        int from = digits.length;
        do {
            digits[--from] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
        if (value < 0) {
            digits[--from] = '-';
        }
        System.arraycopy(digits, from, buffer, filled, digits.length - from);
        filled += digits.length - from;
        makeRoom();
        return this;
    }

    /** A day as in 2016-02-29. */
    Gzipped date(int day) throws IOException {
        return bytes(Days.written(day));
    }

    /** A number given in tenths. */
    Gzipped tenths(int value) throws IOException {
        return number(value / 10).one('.').one((char) ('0' + value % 10));
    }

    /** Euros given in cents. */
    Gzipped cents(int value) throws IOException {
        if (value < 0) {
            one('-');
        }
        int amount = Math.abs(value);
        return number(amount / 100)
                .one('.')
                .one((char) ('0' + amount / 10 % 10))
                .one((char) ('0' + amount % 10));
    }

    private void makeRoom() throws IOException {
        if (filled >= BUFFER_BYTES) {
            compression.add(out, buffer, filled, false);
            buffer = new byte[BUFFER_BYTES + LONGEST_VALUE_BYTES];
            filled = 0;
        }
    }

    /** Hands the rest to the compression, which closes the file behind it. */
    @Override
    public void close() throws IOException {
        compression.add(out, buffer, filled, true);
    }

    /** The quickest level, against a third more bytes. */
    private static final class QuickGzip extends GZIPOutputStream {
        private QuickGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
