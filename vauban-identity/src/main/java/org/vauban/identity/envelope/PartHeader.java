package org.vauban.identity.envelope;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The beginning of a sealed part of a deposit: which deposit, which part, and its data key sealed to the zone.
 *
 * @param deposit the deposit's id, 32 hexadecimal digits
 * @param number the part, counted from 1
 * @param sealedKey for the custodian to open
 * @param bytes the whole header, which the content is bound to
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, compared by nobody.
public record PartHeader(String deposit, int number, byte[] sealedKey, byte[] bytes) {

    private static final byte[] MAGIC = "VDEP".getBytes(StandardCharsets.US_ASCII);
    private static final byte FORMAT = 1;
    private static final int ID_BYTES = 16;
    private static final int FIXED_BYTES = 4 + 1 + ID_BYTES + Integer.BYTES + Short.BYTES;
    private static final int SEALED_KEY_BYTES_MAX = 1_024;
    private static final String ZONE = "identity";

    /** @throws BrokenSeal when the stream does not begin as a part does */
    public static PartHeader read(InputStream in) throws IOException {
        byte[] fixed = in.readNBytes(FIXED_BYTES);
        if (fixed.length < FIXED_BYTES || !Arrays.equals(Arrays.copyOf(fixed, 4), MAGIC) || fixed[4] != FORMAT) {
            throw new BrokenSeal("A sealed part of format " + FORMAT + " was expected.");
        }
        ByteBuffer fields = ByteBuffer.wrap(fixed, 5, fixed.length - 5);
        byte[] id = new byte[ID_BYTES];
        fields.get(id);
        int number = fields.getInt();
        int length = Short.toUnsignedInt(fields.getShort());
        byte[] key = length <= SEALED_KEY_BYTES_MAX ? in.readNBytes(length) : new byte[0];
        if (key.length == 0 || key.length != length) {
            throw new BrokenSeal("A sealed part has a sealed key of 1 to " + SEALED_KEY_BYTES_MAX + " bytes.");
        }
        byte[] all = Arrays.copyOf(fixed, fixed.length + key.length);
        System.arraycopy(key, 0, all, fixed.length, key.length);
        return new PartHeader(HexFormat.of().formatHex(id), number, key, all);
    }

    /** What the sealed key was bound to. */
    public byte[] keyInfo() {
        byte[] purpose = ("vauban deposit 1 " + ZONE).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(purpose.length + ID_BYTES)
                .put(purpose)
                .put(HexFormat.of().parseHex(deposit))
                .array();
    }

    /** What the content was bound to. */
    public byte[] contentInfo() {
        byte[] zone = ZONE.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(bytes.length + zone.length)
                .put(bytes)
                .put(zone)
                .array();
    }
}
