package org.vauban.care;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.vauban.disk.Disk;

/**
 * A copy of a home in another folder, best on another disk: the same files under the same names, all of them ciphertext, ids or public. Put
 * in an empty folder it is a home again.
 */
final class SecondCopy {
    private final Rooms from;
    private final Rooms to;
    private final Disk disk;
    private final DurableFile files;
    private long all;
    private long written;
    private long bytes;

    SecondCopy(Rooms from, Path to, Disk disk) {
        this.from = from;
        this.to = Rooms.ofCopy(to);
        this.disk = disk;
        this.files = new DurableFile(disk);
    }

    /** The files that never change once they have their name; those that the copy has are not written again. */
    void objects() throws IOException {
        all = 0;
        for (Path object : filesUnder(from.objects())) {
            copyIfNew(
                    object,
                    to.objects().resolve(from.objects().relativize(object).toString()));
        }
    }

    /** Everything that belongs to one moment. To be called while nobody writes. */
    void rest() throws IOException {
        copy(from.settings(), to.settings());
        for (Path room : List.of(from.home().resolve("vault"), from.deposits())) {
            for (Path file : filesUnder(room)) {
                if (!file.startsWith(from.objects()) && !file.startsWith(from.spill())) {
                    copy(file, to.home().resolve(from.home().relativize(file).toString()));
                }
            }
        }
        vocabulary();
        // Tiles before the checkpoint that speaks of them.
        for (Path file : filesUnder(from.ledger().resolve("tile"))) {
            copyIfNew(file, to.ledger().resolve(from.ledger().relativize(file).toString()));
        }
        Path witnessed = from.ledger().resolve("witnessed");
        if (Files.exists(witnessed)) {
            copy(witnessed, to.ledger().resolve("witnessed"));
        }
        copy(from.ledger().resolve("checkpoint"), to.ledger().resolve("checkpoint"));
        removeFreedDeposits();
    }

    /** The files of a loaded vocabulary never change; the one that names which is in use comes last. */
    private void vocabulary() throws IOException {
        for (Path file : filesUnder(from.vocabulary())) {
            Path target = to.home().resolve(from.home().relativize(file).toString());
            if (!Objects.equals(file.getParent(), from.vocabulary())) {
                copyIfNew(file, target);
            }
        }
        for (Path file : disk.list(from.vocabulary())) {
            if (Files.isRegularFile(file) && !String.valueOf(file.getFileName()).startsWith(".")) {
                copy(file, to.home().resolve(from.home().relativize(file).toString()));
            }
        }
        for (Path loaded : disk.list(to.vocabulary())) {
            if (!Files.exists(from.vocabulary().resolve(String.valueOf(loaded.getFileName())))) {
                for (Path file : filesUnder(loaded)) {
                    disk.delete(file);
                }
                for (Path inside : disk.list(loaded)) {
                    disk.delete(inside);
                }
                disk.delete(loaded);
            }
        }
    }

    /** What an edition took up is gone here as it is there. */
    private void removeFreedDeposits() throws IOException {
        for (Path shelf : disk.list(to.deposits())) {
            if (!Files.exists(from.deposits().resolve(String.valueOf(shelf.getFileName())))) {
                for (Path file : disk.list(shelf)) {
                    disk.delete(file);
                }
                disk.delete(shelf);
            }
        }
    }

    private void copyIfNew(Path source, Path target) throws IOException {
        if (Files.exists(target) && Files.size(target) == Files.size(source)) {
            all++;
        } else {
            copy(source, target);
        }
    }

    private void copy(Path source, Path target) throws IOException {
        try (InputStream in = Files.newInputStream(source)) {
            files.put(target, in);
        }
        all++;
        written++;
        bytes += Files.size(target);
    }

    static List<Path> filesUnder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    Copied copied(long entries) {
        return new Copied(all, written, bytes, entries);
    }
}
