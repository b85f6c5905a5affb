package org.vauban.project;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.function.LongUnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.vauban.custody.Keys;
import org.vauban.permit.ProjectId;

/**
 * Level 3: a project's own pseudonyms, HMAC-SHA-256 of the edition's person id under the project's key, cut to 63 bits. Among ten
 * million persons two collide with a chance of about one in 180,000; a study counts persons before it renames them.
 */
final class Pseudonyms implements LongUnaryOperator {
    private final Mac mac;

    /** Names of persons. */
    Pseudonyms(Keys keys, ProjectId project) {
        this(keys, project, "person");
    }

    /** Names of things of one kind; the same number of another kind has another name. */
    Pseudonyms(Keys keys, ProjectId project, String kind) {
        byte[] key = keys.mac(
                Keys.ofProject(project.value()), (kind + " pseudonyms, version 1").getBytes(StandardCharsets.UTF_8));
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    @Override
    public synchronized long applyAsLong(long person) {
        byte[] hash =
                mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(person).array());
        return ByteBuffer.wrap(hash).getLong() & Long.MAX_VALUE;
    }
}
