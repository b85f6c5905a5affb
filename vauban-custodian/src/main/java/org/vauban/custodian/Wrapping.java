package org.vauban.custodian;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Wraps data keys with AES-256-GCM (NIST SP 800-38D) under one version of one key.
 *
 * <p>A wrapped key is {@code version (4) ‖ nonce (12) ‖ ciphertext ‖ tag (16)}; version and associated data are
 * authenticated. Nonces are random, so one key wraps at most 2^32 data keys (SP 800-38D section 8.3), which a vault
 * with one data key per object does not come near.
 */
final class Wrapping {

    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;
    static final int OVERHEAD_BYTES = Integer.BYTES + NONCE_BYTES + TAG_BYTES;
    static final int WRAPPED_BYTES_MAX = DataKey.BYTES_MAX + OVERHEAD_BYTES;

    private final KeyName name;
    private final int version;
    private final SecretKeySpec key;
    private final Cipher cipher;

    Wrapping(HeldKey held) {
        this.name = held.info().name();
        this.version = held.info().version();
        this.key = new SecretKeySpec(held.secret(), "AES");
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM.", e);
        }
    }

    List<byte[]> wrapAll(List<DataKey> dataKeys, SecureRandom random) {
        List<byte[]> wrapped = new ArrayList<>(dataKeys.size());
        for (DataKey dataKey : dataKeys) {
            wrapped.add(wrap(dataKey, random));
        }
        return wrapped;
    }

    List<byte[]> unwrapAll(List<WrappedKey> wrappedKeys) {
        List<byte[]> dataKeys = new ArrayList<>(wrappedKeys.size());
        try {
            for (WrappedKey wrapped : wrappedKeys) {
                dataKeys.add(unwrap(wrapped, dataKeys.size(), wrappedKeys.size()));
            }
            return dataKeys;
        } catch (CustodianException e) {
            dataKeys.forEach(opened -> Arrays.fill(opened, (byte) 0));
            throw e;
        }
    }

    private byte[] wrap(DataKey dataKey, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] wrapped = new byte[OVERHEAD_BYTES + dataKey.bytes().length];
        ByteBuffer.wrap(wrapped).putInt(version).put(nonce);
        try {
            begin(Cipher.ENCRYPT_MODE, nonce, dataKey.associatedData());
            cipher.doFinal(dataKey.bytes(), 0, dataKey.bytes().length, wrapped, Integer.BYTES + NONCE_BYTES);
            return wrapped;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Wrapping a data key failed.", e);
        }
    }

    private byte[] unwrap(WrappedKey wrappedKey, int index, int count) {
        ByteBuffer wrapped = ByteBuffer.wrap(wrappedKey.wrapped());
        if (wrapped.remaining() <= OVERHEAD_BYTES) {
            throw CustodianException.broken(
                    "Wrapped key " + index + " of " + count + " (counted from 0) is cut short.");
        }
        int wrappedVersion = wrapped.getInt();
        if (wrappedVersion != version) {
            throw CustodianException.refused("Wrapped key " + index + " of " + count
                    + " (counted from 0) was wrapped under another version of key " + name + "; version " + version
                    + " is held.");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        wrapped.get(nonce);
        try {
            begin(Cipher.DECRYPT_MODE, nonce, wrappedKey.associatedData());
            return cipher.doFinal(wrappedKey.wrapped(), wrapped.position(), wrapped.remaining());
        } catch (AEADBadTagException e) {
            throw CustodianException.broken(
                    "Wrapped key " + index + " of " + count + " (counted from 0) does not open with key " + name
                            + ": it was changed, or belongs to another key or another place.");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Unwrapping a data key failed.", e);
        }
    }

    private void begin(int mode, byte[] nonce, byte[] associatedData) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(ByteBuffer.allocate(Integer.BYTES).putInt(version).flip());
        cipher.updateAAD(associatedData);
    }
}
