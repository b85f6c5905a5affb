package org.vauban.vault;

import java.util.regex.Pattern;
import org.vauban.custodian.KeyName;

/**
 * Where an object belongs. The seal binds it: an object opens only for the reader that asks for the same key, kind and bucket in the
 * same hub, so that two objects cannot be exchanged.
 *
 * @param key the custodian's key that wraps the object's data key
 * @param kind what the object is, such as {@code drug_exposure/dates} or {@code manifest}; stated by the reader, stored nowhere
 * @param bucket the bucket of persons, 0 for objects without buckets
 */
public record SealContext(KeyName key, String kind, int bucket) {
    private static final Pattern KIND = Pattern.compile("[a-z0-9_./-]{1,200}");

    public SealContext {
        if (!KIND.matcher(kind).matches() || bucket < 0) {
            throw new IllegalArgumentException("A kind is 1 to 200 letters, digits and _./-, a bucket counts from 0");
        }
    }

    public SealContext(KeyName key, String kind) {
        this(key, kind, 0);
    }
}
