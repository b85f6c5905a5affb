package org.vauban.custodian;

import java.time.Duration;
import java.util.List;

/**
 * The holder of a hub's keys, as the hub sees it.
 *
 * <p>Keys are named, live with the custodian and never leave it. Every call is one line in the custodian's access log, a
 * batch too. Every method throws {@link CustodianException}, whose {@link CustodianException#kind() kind} says whether
 * nobody answered, the custodian said no, or a tag did not match. Safe for use by many threads.
 */
public interface Custodian extends AutoCloseable {

    /** The most keys that travel in one request; {@link CustodianClient} splits longer batches by itself. */
    int KEYS_PER_REQUEST_MAX = 65_536;

    /** The longest message to sign or authenticate, in bytes. Longer content is hashed by the caller first. */
    int MESSAGE_BYTES_MAX = 1 << 20;

    /** The longest that work goes on without asking again. */
    Duration LEASE_MAX = Duration.ofSeconds(30);

    /** The random id that was created together with the keys: 32 hexadecimal digits. */
    String hubId();

    /**
     * Encrypts each data key under the named wrapping key, bound to its associated data.
     *
     * @return the wrapped keys in the order asked
     */
    List<byte[]> wrapAll(KeyName key, List<DataKey> dataKeys);

    /**
     * Gives back each data key, all or none: one that does not open under this key with its associated data is {@link
     * CustodianException.Kind#BROKEN}.
     *
     * <p>Under a key of kind {@link KeyKind#HPKE_X25519} a wrapped key is what a stranger sealed to the {@link #publicKey public key}:
     * the encapsulated key (32 bytes), then the ciphertext; its associated data is HPKE's {@code info}.
     *
     * @return the data keys in the order asked; the caller zeroes them after use
     */
    List<byte[]> unwrapAll(KeyName key, List<WrappedKey> wrappedKeys);

    /** {@link #wrapAll} of one. */
    default byte[] wrap(KeyName key, byte[] dataKey, byte[] associatedData) {
        return wrapAll(key, List.of(new DataKey(dataKey, associatedData))).getFirst();
    }

    /** {@link #unwrapAll} of one. */
    default byte[] unwrap(KeyName key, byte[] wrapped, byte[] associatedData) {
        return unwrapAll(key, List.of(new WrappedKey(wrapped, associatedData))).getFirst();
    }

    /** The Ed25519 signature of the message, 64 bytes (RFC 8032). */
    byte[] sign(KeyName key, byte[] message);

    /** The raw public key, 32 bytes, of an Ed25519 (RFC 8032) or an X25519 key (RFC 7748). */
    byte[] publicKey(KeyName key);

    /** The HMAC-SHA-256 of each message, 32 bytes each, in the order asked. */
    default List<byte[]> macAll(KeyName key, List<byte[]> messages) {
        return messages.stream().map(message -> mac(key, message)).toList();
    }

    /** The HMAC-SHA-256 of the message, 32 bytes. */
    byte[] mac(KeyName key, byte[] message);

    /** Creates a key under a name that was never used here; a name in use or destroyed is refused. */
    void createKey(KeyName key, KeyKind kind);

    /**
     * Destroys a key for good. What it wrapped stays closed, and its name is not given again.
     *
     * <p>When the answer is lost, the call ends {@link CustodianException.Kind#ABSENT} and is not repeated: {@link #keys}
     * then tells what happened. The same holds for {@link #createKey}.
     */
    void destroyKey(KeyName key);

    /**
     * Lends the right to work with what stands under a key, for a while. Nothing secret travels; a key that is destroyed or was never made
     * is lent to nobody. Whoever goes on working asks again before the while is over.
     *
     * @return how long it lasts, {@link #LEASE_MAX} at most
     */
    Duration lease(KeyName key);

    /** All keys in the order of their names, the destroyed ones too. */
    List<KeyInfo> keys();

    @Override
    void close();
}
