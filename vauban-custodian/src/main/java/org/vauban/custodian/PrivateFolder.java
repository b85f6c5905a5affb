package org.vauban.custodian;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A folder that this user owns and nobody else may enter. */
final class PrivateFolder {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    /** Creates the folder with mode 0700, or checks the one that is there. */
    static Path prepare(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(absolute, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException _) {
            // Checked below, like a new one.
        }
        requirePrivate(absolute);
        return absolute;
    }

    private static void requirePrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw CustodianException.refused("A folder was expected, no link and no file: " + folder);
        }
        if (othersMay(folder)) {
            throw CustodianException.refused("Others may read or write " + folder + " (mode "
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS))
                    + "); the keys' folder is for its owner alone. Run: chmod 700 " + folder);
        }
        // A new file belongs to whoever runs this; so the folder's owner can be compared without asking for a user
        // name.
        Path probe = Files.createTempFile(folder, ".owner", "");
        try {
            if (!Files.getOwner(probe).equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS))) {
                throw CustodianException.refused(
                        "Folder " + folder + " belongs to another user than the one that runs this.");
            }
        } finally {
            Files.delete(probe);
        }
    }

    /** Whether anybody but the owner has any permission on the file or folder. */
    static boolean othersMay(Path path) throws IOException {
        return Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
    }

    private PrivateFolder() {}
}
