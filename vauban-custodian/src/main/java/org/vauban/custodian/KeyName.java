package org.vauban.custodian;

import java.util.regex.Pattern;

/**
 * The name of a key: lower-case words with digits and hyphens, parts separated by a slash, such as {@code edition},
 * {@code ledger} or {@code project/12}. At most 64 characters. A name is written to the access log, so it says what the
 * key is for and never whom it concerns.
 */
public record KeyName(String text) implements Comparable<KeyName> {

    private static final Pattern PATTERN = Pattern.compile("[a-z][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*");
    private static final int LENGTH_MAX = 64;

    public KeyName {
        if (text.length() > LENGTH_MAX || !PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "A key name is at most " + LENGTH_MAX
                            + " characters: lower-case letters, digits and hyphens, parts separated by a slash, as in project/12.");
        }
    }

    public static KeyName of(String text) {
        return new KeyName(text);
    }

    @Override
    public int compareTo(KeyName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
