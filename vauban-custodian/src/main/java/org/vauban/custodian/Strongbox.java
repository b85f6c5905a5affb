package org.vauban.custodian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The keys themselves, in the custodian's memory, with their file.
 *
 * <p>Uses of keys share a read lock; creation and destruction hold the write lock, so that no key is zeroed under a
 * running use, which would then wrap with a key of zeros.
 */
final class Strongbox implements Custodian {

    private static final int HUB_ID_BYTES = 16;

    private final KeyFile file;
    private final String hubId;
    private final Clock clock;
    private final SecureRandom random;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final SequencedMap<KeyName, HeldKey> keys = new TreeMap<>();
    private boolean closed;

    private Strongbox(KeyFile file, KeyFile.Content content, Clock clock, SecureRandom random) {
        this.file = file;
        this.hubId = content.hubId();
        this.clock = clock;
        this.random = random;
        content.keys().forEach(key -> keys.put(key.info().name(), key));
    }

    /** Opens the key file, or creates it with a new hub id and no keys when there is none. */
    static Strongbox open(Path path, char[] passphrase, Clock clock) throws IOException {
        var random = new SecureRandom();
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            KeyFile file = KeyFile.open(path, passphrase, random);
            return new Strongbox(file, file.content(), clock, random);
        }
        KeyFile file = KeyFile.forNewKeys(path, passphrase, random);
        byte[] id = new byte[HUB_ID_BYTES];
        random.nextBytes(id);
        var content = new KeyFile.Content(HexFormat.of().formatHex(id), List.of());
        file.write(content);
        return new Strongbox(file, content, clock, random);
    }

    @Override
    public String hubId() {
        return hubId;
    }

    @Override
    public List<byte[]> wrapAll(KeyName key, List<DataKey> dataKeys) {
        lock.readLock().lock();
        try {
            return new Wrapping(held(key, KeyKind.AES_256)).wrapAll(dataKeys, random);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public List<byte[]> unwrapAll(KeyName key, List<WrappedKey> wrappedKeys) {
        lock.readLock().lock();
        try {
            HeldKey held = held(key);
            return switch (held.info().kind()) {
                case HPKE_X25519 -> new SealedKeys(held).openAll(wrappedKeys);
                case AES_256, ED25519, HMAC_SHA_256 -> new Wrapping(held(key, KeyKind.AES_256)).unwrapAll(wrappedKeys);
            };
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public byte[] sign(KeyName key, byte[] message) {
        lock.readLock().lock();
        try {
            return held(key, KeyKind.ED25519).sign(message);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public byte[] publicKey(KeyName key) {
        lock.readLock().lock();
        try {
            HeldKey held = held(key);
            return switch (held.info().kind()) {
                case HPKE_X25519, ED25519 -> held.publicKey().clone();
                case AES_256, HMAC_SHA_256 ->
                    throw CustodianException.refused(
                            "Key " + key + " is of kind " + held.info().kind() + ", which has no public key.");
            };
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public byte[] mac(KeyName key, byte[] message) {
        lock.readLock().lock();
        try {
            return held(key, KeyKind.HMAC_SHA_256).mac(message);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public List<byte[]> macAll(KeyName key, List<byte[]> messages) {
        lock.readLock().lock();
        try {
            HeldKey held = held(key, KeyKind.HMAC_SHA_256);
            return messages.stream().map(held::mac).toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void createKey(KeyName name, KeyKind kind) {
        lock.writeLock().lock();
        try {
            requireOpen();
            HeldKey existing = keys.get(name);
            if (existing != null) {
                throw CustodianException.refused(
                        existing.info().destroyed().isPresent()
                                ? "Key " + name + " was destroyed, and its name is not given again."
                                : "Key " + name + " exists already.");
            }
            if (keys.size() >= KeyFile.KEYS_MAX) {
                throw CustodianException.refused(
                        "There are " + KeyFile.KEYS_MAX + " keys, the most that one file holds.");
            }
            HeldKey created = HeldKey.create(name, kind, now(), random);
            save(created);
            keys.put(name, created);
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void destroyKey(KeyName name) {
        lock.writeLock().lock();
        try {
            HeldKey condemned = held(name);
            HeldKey tombstone = condemned.tombstone(now());
            save(tombstone);
            keys.put(name, tombstone);
            condemned.wipe();
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public Duration lease(KeyName key) {
        lock.readLock().lock();
        try {
            held(key);
            return LEASE_MAX;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public List<KeyInfo> keys() {
        lock.readLock().lock();
        try {
            requireOpen();
            return keys.values().stream().map(HeldKey::info).toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Zeroes every key. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            keys.values().forEach(HeldKey::wipe);
            keys.clear();
            file.wipe();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private HeldKey held(KeyName name, KeyKind kind) {
        HeldKey key = held(name);
        if (key.info().kind() != kind) {
            throw CustodianException.refused(
                    "Key " + name + " is of kind " + key.info().kind() + ", and this needs one of kind " + kind + ".");
        }
        return key;
    }

    private HeldKey held(KeyName name) {
        requireOpen();
        HeldKey key = keys.get(name);
        if (key == null) {
            throw CustodianException.refused("There is no key " + name + ".");
        }
        if (key.info().destroyed().isPresent()) {
            throw CustodianException.refused("Key " + name + " was destroyed on "
                    + key.info().destroyed().get() + ".");
        }
        return key;
    }

    private void requireOpen() {
        if (closed) {
            throw CustodianException.refused("The custodian is stopping.");
        }
    }

    private void save(HeldKey changed) {
        Map<KeyName, HeldKey> next = new TreeMap<>(keys);
        next.put(changed.info().name(), changed);
        try {
            file.write(new KeyFile.Content(hubId, List.copyOf(next.values())));
        } catch (IOException e) {
            changed.wipe();
            throw CustodianException.refused("The key file could not be written.", e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
