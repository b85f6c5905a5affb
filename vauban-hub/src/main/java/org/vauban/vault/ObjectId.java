package org.vauban.vault;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names a sealed object: the SHA-256 of its ciphertext as 64 hexadecimal digits. */
public record ObjectId(String value) implements Comparable<ObjectId> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public ObjectId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("An object's name is 64 lower-case hexadecimal digits");
        }
    }

    static ObjectId of(byte[] sha256) {
        return new ObjectId(HexFormat.of().formatHex(sha256));
    }

    @Override
    public int compareTo(ObjectId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
