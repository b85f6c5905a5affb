package org.vauban.ledger.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vauban.ledger.log.Disk.NotDurableException;
import org.vauban.ledger.log.LogUnwritableException.Reason;
import org.vauban.ledger.note.Checkpoint;
import org.vauban.ledger.note.MalformedNoteException;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.Signer;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.tree.ConsistencyProof;
import org.vauban.ledger.tree.EntryBundle;
import org.vauban.ledger.tree.Hash;
import org.vauban.ledger.tree.HashTile;
import org.vauban.ledger.tree.InclusionProof;
import org.vauban.ledger.tree.Prover;
import org.vauban.ledger.tree.RightEdge;
import org.vauban.ledger.tree.TilePath;

/**
 * An append-only log in a folder, with one writer.
 *
 * <p>An append goes like this, and each step ends on the disk before the next begins: write bundles and tiles under their
 * names; read them back and compute the root again; sign the new checkpoint; replace the file {@code checkpoint} in one step.
 * That replacement is the append. Before it, the old checkpoint and everything under it are untouched, because a growing tile
 * has another name at each width; what an interrupted append left is removed by the next one.
 *
 * <p>Any thread may read while one appends; readers see the log as of the last checkpoint.
 */
public final class TileLog implements AutoCloseable {

    private static final String LOCK = "lock";

    private final LogFolder folder;
    private final String origin;
    private final Signer signer;
    private final FileChannel lock;

    private volatile Published published;
    private volatile Optional<SignedCheckpoint> witnessed;
    private boolean leftovers = true;
    private boolean broken;

    /** The log as of its last checkpoint: never changed, only replaced. */
    private record Published(SignedCheckpoint checkpoint, RightEdge edge, List<byte[]> openBundle) {}

    /**
     * Opens the log in this folder for writing, or begins one there.
     *
     * @param origin the log's name, which is also the name of the signer's key
     * @throws LogUnwritableException when another writer has it, or the folder cannot be written
     * @throws LogDamagedException when the end of the log is not what its checkpoint signed, or this key did not sign it
     */
    public static TileLog open(Path directory, String origin, Signer signer) {
        return open(directory, origin, signer, new RealDisk());
    }

    static TileLog open(Path directory, String origin, Signer signer, Disk disk) {
        if (!origin.equals(signer.name())) {
            throw new IllegalArgumentException("A log's key bears the log's origin as its name.");
        }
        Path absolute = directory.toAbsolutePath().normalize();
        FileChannel lock = lock(absolute);
        boolean opened = false;
        try {
            TileLog log = new TileLog(new LogFolder(absolute, disk), origin, signer, lock);
            opened = true;
            return log;
        } finally {
            if (!opened) {
                release(lock);
            }
        }
    }

    private TileLog(LogFolder folder, String origin, Signer signer, FileChannel lock) {
        this.folder = folder;
        this.origin = origin;
        this.signer = signer;
        this.lock = lock;
        this.published = folder.hasCheckpoint() ? recover() : begin();
        this.witnessed = recoverWitnessed();
    }

    /**
     * Adds entries in their order and returns the index of the first. When it returns they are on the disk under a signed
     * checkpoint; when it throws, they are not in the log (see {@link Reason#BROKEN} for the one exception).
     *
     * @param entries each at most 65,535 bytes; with none, nothing is written
     */
    public synchronized long append(List<byte[]> entries) {
        for (byte[] entry : entries) {
            if (entry.length > EntryBundle.LONGEST_ENTRY) {
                throw new IllegalArgumentException("An entry has at most " + EntryBundle.LONGEST_ENTRY
                        + " bytes, this one has " + entry.length + ".");
            }
        }
        requireOpen();
        Published before = published;
        if (!entries.isEmpty()) {
            write(() -> published = append(before, entries));
        }
        return before.edge().size();
    }

    /**
     * Keeps the signatures that witnesses gave to a checkpoint of this log: under the last checkpoint, if it is that one, and as the
     * last checkpoint that is witnessed, if they are enough.
     */
    public synchronized void keep(SignedCheckpoint cosigned, boolean enough) {
        requireOpen();
        if (!cosigned.isFrom(VerifierKey.of(signer))) {
            throw new IllegalArgumentException("The checkpoint is not this log's.");
        }
        Published now = published;
        boolean isNewer = witnessed
                .map(known -> known.checkpoint().size() <= cosigned.checkpoint().size())
                .orElse(true);
        write(() -> {
            if (enough && isNewer) {
                folder.publishWitnessed(cosigned.encode());
                witnessed = Optional.of(cosigned);
            }
            if (now.checkpoint().checkpoint().equals(cosigned.checkpoint())) {
                folder.publishCheckpoint(cosigned.encode());
                published = new Published(cosigned, now.edge(), now.openBundle());
            }
        });
    }

    /** Number of entries under the last checkpoint. */
    public long size() {
        return published.edge().size();
    }

    /** The last checkpoint, as it stands in the file {@code checkpoint}. */
    public SignedCheckpoint checkpoint() {
        return published.checkpoint();
    }

    /** The last checkpoint that enough witnesses cosigned, with their signatures; the log may have grown since. */
    public Optional<SignedCheckpoint> witnessed() {
        return witnessed;
    }

    /** The entry at this index; refuses an index that the log does not have. */
    public byte[] read(long index) {
        Published now = published;
        if (index < 0 || index >= now.edge().size()) {
            throw new IllegalArgumentException(
                    "A log of " + now.edge().size() + " entries has no entry " + index + ".");
        }
        long bundle = index / TilePath.FULL;
        int position = (int) (index % TilePath.FULL);
        if (bundle == now.edge().size() / TilePath.FULL) {
            return now.openBundle().get(position).clone();
        }
        return wholeBundle(TilePath.entries(bundle, TilePath.FULL)).get(position);
    }

    /** Proof that the entry is under the last checkpoint. */
    public InclusionProof inclusionProof(long index) {
        return prover(published.edge()).inclusion(index);
    }

    /** Proof that the log of the last checkpoint grew from the one that had {@code oldSize} entries. */
    public ConsistencyProof consistencyProof(long oldSize) {
        return prover(published.edge()).consistency(oldSize);
    }

    /** Proof that the log of an earlier checkpoint, with {@code size} entries, had grown from the one with {@code oldSize}. */
    public ConsistencyProof consistencyProof(long oldSize, long size) {
        RightEdge edge = published.edge();
        if (size > edge.size()) {
            throw new IllegalArgumentException("A log of " + edge.size() + " entries did not have " + size + ".");
        }
        return new Prover(size, path -> presentTile(edge, path)).consistency(oldSize);
    }

    /** Lets another writer in. What was appended is already on the disk. */
    @Override
    public synchronized void close() {
        broken = true;
        release(lock);
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    private void requireOpen() {
        if (broken) {
            throw new LogUnwritableException(
                    Reason.BROKEN, "This writer was closed, or stopped after the disk failed; open the log again.");
        }
    }

    private void write(Write write) {
        try {
            write.run();
        } catch (NotDurableException e) {
            broken = true;
            throw new LogUnwritableException(Reason.BROKEN, "The disk did not confirm what was written to the log.", e);
        } catch (IOException e) {
            throw new LogUnwritableException(Reason.STORAGE, "The log's file system refuses to be written.", e);
        } catch (LogUnwritableException e) {
            broken = e.reason() == Reason.BROKEN;
            throw e;
        }
    }

    private Published append(Published before, List<byte[]> entries) throws IOException {
        if (leftovers) {
            folder.removeTilesBeyond(before.edge().size());
        }
        leftovers = true;
        Batch batch = new Batch(folder, before.edge(), before.openBundle());
        batch.write(entries);
        batch.confirm();
        SignedCheckpoint checkpoint = sign(batch.edge());
        folder.publishCheckpoint(checkpoint.encode());
        leftovers = false;
        removePartialForms(batch.filled());
        return new Published(checkpoint, batch.edge(), batch.openBundle());
    }

    /**
     * A crash after this and before the checkpoint is published throws the signature away with the append. Nobody has seen
     * it, so the log may sign another root for the same size later.
     */
    private SignedCheckpoint sign(RightEdge edge) {
        try {
            return SignedCheckpoint.sign(new Checkpoint(origin, edge.size(), edge.root()), signer);
        } catch (RuntimeException e) {
            // A signer in another process fails in ways that cannot be listed here. Nothing is published: "not now" is
            // true.
            throw new LogUnwritableException(Reason.SIGNER, "The log's key did not sign the checkpoint.", e);
        }
    }

    private void removePartialForms(List<TilePath> filled) {
        try {
            for (TilePath path : filled) {
                folder.removePartialForms(path);
            }
        } catch (IOException _) {
            // The append is already published. A partial tile that stays agrees with the full one and harms nobody.
        }
    }

    private Published begin() {
        if (folder.hasTiles()) {
            throw new LogDamagedException(
                    "There are tiles but no checkpoint: this is no new log, and nothing says how far it goes.");
        }
        RightEdge empty = new RightEdge();
        SignedCheckpoint checkpoint = sign(empty);
        try {
            folder.makeNameDurable();
            folder.publishCheckpoint(checkpoint.encode());
        } catch (IOException e) {
            throw new LogUnwritableException(Reason.STORAGE, "The log's folder refuses to be written.", e);
        }
        return new Published(checkpoint, empty, List.of());
    }

    /** Reads the right edge back and checks it against the checkpoint; the rest of the log is the verifier's work. */
    private Published recover() {
        try {
            SignedCheckpoint signed = SignedCheckpoint.parse(folder.readCheckpoint());
            if (!signed.isFrom(VerifierKey.of(signer))) {
                throw new LogDamagedException("The checkpoint is not signed by this log's key.");
            }
            long size = signed.checkpoint().size();
            List<List<Hash>> levels = new ArrayList<>();
            for (int level = 0; level <= TilePath.HIGHEST_LEVEL && size >= TilePath.entriesPerHash(level); level++) {
                levels.add(partialTile(size, level));
            }
            RightEdge edge = new RightEdge(size, levels);
            if (!edge.root().equals(signed.checkpoint().root())) {
                throw new LogDamagedException("The last tiles do not have the root that the checkpoint signed.");
            }
            return new Published(signed, edge, openBundle(edge));
        } catch (IOException | MalformedNoteException e) {
            throw new LogDamagedException("The checkpoint or one of the last tiles cannot be read.", e);
        }
    }

    /** What witnesses signed is the beginning of this log, or this is not the log that they saw. */
    private Optional<SignedCheckpoint> recoverWitnessed() {
        try {
            Optional<SignedCheckpoint> found = folder.readWitnessed().map(SignedCheckpoint::parse);
            if (found.isPresent() && !isBeginning(found.get())) {
                throw new LogDamagedException(
                        "The checkpoint that witnesses cosigned is not the beginning of this log.");
            }
            return found;
        } catch (IOException | MalformedNoteException e) {
            throw new LogDamagedException("The checkpoint that witnesses cosigned cannot be read.", e);
        }
    }

    private boolean isBeginning(SignedCheckpoint earlier) {
        long size = earlier.checkpoint().size();
        return earlier.isFrom(VerifierKey.of(signer))
                && size <= published.edge().size()
                && consistencyProof(size)
                        .proves(earlier.checkpoint().root(), published.edge().root());
    }

    private List<Hash> partialTile(long size, int level) throws IOException {
        long index = size / TilePath.entriesPerHash(level) / TilePath.FULL;
        int width = TilePath.widthIn(size, level, index);
        if (width == 0) {
            return List.of();
        }
        byte[] tile = folder.read(new TilePath(level, index, width));
        if (tile.length != width * Hash.LENGTH) {
            throw new LogDamagedException("The last tile of level " + level + " has the wrong length.");
        }
        return HashTile.decode(tile);
    }

    private List<byte[]> openBundle(RightEdge edge) throws IOException {
        List<Hash> leaves = edge.partialTile(0);
        if (leaves.isEmpty()) {
            return List.of();
        }
        EntryBundle bundle =
                EntryBundle.decode(folder.read(TilePath.entries(edge.size() / TilePath.FULL, leaves.size())));
        List<Hash> found = bundle.entries().stream().map(Hash::leaf).toList();
        if (bundle.strayBytes() != 0 || !found.equals(leaves)) {
            throw new LogDamagedException("The last entries are not those of the last tile.");
        }
        return bundle.entries();
    }

    private Prover prover(RightEdge edge) {
        return new Prover(edge.size(), path -> presentTile(edge, path));
    }

    /** The tile at this place as it is now, which may be longer than it was in an earlier log. */
    private List<Hash> presentTile(RightEdge edge, TilePath path) {
        int width = TilePath.widthIn(edge.size(), path.level(), path.index());
        return width < TilePath.FULL
                ? edge.partialTile(path.level())
                : fullTile(new TilePath(path.level(), path.index(), width));
    }

    private List<Hash> fullTile(TilePath path) {
        try {
            List<Hash> hashes = HashTile.decode(folder.read(path));
            if (hashes.size() != path.width()) {
                throw new LogDamagedException("A tile has the wrong length: " + path + ".");
            }
            return hashes;
        } catch (IOException e) {
            throw new LogDamagedException("A tile cannot be read: " + path + ".", e);
        }
    }

    private List<byte[]> wholeBundle(TilePath path) {
        try {
            EntryBundle bundle = EntryBundle.decode(folder.read(path));
            if (bundle.strayBytes() != 0 || bundle.entries().size() != path.width()) {
                throw new LogDamagedException("A bundle has the wrong length: " + path + ".");
            }
            return bundle.entries();
        } catch (IOException e) {
            throw new LogDamagedException("A bundle cannot be read: " + path + ".", e);
        }
    }

    /** The system frees the lock when the process dies, however it dies. */
    private static FileChannel lock(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw new LogUnwritableException(Reason.IN_USE, "Another writer has this log open.");
            }
            return channel;
        } catch (IOException e) {
            throw new LogUnwritableException(Reason.STORAGE, "The log's folder refuses to be written.", e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The log's lock could not be released.", e);
        }
    }
}
