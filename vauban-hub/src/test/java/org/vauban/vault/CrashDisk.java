package org.vauban.vault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vauban.custodian.Custodian;
import org.vauban.disk.Disk;

/**
 * A disk in memory that behaves as badly as a real one may: when the power fails, content that was not synced is torn, and names that
 * were not synced are there or not, as chance has it. The power can be made to fail at any operation.
 */
public final class CrashDisk implements Disk {
    /** One file: what programs see, and what survives. */
    private static final class Content {
        private byte[] seen = new byte[0];
        private byte @Nullable [] durable;
    }

    private final Map<Path, Content> seen = new TreeMap<>();
    private final Map<Path, Content> durable = new TreeMap<>();
    private final boolean syncs;
    private long operations;
    private long failsAt = Long.MAX_VALUE;

    private CrashDisk(boolean syncs) {
        this.syncs = syncs;
    }

    public static CrashDisk honest() {
        return new CrashDisk(true);
    }

    /** A disk whose sync does nothing: what a program without syncs would see. Tests must notice it. */
    public static CrashDisk lying() {
        return new CrashDisk(false);
    }

    /** A vault on this disk. */
    public Vault vault(Custodian custodian) {
        return Vault.open(this, Path.of("/vault"), custodian);
    }

    /** The power fails at the operation of that number from now, counted from 0. */
    public CrashDisk failingAfter(long count) {
        failsAt = operations + count;
        return this;
    }

    public long operations() {
        return operations;
    }

    /** The disk as it is found after the power came back. */
    public CrashDisk afterPowerCut(Random chance) {
        var found = new CrashDisk(syncs);
        Map<Path, Content> names = new TreeMap<>(durable);
        seen.forEach((path, content) -> {
            if (durable.get(path) != content && chance.nextBoolean()) {
                names.put(path, content);
            }
        });
        durable.forEach((path, content) -> {
            if (!seen.containsKey(path) && chance.nextBoolean()) {
                names.remove(path);
            }
        });
        names.forEach((path, content) -> {
            var survived = new Content();
            byte[] synced = content.durable;
            survived.seen =
                    synced != null ? synced : Arrays.copyOf(content.seen, chance.nextInt(content.seen.length + 1));
            survived.durable = survived.seen;
            found.seen.put(path, survived);
            found.durable.put(path, survived);
        });
        return found;
    }

    private void operation() throws IOException {
        if (operations++ >= failsAt) {
            throw new IOException("power cut");
        }
    }

    @Override
    public synchronized void createFolder(Path folder) throws IOException {
        operation();
    }

    @Override
    public synchronized NewFile create(Path file) throws IOException {
        operation();
        if (seen.containsKey(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        var content = new Content();
        seen.put(file, content);
        return new NewFile() {
            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] more, int from, int length) throws IOException {
                operation();
                bytes.write(more, from, length);
                content.seen = bytes.toByteArray();
            }

            @Override
            public void sync() throws IOException {
                synchronized (CrashDisk.this) {
                    operation();
                    if (syncs) {
                        content.durable = content.seen;
                    }
                }
            }
        };
    }

    @Override
    public synchronized InputStream read(Path file) throws IOException {
        operation();
        Content content = seen.get(file);
        if (content == null) {
            throw new FileNotFoundException(file.toString());
        }
        return new ByteArrayInputStream(content.seen);
    }

    @Override
    public synchronized boolean exists(Path file) throws IOException {
        operation();
        return seen.containsKey(file);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        operation();
        Content content = seen.remove(from);
        if (content == null) {
            throw new FileNotFoundException(from.toString());
        }
        seen.put(to, content);
    }

    @Override
    public synchronized void syncFolder(Path folder) throws IOException {
        operation();
        if (syncs) {
            durable.keySet().removeIf(path -> folder.equals(path.getParent()));
            seen.forEach((path, content) -> {
                if (folder.equals(path.getParent())) {
                    durable.put(path, content);
                }
            });
        }
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        operation();
        seen.remove(file);
    }

    @Override
    public synchronized List<Path> list(Path folder) throws IOException {
        operation();
        return seen.keySet().stream()
                .filter(path -> path.startsWith(folder) && !path.equals(folder))
                .map(path -> folder.resolve(path.getName(folder.getNameCount())))
                .distinct()
                .toList();
    }
}
