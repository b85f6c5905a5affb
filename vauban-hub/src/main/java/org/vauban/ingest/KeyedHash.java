package org.vauban.ingest;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 of a number, cut to 63 bits, so that it is a valid identifier that is never negative. Two different numbers share a hash
 * with a chance of 1 to 10,000 among 40 million, and then only a visit of one person and a visit of another look alike, which no query
 * joins without the person. Not safe for several threads.
 */
final class KeyedHash {
    private final Mac mac;
    private final ByteBuffer message = ByteBuffer.allocate(Long.BYTES);

    /** Takes the key and zeroes the caller's array. */
    KeyedHash(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256", impossible);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    long of(long number) {
        message.clear();
        message.putLong(number);
        return ByteBuffer.wrap(mac.doFinal(message.array())).getLong() >>> 1;
    }
}
