package org.vauban.custodian;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.XECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key in the custodian's memory. A destroyed one keeps its {@link KeyInfo} and nothing else.
 *
 * @param secret 32 bytes: the AES key, the Ed25519 seed, the HMAC key or the X25519 scalar
 * @param publicKey the raw Ed25519 or X25519 public key, empty for other kinds
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; the secret must stay one array that can be zeroed.
record HeldKey(KeyInfo info, byte[] secret, byte[] publicKey) {

    static final int SECRET_BYTES = 32;
    static final int PUBLIC_KEY_BYTES = 32;
    private static final byte[] NONE = new byte[0];

    HeldKey {
        int secretExpected = info.destroyed().isPresent() ? 0 : SECRET_BYTES;
        boolean isPair = switch (info.kind()) {
            case ED25519, HPKE_X25519 -> true;
            case AES_256, HMAC_SHA_256 -> false;
        };
        int publicExpected = isPair && info.destroyed().isEmpty() ? PUBLIC_KEY_BYTES : 0;
        if (secret.length != secretExpected || publicKey.length != publicExpected) {
            throw new IllegalArgumentException("Key " + info.name() + " does not have the length of its kind.");
        }
    }

    static HeldKey create(KeyName name, KeyKind kind, Instant now, SecureRandom random) {
        KeyInfo info = new KeyInfo(name, kind, 1, now, Optional.empty());
        return switch (kind) {
            case AES_256, HMAC_SHA_256 -> {
                byte[] secret = new byte[SECRET_BYTES];
                random.nextBytes(secret);
                yield new HeldKey(info, secret, NONE);
            }
            case ED25519 -> signing(info, random);
            case HPKE_X25519 -> opening(info, random);
        };
    }

    /** What is left of this key once it is destroyed. */
    HeldKey tombstone(Instant now) {
        return new HeldKey(info.destroyedAt(now), NONE, NONE);
    }

    byte[] sign(byte[] message) {
        try {
            var seed = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret);
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(seed));
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Signing failed.", e);
        }
    }

    byte[] mac(byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Authenticating a message failed.", e);
        }
    }

    void wipe() {
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "HeldKey[" + info.name() + "]";
    }

    private static HeldKey signing(KeyInfo info, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] seed = ((EdECPrivateKey) pair.getPrivate())
                    .getBytes()
                    .orElseThrow(() -> new IllegalStateException("The platform does not show a new Ed25519 seed."));
            return new HeldKey(info, seed, raw(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has Ed25519.", e);
        }
    }

    private static HeldKey opening(KeyInfo info, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519");
            generator.initialize(NamedParameterSpec.X25519, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] scalar = ((XECPrivateKey) pair.getPrivate())
                    .getScalar()
                    .orElseThrow(() -> new IllegalStateException("The platform does not show a new X25519 scalar."));
            return new HeldKey(info, scalar, raw(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has X25519.", e);
        }
    }

    /** RFC 8410: an encoded public key of these curves is a fixed head of 12 bytes, then the raw key. */
    private static byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - PUBLIC_KEY_BYTES, encoded.length);
    }
}
