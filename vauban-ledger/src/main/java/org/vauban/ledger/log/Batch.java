package org.vauban.ledger.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vauban.ledger.tree.EntryBundle;
import org.vauban.ledger.tree.Hash;
import org.vauban.ledger.tree.HashTile;
import org.vauban.ledger.tree.RightEdge;
import org.vauban.ledger.tree.TilePath;

/**
 * One append on its way to the disk. Works on copies of the log's right edge, so that a failure leaves the log as it was.
 *
 * <p>Each full tile and bundle is written once, and each partial one that changed once, at the end: the work follows the
 * number of new entries, not the size of the log.
 */
final class Batch {

    private final LogFolder folder;
    private final RightEdge before;
    private final RightEdge edge;

    /** The entries of the bundle that is not full yet, older ones first. */
    private final List<byte[]> openBundle;

    private final List<TilePath> filled = new ArrayList<>();

    Batch(LogFolder folder, RightEdge before, List<byte[]> openBundle) {
        this.folder = folder;
        this.before = before;
        this.edge = before.copy();
        this.openBundle = new ArrayList<>(openBundle);
    }

    void write(List<byte[]> entries) throws IOException {
        for (byte[] entry : entries) {
            byte[] kept = entry.clone();
            openBundle.add(kept);
            if (openBundle.size() == TilePath.FULL) {
                long index = edge.size() / TilePath.FULL;
                folder.write(TilePath.entries(index, TilePath.FULL), EntryBundle.encode(openBundle));
                openBundle.clear();
            }
            edge.append(Hash.leaf(kept), this::writeFull);
        }
        writePartial();
        folder.makeDurable();
    }

    /**
     * Reads back everything that was written and computes the root again, from the entries up. A log has signed a wrong root
     * before because nobody looked; after this, what is signed is what the file system gives back.
     */
    void confirm() throws IOException {
        RightEdge again = before.withoutPartialBundle();
        while (again.size() < edge.size()) {
            long index = again.size() / TilePath.FULL;
            TilePath path = TilePath.entries(index, TilePath.widthIn(edge.size(), TilePath.ENTRIES, index));
            EntryBundle bundle = EntryBundle.decode(folder.read(path));
            if (bundle.strayBytes() != 0 || bundle.entries().size() != path.width()) {
                throw changedOnDisk(path);
            }
            for (byte[] entry : bundle.entries()) {
                again.append(Hash.leaf(entry), this::requireOnDisk);
            }
        }
        for (TilePath path : partialTiles(again)) {
            requireOnDisk(path, again.partialTile(path.level()));
        }
        if (!again.root().equals(edge.root())) {
            throw new LogUnwritableException(
                    LogUnwritableException.Reason.BROKEN,
                    "The root computed from the disk is not the root that was written.");
        }
    }

    RightEdge edge() {
        return edge;
    }

    List<byte[]> openBundle() {
        return openBundle;
    }

    /** The tiles and bundles that were partial before and are full now. */
    List<TilePath> filled() {
        return filled;
    }

    private void writeFull(TilePath path, List<Hash> hashes) throws IOException {
        folder.write(path, HashTile.encode(hashes));
        if (TilePath.widthIn(before.size(), path.level(), path.index()) > 0) {
            filled.add(path);
            if (path.level() == 0) {
                filled.add(TilePath.entries(path.index(), TilePath.FULL));
            }
        }
    }

    private void writePartial() throws IOException {
        if (!openBundle.isEmpty()) {
            folder.write(
                    TilePath.entries(edge.size() / TilePath.FULL, openBundle.size()), EntryBundle.encode(openBundle));
        }
        List<TilePath> known = partialTiles(before);
        for (TilePath path : partialTiles(edge)) {
            if (!known.contains(path)) {
                folder.write(path, HashTile.encode(edge.partialTile(path.level())));
            }
        }
    }

    private void requireOnDisk(TilePath path, List<Hash> hashes) throws IOException {
        if (!Arrays.equals(folder.read(path), HashTile.encode(hashes))) {
            throw changedOnDisk(path);
        }
    }

    private static List<TilePath> partialTiles(RightEdge edge) {
        List<TilePath> paths = new ArrayList<>();
        for (int level = 0; level < edge.levels(); level++) {
            int width = edge.partialTile(level).size();
            if (width > 0) {
                long index = edge.size() / TilePath.entriesPerHash(level) / TilePath.FULL;
                paths.add(new TilePath(level, index, width));
            }
        }
        return paths;
    }

    private static LogUnwritableException changedOnDisk(TilePath path) {
        return new LogUnwritableException(
                LogUnwritableException.Reason.BROKEN,
                "The disk gives back something else than was written: " + path + ".");
    }
}
