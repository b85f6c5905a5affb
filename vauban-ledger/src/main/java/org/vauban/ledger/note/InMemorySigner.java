package org.vauban.ledger.note;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;

/**
 * A signer whose key is in this process: for witnesses, which hold their own key, and for tests. The hub's log key is never
 * held this way; it stays with the custodian.
 */
public final class InMemorySigner implements Signer {

    private final String name;
    private final KeyPair pair;

    private InMemorySigner(String name, KeyPair pair) {
        this.name = KeyName.require(name);
        this.pair = pair;
    }

    /** A new key. */
    public static InMemorySigner generate(String name, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(Ed25519.ALGORITHM);
            generator.initialize(Ed25519.KEY_LENGTH * Byte.SIZE - 1, random);
            return new InMemorySigner(name, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime since 15 has Ed25519.", e);
        }
    }

    /** The key that grows from a 32-byte seed (the private key of RFC 8032). */
    public static InMemorySigner ofSeed(String name, byte[] seed) {
        if (seed.length != Ed25519.KEY_LENGTH) {
            throw new IllegalArgumentException("An Ed25519 seed has " + Ed25519.KEY_LENGTH + " bytes.");
        }
        return generate(name, new FixedSeed(seed));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte[] publicKey() {
        // The last 32 bytes of the X.509 form are the key of RFC 8032.
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - Ed25519.KEY_LENGTH, encoded.length);
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(Ed25519.ALGORITHM);
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Ed25519 key refuses to sign.", e);
        }
    }

    @Override
    public String toString() {
        return "InMemorySigner[" + name + "]";
    }

    /** The JDK derives a public key only while it generates a pair, so the generator is given the seed as its randomness. */
    private static final class FixedSeed extends SecureRandom {
        private final byte[] seed;

        FixedSeed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
