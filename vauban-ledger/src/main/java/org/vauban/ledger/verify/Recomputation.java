package org.vauban.ledger.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vauban.ledger.note.Checkpoint;
import org.vauban.ledger.tree.EntryBundle;
import org.vauban.ledger.tree.Hash;
import org.vauban.ledger.tree.TilePath;

/**
 * Computes a log again from its entries, in their order, and compares every stored hash with what it should be: a leaf when
 * its entry is read, a hash above when the last entry under it has been read.
 */
final class Recomputation {

    private final LogFiles files;
    private final Checkpoint checkpoint;
    private final List<Checkpoint> earlier;
    private final RootStack stack = new RootStack();
    private final List<Level> levels = new ArrayList<>();
    private final Story story = new Story();
    private Optional<Fault> storyFault = Optional.empty();
    private final List<Checkpoint> agreeing = new ArrayList<>();

    /** The tile of a level that is being compared: what is stored, and the hashes that should be there. */
    private static final class Level {
        private byte[] stored = new byte[0];
        private final List<Hash> computed = new ArrayList<>();
    }

    /** A computation that also looks whether the log grew from each of some earlier checkpoints. */
    Recomputation(LogFiles files, Checkpoint checkpoint, List<Checkpoint> earlier) {
        this.files = files;
        this.checkpoint = checkpoint;
        this.earlier = List.copyOf(earlier);
    }

    /** Ends quietly when all the files that this checkpoint needs agree with it and with the earlier ones. */
    void run() throws IOException, Fault {
        compareEarlier(0);
        long bundles = Math.ceilDiv(checkpoint.size(), TilePath.FULL);
        for (long bundle = 0; bundle < bundles; bundle++) {
            readBundle(bundle);
        }
        if (!stack.root().equals(checkpoint.root())) {
            // Nothing stored says where it went wrong. An older checkpoint that agrees vouches for the entries before
            // it.
            throw new Fault(
                    vouchedFor(), "The entries and tiles agree with each other, but their root is not the signed one.");
        }
        for (Checkpoint older : earlier) {
            if (older.size() > checkpoint.size()) {
                throw new Fault(
                        checkpoint.size(),
                        "The log was rolled back: it had " + older.size() + " entries and has " + checkpoint.size()
                                + ".");
            }
            if (!agreeing.contains(older)) {
                throw new Fault(
                        vouchedFor(),
                        "The log did not grow from an older checkpoint: the entries before it were replaced.");
            }
        }
    }

    /** The earlier checkpoints that agree vouch for the entries before them. */
    private long vouchedFor() {
        return agreeing.stream().mapToLong(Checkpoint::size).max().orElse(0);
    }

    /** Checked apart and after the rest: a damaged entry is damage first. */
    void requireStory() throws Fault {
        if (storyFault.isPresent()) {
            throw storyFault.get();
        }
    }

    List<Long> unconcluded() {
        return story.unconcluded();
    }

    private void readBundle(long index) throws IOException, Fault {
        TilePath path = TilePath.entries(index, TilePath.widthIn(checkpoint.size(), TilePath.ENTRIES, index));
        EntryBundle bundle = EntryBundle.decode(load(path));
        List<byte[]> entries = bundle.entries();
        for (int position = 0; position < Math.min(path.width(), entries.size()); position++) {
            readEntry(path.entryAt(position), entries.get(position));
        }
        if (entries.size() < path.width()) {
            throw new Fault(path.entryAt(entries.size()), "The bundle ends too early: " + path + ".");
        }
        if (entries.size() > path.width() || bundle.strayBytes() > 0) {
            throw new Fault(path.entryAt(path.width()), "The bundle goes on too long: " + path + ".");
        }
    }

    private void readEntry(long index, byte[] entry) throws IOException, Fault {
        Hash leaf = Hash.leaf(entry);
        compare(0, index, leaf);
        stack.add(leaf);
        compareEarlier(index + 1);
        if (storyFault.isEmpty()) {
            try {
                story.tell(index, entry);
            } catch (Fault e) {
                storyFault = Optional.of(e);
            }
        }
    }

    /** Compares one stored hash, and the hash above it when this was the last one of its tile. */
    private void compare(int level, long index, Hash hash) throws IOException, Fault {
        long tile = index / TilePath.FULL;
        int position = (int) (index % TilePath.FULL);
        TilePath path = new TilePath(level, tile, TilePath.widthIn(checkpoint.size(), level, tile));
        if (level == levels.size()) {
            levels.add(new Level());
        }
        Level here = levels.get(level);
        if (position == 0) {
            here.stored = load(path);
        }
        int start = position * Hash.LENGTH;
        int end = start + Hash.LENGTH;
        if (here.stored.length < end || !Arrays.equals(here.stored, start, end, hash.bytes(), 0, Hash.LENGTH)) {
            throw new Fault(
                    path.entryAt(position),
                    "The entries do not have the hash that stands at " + position + " in " + path + ".");
        }
        if (position == path.width() - 1 && here.stored.length > end) {
            throw new Fault(
                    Math.min(path.entryAt(path.width()), checkpoint.size()),
                    "The tile goes on too long: " + path + ".");
        }
        here.computed.add(hash);
        if (here.computed.size() == TilePath.FULL) {
            Hash above = Hash.root(here.computed);
            here.computed.clear();
            compare(level + 1, tile, above);
        }
    }

    private void compareEarlier(long size) {
        for (Checkpoint older : earlier) {
            if (older.size() == size && stack.root().equals(older.root())) {
                agreeing.add(older);
            }
        }
    }

    private byte[] load(TilePath path) throws IOException, Fault {
        Optional<byte[]> stored = files.tile(path);
        if (stored.isEmpty()) {
            throw new Fault(path.entryAt(0), "A file is missing: " + path + ".");
        }
        return stored.get();
    }
}
