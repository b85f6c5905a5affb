package org.vauban.crash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The files of the control plane at one moment: the database and its write-ahead log. Pieces that did not change since the moment before
 * are shared with it, because there is a moment for each commit.
 */
final class DatabaseFiles {
    static final DatabaseFiles NONE = new DatabaseFiles(List.of(), List.of());

    private static final int PIECE_BYTES = 4096;
    private static final int SECTOR_BYTES = 512;

    private final List<byte[]> database;
    private final List<byte[]> log;

    private DatabaseFiles(List<byte[]> database, List<byte[]> log) {
        this.database = database;
        this.log = log;
    }

    static DatabaseFiles of(Path file, DatabaseFiles before) {
        return new DatabaseFiles(pieces(file, before.database), pieces(log(file), before.log));
    }

    /** Puts the files where SQLite finds them. */
    void restore(Path file) {
        restore(file, whole(database), whole(log));
    }

    /**
     * Puts them as a crash within the commit that leads to the other moment may leave them: the database is as it was, because a commit
     * does not touch it, and of the bytes that the commit adds to the log some are there.
     */
    void restoreTorn(Path file, DatabaseFiles after, Random chance) {
        byte[] old = whole(log);
        byte[] grown = whole(after.log);
        byte[] torn = grown.clone();
        for (int sector = 0; sector < grown.length; sector += SECTOR_BYTES) {
            int end = Math.min(sector + SECTOR_BYTES, grown.length);
            boolean changed = end > old.length || !Arrays.equals(old, sector, end, grown, sector, end);
            if (changed && chance.nextInt(4) == 0) {
                for (int at = sector; at < end; at++) {
                    torn[at] = at < old.length ? old[at] : 0;
                }
            }
        }
        int added = Math.max(0, grown.length - old.length);
        restore(file, whole(database), Arrays.copyOf(torn, grown.length - chance.nextInt(added + 1)));
    }

    private static void restore(Path file, byte[] database, byte[] log) {
        try {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
            write(file, database);
            write(log(file), log);
        } catch (IOException unwritable) {
            throw new java.io.UncheckedIOException(unwritable);
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            Files.deleteIfExists(file);
        } else {
            Files.write(file, bytes);
        }
    }

    private static Path log(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    private static List<byte[]> pieces(Path file, List<byte[]> before) {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            byte[] bytes = Files.readAllBytes(file);
            List<byte[]> pieces = new ArrayList<>();
            for (int at = 0; at < bytes.length; at += PIECE_BYTES) {
                byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(at + PIECE_BYTES, bytes.length));
                int index = at / PIECE_BYTES;
                boolean same = index < before.size() && Arrays.equals(before.get(index), piece);
                pieces.add(same ? before.get(index) : piece);
            }
            return pieces;
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static byte[] whole(List<byte[]> pieces) {
        var bytes = new ByteArrayOutputStream();
        pieces.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }
}
