package org.vauban.project;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.vauban.custody.Keys;
import org.vauban.custody.Lease;
import org.vauban.permit.ProjectId;

/**
 * Level 3: a project's own pseudonyms, HMAC-SHA-256 of the edition's person id under the project's key, cut to 63 bits. Among ten
 * million persons two collide with a chance of about one in 180,000; a study counts persons before it renames them.
 */
final class Pseudonyms implements LongUnaryOperator, AutoCloseable {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final Keys keys;
    private final ProjectId project;
    private final byte[] message;
    private final Lease lease;
    private final Mac mac;
    /** Says whether the key in hand must go; there is none at first. */
    private BooleanSupplier isOver = () -> true;

    /** Names of persons. */
    Pseudonyms(Keys keys, ProjectId project, Lease lease) {
        this(keys, project, "person", lease);
    }

    /** Names of things of one kind; the same number of another kind has another name. */
    Pseudonyms(Keys keys, ProjectId project, String kind, Lease lease) {
        this.keys = keys;
        this.project = project;
        this.message = (kind + " pseudonyms, version 1").getBytes(StandardCharsets.UTF_8);
        this.lease = lease;
        try {
            mac = Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    @Override
    public synchronized long applyAsLong(long person) {
        if (isOver.getAsBoolean()) {
            BooleanSupplier next = lease.begin();
            hold(keys.mac(Keys.ofProject(project.value()), message));
            isOver = next;
        }
        byte[] hash =
                mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(person).array());
        return ByteBuffer.wrap(hash).getLong() & Long.MAX_VALUE;
    }

    /** Takes the key into the place of the one before, and zeroes the array. */
    private void hold(byte[] key) {
        try {
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public synchronized void close() {
        hold(new byte[KEY_BYTES]);
        isOver = () -> true;
    }
}
