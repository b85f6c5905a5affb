package org.vauban.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.vauban.ledger.note.Checkpoint;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.Signer;
import org.vauban.ledger.tree.ConsistencyProof;
import org.vauban.ledger.tree.Hash;
import org.vauban.ledger.tree.Prover;
import org.vauban.ledger.tree.TilePath;

/**
 * What a log with this key could show: leaves in their order, with checkpoints and true proofs of every size. Whoever holds the key can
 * make as many as they like.
 */
public record History(Signer signer, List<Hash> leaves) {

    public History {
        leaves = List.copyOf(leaves);
    }

    /** A history of so many random leaves. */
    public static History random(Signer signer, Random random, int size) {
        return new History(signer, List.of()).continued(0, size, random);
    }

    /** Another history that shares the first leaves with this one and goes on by itself. */
    public History continued(int shared, int size, Random random) {
        List<Hash> other = new ArrayList<>(leaves.subList(0, shared));
        while (other.size() < size) {
            byte[] entry = new byte[20];
            random.nextBytes(entry);
            other.add(Hash.leaf(entry));
        }
        return new History(signer, other);
    }

    public int size() {
        return leaves.size();
    }

    public SignedCheckpoint checkpoint(int size) {
        return SignedCheckpoint.sign(new Checkpoint(signer.name(), size, Hash.root(leaves.subList(0, size))), signer);
    }

    public ConsistencyProof proof(long from, int size) {
        return new Prover(size, this::tile).consistency(from);
    }

    private List<Hash> tile(TilePath path) {
        int span = (int) TilePath.entriesPerHash(path.level());
        List<Hash> hashes = new ArrayList<>();
        for (int position = 0; position < path.width(); position++) {
            int start = (int) (path.index() * TilePath.FULL + position) * span;
            hashes.add(Hash.root(leaves.subList(start, start + span)));
        }
        return hashes;
    }
}
