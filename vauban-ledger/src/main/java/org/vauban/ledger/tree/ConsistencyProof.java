package org.vauban.ledger.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * Proof that a tree only grew: the newer one begins with all entries of the older one, unchanged (RFC 6962, section 2.1.2).
 *
 * @param oldSize number of entries in the older tree
 * @param newSize number of entries in the newer tree
 * @param path the hashes that build both roots
 */
public record ConsistencyProof(long oldSize, long newSize, List<Hash> path) {

    public ConsistencyProof {
        if (oldSize < 0 || oldSize > newSize) {
            throw new IllegalArgumentException(
                    "A tree of " + newSize + " entries did not grow from one of " + oldSize + ".");
        }
        path = List.copyOf(path);
    }

    /** Whether the tree with the new root grew from the one with the old root: the algorithm of RFC 9162, section 2.1.4.2. */
    public boolean proves(Hash oldRoot, Hash newRoot) {
        if (oldSize == newSize) {
            return path.isEmpty() && oldRoot.equals(newRoot);
        }
        if (oldSize == 0) {
            return path.isEmpty() && oldRoot.equals(Hash.EMPTY_TREE);
        }
        List<Hash> hashes = new ArrayList<>(path);
        if (Long.bitCount(oldSize) == 1) {
            hashes.addFirst(oldRoot);
        }
        if (hashes.isEmpty()) {
            return false;
        }
        int shared = Long.numberOfTrailingZeros(~(oldSize - 1));
        long node = (oldSize - 1) >>> shared;
        long last = (newSize - 1) >>> shared;
        Hash older = hashes.getFirst();
        Hash newer = hashes.getFirst();
        for (Hash sibling : hashes.subList(1, hashes.size())) {
            if (last == 0) {
                return false;
            }
            if (isRightChild(node) || node == last) {
                older = Hash.node(sibling, older);
                newer = Hash.node(sibling, newer);
                while (!isRightChild(node) && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                newer = Hash.node(newer, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && older.equals(oldRoot) && newer.equals(newRoot);
    }

    private static boolean isRightChild(long node) {
        return (node & 1) == 1;
    }
}
