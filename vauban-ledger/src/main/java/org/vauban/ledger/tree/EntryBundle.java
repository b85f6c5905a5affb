package org.vauban.ledger.tree;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Up to 256 entries as a file: each is preceded by its length in two bytes, the high byte first.
 *
 * @param entries the whole entries, from the first on
 * @param strayBytes how many bytes behind them do not make a whole entry; 0 in a sound bundle
 */
public record EntryBundle(List<byte[]> entries, int strayBytes) {

    /** The most bytes an entry can have: what a two-byte length can say. */
    public static final int LONGEST_ENTRY = 0xFFFF;

    public EntryBundle {
        entries = List.copyOf(entries);
    }

    public static byte[] encode(List<byte[]> entries) {
        int length =
                entries.stream().mapToInt(entry -> Short.BYTES + entry.length).sum();
        ByteBuffer bundle = ByteBuffer.allocate(length);
        for (byte[] entry : entries) {
            if (entry.length > LONGEST_ENTRY) {
                throw new IllegalArgumentException(
                        "An entry has at most " + LONGEST_ENTRY + " bytes, this one has " + entry.length + ".");
            }
            bundle.putShort((short) entry.length).put(entry);
        }
        return bundle.array();
    }

    /** Never fails: what cannot be read as an entry is counted in {@link #strayBytes}. */
    public static EntryBundle decode(byte[] bundle) {
        List<byte[]> entries = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        while (rest.remaining() >= Short.BYTES) {
            int length = Short.toUnsignedInt(rest.getShort(rest.position()));
            if (rest.remaining() < Short.BYTES + length) {
                break;
            }
            byte[] entry = new byte[length];
            rest.getShort();
            rest.get(entry);
            entries.add(entry);
        }
        return new EntryBundle(entries, rest.remaining());
    }
}
