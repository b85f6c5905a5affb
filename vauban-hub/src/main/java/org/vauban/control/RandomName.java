package org.vauban.control;

import java.security.SecureRandom;

/** Fresh random names: 60 bits for ids, 160 bits for secrets, in letters that nobody confuses. */
public final class RandomName {
    private static final char[] LETTERS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomName() {}

    /** A name for a thing, such as {@code p-4f7t2k9m1x0z}. */
    public static String id(char kind) {
        return kind + "-" + letters(12);
    }

    /** A secret that is shown once, such as a session token. */
    public static String secret() {
        return letters(32);
    }

    private static String letters(int count) {
        var text = new StringBuilder(count);
        for (int index = 0; index < count; index++) {
            text.append(LETTERS[RANDOM.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }
}
