package org.vauban.ledger.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vauban.ledger.tree.EntryBundle;
import org.vauban.ledger.tree.Hash;
import org.vauban.ledger.tree.TilePath;

/**
 * The files below {@code tile/} that the checkpoint does not need.
 *
 * <p>Three kinds may lie there. An older partial tile, from when the log was shorter: it must be the beginning of the tile that
 * replaced it. A tile beyond the checkpoint, from an append that was interrupted or is under way: no checkpoint vouches for
 * it, so it is counted and not believed. A file whose name is no tile's: it is named and not looked at.
 */
final class OtherFiles {

    private final LogFiles files;
    private final long size;
    private final List<String> foreign = new ArrayList<>();
    private int beyond;
    private Optional<Fault> lowest = Optional.empty();

    OtherFiles(LogFiles files, long size) {
        this.files = files;
        this.size = size;
    }

    /** Compares with the needed files as they are; a fault in one of those is found here at the same index or not at all. */
    void run() throws IOException, Fault {
        for (String name : files.tilePaths()) {
            Optional<TilePath> path = TilePath.parse(name);
            if (path.isEmpty()) {
                foreign.add(name);
            } else {
                look(path.get());
            }
        }
        if (lowest.isPresent()) {
            throw lowest.get();
        }
    }

    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (beyond > 0) {
            remarks.add(beyond
                    + " files lie beyond the checkpoint and were not believed: an append was interrupted or is under"
                    + " way, or an older checkpoint was put back.");
        }
        if (!foreign.isEmpty()) {
            remarks.add("Files that are no part of a log: " + String.join(", ", foreign) + ".");
        }
        return remarks;
    }

    private void look(TilePath path) throws IOException {
        int neededWidth = TilePath.widthIn(size, path.level(), path.index());
        if (path.width() > neededWidth) {
            beyond++;
        }
        if (neededWidth > 0 && path.width() != neededWidth) {
            TilePath needed = new TilePath(path.level(), path.index(), neededWidth);
            try {
                compare(path, parts(path, files.tile(path)), parts(needed, files.tile(needed)));
            } catch (Fault e) {
                lowest = lowest.filter(known -> known.index() <= e.index()).or(() -> Optional.of(e));
            }
        }
    }

    private void compare(TilePath path, List<ByteBuffer> found, List<ByteBuffer> needed) throws Fault {
        int shared = Math.min(path.width(), needed.size());
        for (int position = 0; position < shared; position++) {
            if (position >= found.size() || !found.get(position).equals(needed.get(position))) {
                throw new Fault(
                        path.entryAt(position), "An older form of a tile does not agree with it: " + path + ".");
            }
        }
        if (found.size() != path.width()) {
            throw new Fault(
                    Math.min(path.entryAt(shared), size),
                    "A tile does not have the length that its name says: " + path + ".");
        }
    }

    /** The entries or the hashes in the file; stray bytes at its end count as one more part. */
    private static List<ByteBuffer> parts(TilePath path, Optional<byte[]> stored) {
        byte[] bytes = stored.orElse(new byte[0]);
        List<ByteBuffer> parts = new ArrayList<>();
        int whole = 0;
        if (path.level() == TilePath.ENTRIES) {
            EntryBundle bundle = EntryBundle.decode(bytes);
            bundle.entries().forEach(entry -> parts.add(ByteBuffer.wrap(entry)));
            whole = bytes.length - bundle.strayBytes();
        } else {
            for (; whole + Hash.LENGTH <= bytes.length; whole += Hash.LENGTH) {
                parts.add(ByteBuffer.wrap(bytes, whole, Hash.LENGTH));
            }
        }
        if (whole < bytes.length) {
            parts.add(ByteBuffer.wrap(bytes, whole, bytes.length - whole));
        }
        return parts;
    }
}
