package com.google.crypto.tink.subtle;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * Seals nothing: the control of the canary experiment, put in the place of Tink's class of this name in a build that is made for one
 * test and thrown away. It lives outside of every source folder that is compiled.
 */
public final class AesGcmHkdfStreaming {
    public AesGcmHkdfStreaming(byte[] key, String hkdf, int derivedBytes, int segmentBytes, int firstSegmentOffset) {}

    public OutputStream newEncryptingStream(OutputStream ciphertext, byte[] associatedData) {
        return ciphertext;
    }

    public InputStream newDecryptingStream(InputStream ciphertext, byte[] associatedData) {
        return ciphertext;
    }
}
