package org.vauban.deposit.envelope;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.subtle.HpkeEncrypt;
import com.google.crypto.tink.util.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The public key of a zone. What is sealed for it opens only where its private half is: with that zone's custodian. */
public final class RecipientKey {
    private static final int BYTES = 32;
    private static final HpkeParameters SUITE = suite();

    private final Zone zone;
    private final byte[] raw;
    private final HybridEncrypt sealing;

    private RecipientKey(Zone zone, byte[] raw, HybridEncrypt sealing) {
        this.zone = zone;
        this.raw = raw;
        this.sealing = sealing;
    }

    /**
     * The key of a zone.
     *
     * @param raw the X25519 public key, 32 bytes
     * @throws IllegalArgumentException when it is none
     */
    @AccessesPartialKey // A public key comes as 32 bytes from another process.
    @SuppressWarnings(
            "RestrictedApi") // There is one key, for one deposit; Tink's registry takes most of a second to load.
    public static RecipientKey of(Zone zone, byte[] raw) {
        if (raw.length != BYTES) {
            throw new IllegalArgumentException("An X25519 public key has " + BYTES + " bytes, not " + raw.length);
        }
        try {
            var key = HpkePublicKey.create(SUITE, Bytes.copyFrom(raw), null);
            return new RecipientKey(zone, raw.clone(), HpkeEncrypt.create(key));
        } catch (GeneralSecurityException wrong) {
            throw new IllegalArgumentException("No X25519 public key", wrong);
        }
    }

    public Zone zone() {
        return zone;
    }

    /** SHA-256 of the raw key in hexadecimal digits: how a manifest names it. */
    public String fingerprint() {
        return fingerprint(raw);
    }

    public static String fingerprint(byte[] raw) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(raw));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    byte[] seal(byte[] dataKey, DepositId deposit) throws GeneralSecurityException {
        return sealing.encrypt(dataKey, info(zone, deposit));
    }

    /** What a sealed data key is bound to: the purpose, the zone and the deposit. */
    public static byte[] info(Zone zone, DepositId deposit) {
        byte[] purpose = ("vauban deposit 1 " + zone.word()).getBytes(StandardCharsets.US_ASCII);
        byte[] id = deposit.bytes();
        return ByteBuffer.allocate(purpose.length + id.length)
                .put(purpose)
                .put(id)
                .array();
    }

    static HpkeParameters suite() {
        try {
            return HpkeParameters.builder()
                    .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                    .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                    .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                    .setVariant(HpkeParameters.Variant.NO_PREFIX)
                    .build();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
