package org.vauban.ledger.note;

/**
 * Signs with an Ed25519 key that may live in another process. The caller sees signatures, never the key.
 */
public interface Signer {

    /** The key's name in signature lines; a log's key has the log's origin as its name. */
    String name();

    /** The public key: 32 bytes as in RFC 8032. */
    byte[] publicKey();

    /** The signature: 64 bytes as in RFC 8032. Throws an unchecked exception of its own when the key cannot be reached. */
    byte[] sign(byte[] message);
}
