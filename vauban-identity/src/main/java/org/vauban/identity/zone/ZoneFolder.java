package org.vauban.identity.zone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.vauban.identity.protocol.IdentityException;

/** The zone's folder: its owner's alone, and one zone's at a time. */
final class ZoneFolder implements AutoCloseable {

    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path root;
    private final FileChannel lock;

    private ZoneFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** Creates the folder with mode 0700, or checks the one that is there, and locks it. */
    static ZoneFolder open(Path folder) throws IOException {
        Path root = prepare(folder);
        FileChannel lock = FileChannel.open(
                root.resolve("zone.lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), FILE);
        Optional<FileLock> held = Optional.empty();
        try {
            held = Optional.ofNullable(lock.tryLock());
        } catch (OverlappingFileLockException _) {
            // Held within this very process: the same answer as for another one.
        }
        if (held.isEmpty()) {
            lock.close();
            throw IdentityException.refused("An identity zone is already running in " + root + ".");
        }
        return new ZoneFolder(root, lock);
    }

    static Path prepare(Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        Path parent = root.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(root, FOLDER);
            if (parent != null) {
                sync(parent);
            }
        } catch (FileAlreadyExistsException _) {
            // Checked below, like a new one.
        }
        requirePrivate(root);
        return root;
    }

    /** Refuses a folder that anybody else may enter. */
    static void requirePrivate(Path root) throws IOException {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            throw IdentityException.refused("A folder was expected, no link and no file: " + root);
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(root, LinkOption.NOFOLLOW_LINKS));
        if (!mode.endsWith("------")) {
            throw IdentityException.refused("Others may enter " + root + " (mode " + mode
                    + "); the identity zone's folder is for its owner alone. Run: chmod 700 " + root);
        }
    }

    Path root() {
        return root;
    }

    /** A folder in this one, there for good: what is settled in it would be lost with its name. */
    Path room(String name) throws IOException {
        Path room = root.resolve(name);
        if (!Files.isDirectory(room, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(room, FOLDER);
            sync(root);
        }
        return room;
    }

    /** Makes a finished file or folder appear under its name, at once and for good. */
    static void settle(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        Path parent = to.getParent();
        if (parent != null) {
            sync(parent);
        }
    }

    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void createFolder(Path path) throws IOException {
        Files.createDirectory(path, FOLDER);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
