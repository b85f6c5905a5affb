package org.vauban.attack.home;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.Ed25519Sign;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Something that a right key opens. */
public sealed interface Lock {
    /** The lengths of keys that are worth a try, in bytes. */
    int[] keyLengths();

    boolean opensWith(byte[] key);

    /** The first chunk of a sealed object, tried with a data key. */
    final class FirstChunk implements Lock {
        private static final int TAG_BYTES = 16;

        private final int segmentBytes;
        private final byte[] associatedData;
        private final byte[] ciphertext;

        /**
         * Reads the object's file.
         *
         * @param segmentBytes the object's segment size
         * @param associatedData what its ciphertext is bound to
         * @param ciphertext what stands behind the header
         */
        public FirstChunk(int segmentBytes, byte[] associatedData, byte[] ciphertext) {
            this.segmentBytes = segmentBytes;
            this.associatedData = associatedData.clone();
            this.ciphertext = Arrays.copyOf(ciphertext, ciphertext.length);
        }

        @Override
        public int[] keyLengths() {
            return new int[] {32};
        }

        @Override
        public boolean opensWith(byte[] key) {
            try (InputStream opening = new AesGcmHkdfStreaming(key, "HmacSha256", 32, segmentBytes, 0)
                    .newDecryptingStream(new ByteArrayInputStream(ciphertext), associatedData)) {
                return opening.readNBytes(TAG_BYTES).length == TAG_BYTES;
            } catch (IOException | GeneralSecurityException _) {
                return false;
            }
        }
    }

    /** AES-GCM bytes of nonce, ciphertext and tag, tried with a wrapping key. */
    record WrappedKey(byte[] nonce, byte[] ciphertext, byte[] associatedData) implements Lock {
        @Override
        public int[] keyLengths() {
            return new int[] {16, 32};
        }

        @Override
        public boolean opensWith(byte[] key) {
            try {
                Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
                cipher.updateAAD(associatedData);
                cipher.doFinal(ciphertext);
                return true;
            } catch (GeneralSecurityException _) {
                return false;
            }
        }
    }

    /** An Ed25519 public key, tried with a private seed. */
    record PublicKey(byte[] key) implements Lock {
        @Override
        public int[] keyLengths() {
            return new int[] {32};
        }

        @Override
        public boolean opensWith(byte[] seed) {
            try {
                return Arrays.equals(
                        Ed25519Sign.KeyPair.newKeyPairFromSeed(seed).getPublicKey(), key);
            } catch (GeneralSecurityException _) {
                return false;
            }
        }
    }
}
