package org.vauban.ledger.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes proofs about a tree from its tiles, by the recursive definitions of RFC 6962, sections 2.1.1 and 2.1.2.
 *
 * <p>A proof reads a number of tiles that grows with the logarithm of the tree.
 */
public final class Prover {

    /** Gives the hashes of a tile; may hold more than {@link TilePath#width()} of them, never fewer. */
    @FunctionalInterface
    public interface Tiles {
        List<Hash> hashes(TilePath path);
    }

    private static final int LEVEL_HEIGHT = 8;

    private final long size;
    private final Tiles tiles;

    public Prover(long size, Tiles tiles) {
        this.size = size;
        this.tiles = tiles;
    }

    /** Refuses an index that the tree does not have. */
    public InclusionProof inclusion(long index) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("A tree of " + size + " entries has no entry " + index + ".");
        }
        List<Hash> path = new ArrayList<>();
        climb(index, 0, size, path);
        return new InclusionProof(index, size, path);
    }

    /** Refuses an older size that is larger than the tree. */
    public ConsistencyProof consistency(long oldSize) {
        if (oldSize < 0 || oldSize > size) {
            throw new IllegalArgumentException(
                    "A tree of " + size + " entries did not grow from one of " + oldSize + ".");
        }
        List<Hash> path = new ArrayList<>();
        if (oldSize > 0) {
            connect(oldSize, 0, size, true, path);
        }
        return new ConsistencyProof(oldSize, size, path);
    }

    /** PATH(index, D[start:end]). */
    private void climb(long index, long start, long end, List<Hash> path) {
        if (end - start == 1) {
            return;
        }
        long middle = split(start, end);
        if (index < middle) {
            climb(index, start, middle, path);
            path.add(root(middle, end));
        } else {
            climb(index, middle, end, path);
            path.add(root(start, middle));
        }
    }

    /** SUBPROOF(oldSize, D[start:end], whole), where whole says that the older tree's root stands for this subtree alone. */
    private void connect(long oldSize, long start, long end, boolean whole, List<Hash> path) {
        if (oldSize == end) {
            if (!whole) {
                path.add(root(start, end));
            }
            return;
        }
        long middle = split(start, end);
        if (oldSize <= middle) {
            connect(oldSize, start, middle, whole, path);
            path.add(root(middle, end));
        } else {
            connect(oldSize, middle, end, false, path);
            path.add(root(start, middle));
        }
    }

    /** MTH(D[start:end]). The ranges asked for here always start at a multiple of the power of two that covers them. */
    private Hash root(long start, long end) {
        long width = end - start;
        if (Long.bitCount(width) == 1) {
            return perfect(start, Long.numberOfTrailingZeros(width));
        }
        long middle = split(start, end);
        return Hash.node(root(start, middle), root(middle, end));
    }

    /** The root of the perfect subtree of this height, out of the one tile that holds its hashes. */
    private Hash perfect(long start, int height) {
        int level = height / LEVEL_HEIGHT;
        int hashes = 1 << (height % LEVEL_HEIGHT);
        long firstHash = start / TilePath.entriesPerHash(level);
        long index = firstHash / TilePath.FULL;
        int position = (int) (firstHash % TilePath.FULL);
        TilePath path = new TilePath(level, index, TilePath.widthIn(size, level, index));
        return Hash.root(tiles.hashes(path).subList(position, position + hashes));
    }

    /** The largest power of two smaller than the range splits it. */
    private static long split(long start, long end) {
        return start + Long.highestOneBit(end - start - 1);
    }
}
