package org.vauban.custodian;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.DecapsulateException;
import javax.crypto.KDF;
import javax.crypto.KEM;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens data keys that others sealed to a public key: HPKE (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM,
 * one message for each encapsulated key.
 *
 * <p>The platform has the parts (key encapsulation, key derivation, cipher) and not yet their combination, which is the key schedule
 * below (RFC 9180 section 5.1). Sealing is not here: whoever seals is a stranger and uses a library of its own.
 */
final class SealedKeys {

    static final int ENCAPSULATED_BYTES = 32;
    static final int TAG_BYTES = 16;

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final byte[] NOTHING = new byte[0];
    /** "HPKE", then the numbers of the three algorithms in the registry of RFC 9180. */
    private static final byte[] SUITE = {'H', 'P', 'K', 'E', 0x00, 0x20, 0x00, 0x01, 0x00, 0x02};

    private static final byte BASE_MODE = 0;

    private final KeyName name;
    private final PrivateKey key;

    SealedKeys(HeldKey held) {
        this.name = held.info().name();
        try {
            this.key = KeyFactory.getInstance("X25519")
                    .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, held.secret()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has X25519.", e);
        }
    }

    List<byte[]> openAll(List<WrappedKey> sealedKeys) {
        List<byte[]> dataKeys = new ArrayList<>(sealedKeys.size());
        try {
            for (WrappedKey sealed : sealedKeys) {
                dataKeys.add(open(sealed, dataKeys.size(), sealedKeys.size()));
            }
            return dataKeys;
        } catch (CustodianException e) {
            dataKeys.forEach(opened -> Arrays.fill(opened, (byte) 0));
            throw e;
        }
    }

    private byte[] open(WrappedKey sealedKey, int index, int count) {
        byte[] sealed = sealedKey.wrapped();
        if (sealed.length <= ENCAPSULATED_BYTES + TAG_BYTES) {
            throw CustodianException.broken("Sealed key " + index + " of " + count + " (counted from 0) is cut short.");
        }
        try {
            SecretKey shared = KEM.getInstance("DHKEM")
                    .newDecapsulator(key)
                    .decapsulate(Arrays.copyOf(sealed, ENCAPSULATED_BYTES));
            return decrypt(shared, sealedKey.associatedData(), sealed);
        } catch (AEADBadTagException | DecapsulateException e) {
            throw CustodianException.broken("Sealed key " + index + " of " + count
                    + " (counted from 0) does not open with key " + name
                    + ": it was changed, or was sealed to another key or for another place.");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Opening a sealed key failed.", e);
        }
    }

    private static byte[] decrypt(SecretKey shared, byte[] info, byte[] sealed) throws GeneralSecurityException {
        byte[] context = joined(
                new byte[] {BASE_MODE},
                extract(NOTHING, "psk_id_hash", NOTHING).getEncoded(),
                extract(NOTHING, "info_hash", info).getEncoded());
        SecretKey secret = extract(shared.getEncoded(), "secret", NOTHING);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(expand(secret, "key", context, KEY_BYTES), "AES"),
                new GCMParameterSpec(TAG_BYTES * Byte.SIZE, expand(secret, "base_nonce", context, NONCE_BYTES)));
        return cipher.doFinal(sealed, ENCAPSULATED_BYTES, sealed.length - ENCAPSULATED_BYTES);
    }

    private static SecretKey extract(byte[] salt, String label, byte[] material) throws GeneralSecurityException {
        var input = HKDFParameterSpec.ofExtract()
                .addSalt(salt)
                .addIKM(joined(ascii("HPKE-v1"), SUITE, ascii(label), material))
                .extractOnly();
        return KDF.getInstance("HKDF-SHA256").deriveKey("Generic", input);
    }

    private static byte[] expand(SecretKey secret, String label, byte[] context, int length)
            throws GeneralSecurityException {
        byte[] info = joined(new byte[] {0, (byte) length}, ascii("HPKE-v1"), SUITE, ascii(label), context);
        return KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.expandOnly(secret, info, length));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
