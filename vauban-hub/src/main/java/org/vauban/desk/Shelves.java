package org.vauban.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.disk.Disk;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** The folders in which sealed parts wait, one a deposit. What is written here survives a power cut. */
final class Shelves {
    private static final int COPY_BYTES = 1 << 16;

    private final Disk disk;
    private final Path folder;

    Shelves(Disk disk, Path folder) {
        this.disk = disk;
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
                throw incomplete(Phrase.A_MANIFEST, Phrase.NONE, Manifest.FILE, null);
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw incomplete(Phrase.A_MANIFEST, Phrase.AN_UNREADABLE_ONE, Manifest.FILE, unreadable);
        }
    }

    /** Copies the parts; those that are here already and whole are not copied again. */
    void take(Path envelope, Manifest manifest, byte[] manifestBytes) {
        Path shelf = of(manifest.deposit());
        try {
            disk.createFolder(shelf);
            for (Manifest.Part part : manifest.parts()) {
                Path here = shelf.resolve(part.name());
                if (!isWhole(here, part)) {
                    copy(envelope, part, here);
                }
            }
            write(shelf.resolve(Manifest.FILE), manifestBytes);
            disk.syncFolder(shelf);
        } catch (IOException unwritable) {
            throw unwritable(unwritable);
        }
    }

    private boolean isWhole(Path here, Manifest.Part part) throws IOException {
        if (!disk.exists(here)) {
            return false;
        }
        MessageDigest digest = sha256();
        long bytes;
        try (InputStream in = disk.read(here);
                OutputStream sum = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            bytes = in.transferTo(sum);
        }
        return bytes == part.bytes()
                && HexFormat.of().formatHex(digest.digest()).equals(part.sha256());
    }

    private void copy(Path envelope, Manifest.Part part, Path here) throws IOException {
        Path there = envelope.resolve(part.name());
        if (!Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS)) {
            throw incomplete(Phrase.BYTES.with(part.bytes()), Phrase.NO_FILE_OF_THAT_NAME, part.name(), null);
        }
        if (Files.size(there) < part.bytes()) {
            throw incomplete(Phrase.BYTES.with(part.bytes()), Phrase.BYTES.with(Files.size(there)), part.name(), null);
        }
        MessageDigest digest = sha256();
        long copied = 0;
        Path unfinished = unfinished(here);
        try (InputStream in = Files.newInputStream(there);
                Disk.NewFile file = disk.create(unfinished)) {
            OutputStream out = new DigestOutputStream(file, digest);
            byte[] buffer = new byte[COPY_BYTES];
            for (int read = in.read(buffer); read >= 0 && copied <= part.bytes(); read = in.read(buffer)) {
                out.write(buffer, 0, read);
                copied += read;
            }
            file.sync();
        } catch (NoSuchFileException gone) {
            throw incomplete(Phrase.BYTES.with(part.bytes()), Phrase.NO_FILE_OF_THAT_NAME, part.name(), gone);
        }
        if (copied != part.bytes() || !HexFormat.of().formatHex(digest.digest()).equals(part.sha256())) {
            disk.delete(unfinished);
            throw Problem.of(ProblemCode.SEAL_BROKEN)
                    .expected(Phrase.THE_STATED_CHECKSUM)
                    .found(Phrase.ANOTHER_PART_OF_THAT_NAME.with(part.name()))
                    .at(Place.file(part.name()))
                    .exception();
        }
        disk.rename(unfinished, here);
    }

    private void write(Path file, byte[] bytes) throws IOException {
        Path unfinished = unfinished(file);
        try (Disk.NewFile written = disk.create(unfinished)) {
            written.write(bytes);
            written.sync();
        }
        disk.rename(unfinished, file);
    }

    /** The name of a file while it is written; what an interrupted attempt left under it is worth nothing. */
    private Path unfinished(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        disk.delete(unfinished);
        return unfinished;
    }

    /** Removes a deposit's parts; does nothing when they are gone. */
    void free(DepositId deposit) {
        Path shelf = of(deposit);
        try {
            if (!disk.exists(shelf)) {
                return;
            }
            for (Path file : disk.list(shelf)) {
                disk.delete(file);
            }
            disk.delete(shelf);
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
            Object expected, Object found, String file, @org.jspecify.annotations.Nullable Exception cause) {
        Problem problem = Problem.of(ProblemCode.DEPOSIT_INCOMPLETE)
                .expected(expected)
                .found(found)
                .at(Place.file(file));
        return cause == null ? problem.exception() : problem.exception(cause);
    }

    private static ProblemException unwritable(IOException cause) {
        return Problem.of(ProblemCode.HOME_UNWRITABLE)
                .found(Phrase.THE_DEPOSITS.with(cause.getClass().getSimpleName()))
                .exception(cause);
    }
}
