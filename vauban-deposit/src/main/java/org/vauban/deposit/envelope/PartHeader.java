package org.vauban.deposit.envelope;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What stands before the ciphertext of a part.
 *
 * <pre>
 *   magic         4 bytes  "VDEP"
 *   format        1 byte   1 (gzip) or 2 (Zstandard)
 *   deposit      16 bytes
 *   number        4 bytes
 *   sealed key    2 bytes length, then the data key sealed for the zone
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // Private to this package and compared by bytes.
record PartHeader(Compression compression, DepositId deposit, int number, byte[] sealedKey) {
    static final int DATA_KEY_BYTES = 32;

    private static final byte[] MAGIC = "VDEP".getBytes(StandardCharsets.US_ASCII);
    private static final int SEALED_KEY_BYTES_MAX = 1024;
    /** Small, because a short process compiles the cipher only after some thousand segments. */
    private static final int SEGMENT_BYTES = 1 << 12;

    byte[] bytes() {
        return ByteBuffer.allocate(MAGIC.length + 1 + DepositId.BYTES + 4 + 2 + sealedKey.length)
                .put(MAGIC)
                .put((byte) compression.format())
                .put(deposit.bytes())
                .putInt(number)
                .putShort((short) sealedKey.length)
                .put(sealedKey)
                .array();
    }

    /** Reads the header and leaves the stream at the ciphertext. */
    static PartHeader read(InputStream stream) throws IOException {
        var in = new DataInputStream(stream);
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new IOException("no part of a known format");
        }
        Compression compression = Compression.of(in.readUnsignedByte());
        byte[] id = in.readNBytes(DepositId.BYTES);
        int number = in.readInt();
        int length = in.readUnsignedShort();
        if (length > SEALED_KEY_BYTES_MAX) {
            throw new IOException("no sealed key");
        }
        byte[] sealedKey = in.readNBytes(length);
        if (id.length != DepositId.BYTES || sealedKey.length != length) {
            throw new IOException("a cut header");
        }
        return new PartHeader(compression, new DepositId(HexFormat.of().formatHex(id)), number, sealedKey);
    }

    /** What the ciphertext is bound to: every byte of the header, and the zone. */
    byte[] associatedData(Zone zone) {
        byte[] header = bytes();
        byte[] word = zone.word().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(header.length + word.length)
                .put(header)
                .put(word)
                .array();
    }

    static AesGcmHkdfStreaming cipher(byte[] dataKey) throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(dataKey, "HmacSha256", DATA_KEY_BYTES, SEGMENT_BYTES, 0);
    }
}
