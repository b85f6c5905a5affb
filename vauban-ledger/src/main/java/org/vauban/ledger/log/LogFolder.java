package org.vauban.ledger.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.vauban.ledger.log.Disk.NotDurableException;
import org.vauban.ledger.tree.TilePath;

/**
 * A log's folder: {@code checkpoint}, {@code witnessed}, {@code tile/...}, and {@code pending}, the one file that is being
 * written. A file gets its name only when its bytes are on the disk, so no name ever stands for half a file.
 */
final class LogFolder {

    private static final String CHECKPOINT = "checkpoint";
    private static final String WITNESSED = "witnessed";
    private static final String PENDING = "pending";
    private static final String TILES = "tile";

    private final Path folder;
    private final Disk disk;

    /** Folders with names that are not yet known to be on the disk. */
    private final Set<Path> changed = new LinkedHashSet<>();

    LogFolder(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Makes the folder's own name durable. */
    void makeNameDurable() throws NotDurableException {
        disk.makeNamesDurable(parentOf(folder));
    }

    boolean hasCheckpoint() {
        return disk.exists(folder.resolve(CHECKPOINT));
    }

    boolean hasTiles() {
        return disk.exists(folder.resolve(TILES));
    }

    byte[] readCheckpoint() throws IOException {
        return disk.read(folder.resolve(CHECKPOINT));
    }

    byte[] read(TilePath path) throws IOException {
        return disk.read(folder.resolve(path.toString()));
    }

    /** Writes a tile or a bundle; durable after {@link #makeDurable}. Replaces only what no checkpoint has ever signed. */
    void write(TilePath path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path.toString());
        createFolders(parentOf(file));
        disk.writeDurably(folder.resolve(PENDING), bytes);
        disk.move(folder.resolve(PENDING), file);
        changed.add(parentOf(file));
    }

    void makeDurable() throws NotDurableException {
        for (Path path : changed) {
            disk.makeNamesDurable(path);
        }
        changed.clear();
    }

    /** The last checkpoint that enough witnesses cosigned. */
    Optional<byte[]> readWitnessed() throws IOException {
        Path file = folder.resolve(WITNESSED);
        return disk.exists(file) ? Optional.of(disk.read(file)) : Optional.empty();
    }

    /** The moment at which an append becomes true. */
    void publishCheckpoint(byte[] checkpoint) throws IOException {
        publish(CHECKPOINT, checkpoint);
    }

    void publishWitnessed(byte[] checkpoint) throws IOException {
        publish(WITNESSED, checkpoint);
    }

    /** From the move on, only a new look at the disk can tell what it holds. */
    private void publish(String name, byte[] checkpoint) throws IOException {
        disk.writeDurably(folder.resolve(PENDING), checkpoint);
        try {
            disk.move(folder.resolve(PENDING), folder.resolve(name));
        } catch (IOException e) {
            throw new NotDurableException(e);
        }
        disk.makeNamesDurable(folder);
    }

    /** Removes what an interrupted append left behind the end of the log. */
    void removeTilesBeyond(long size) throws IOException {
        for (Path file : disk.filesUnder(folder.resolve(TILES))) {
            TilePath path = TilePath.parse(folder.relativize(file).toString()).orElse(null);
            if (path != null && path.width() > TilePath.widthIn(size, path.level(), path.index())) {
                disk.delete(file);
                // A deletion that a crash undoes would bring back a tile that contradicts a later one.
                changed.add(parentOf(file));
            }
        }
    }

    /** Removes the partial forms of a tile that is full now. */
    void removePartialForms(TilePath full) throws IOException {
        Path partialFolder = folder.resolve(full.partialFolder());
        for (Path partial : disk.filesUnder(partialFolder)) {
            disk.delete(partial);
        }
        disk.delete(partialFolder);
    }

    private void createFolders(Path missing) throws IOException {
        if (!disk.exists(missing)) {
            createFolders(parentOf(missing));
            disk.createFolder(missing);
            changed.add(parentOf(missing));
        }
    }

    private static Path parentOf(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("A log does not live at the root of the file system.");
        }
        return parent;
    }
}
