package org.vauban.vault;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.vauban.custodian.KeyName;
import org.vauban.disk.Disk;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * Contents that wait on disk because memory is too small for them, for this process alone. Each piece is sealed as an object of the
 * vault is, under a key that was drawn when the spill was opened and is written nowhere: once the process has ended, however it ended,
 * nobody can read what is left, and the next opening of the vault removes it. Nothing here is durable, and nothing needs to be.
 *
 * <p>Safe for many threads.
 */
public final class Spill implements AutoCloseable {
    /** Its folder in the vault's: nothing there is worth a copy. */
    public static final String FOLDER = "spill";

    private static final KeyName KEY = KeyName.of("spill");
    private static final int BUFFER_BYTES = 1 << 16;

    private final Disk disk;
    private final Path folder;
    private final byte[] key = new byte[Envelope.DATA_KEY_BYTES];
    private final AtomicLong pieces = new AtomicLong();
    private final SecureRandom random = new SecureRandom();

    private Spill(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
        random.nextBytes(key);
    }

    static Spill open(Disk disk, Path vault) {
        var spill = new Spill(disk, vault.resolve(FOLDER));
        try {
            disk.createFolder(spill.folder);
        } catch (IOException unwritable) {
            throw Vault.unwritable(unwritable);
        }
        return spill;
    }

    /** Removes what an earlier process left. */
    static void empty(Disk disk, Path vault) throws IOException {
        for (Path left : disk.list(vault.resolve(FOLDER))) {
            disk.delete(left);
        }
    }

    /** A content that waits. */
    public record Piece(long number) {}

    /** Takes a content, and closes it. */
    public Piece put(Plaintext content) {
        var piece = new Piece(pieces.incrementAndGet());
        byte[] objectId = new byte[Envelope.OBJECT_ID_BYTES];
        random.nextBytes(objectId);
        try (content;
                Disk.NewFile file = disk.create(path(piece));
                OutputStream out = new BufferedOutputStream(file, BUFFER_BYTES)) {
            var header = Envelope.Header.of(content.size(), objectId, KEY, new byte[0]);
            Envelope.seal(header, key, bound(piece), content, out);
            return piece;
        } catch (GeneralSecurityException unsealed) {
            throw new IllegalStateException("The machine's cryptography refused to seal", unsealed);
        } catch (IOException full) {
            throw Vault.unwritable(full);
        }
    }

    /** Gives a content back, once. */
    public void take(Piece piece, OutputStream sink) {
        try {
            try (InputStream in = new BufferedInputStream(disk.read(path(piece)), BUFFER_BYTES)) {
                Envelope.open(Envelope.Header.read(in), key, bound(piece), in, sink);
            } finally {
                disk.delete(path(piece));
            }
        } catch (GeneralSecurityException changed) {
            throw broken(piece, changed);
        } catch (IOException unreadable) {
            throw unreadable.getCause() instanceof GeneralSecurityException
                    ? broken(piece, unreadable)
                    : Vault.unwritable(unreadable);
        }
    }

    /** A piece opens under its own number only. */
    private static byte[] bound(Piece piece) {
        byte[] word = "waiting ".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(word.length + Long.BYTES)
                .put(word)
                .putLong(piece.number())
                .array();
    }

    private Path path(Piece piece) {
        return folder.resolve("piece-" + piece.number());
    }

    private static ProblemException broken(Piece piece, Exception cause) {
        return Problem.of(ProblemCode.SEAL_BROKEN)
                .found(Phrase.THE_PIECE.with(piece.number()))
                .at(Place.file("piece-" + piece.number()))
                .exception(cause);
    }

    /** Removes what still waits, and forgets the key. */
    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
        try {
            for (long number = 1; number <= pieces.get(); number++) {
                disk.delete(path(new Piece(number)));
            }
        } catch (IOException unwritable) {
            throw Vault.unwritable(unwritable);
        }
    }
}
