package org.vauban.vault;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.vauban.custodian.KeyName;

/**
 * The bytes of a sealed object.
 *
 * <pre>
 *   magic            4 bytes   "VOBJ"
 *   format           1 byte    1
 *   segment size     1 byte    12 (4 KiB) or 20 (1 MiB): its power of two
 *   object id       16 bytes   random
 *   key name         1 byte length, then ASCII
 *   wrapped key      2 bytes length, then the data key as the custodian wrapped it
 *   ciphertext       Tink's AES256_GCM_HKDF streaming format, of:
 *                      8 bytes length, the content, zeros up to the padded size
 * </pre>
 *
 * <p>The data key (32 bytes, AES-256) serves this object alone. Both the wrapping and the ciphertext are bound to the hub, the key's
 * name, the kind, the bucket and the object id; the ciphertext also to the whole header. The header says nothing about the content:
 * kind and bucket are not in it, the reader states them.
 */
final class Envelope {
    static final int DATA_KEY_BYTES = 32;
    static final int OBJECT_ID_BYTES = 16;

    private static final byte[] MAGIC = "VOBJ".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT = 1;
    private static final int SMALL_SEGMENT = 12;
    private static final int LARGE_SEGMENT = 14;
    /** Contents above this are sealed in large segments. */
    private static final long SMALL_SIZE_MAX = 1 << 16;

    private static final int COPY_BYTES = 1 << 16;

    private Envelope() {}

    /** What stands before the ciphertext. */
    @SuppressWarnings("ArrayRecordComponent") // Private to this package and compared by bytes.
    record Header(int segment, byte[] objectId, KeyName key, byte[] wrappedKey) {
        static Header of(long size, byte[] objectId, KeyName key, byte[] wrappedKey) {
            return new Header(size > SMALL_SIZE_MAX ? LARGE_SEGMENT : SMALL_SEGMENT, objectId, key, wrappedKey);
        }

        byte[] bytes() {
            var bytes = new ByteArrayOutputStream();
            try (var out = new DataOutputStream(bytes)) {
                out.write(MAGIC);
                out.writeByte(FORMAT);
                out.writeByte(segment);
                out.write(objectId);
                byte[] name = key.text().getBytes(StandardCharsets.US_ASCII);
                out.writeByte(name.length);
                out.write(name);
                out.writeShort(wrappedKey.length);
                out.write(wrappedKey);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return bytes.toByteArray();
        }

        /** Reads the header and leaves the stream at the ciphertext. */
        static Header read(InputStream stream) throws IOException, GeneralSecurityException {
            var in = new DataInputStream(stream);
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC) || in.readUnsignedByte() != FORMAT) {
                throw new GeneralSecurityException("no sealed object of a known format");
            }
            int segment = in.readUnsignedByte();
            if (segment != SMALL_SEGMENT && segment != LARGE_SEGMENT) {
                throw new GeneralSecurityException("no known segment size");
            }
            byte[] objectId = in.readNBytes(OBJECT_ID_BYTES);
            byte[] name = in.readNBytes(in.readUnsignedByte());
            byte[] wrappedKey = in.readNBytes(in.readUnsignedShort());
            try {
                return new Header(
                        segment, objectId, KeyName.of(new String(name, StandardCharsets.US_ASCII)), wrappedKey);
            } catch (IllegalArgumentException wrong) {
                throw new GeneralSecurityException("no name of a key", wrong);
            }
        }
    }

    /** What the wrapping of a data key is bound to. */
    static byte[] associatedData(String hubId, SealContext context, byte[] objectId) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeUTF("vauban sealed object 1");
            out.writeUTF(hubId);
            out.writeUTF(context.key().text());
            out.writeUTF(context.kind());
            out.writeInt(context.bucket());
            out.write(objectId);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Writes header and ciphertext; the stream stays open. */
    static void seal(Header header, byte[] dataKey, byte[] associatedData, Plaintext content, OutputStream out)
            throws IOException, GeneralSecurityException {
        byte[] headerBytes = header.bytes();
        out.write(headerBytes);
        long size = content.size();
        long framed = Long.BYTES + size;
        try (OutputStream sealing =
                cipher(header, dataKey).newEncryptingStream(new StaysOpen(out), bound(associatedData, headerBytes))) {
            sealing.write(ByteBuffer.allocate(Long.BYTES).putLong(size).array());
            var counted = new Counted(sealing);
            content.writeTo(counted);
            if (counted.count != size) {
                throw new IllegalStateException("A content announced " + size + " bytes and wrote " + counted.count);
            }
            zeros(sealing, Padding.padded(framed) - framed);
        }
    }

    /** Reads the ciphertext behind the header to its end, and gives the content to the sink. */
    static void open(Header header, byte[] dataKey, byte[] associatedData, InputStream ciphertext, OutputStream sink)
            throws IOException, GeneralSecurityException {
        try (InputStream opening =
                cipher(header, dataKey).newDecryptingStream(ciphertext, bound(associatedData, header.bytes()))) {
            byte[] buffer = new byte[COPY_BYTES];
            byte[] length = opening.readNBytes(Long.BYTES);
            long left = length.length == Long.BYTES ? ByteBuffer.wrap(length).getLong() : -1;
            if (left < 0) {
                throw new GeneralSecurityException("no length");
            }
            while (left > 0) {
                int read = opening.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new GeneralSecurityException("content shorter than its length");
                }
                sink.write(buffer, 0, read);
                left -= read;
            }
            while (opening.read(buffer) >= 0) {
                // The padding is read so that the last segment is authenticated.
            }
            Arrays.fill(buffer, (byte) 0);
        }
    }

    private static AesGcmHkdfStreaming cipher(Header header, byte[] dataKey) throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(dataKey, "HmacSha256", DATA_KEY_BYTES, 1 << header.segment(), 0);
    }

    private static byte[] bound(byte[] associatedData, byte[] header) {
        return ByteBuffer.allocate(associatedData.length + header.length)
                .put(associatedData)
                .put(header)
                .array();
    }

    private static void zeros(OutputStream out, long count) throws IOException {
        byte[] zeros = new byte[(int) Math.min(COPY_BYTES, count)];
        for (long left = count; left > 0; left -= zeros.length) {
            out.write(zeros, 0, (int) Math.min(zeros.length, left));
        }
    }

    private static final class Counted extends OutputStream {
        private final OutputStream out;
        private long count;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            count += length;
        }
    }

    private static final class StaysOpen extends OutputStream {
        private final OutputStream out;

        StaysOpen(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
