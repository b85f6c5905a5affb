package org.vauban.ledger.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * The right edge of a growing tree: at each level the hashes of the one tile that is not full yet.
 *
 * <p>This is all a writer needs to remember: at most 255 hashes a level, however many entries there are. The root follows
 * from it, because every full tile has already become one hash of the level above.
 */
public final class RightEdge {

    private final List<List<Hash>> levels;
    private long size;

    /** The edge of the empty tree. */
    public RightEdge() {
        this(0, List.of());
    }

    /**
     * The edge of a tree read back from its partial tiles.
     *
     * @param size number of entries
     * @param levels the hashes of the partial tile of level 0, 1, ...; empty where a level ends with a full tile
     */
    public RightEdge(long size, List<List<Hash>> levels) {
        long counted = 0;
        for (int level = 0; level < levels.size(); level++) {
            int width = levels.get(level).size();
            if (width >= TilePath.FULL) {
                throw new IllegalArgumentException("A full tile is no part of the edge.");
            }
            counted += width * TilePath.entriesPerHash(level);
        }
        if (counted != size) {
            throw new IllegalArgumentException(
                    "The partial tiles stand for " + counted + " entries, not for " + size + ".");
        }
        this.size = size;
        this.levels = new ArrayList<>();
        levels.forEach(hashes -> this.levels.add(new ArrayList<>(hashes)));
    }

    public RightEdge copy() {
        return new RightEdge(size, levels);
    }

    /** The edge as it was before the entries of the partial bundle came. */
    public RightEdge withoutPartialBundle() {
        RightEdge earlier = copy();
        if (!earlier.levels.isEmpty()) {
            earlier.size -= earlier.levels.getFirst().size();
            earlier.levels.getFirst().clear();
        }
        return earlier;
    }

    /** Told of each tile at the moment it becomes full. */
    @FunctionalInterface
    public interface FullTiles<E extends Exception> {
        void full(TilePath path, List<Hash> hashes) throws E;
    }

    public <E extends Exception> void append(Hash leaf, FullTiles<E> fullTiles) throws E {
        size++;
        Hash hash = leaf;
        for (int level = 0; ; level++) {
            if (level == levels.size()) {
                levels.add(new ArrayList<>());
            }
            List<Hash> tile = levels.get(level);
            tile.add(hash);
            if (tile.size() < TilePath.FULL) {
                return;
            }
            long hashesInLevel = size / TilePath.entriesPerHash(level);
            fullTiles.full(new TilePath(level, hashesInLevel / TilePath.FULL - 1, TilePath.FULL), List.copyOf(tile));
            hash = Hash.root(tile);
            tile.clear();
        }
    }

    public long size() {
        return size;
    }

    /** The number of levels that have had a hash so far. */
    public int levels() {
        return levels.size();
    }

    /** The hashes of this level's partial tile; empty when the level ends with a full tile. */
    public List<Hash> partialTile(int level) {
        return level < levels.size() ? List.copyOf(levels.get(level)) : List.of();
    }

    /** The root of the whole tree: each level's hashes, followed by the root of what stands to the right in the levels below. */
    public Hash root() {
        List<Hash> row = new ArrayList<>();
        for (List<Hash> level : levels) {
            List<Hash> wider = new ArrayList<>(level);
            if (!row.isEmpty()) {
                wider.add(Hash.root(row));
            }
            row = wider;
        }
        return Hash.root(row);
    }
}
