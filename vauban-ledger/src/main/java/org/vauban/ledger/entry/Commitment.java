package org.vauban.ledger.entry;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Binds an entry to a body that is kept elsewhere: HMAC-SHA-256 of the body under a random salt of its own.
 *
 * <p>Without the salt nobody can test a guess of the body, however few bodies are possible. So the salt is kept and erased
 * together with the body.
 *
 * @param hex the 32 bytes in lower-case hexadecimal
 */
public record Commitment(String hex) {

    /** Bytes in a salt, and in a commitment. */
    public static final int LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    public Commitment {
        // Written back and compared, because the JDK also reads upper-case digits.
        if (hex.length() != 2 * LENGTH
                || !HexFormat.of().formatHex(HexFormat.of().parseHex(hex)).equals(hex)) {
            throw new IllegalArgumentException("A commitment is 64 lower-case hexadecimal digits.");
        }
    }

    public static Commitment of(byte[] salt, byte[] body) {
        return new Commitment(HexFormat.of().formatHex(hmac(salt, body)));
    }

    /** A salt for one body; never used twice. */
    public static byte[] newSalt(SecureRandom random) {
        byte[] salt = new byte[LENGTH];
        random.nextBytes(salt);
        return salt;
    }

    /** Whether this is the body, and the salt, that the entry was made for. */
    public boolean verify(byte[] salt, byte[] body) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(hex), hmac(salt, body));
    }

    private static byte[] hmac(byte[] salt, byte[] body) {
        if (salt.length != LENGTH) {
            throw new IllegalArgumentException("A salt has " + LENGTH + " bytes, this one has " + salt.length + ".");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(salt, ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA-256.", e);
        }
    }
}
