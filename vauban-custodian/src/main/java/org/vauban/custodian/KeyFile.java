package org.vauban.custodian;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * All keys at rest: one file, encrypted with AES-256-GCM under a key made from the passphrase by PBKDF2-HMAC-SHA-256.
 *
 * <p>The head of the file carries a check value made from the passphrase's key, so that a wrong passphrase and a changed
 * file are told apart. It helps a guesser no more than the tag does. The layout is in docs/formats/custodian.md.
 */
final class KeyFile {

    /** OWASP's figure for PBKDF2-HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
    static final int ITERATIONS = 600_000;

    /** A changed head may not make the custodian count for hours. */
    private static final int ITERATIONS_MAX = 10_000_000;

    /** The file is rewritten whole at every change, so it stays small; destroyed keys count too. */
    static final int KEYS_MAX = 20_000;

    private static final byte[] MAGIC = "VBKEYS01".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = 32;
    private static final int CHECK_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = MAGIC.length + Integer.BYTES + SALT_BYTES + CHECK_BYTES + NONCE_BYTES;
    private static final int FILE_BYTES_MAX = 16 << 20;

    private final Path path;
    private final int iterations;
    private final byte[] salt;
    private final byte[] passphraseKey;
    private final SecureRandom random;

    /** What the file seals. */
    record Content(String hubId, List<HeldKey> keys) {
        Content {
            keys = List.copyOf(keys);
        }
    }

    private KeyFile(Path path, int iterations, byte[] salt, byte[] passphraseKey, SecureRandom random) {
        this.path = path;
        this.iterations = iterations;
        this.salt = salt;
        this.passphraseKey = passphraseKey;
        this.random = random;
    }

    /** A new file for a new hub; written at the first {@link #write}. */
    static KeyFile forNewKeys(Path path, char[] passphrase, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new KeyFile(path, ITERATIONS, salt, derive(passphrase, salt, ITERATIONS), random);
    }

    /** An existing file, whose head agrees with the passphrase. */
    static KeyFile open(Path path, char[] passphrase, SecureRandom random) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(read(path));
        head.position(MAGIC.length);
        int iterations = head.getInt();
        if (iterations < ITERATIONS || iterations > ITERATIONS_MAX) {
            throw CustodianException.broken("The head of " + path + " was changed: its number of iterations is "
                    + iterations + ". Restore the key file from its backup.");
        }
        byte[] salt = new byte[SALT_BYTES];
        byte[] check = new byte[CHECK_BYTES];
        head.get(salt).get(check);
        byte[] passphraseKey = derive(passphrase, salt, iterations);
        if (!MessageDigest.isEqual(check, check(passphraseKey))) {
            Arrays.fill(passphraseKey, (byte) 0);
            throw CustodianException.refused("The passphrase does not open " + path
                    + ". Give the passphrase with which it was created; if you are sure of it, the file was changed.");
        }
        return new KeyFile(path, iterations, salt, passphraseKey, random);
    }

    Content content() throws IOException {
        byte[] file = read(path);
        byte[] nonce = Arrays.copyOfRange(file, HEAD_BYTES - NONCE_BYTES, HEAD_BYTES);
        byte[] plain = new byte[0];
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, Arrays.copyOf(file, HEAD_BYTES));
            plain = cipher.doFinal(file, HEAD_BYTES, file.length - HEAD_BYTES);
            return parse(new FieldReader(plain));
        } catch (AEADBadTagException e) {
            throw CustodianException.broken(
                    path + " was changed after it was sealed. Restore the key file from its backup.");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Opening the key file failed.", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Replaces the file by one rename; the new content is on the disk when this returns. */
    void write(Content content) throws IOException {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] head = ByteBuffer.allocate(HEAD_BYTES)
                .put(MAGIC)
                .putInt(iterations)
                .put(salt)
                .put(check(passphraseKey))
                .put(nonce)
                .array();
        Durable.replace(path, ByteBuffer.wrap(head), ByteBuffer.wrap(seal(content, nonce, head)));
    }

    void wipe() {
        Arrays.fill(passphraseKey, (byte) 0);
    }

    private byte[] seal(Content content, byte[] nonce, byte[] head) {
        try (var plain = new FieldWriter()) {
            plain.text(content.hubId()).number(content.keys().size());
            for (HeldKey key : content.keys()) {
                plain.text(key.info().name().text())
                        .octet(key.info().kind().number())
                        .number(key.info().version())
                        .longNumber(key.info().created().toEpochMilli())
                        .octet(key.info().destroyed().isPresent() ? 1 : 0)
                        .longNumber(key.info()
                                .destroyed()
                                .map(Instant::toEpochMilli)
                                .orElse(0L))
                        .bytes(key.secret())
                        .bytes(key.publicKey());
            }
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, head);
            byte[] sealed = new byte[cipher.getOutputSize(plain.length())];
            cipher.doFinal(plain.written(), ByteBuffer.wrap(sealed));
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Sealing the key file failed.", e);
        }
    }

    private static Content parse(FieldReader plain) {
        String hubId = plain.text(64);
        int count = plain.count(KEYS_MAX);
        List<HeldKey> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            KeyName name = KeyName.of(plain.text(64));
            KeyKind kind = KeyKind.of(plain.octet());
            int version = plain.number();
            Instant created = Instant.ofEpochMilli(plain.longNumber());
            boolean destroyed = plain.octet() == 1;
            Instant destruction = Instant.ofEpochMilli(plain.longNumber());
            var info =
                    new KeyInfo(name, kind, version, created, destroyed ? Optional.of(destruction) : Optional.empty());
            keys.add(new HeldKey(info, plain.bytes(HeldKey.SECRET_BYTES), plain.bytes(HeldKey.PUBLIC_KEY_BYTES)));
        }
        plain.end();
        return new Content(hubId, keys);
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] head) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] sealingKey = expand(passphraseKey, "vauban custodian key file: sealing key");
        cipher.init(mode, new SecretKeySpec(sealingKey, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        Arrays.fill(sealingKey, (byte) 0);
        cipher.updateAAD(head);
        return cipher;
    }

    private static byte[] check(byte[] passphraseKey) {
        return Arrays.copyOf(expand(passphraseKey, "vauban custodian key file: check value"), CHECK_BYTES);
    }

    // Two uses of one derived key are kept apart by their labels, as in HKDF-Expand (RFC 5869) with a single block.
    private static byte[] expand(byte[] passphraseKey, String label) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(passphraseKey, "HmacSHA256"));
            mac.update(label.getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(new byte[] {1});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256.", e);
        }
    }

    private static byte[] derive(char[] passphrase, byte[] salt, int iterations) {
        var specification = new PBEKeySpec(passphrase, salt, iterations, 256);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(specification)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The platform has no PBKDF2-HMAC-SHA-256.", e);
        } finally {
            specification.clearPassword();
        }
    }

    private static byte[] read(Path path) throws IOException {
        if (Files.size(path) > FILE_BYTES_MAX) {
            throw CustodianException.broken(path + " is too large for a key file: " + Files.size(path) + " bytes.");
        }
        byte[] file = Files.readAllBytes(path);
        if (file.length < HEAD_BYTES || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw CustodianException.broken(
                    path + " is not a custodian's key file. Restore the key file from its backup.");
        }
        return file;
    }
}
