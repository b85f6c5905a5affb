package org.vauban.ledger.entry;

import java.util.List;
import org.vauban.ledger.tree.Hash;

/**
 * What a batch worked on, in two numbers: a batch of a million values is one entry, and each value can still be proven to
 * have been in it.
 *
 * @param count number of inputs
 * @param root RFC 6962 root over them
 */
public record Inputs(long count, Hash root) {

    public Inputs {
        if (count < 0 || (count == 0) != root.equals(Hash.EMPTY_TREE)) {
            throw new IllegalArgumentException("A batch has no input exactly when its root is that of the empty tree.");
        }
    }

    public static Inputs of(List<byte[]> inputs) {
        return new Inputs(
                inputs.size(), Hash.root(inputs.stream().map(Hash::leaf).toList()));
    }
}
