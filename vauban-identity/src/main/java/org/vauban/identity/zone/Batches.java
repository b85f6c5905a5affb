package org.vauban.identity.zone;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vauban.identity.envelope.BrokenSeal;
import org.vauban.identity.envelope.SealedInput;
import org.vauban.identity.envelope.SealedOutput;
import org.vauban.identity.protocol.IdentityException;

/** Keeps answers, sealed: each in one file, bound to its name. */
final class Batches {

    private static final byte[] MAGIC = "VIZB\1".getBytes(StandardCharsets.ISO_8859_1);
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final int WRAPPED_BYTES_MAX = 4_096;
    private static final String END = ".sealed";

    private final Path folder;
    private final ZoneKeys keys;

    Batches(Path folder, ZoneKeys keys) {
        this.folder = folder;
        this.keys = keys;
    }

    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw IdentityException.protocol("A batch's name has 1 to 64 small letters, digits and hyphens.");
        }
    }

    /** How many answers were made since. */
    long madeSince(Instant since) throws IOException {
        long count = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                count += Files.getLastModifiedTime(file).toInstant().isAfter(since) ? 1 : 0;
            }
        }
        return count;
    }

    Optional<Batch> find(String name) throws IOException {
        requireName(name);
        Path file = folder.resolve(name + END);
        return Files.isRegularFile(file) ? Optional.of(read(name, file)) : Optional.empty();
    }

    void keep(Batch batch, Instant now) throws IOException {
        requireName(batch.name());
        Path fresh = folder.resolve(batch.name() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, ZoneFolder.FILE);
        byte[] dataKey = keys.freshDataKey();
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(fresh))) {
            byte[] wrapped = keys.wrap(dataKey, place(batch.name()));
            byte[] head = ByteBuffer.allocate(MAGIC.length + Short.BYTES + wrapped.length)
                    .put(MAGIC)
                    .putShort((short) wrapped.length)
                    .put(wrapped)
                    .array();
            file.write(head);
            try (var out = new DataOutputStream(new BufferedOutputStream(
                    new SealedOutput(file, dataKey, place(batch.name()), keys.random()), 1 << 16))) {
                write(batch, out);
            }
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
        Files.setLastModifiedTime(fresh, FileTime.from(now));
        ZoneFolder.sync(fresh);
        ZoneFolder.settle(fresh, folder.resolve(batch.name() + END));
    }

    private Batch read(String name, Path file) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            byte[] head = in.readNBytes(MAGIC.length + Short.BYTES);
            if (head.length < MAGIC.length + Short.BYTES || !Arrays.equals(Arrays.copyOf(head, MAGIC.length), MAGIC)) {
                throw new BrokenSeal("No sealed answer.");
            }
            int length = Short.toUnsignedInt(
                    ByteBuffer.wrap(head, MAGIC.length, Short.BYTES).getShort());
            byte[] dataKey = keys.unwrap(in.readNBytes(Math.min(length, WRAPPED_BYTES_MAX)), place(name));
            try (var content = new DataInputStream(new BufferedInputStream(opened(in, dataKey, name)))) {
                return read(name, content);
            } finally {
                Arrays.fill(dataKey, (byte) 0);
            }
        } catch (BrokenSeal e) {
            throw IdentityException.broken("The answer of batch " + name + " does not open: it was changed.");
        }
    }

    private static InputStream opened(InputStream in, byte[] dataKey, String name) throws IOException {
        return new SealedInput(in, dataKey, place(name));
    }

    private static byte[] place(String name) {
        return ("vauban identity batch " + name).getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(Batch batch, DataOutputStream out) throws IOException {
        byte[] report = batch.report().getBytes(StandardCharsets.UTF_8);
        out.writeInt(report.length);
        out.write(report);
        out.writeInt(batch.deposits().size());
        for (Batch.Deposit deposit : batch.deposits()) {
            out.writeUTF(deposit.id());
            out.writeInt(deposit.records().size());
            for (int at = 0; at < deposit.records().size(); at++) {
                out.writeUTF(deposit.records().get(at));
                out.writeUTF(deposit.pseudonyms().get(at));
                out.writeInt(deposit.clusters().get(at));
            }
        }
    }

    private static Batch read(String name, DataInputStream in) throws IOException {
        String report = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        List<Batch.Deposit> deposits = new ArrayList<>();
        int count = in.readInt();
        for (int each = 0; each < count; each++) {
            String id = in.readUTF();
            int size = in.readInt();
            List<String> records = new ArrayList<>(size);
            List<String> pseudonyms = new ArrayList<>(size);
            List<Integer> clusters = new ArrayList<>(size);
            for (int at = 0; at < size; at++) {
                records.add(in.readUTF());
                pseudonyms.add(in.readUTF());
                clusters.add(in.readInt());
            }
            deposits.add(new Batch.Deposit(id, records, pseudonyms, clusters));
        }
        return new Batch(name, report, deposits);
    }
}
