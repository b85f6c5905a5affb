package org.vauban.ledger.tree;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A SHA-256 hash in the Merkle tree of RFC 6962, section 2.1.
 *
 * <p>Leaves and inner nodes are hashed with different first bytes, so that no entry can be passed off as a node.
 */
public final class Hash {

    /** Bytes in a hash. */
    public static final int LENGTH = 32;

    private static final byte LEAF_PREFIX = 0x00;
    private static final byte NODE_PREFIX = 0x01;

    /** Looking a digest up costs as much as computing a node, and a bulk append computes millions. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Hash::newDigest);

    /** The root of the tree without entries: the hash of nothing. */
    public static final Hash EMPTY_TREE = new Hash(SHA_256.get().digest());

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hash of one entry. */
    public static Hash leaf(byte[] entry) {
        MessageDigest digest = SHA_256.get();
        digest.update(LEAF_PREFIX);
        return new Hash(digest.digest(entry));
    }

    /** The hash of two subtrees side by side. */
    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = SHA_256.get();
        digest.update(NODE_PREFIX);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    /**
     * The root over subtrees that stand side by side, from left to right: leaves, or perfect subtrees of one height of which
     * only the last may be smaller.
     *
     * <p>Pairs are hashed row by row and an odd last one moves up unchanged, which gives the tree of RFC 6962, whose left
     * side is always the largest power of two.
     */
    public static Hash root(List<Hash> subtrees) {
        if (subtrees.isEmpty()) {
            return EMPTY_TREE;
        }
        Hash[] row = subtrees.toArray(Hash[]::new);
        for (int width = row.length; width > 1; width = (width + 1) / 2) {
            for (int pair = 0; pair < width / 2; pair++) {
                row[pair] = node(row[2 * pair], row[2 * pair + 1]);
            }
            if (width % 2 == 1) {
                row[width / 2] = row[width - 1];
            }
        }
        return row[0];
    }

    /** A hash computed elsewhere; refuses anything that is not 32 bytes. */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("A hash has " + LENGTH + " bytes, this one has " + bytes.length + ".");
        }
        return new Hash(bytes.clone());
    }

    public static Hash ofHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /** The one spelling that {@link #base64} gives; refuses every other. */
    public static Hash ofBase64(String base64) {
        Hash hash = of(Base64.getDecoder().decode(base64));
        if (!hash.base64().equals(base64)) {
            throw new IllegalArgumentException("Expected base64 with its padding and without stray bits.");
        }
        return hash;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    void writeTo(ByteBuffer buffer) {
        buffer.put(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && MessageDigest.isEqual(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", e);
        }
    }
}
