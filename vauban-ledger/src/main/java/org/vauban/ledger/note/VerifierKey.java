package org.vauban.ledger.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A public key as people pass it on: {@code name+hash+base64}. The hash is the key id in hexadecimal; the base64 holds one
 * byte for the kind of signature and the 32 bytes of the key.
 */
public final class VerifierKey {

    /** What a signature by the key is made over. */
    public enum Kind {
        /** The note's text: what a log signs. */
        ED25519(0x01),
        /** A time and the note's text: what a witness signs (C2SP tlog-cosignature, version 1). */
        COSIGNATURE(0x04);

        private final byte identifier;

        Kind(int identifier) {
            this.identifier = (byte) identifier;
        }
    }

    private static final Pattern FORM = Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]+=*)");

    private final String name;
    private final Kind kind;
    private final byte[] publicKey;
    private final PublicKey point;

    public VerifierKey(String name, Kind kind, byte[] publicKey) {
        if (!KeyName.isValid(name)) {
            throw new MalformedNoteException("A verifier key has a name without spaces or plus signs.");
        }
        if (publicKey.length != Ed25519.KEY_LENGTH) {
            throw new MalformedNoteException("An Ed25519 public key has " + Ed25519.KEY_LENGTH + " bytes.");
        }
        try {
            this.point = Ed25519.publicKey(publicKey);
        } catch (GeneralSecurityException _) {
            throw new MalformedNoteException("These 32 bytes are not an Ed25519 public key.");
        }
        this.name = name;
        this.kind = kind;
        this.publicKey = publicKey.clone();
    }

    /** The key that a log or any other author of notes signs with. */
    public static VerifierKey of(Signer signer) {
        return new VerifierKey(signer.name(), Kind.ED25519, signer.publicKey());
    }

    /** Whether a key may have this name: not empty, no space, no plus sign, no control character. */
    public static boolean isName(String name) {
        return KeyName.isValid(name);
    }

    public static VerifierKey parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new MalformedNoteException("A verifier key looks like name+hash+base64.");
        }
        byte[] material = CanonicalBase64.decode(form.group(3));
        VerifierKey key =
                new VerifierKey(form.group(1), kindOf(material[0]), Arrays.copyOfRange(material, 1, material.length));
        if (!key.idInHex().equals(form.group(2))) {
            throw new MalformedNoteException("The verifier key's hash does not belong to its name and key.");
        }
        return key;
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** The 32 bytes of the key. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The first four bytes of SHA-256(name, newline, kind, public key): says which key signed, proves nothing. */
    public int id() {
        return ByteBuffer.wrap(sha256((name + "\n").getBytes(UTF_8), material()))
                .getInt();
    }

    /** Whether this key made the signature over the note's text. */
    boolean verifies(String text, byte[] signature) {
        return switch (kind) {
            case ED25519 -> Ed25519.verifies(point, text.getBytes(UTF_8), signature);
            case COSIGNATURE -> verifiesCosignature(text, signature);
        };
    }

    private boolean verifiesCosignature(String text, byte[] signature) {
        if (signature.length <= Long.BYTES) {
            return false;
        }
        long time = ByteBuffer.wrap(signature).getLong();
        return time >= 0
                && Ed25519.verifies(
                        point,
                        Cosigner.message(time, text),
                        Arrays.copyOfRange(signature, Long.BYTES, signature.length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key && toString().equals(key.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return name + "+" + idInHex() + "+" + Base64.getEncoder().encodeToString(material());
    }

    private String idInHex() {
        return HexFormat.of().toHexDigits(id());
    }

    private byte[] material() {
        return ByteBuffer.allocate(1 + publicKey.length)
                .put(kind.identifier)
                .put(publicKey)
                .array();
    }

    private static Kind kindOf(byte identifier) {
        for (Kind kind : Kind.values()) {
            if (kind.identifier == identifier) {
                return kind;
            }
        }
        throw new MalformedNoteException("Only Ed25519 keys (kind 01) and witness keys (kind 04) are known here.");
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", e);
        }
    }
}
