package org.vauban.vault;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.vauban.custodian.Custodian;
import org.vauban.custodian.DataKey;
import org.vauban.custodian.KeyName;
import org.vauban.custodian.WrappedKey;
import org.vauban.disk.Disk;
import org.vauban.disk.LocalDisk;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * A folder of immutable sealed objects, {@code objects/ab/abcdef…}, each named by the SHA-256 of its ciphertext.
 *
 * <p>Sealing is durable: when it returns, content and name survive a power cut. A crash before that leaves at most files named
 * {@code .unfinished-…}, which the next opening removes, and whole objects that nobody names. Opening verifies the name, the seal and
 * the place, and throws {@code SEAL_BROKEN} otherwise.
 *
 * <p>Safe for many threads. One process owns the folder.
 */
public final class Vault {
    /** So many files are written before they are synced together; bounds open files, and lets the disk group its work. */
    private static final int SYNCED_TOGETHER = 64;

    private static final int SYNCING_THREADS = 16;

    private static final String UNFINISHED = ".unfinished-";
    private static final int BUFFER_BYTES = 1 << 16;

    private final Disk disk;
    private final Path folder;
    private final Path objects;
    private final Custodian custodian;
    private final SecureRandom random = new SecureRandom();

    private Vault(Disk disk, Path folder, Custodian custodian) {
        this.disk = disk;
        this.folder = folder;
        this.objects = folder.resolve("objects");
        this.custodian = custodian;
    }

    /** Opens the vault in a folder, which is made when it is absent. Asks no key yet. */
    public static Vault open(Path folder, Custodian custodian) {
        return open(new LocalDisk(), folder, custodian);
    }

    /** The same on a disk that is shared with others, so that a failed sync of one stops them all. */
    public static Vault open(Disk disk, Path folder, Custodian custodian) {
        var vault = new Vault(disk, folder, custodian);
        try {
            disk.createFolder(vault.objects);
            for (Path entry : disk.list(vault.objects)) {
                if (String.valueOf(entry.getFileName()).startsWith(UNFINISHED)) {
                    disk.delete(entry);
                }
            }
            Spill.empty(disk, folder);
        } catch (IOException unwritable) {
            throw unwritable(unwritable);
        }
        return vault;
    }

    /** A place for contents that this process cannot hold in memory; to be closed. One at a time. */
    public Spill spill() {
        return Spill.open(disk, folder);
    }

    /** A shelf of small public documents beside the objects. */
    public Shelf shelf(String name) {
        return new Shelf(disk, folder.resolve(name));
    }

    /** Seals one content; durable when it returns. */
    public SealedObject seal(SealContext context, byte[] content) {
        return sealAll(List.of(Sealing.of(context, content))).getFirst();
    }

    /**
     * Seals many contents, one after the other, with one question to the custodian per key; all are durable when it returns.
     *
     * @return the objects in the order asked
     */
    public List<SealedObject> sealAll(List<Sealing> sealings) {
        List<Fresh> fresh = sealings.stream().map(this::fresh).toList();
        try {
            List<byte[]> wrapped = wrapAll(fresh);
            List<SealedObject> sealed = new ArrayList<>();
            Set<Path> touched = new TreeSet<>();
            for (int from = 0; from < fresh.size(); from += SYNCED_TOGETHER) {
                int to = Math.min(fresh.size(), from + SYNCED_TOGETHER);
                sealed.addAll(write(fresh.subList(from, to), wrapped.subList(from, to), touched));
            }
            together(touched.stream()
                    .<DiskStep>map(shard -> () -> disk.syncFolder(shard))
                    .toList());
            return List.copyOf(sealed);
        } catch (IOException unwritable) {
            throw unwritable(unwritable);
        } finally {
            fresh.forEach(Fresh::forget);
        }
    }

    /** Opens one object. */
    public byte[] open(ObjectId id, SealContext context) {
        var content = new ByteArrayOutputStream();
        openAll(List.of(new Opening(id, context, content)));
        return content.toByteArray();
    }

    /** Opens many objects with one question to the custodian per key. The sinks stay open. */
    public void openAll(List<Opening> openings) {
        openAll(openings, Loan.OF_THE_HUB);
    }

    /** The same for work under a permit: keys whose time is over are zeroed, and those of the objects that remain are asked for again. */
    public void openAll(List<Opening> openings, Loan loan) {
        List<Closed> closed = openings.stream().map(this::header).toList();
        int opened = 0;
        while (opened < closed.size()) {
            opened += openWhileHeld(closed.subList(opened, closed.size()), loan.begin());
        }
    }

    /** Opens the first, and the others as long as their keys may be held; says how many. */
    private int openWhileHeld(List<Closed> closed, BooleanSupplier isOver) {
        List<byte[]> dataKeys = unwrapAllOrTellWhy(closed);
        try {
            int opened = 0;
            do {
                open(closed.get(opened), dataKeys.get(opened));
                Arrays.fill(dataKeys.get(opened), (byte) 0);
                opened++;
            } while (opened < closed.size() && !isOver.getAsBoolean());
            return opened;
        } finally {
            dataKeys.forEach(key -> Arrays.fill(key, (byte) 0));
        }
    }

    /** Re-reads an object's bytes and checks that they are those that its name tells; asks no key. */
    public void verify(ObjectId id) {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(disk.read(path(id)), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException unreadable) {
            throw broken(id, "it is absent or cannot be read", unreadable);
        }
        if (!ObjectId.of(digest.digest()).equals(id)) {
            throw broken(id, "its bytes are not those that its name tells", null);
        }
    }

    /** True when an object of that name is there; says nothing about its seal. */
    public boolean contains(ObjectId id) {
        try {
            return disk.exists(path(id));
        } catch (IOException unreadable) {
            throw unwritable(unreadable);
        }
    }

    /** All objects that are there, whether somebody names them or not, sorted. */
    public List<ObjectId> objects() {
        try {
            List<ObjectId> all = new ArrayList<>();
            for (Path shard : disk.list(objects)) {
                for (Path object : disk.list(shard)) {
                    all.add(new ObjectId(String.valueOf(object.getFileName())));
                }
            }
            return List.copyOf(all);
        } catch (IOException unreadable) {
            throw unwritable(unreadable);
        }
    }

    // Sealing.

    /** A content with its new data key. */
    @SuppressWarnings("ArrayRecordComponent") // Private, compared by nobody.
    private record Fresh(Sealing sealing, byte[] objectId, byte[] dataKey, byte[] associatedData) {
        void forget() {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    private Fresh fresh(Sealing sealing) {
        byte[] objectId = random(Envelope.OBJECT_ID_BYTES);
        return new Fresh(
                sealing,
                objectId,
                random(Envelope.DATA_KEY_BYTES),
                Envelope.associatedData(custodian.hubId(), sealing.context(), objectId));
    }

    private List<byte[]> wrapAll(List<Fresh> fresh) {
        Map<KeyName, List<Integer>> byKey = new LinkedHashMap<>();
        for (int index = 0; index < fresh.size(); index++) {
            byKey.computeIfAbsent(fresh.get(index).sealing().context().key(), _ -> new ArrayList<>())
                    .add(index);
        }
        byte[][] wrapped = new byte[fresh.size()][];
        byKey.forEach((key, indexes) -> {
            List<byte[]> answers = custodian.wrapAll(
                    key,
                    indexes.stream()
                            .map(index -> new DataKey(
                                    fresh.get(index).dataKey(), fresh.get(index).associatedData()))
                            .toList());
            for (int position = 0; position < indexes.size(); position++) {
                wrapped[indexes.get(position)] = answers.get(position);
            }
        });
        return Arrays.asList(wrapped);
    }

    /** A file that is written, not yet synced and not yet named. */
    private record Unnamed(Path file, Disk.NewFile handle, SealedObject object) {}

    private List<SealedObject> write(List<Fresh> fresh, List<byte[]> wrapped, Set<Path> touched) throws IOException {
        List<Unnamed> unnamed = new ArrayList<>();
        try {
            for (int index = 0; index < fresh.size(); index++) {
                unnamed.add(write(fresh.get(index), wrapped.get(index)));
            }
            together(unnamed.stream().<DiskStep>map(file -> file.handle()::sync).toList());
        } finally {
            for (Unnamed file : unnamed) {
                file.handle().close();
            }
        }
        for (Unnamed file : unnamed) {
            Path named = path(file.object().id());
            Path shard = shard(file.object().id());
            disk.createFolder(shard);
            disk.rename(file.file(), named);
            touched.add(shard);
        }
        return unnamed.stream().map(Unnamed::object).toList();
    }

    private Unnamed write(Fresh fresh, byte[] wrapped) throws IOException {
        Path file = objects.resolve(UNFINISHED + HexFormat.of().formatHex(random(12)));
        Disk.NewFile handle = disk.create(file);
        boolean written = false;
        MessageDigest digest = sha256();
        var counted = new CountedDigest(new BufferedOutputStream(handle, BUFFER_BYTES), digest);
        try (Plaintext content = fresh.sealing().content().get()) {
            var header = Envelope.Header.of(
                    content.size(), fresh.objectId(), fresh.sealing().context().key(), wrapped);
            Envelope.seal(header, fresh.dataKey(), fresh.associatedData(), content, counted);
            counted.flush();
            written = true;
            return new Unnamed(file, handle, new SealedObject(ObjectId.of(digest.digest()), counted.count));
        } catch (GeneralSecurityException unsealed) {
            throw new IllegalStateException("The machine's cryptography refused to seal", unsealed);
        } finally {
            if (!written) {
                handle.close();
                disk.delete(file);
            }
        }
    }

    /** Something that waits for the disk. */
    @FunctionalInterface
    private interface DiskStep {
        void run() throws IOException;
    }

    /** Waits for the disk once instead of many times: file systems write what is synced at the same time in one go. */
    private static void together(List<DiskStep> steps) throws IOException {
        if (steps.size() == 1) {
            steps.getFirst().run();
            return;
        }
        try (var threads = Executors.newFixedThreadPool(SYNCING_THREADS)) {
            List<Future<?>> waiting = new ArrayList<>();
            for (DiskStep step : steps) {
                waiting.add(threads.submit(() -> {
                    step.run();
                    return null;
                }));
            }
            for (Future<?> each : waiting) {
                each.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("the disk did not sync", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while waiting for the disk", stopped);
        }
    }

    private static final class CountedDigest extends DigestOutputStream {
        private long count;

        CountedDigest(OutputStream out, MessageDigest digest) {
            super(out, digest);
        }

        @Override
        public void write(int octet) throws IOException {
            super.write(octet);
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            super.write(bytes, from, length);
            count += length;
        }
    }

    // Opening.

    /** An object whose header was read. */
    private record Closed(Opening opening, Envelope.Header header) {}

    private Closed header(Opening opening) {
        try (InputStream in = new BufferedInputStream(disk.read(path(opening.id())))) {
            var header = Envelope.Header.read(in);
            if (!header.key().equals(opening.context().key())) {
                throw broken(opening.id(), "it is sealed under another key", null);
            }
            return new Closed(opening, header);
        } catch (IOException | GeneralSecurityException unreadable) {
            throw broken(opening.id(), "it is absent, cut or no sealed object", unreadable);
        }
    }

    /** A custodian that says no may have been shown changed bytes; then the object is to blame, not the permission. */
    private List<byte[]> unwrapAllOrTellWhy(List<Closed> closed) {
        try {
            return unwrapAll(closed);
        } catch (ProblemException no) {
            if (no.code() != ProblemCode.KEYS_ABSENT) {
                closed.forEach(object -> verify(object.opening().id()));
            }
            throw no;
        }
    }

    private List<byte[]> unwrapAll(List<Closed> closed) {
        Map<KeyName, List<Integer>> byKey = new LinkedHashMap<>();
        for (int index = 0; index < closed.size(); index++) {
            byKey.computeIfAbsent(closed.get(index).header().key(), _ -> new ArrayList<>())
                    .add(index);
        }
        byte[][] dataKeys = new byte[closed.size()][];
        byKey.forEach((key, indexes) -> {
            List<byte[]> answers = custodian.unwrapAll(
                    key,
                    indexes.stream()
                            .map(index -> new WrappedKey(
                                    closed.get(index).header().wrappedKey(), associatedData(closed.get(index))))
                            .toList());
            for (int position = 0; position < indexes.size(); position++) {
                dataKeys[indexes.get(position)] = answers.get(position);
            }
        });
        return Arrays.asList(dataKeys);
    }

    private void open(Closed closed, byte[] dataKey) {
        ObjectId id = closed.opening().id();
        MessageDigest digest = sha256();
        try (InputStream in =
                new DigestInputStream(new BufferedInputStream(disk.read(path(id)), BUFFER_BYTES), digest)) {
            var header = Envelope.Header.read(in);
            if (!Arrays.equals(header.bytes(), closed.header().bytes())) {
                throw broken(id, "it changed while it was read", null);
            }
            Envelope.open(
                    header,
                    dataKey,
                    associatedData(closed),
                    in,
                    closed.opening().sink());
        } catch (IOException | GeneralSecurityException unopened) {
            throw broken(id, "its seal does not open at this place", unopened);
        }
        if (!ObjectId.of(digest.digest()).equals(id)) {
            throw broken(id, "its bytes are not those that its name tells", null);
        }
    }

    private byte[] associatedData(Closed closed) {
        return Envelope.associatedData(
                custodian.hubId(), closed.opening().context(), closed.header().objectId());
    }

    // Helpers.

    private Path path(ObjectId id) {
        return shard(id).resolve(id.value());
    }

    /** Objects are spread over 256 folders, so that none grows too long. */
    private Path shard(ObjectId id) {
        return objects.resolve(id.value().substring(0, 2));
    }

    private byte[] random(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    private static ProblemException broken(ObjectId id, String found, @Nullable Exception cause) {
        Problem problem = Problem.of(ProblemCode.SEAL_BROKEN).found(Phrase.THE_OBJECT.with(id, found));
        return cause == null ? problem.exception() : problem.exception(cause);
    }

    static ProblemException unwritable(IOException cause) {
        return Problem.of(ProblemCode.HOME_UNWRITABLE)
                .found(cause.getClass().getSimpleName() + ": " + cause.getMessage())
                .exception(cause);
    }
}
