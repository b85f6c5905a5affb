package org.vauban.ledger.note;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** The JDK's Ed25519, spoken to in the 32-byte keys and 64-byte signatures of RFC 8032. */
final class Ed25519 {

    static final String ALGORITHM = "Ed25519";
    static final int KEY_LENGTH = 32;

    /** RFC 8410: every Ed25519 public key in X.509 form is this prefix and the 32 bytes. */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    static boolean verifies(PublicKey publicKey, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(publicKey);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException _) {
            // A signature of the wrong length or form proves nothing; that is an answer, not a fault.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key that was accepted once is refused now.", e);
        }
    }

    /** Refuses bytes that are not a point of the curve. */
    static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
        byte[] encoded = new byte[X509_PREFIX.length + raw.length];
        System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
        System.arraycopy(raw, 0, encoded, X509_PREFIX.length, raw.length);
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    }
}
