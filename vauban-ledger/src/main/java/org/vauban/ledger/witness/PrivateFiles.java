package org.vauban.ledger.witness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that their owner alone may enter, and that are old or new after a power cut, never half. */
final class PrivateFiles {

    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private PrivateFiles() {}

    /** Makes the folder, or leaves the one that is there. */
    static void createFolder(Path folder) throws IOException {
        Files.createDirectories(parentOf(folder));
        try {
            Files.createDirectory(folder, FOLDER);
            sync(parentOf(folder));
        } catch (FileAlreadyExistsException _) {
            // Whoever uses it asks whether it is private.
        }
    }

    static boolean isPrivateFolder(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && !othersMay(folder);
    }

    /** Whether anybody but the owner has any permission on the file or folder. */
    static boolean othersMay(Path path) throws IOException {
        return Files.getPosixFilePermissions(path).stream()
                .anyMatch(permission -> !permission.name().startsWith("OWNER"));
    }

    /** Writes beside the file, syncs, renames over it, and syncs the folder. */
    static void replace(Path file, byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel =
                FileChannel.open(fresh, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), FILE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(parentOf(file));
    }

    /** Gives a finished folder its name. */
    static void moveFolder(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        sync(parentOf(to));
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parentOf(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException("A witness does not live at the root of the file system.");
        }
        return parent;
    }
}
