package org.vauban.identity.zone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vauban.identity.protocol.DepositManifest;
import org.vauban.identity.protocol.IdentityException;

/**
 * Where identity deposits lie, as they came: sealed. A deposit grows in {@code incoming} and moves to {@code deposits} in one
 * step when every part was given and has the bytes that its manifest promised.
 */
final class Shelf {

    private static final int DEPOSITS_MAX = 20_000;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final String GROWING = ".growing";
    /** Beside the parts of a list of objections: its place in the order in which lists came. */
    private static final String PLACE = "place";

    private final Path incoming;
    private final Path deposits;
    private final String key;
    private final ReentrantLock lock = new ReentrantLock();

    /** @param key SHA-256 of the zone's public key, in hexadecimal digits */
    Shelf(ZoneFolder folder, String key) throws IOException {
        this.incoming = folder.room("incoming");
        this.deposits = folder.room("deposits");
        this.key = key;
    }

    /** Takes a manifest, and tells the parts that are here already. */
    List<String> begin(byte[] bytes) throws IOException {
        DepositManifest manifest = DepositManifest.parse(bytes);
        if (!manifest.key().equals(key)) {
            throw IdentityException.refused("The deposit is sealed for another key than this zone's "
                    + key.substring(0, 8) + "…. Ask for the key again, and split again.");
        }
        lock.lock();
        try {
            if (Files.exists(deposits.resolve(manifest.deposit()))) {
                byte[] held =
                        Files.readAllBytes(deposits.resolve(manifest.deposit()).resolve(DepositManifest.FILE));
                if (!MessageDigest.isEqual(held, bytes)) {
                    throw IdentityException.refused(
                            "Deposit " + manifest.deposit() + " is here already, and is another.");
                }
                return manifest.parts().stream().map(DepositManifest.Part::name).toList();
            }
            Path folder = incoming.resolve(manifest.deposit());
            if (!Files.isDirectory(folder)) {
                requireRoom();
                ZoneFolder.createFolder(folder);
            }
            replaceManifest(folder, bytes);
            return held(folder, manifest);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a piece of a part; the last one makes it whole. */
    void piece(String deposit, String name, long offset, byte[] piece) throws IOException {
        lock.lock();
        try {
            Path folder = growing(deposit);
            DepositManifest.Part part = manifest(folder).parts().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> IdentityException.refused("The manifest names no such part."));
            Path file = folder.resolve(name + GROWING);
            if (offset < 0 || piece.length == 0 || offset + piece.length > part.bytes()) {
                throw IdentityException.protocol("A piece lies within its part of " + part.bytes() + " bytes.");
            }
            write(file, offset, piece);
            if (offset + piece.length == part.bytes()) {
                complete(file, folder.resolve(name), part);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Puts a whole deposit where it can be linked. Repeating it does nothing. */
    void finish(String deposit) throws IOException {
        lock.lock();
        try {
            requireId(deposit);
            if (Files.isDirectory(deposits.resolve(deposit))) {
                return;
            }
            Path folder = growing(deposit);
            DepositManifest manifest = manifest(folder);
            int held = held(folder, manifest).size();
            if (held < manifest.parts().size()) {
                throw IdentityException.refused(
                        "Deposit " + deposit + " has " + manifest.parts().size() + " parts, " + held
                                + " of them are here. Give it again: what is here is not sent twice.");
            }
            if (manifest.isListOfObjections()) {
                writePlace(folder);
            }
            ZoneFolder.sync(folder);
            ZoneFolder.settle(folder, deposits.resolve(deposit));
        } finally {
            lock.unlock();
        }
    }

    /** A deposit's manifest; empty when there is no such deposit. */
    Optional<DepositManifest> find(String deposit) throws IOException {
        return ID.matcher(deposit).matches() && Files.isDirectory(deposits.resolve(deposit))
                ? Optional.of(manifest(deposits.resolve(deposit)))
                : Optional.empty();
    }

    /** The lists of objections, in the order in which they came. */
    List<DepositManifest> lists() throws IOException {
        SortedMap<Long, DepositManifest> lists = new TreeMap<>();
        try (Stream<Path> folders = Files.list(deposits)) {
            for (Path folder : (Iterable<Path>) folders::iterator) {
                if (Files.isRegularFile(folder.resolve(PLACE))) {
                    lists.put(Long.parseLong(Files.readString(folder.resolve(PLACE))), manifest(folder));
                }
            }
        }
        return List.copyOf(lists.values());
    }

    /** Comes with the list in one step, so that repeating an older one's end does not put it before a later one. */
    private void writePlace(Path folder) throws IOException {
        long last = 0;
        try (Stream<Path> folders = Files.list(deposits)) {
            for (Path each : (Iterable<Path>) folders::iterator) {
                if (Files.isRegularFile(each.resolve(PLACE))) {
                    last = Math.max(last, Long.parseLong(Files.readString(each.resolve(PLACE))));
                }
            }
        }
        Path fresh = folder.resolve(PLACE + GROWING);
        Files.deleteIfExists(fresh);
        write(fresh, 0, String.valueOf(last + 1).getBytes(StandardCharsets.US_ASCII));
        ZoneFolder.sync(fresh);
        ZoneFolder.settle(fresh, folder.resolve(PLACE));
    }

    InputStream open(DepositManifest manifest, DepositManifest.Part part) throws IOException {
        return Files.newInputStream(deposits.resolve(manifest.deposit()).resolve(part.name()));
    }

    private void requireRoom() throws IOException {
        try (Stream<Path> taken = Stream.concat(Files.list(incoming), Files.list(deposits))) {
            if (taken.count() >= DEPOSITS_MAX) {
                throw IdentityException.refused("The zone holds " + DEPOSITS_MAX + " deposits, the most there may be.");
            }
        }
    }

    private static void replaceManifest(Path folder, byte[] bytes) throws IOException {
        Path file = folder.resolve(DepositManifest.FILE);
        if (Files.exists(file)) {
            if (!MessageDigest.isEqual(Files.readAllBytes(file), bytes)) {
                throw IdentityException.refused("This deposit began with another manifest.");
            }
            return;
        }
        Path fresh = folder.resolve(DepositManifest.FILE + GROWING);
        Files.deleteIfExists(fresh);
        write(fresh, 0, bytes);
        ZoneFolder.sync(fresh);
        ZoneFolder.settle(fresh, file);
    }

    private static List<String> held(Path folder, DepositManifest manifest) {
        List<String> held = new ArrayList<>();
        for (DepositManifest.Part part : manifest.parts()) {
            if (Files.isRegularFile(folder.resolve(part.name()))) {
                held.add(part.name());
            }
        }
        return held;
    }

    private static void complete(Path growing, Path whole, DepositManifest.Part part) throws IOException {
        if (Files.size(growing) != part.bytes() || !sha256(growing).equals(part.sha256())) {
            Files.delete(growing);
            throw IdentityException.broken("Part " + part.name()
                    + " arrived with other bytes than its manifest promised. Give the deposit again.");
        }
        boolean synced = false;
        try {
            ZoneFolder.sync(growing);
            synced = true;
        } finally {
            // After a sync that failed the bytes in memory prove nothing: the part is sent again from its beginning.
            if (!synced) {
                Files.deleteIfExists(growing);
            }
        }
        ZoneFolder.settle(growing, whole);
    }

    private static void write(Path file, long offset, byte[] bytes) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, ZoneFolder.FILE)) {
            if (channel.size() < offset) {
                throw IdentityException.protocol("A piece follows the one before it.");
            }
            // What an interrupted attempt left behind this place is worth nothing.
            channel.truncate(offset);
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left, offset + left.position());
            }
        }
    }

    private Path growing(String deposit) {
        requireId(deposit);
        Path folder = incoming.resolve(deposit);
        if (!Files.isRegularFile(folder.resolve(DepositManifest.FILE))) {
            throw IdentityException.refused("No such deposit has begun.");
        }
        return folder;
    }

    private static void requireId(String deposit) {
        if (!ID.matcher(deposit).matches()) {
            throw IdentityException.protocol("A deposit's id has 32 hexadecimal digits.");
        }
    }

    private static DepositManifest manifest(Path folder) throws IOException {
        return DepositManifest.parse(Files.readAllBytes(folder.resolve(DepositManifest.FILE)));
    }

    private static String sha256(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
