package org.vauban.app.demo;

import java.security.SecureRandom;
import java.util.Base64;

/** Passwords that nobody has to remember. */
final class RandomWord {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomWord() {}

    /** 144 random bits in letters and digits. */
    static String secret() {
        byte[] bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
