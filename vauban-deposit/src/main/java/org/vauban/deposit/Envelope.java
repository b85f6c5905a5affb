package org.vauban.deposit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.deposit.envelope.Kind;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.deposit.envelope.PartWriter;
import org.vauban.deposit.envelope.RecipientKey;
import org.vauban.deposit.envelope.TableLine;

/** The folder of one zone's envelope while it is filled. Safe for many threads. */
final class Envelope {
    private final Path folder;
    private final RecipientKey key;
    private final DepositId deposit;
    private final long partBytes;
    private final AtomicInteger lastNumber = new AtomicInteger();

    Envelope(Path spool, RecipientKey key, DepositId deposit, long partBytes) {
        this.folder = spool.resolve(key.zone().word());
        this.key = key;
        this.deposit = deposit;
        this.partBytes = partBytes;
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    Path folder() {
        return folder;
    }

    /** Bytes of content after which the next part begins. */
    long partBytes() {
        return partBytes;
    }

    PartWriter part(TableLine table) throws IOException {
        return PartWriter.begin(folder, key, deposit, lastNumber.incrementAndGet(), table);
    }

    /** Removes every part but these, and goes on counting behind them. */
    void keepOnly(List<Manifest.Part> parts) {
        Set<String> names = parts.stream().map(Manifest.Part::name).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!names.contains(String.valueOf(file.getFileName()))) {
                    Files.delete(file);
                }
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        parts.stream().mapToInt(Manifest.Part::number).max().ifPresent(lastNumber::set);
    }

    /** Puts the manifest: with it the envelope is whole. */
    Manifest close(String producer, Kind kind, Instant created, Optional<String> content, List<Manifest.Part> parts) {
        keepOnly(parts);
        var manifest = new Manifest(
                deposit,
                key.zone(),
                producer,
                kind,
                created,
                key.fingerprint(),
                content,
                parts.stream().sorted(Comparator.comparing(Manifest.Part::name)).toList());
        writeDurably(folder.resolve(Manifest.FILE), manifest.json());
        return manifest;
    }

    /** Writes a small file whole or not at all. */
    static void writeDurably(Path file, byte[] bytes) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(unfinished, bytes);
            sync(unfinished, StandardOpenOption.WRITE);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Path folder = file.getParent();
            if (folder != null) {
                sync(folder, StandardOpenOption.READ);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static void sync(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }
}
