package org.vauban.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** The folders in which sealed parts wait, one a deposit. What is written here survives a power cut. */
final class Shelves {
    private static final int COPY_BYTES = 1 << 16;

    private final Path folder;

    Shelves(Path folder) {
        this.folder = folder;
    }

    Path of(DepositId deposit) {
        return folder.resolve(deposit.value());
    }

    /** The manifest of an envelope somebody sent: a file of bounded size, and no link to anything else. */
    static byte[] manifest(Path envelope) {
        Path file = envelope.resolve(Manifest.FILE);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > Manifest.BYTES_MAX) {
                throw incomplete("a manifest", "none", Manifest.FILE, null);
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw incomplete("a manifest", "an unreadable one", Manifest.FILE, unreadable);
        }
    }

    /** Copies the parts; those that are here already and whole are not copied again. */
    void take(Path envelope, Manifest manifest, byte[] manifestBytes) {
        Path shelf = of(manifest.deposit());
        try {
            Files.createDirectories(
                    shelf, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            for (Manifest.Part part : manifest.parts()) {
                Path here = shelf.resolve(part.name());
                if (!isWhole(here, part)) {
                    copy(envelope, part, here);
                }
            }
            write(shelf.resolve(Manifest.FILE), manifestBytes);
            sync(shelf);
            sync(folder);
        } catch (IOException unwritable) {
            throw unwritable(unwritable);
        }
    }

    private static boolean isWhole(Path here, Manifest.Part part) throws IOException {
        if (!Files.exists(here) || Files.size(here) != part.bytes()) {
            return false;
        }
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(here);
                OutputStream sum = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            in.transferTo(sum);
        }
        return HexFormat.of().formatHex(digest.digest()).equals(part.sha256());
    }

    private static void copy(Path envelope, Manifest.Part part, Path here) throws IOException {
        Path there = envelope.resolve(part.name());
        Path unfinished = here.resolveSibling(part.name() + ".new");
        if (!Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS)) {
            throw incomplete(part.bytes() + " bytes", "no such file", part.name(), null);
        }
        if (Files.size(there) < part.bytes()) {
            throw incomplete(part.bytes() + " bytes", Files.size(there) + " bytes", part.name(), null);
        }
        MessageDigest digest = sha256();
        long copied = 0;
        try (InputStream in = Files.newInputStream(there);
                FileChannel channel = FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
            byte[] buffer = new byte[COPY_BYTES];
            for (int read = in.read(buffer); read >= 0 && copied <= part.bytes(); read = in.read(buffer)) {
                out.write(buffer, 0, read);
                copied += read;
            }
            channel.force(true);
        } catch (NoSuchFileException gone) {
            throw incomplete(part.bytes() + " bytes", "no such file", part.name(), gone);
        }
        if (copied != part.bytes() || !HexFormat.of().formatHex(digest.digest()).equals(part.sha256())) {
            Files.deleteIfExists(unfinished);
            throw Problem.of(ProblemCode.SEAL_BROKEN)
                    .expected("the checksum that the manifest states")
                    .found("another part under the name " + part.name())
                    .at(Place.file(part.name()))
                    .exception();
        }
        Files.move(unfinished, here, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var buffer = java.nio.ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes a deposit's parts; does nothing when they are gone. */
    void free(DepositId deposit) {
        Path shelf = of(deposit);
        if (!Files.isDirectory(shelf)) {
            return;
        }
        try (Stream<Path> files = Files.walk(shelf)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException unwritable) {
            throw unwritable(unwritable);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ProblemException incomplete(
            String expected, String found, String file, @org.jspecify.annotations.Nullable Exception cause) {
        Problem problem = Problem.of(ProblemCode.DEPOSIT_INCOMPLETE)
                .expected(expected)
                .found(found)
                .at(Place.file(file));
        return cause == null ? problem.exception() : problem.exception(cause);
    }

    private static ProblemException unwritable(IOException cause) {
        return Problem.of(ProblemCode.HOME_UNWRITABLE)
                .found("the deposits: " + cause.getClass().getSimpleName())
                .exception(cause);
    }
}
