package org.vauban.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.vauban.custodian.Custodian;
import org.vauban.custodian.DataKey;
import org.vauban.custodian.KeyInfo;
import org.vauban.custodian.KeyKind;
import org.vauban.custodian.KeyName;
import org.vauban.custodian.WrappedKey;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** A custodian in the test's own memory. It fails as the hub's keys fail, and remembers what it was asked. */
public final class TestKeys implements Custodian {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final Map<KeyName, byte[]> secrets = new ConcurrentHashMap<>();
    private final Map<KeyName, KeyPair> pairs = new ConcurrentHashMap<>();
    private final Set<String> unwrapped = new TreeSet<>();
    private final String hubId;
    private final List<byte[]> given = new ArrayList<>();
    private boolean absent;
    private int questions;

    public TestKeys(String hubId) {
        this.hubId = hubId;
    }

    public TestKeys() {
        this("0123456789abcdef0123456789abcdef");
    }

    /** From now on nobody answers. */
    public void leave() {
        absent = true;
    }

    /** Questions that wrapped or unwrapped keys. */
    public int questions() {
        return questions;
    }

    /** Every data key that was handed out, as whoever got it left it. */
    public List<byte[]> given() {
        return given;
    }

    /** What was unwrapped since the last time, as the associated data tell: one text per object, its kind among it. */
    public Set<String> unwrappedSince() {
        Set<String> since = new TreeSet<>(unwrapped);
        unwrapped.clear();
        return since;
    }

    @Override
    public String hubId() {
        return hubId;
    }

    @Override
    public List<byte[]> wrapAll(KeyName key, List<DataKey> dataKeys) {
        questions++;
        List<byte[]> wrapped = new ArrayList<>();
        for (DataKey dataKey : dataKeys) {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            byte[] sealed = gcm(Cipher.ENCRYPT_MODE, key, nonce, dataKey.associatedData(), dataKey.bytes());
            wrapped.add(ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array());
        }
        return wrapped;
    }

    @Override
    public List<byte[]> unwrapAll(KeyName key, List<WrappedKey> wrappedKeys) {
        questions++;
        List<byte[]> dataKeys = new ArrayList<>();
        for (WrappedKey wrapped : wrappedKeys) {
            byte[] bytes = wrapped.wrapped();
            if (bytes.length < NONCE_BYTES) {
                throw Problem.of(ProblemCode.KEYS_REFUSED).found("too short").exception();
            }
            dataKeys.add(gcm(
                    Cipher.DECRYPT_MODE,
                    key,
                    Arrays.copyOf(bytes, NONCE_BYTES),
                    wrapped.associatedData(),
                    Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length)));
            unwrapped.add(new String(wrapped.associatedData(), java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        given.addAll(dataKeys);
        return dataKeys;
    }

    @Override
    public byte[] sign(KeyName key, byte[] message) {
        checkPresent();
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(pair(key).getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public byte[] publicKey(KeyName key) {
        checkPresent();
        byte[] x509 = pair(key).getPublic().getEncoded();
        return Arrays.copyOfRange(x509, x509.length - 32, x509.length);
    }

    @Override
    public byte[] mac(KeyName key, byte[] message) {
        checkPresent();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret(key), "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void createKey(KeyName key, KeyKind kind) {
        checkPresent();
    }

    @Override
    public void destroyKey(KeyName key) {
        secrets.remove(key);
    }

    @Override
    public Duration lease(KeyName key) {
        checkPresent();
        return LEASE_MAX;
    }

    @Override
    public List<KeyInfo> keys() {
        return List.of();
    }

    @Override
    public void close() {
        absent = true;
    }

    private byte[] gcm(int mode, KeyName key, byte[] nonce, byte[] associatedData, byte[] input) {
        checkPresent();
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(secret(key), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(associatedData);
            return cipher.doFinal(input);
        } catch (GeneralSecurityException broken) {
            throw Problem.of(ProblemCode.SEAL_BROKEN)
                    .found("a key of another place")
                    .exception(broken);
        }
    }

    private void checkPresent() {
        if (absent) {
            throw Problem.of(ProblemCode.KEYS_ABSENT).found("nowhere").exception();
        }
    }

    private byte[] secret(KeyName key) {
        return secrets.computeIfAbsent(key, _ -> {
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            return secret;
        });
    }

    private KeyPair pair(KeyName key) {
        return pairs.computeIfAbsent(key, _ -> {
            try {
                return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
    }
}
