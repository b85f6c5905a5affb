package org.vauban.ledger.witness;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.vauban.ledger.note.InMemorySigner;

/**
 * A witness's key at rest: the 32 bytes of its Ed25519 seed and its name, encrypted with AES-256-GCM under a key that PBKDF2-HMAC-SHA-256
 * makes of the passphrase. The head of the file is authenticated along.
 */
final class SealedKey {

    /** OWASP's figure for PBKDF2-HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
    static final int ITERATIONS = 600_000;

    /** A changed head may not make the witness count for hours. */
    private static final int ITERATIONS_MAX = 10_000_000;

    private static final byte[] MAGIC = "VBWITN01".getBytes(US_ASCII);
    private static final int SEED_BYTES = 32;
    private static final int SALT_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int KEY_BITS = 256;
    private static final int HEAD_BYTES = MAGIC.length + Integer.BYTES + SALT_BYTES + NONCE_BYTES;
    private static final int FILE_BYTES_MAX = 4_096;

    private SealedKey() {}

    /** Makes a new key and keeps it; the file must not be there yet. */
    static InMemorySigner create(Path file, String name, char[] passphrase, SecureRandom random) throws IOException {
        byte[] seed = new byte[SEED_BYTES];
        byte[] salt = new byte[SALT_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(seed);
        random.nextBytes(salt);
        random.nextBytes(nonce);
        byte[] head = ByteBuffer.allocate(HEAD_BYTES)
                .put(MAGIC)
                .putInt(ITERATIONS)
                .put(salt)
                .put(nonce)
                .array();
        byte[] nameBytes = name.getBytes(UTF_8);
        byte[] plain = ByteBuffer.allocate(SEED_BYTES + nameBytes.length)
                .put(seed)
                .put(nameBytes)
                .array();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, head, passphrase).doFinal(plain);
            PrivateFiles.replace(
                    file,
                    ByteBuffer.allocate(HEAD_BYTES + sealed.length)
                            .put(head)
                            .put(sealed)
                            .array());
            return InMemorySigner.ofSeed(name, seed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Sealing the witness's key failed.", e);
        } finally {
            Arrays.fill(seed, (byte) 0);
            Arrays.fill(plain, (byte) 0);
        }
    }

    static InMemorySigner open(Path file, char[] passphrase) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        boolean isKey = bytes.length > HEAD_BYTES + SEED_BYTES + TAG_BYTES
                && bytes.length <= FILE_BYTES_MAX
                && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
        if (!isKey) {
            throw new WitnessException(WitnessException.Code.WITNESS_STATE_BROKEN, file);
        }
        byte[] plain = new byte[0];
        byte[] seed = new byte[0];
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, HEAD_BYTES), passphrase);
            plain = cipher.doFinal(bytes, HEAD_BYTES, bytes.length - HEAD_BYTES);
            seed = Arrays.copyOf(plain, SEED_BYTES);
            return InMemorySigner.ofSeed(new String(plain, SEED_BYTES, plain.length - SEED_BYTES, UTF_8), seed);
        } catch (AEADBadTagException e) {
            throw new WitnessException(WitnessException.Code.WITNESS_PASSPHRASE, file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Opening the witness's key failed.", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
            Arrays.fill(seed, (byte) 0);
        }
    }

    private static Cipher cipher(int mode, byte[] head, char[] passphrase) throws GeneralSecurityException {
        ByteBuffer fields = ByteBuffer.wrap(head).position(MAGIC.length);
        int iterations = fields.getInt();
        if (iterations < ITERATIONS || iterations > ITERATIONS_MAX) {
            throw new WitnessException(WitnessException.Code.WITNESS_STATE_BROKEN, iterations + " iterations");
        }
        byte[] salt = new byte[SALT_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        fields.get(salt).get(nonce);
        var specification = new PBEKeySpec(passphrase, salt, iterations, KEY_BITS);
        byte[] key = new byte[0];
        try {
            key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(specification)
                    .getEncoded();
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            cipher.updateAAD(head);
            return cipher;
        } finally {
            specification.clearPassword();
            Arrays.fill(key, (byte) 0);
        }
    }
}
