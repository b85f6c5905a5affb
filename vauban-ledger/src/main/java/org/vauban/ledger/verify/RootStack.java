package org.vauban.ledger.verify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.vauban.ledger.tree.Hash;

/**
 * Computes a root one leaf at a time: perfect subtrees wait on a stack, like the ones of a binary counter. The writer computes
 * roots from tiles; that the two agree is part of the check.
 */
final class RootStack {

    private final Deque<Hash> subtrees = new ArrayDeque<>();
    private long size;

    void add(Hash leaf) {
        Hash hash = leaf;
        for (long carry = size; (carry & 1) == 1; carry >>>= 1) {
            hash = Hash.node(subtrees.pop(), hash);
        }
        subtrees.push(hash);
        size++;
    }

    Hash root() {
        if (subtrees.isEmpty()) {
            return Hash.EMPTY_TREE;
        }
        Iterator<Hash> fromTheRight = subtrees.iterator();
        Hash root = fromTheRight.next();
        while (fromTheRight.hasNext()) {
            root = Hash.node(fromTheRight.next(), root);
        }
        return root;
    }
}
