package org.vauban.ledger.tree;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A tile of hashes as a file: 1 to 256 hashes of 32 bytes, one after the other. */
public final class HashTile {

    private HashTile() {}

    public static byte[] encode(List<Hash> hashes) {
        ByteBuffer tile = ByteBuffer.allocate(hashes.size() * Hash.LENGTH);
        hashes.forEach(hash -> hash.writeTo(tile));
        return tile.array();
    }

    /** The whole hashes in the file; bytes behind the last whole one are left out, so compare the length as well. */
    public static List<Hash> decode(byte[] tile) {
        List<Hash> hashes = new ArrayList<>(tile.length / Hash.LENGTH);
        for (int start = 0; start + Hash.LENGTH <= tile.length; start += Hash.LENGTH) {
            hashes.add(Hash.of(Arrays.copyOfRange(tile, start, start + Hash.LENGTH)));
        }
        return hashes;
    }
}
