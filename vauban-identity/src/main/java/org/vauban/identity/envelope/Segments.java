package org.vauban.identity.envelope;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cipher of one stream. Its key is derived from the data key, the stream's salt and the associated data; each segment
 * has a nonce of its own: the stream's prefix, the segment's number, and whether it is the last.
 */
final class Segments {

    static final int DATA_KEY_BYTES = 32;
    static final int SALT_BYTES = 32;
    static final int PREFIX_BYTES = 7;
    /** The header's own length, the salt and the prefix. */
    static final int HEADER_BYTES = 1 + SALT_BYTES + PREFIX_BYTES;

    static final int SEGMENT_BYTES = 1 << 12;
    static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    private final SecretKeySpec key;
    private final byte[] prefix;
    private final Cipher cipher;

    Segments(byte[] dataKey, byte[] salt, byte[] prefix, byte[] associatedData) {
        if (dataKey.length != DATA_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "A data key has " + DATA_KEY_BYTES + " bytes; found " + dataKey.length + ".");
        }
        try {
            byte[] derived = KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(dataKey)
                            .addSalt(salt)
                            .thenExpand(associatedData, DATA_KEY_BYTES));
            this.key = new SecretKeySpec(derived, "AES");
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HKDF and AES-GCM.", e);
        }
        this.prefix = prefix.clone();
    }

    byte[] open(byte[] segment, int length, int number, boolean last) throws BrokenSeal {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nonce(number, last));
            return cipher.doFinal(segment, 0, length);
        } catch (AEADBadTagException e) {
            var broken = new BrokenSeal("Segment " + number
                    + " (counted from 0) does not open: it was changed, or belongs to another key or place.");
            broken.initCause(e);
            throw broken;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Opening a segment failed.", e);
        }
    }

    byte[] seal(byte[] content, int length, int number, boolean last) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, nonce(number, last));
            return cipher.doFinal(content, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Sealing a segment failed.", e);
        }
    }

    private GCMParameterSpec nonce(int number, boolean last) {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .put(prefix)
                .putInt(number)
                .put((byte) (last ? 1 : 0))
                .array();
        return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce);
    }
}
