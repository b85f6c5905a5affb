package org.vauban.ledger.tree;

import java.util.List;

/**
 * Proof that an entry is in a tree: the hashes that lead from its leaf to the root (RFC 6962, section 2.1.1).
 *
 * @param index the entry's place, from 0
 * @param size number of entries in the tree
 * @param path the sibling at each step, from the leaf upwards
 */
public record InclusionProof(long index, long size, List<Hash> path) {

    public InclusionProof {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("A tree of " + size + " entries has no entry " + index + ".");
        }
        path = List.copyOf(path);
    }

    /** Whether the leaf stands at {@link #index} in the tree with this root: the algorithm of RFC 9162, section 2.1.3.2. */
    public boolean proves(Hash leaf, Hash root) {
        long node = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash sibling : path) {
            if (last == 0) {
                return false;
            }
            if (isRightChild(node) || node == last) {
                hash = Hash.node(sibling, hash);
                while (!isRightChild(node) && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = Hash.node(hash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    private static boolean isRightChild(long node) {
        return (node & 1) == 1;
    }
}
