package org.vauban.ledger.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.ledger.SampleEntries.KEY;
import static org.vauban.ledger.SampleEntries.ORIGIN;
import static org.vauban.ledger.SampleEntries.SIGNER;
import static org.vauban.ledger.SampleEntries.entries;
import static org.vauban.ledger.SampleEntries.entry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.ledger.log.TileLog;
import org.vauban.ledger.note.Checkpoint;
import org.vauban.ledger.note.Cosigner;
import org.vauban.ledger.note.InMemorySigner;
import org.vauban.ledger.note.NoteSignature;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.policy.Policy;
import org.vauban.ledger.tree.EntryBundle;
import org.vauban.ledger.tree.Hash;
import org.vauban.ledger.tree.HashTile;
import org.vauban.ledger.tree.RightEdge;
import org.vauban.ledger.tree.TilePath;

/**
 * Ten thousand ways to tamper with a log (a campaign makes more), each found at the right index, by public keys and a checkpoint that
 * witnesses cosigned. Among them those of an operator who holds the log's own key: entries changed and everything above them
 * computed and signed again, and an older state put back.
 *
 * <p>The right index is computed here from the difference between the files before and after, without the verifier's classes:
 * the first entry, or the first entry under a hash, that is no longer what it was.
 */
class MutationTest {

    private static final long SEED = Long.getLong("vauban.mutations.seed", 700);
    private static final int MUTATIONS = Integer.getInteger("vauban.mutations", 4_000);
    private static final int SIZE = 700;
    private static final int HASH = 32;

    private enum Kind {
        FLIP_A_BIT,
        OVERWRITE_BYTES,
        DROP_BYTES,
        INSERT_BYTES,
        TRUNCATE,
        APPEND_BYTES,
        DROP_A_FILE,
        SWAP_FILES,
        DROP_A_PART,
        INSERT_A_PART,
        SWAP_PARTS,
        SIGN_AGAIN,
        ROLL_BACK
    }

    private static final List<Cosigner> WITNESSES = Stream.of(1, 2, 3)
            .map(number -> new Cosigner(InMemorySigner.ofSeed(
                    "witness.example/w" + number,
                    Hash.leaf(("witness " + number).getBytes(UTF_8)).bytes())))
            .toList();

    /** All three: each line of a checkpoint matters then. */
    private static final Policy POLICY = Policy.parse(
            """
                    log %s
                    witness w1 %s
                    witness w2 %s
                    witness w3 %s
                    group G all w1 w2 w3
                    quorum G
                    """.formatted(
                    KEY,
                    WITNESSES.get(0).key(),
                    WITNESSES.get(1).key(),
                    WITNESSES.get(2).key()).getBytes(UTF_8));

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final Map<String, byte[]> files = new TreeMap<>();

    /** The log at its earlier sizes, as witnesses cosigned it then. */
    private final Map<Long, Map<String, byte[]>> earlier = new TreeMap<>();

    @Test
    void everyMutationIsFoundAtItsFirstBadIndex() throws IOException {
        writeTheLog();
        Verifier verifier =
                new Verifier(Trust.nothing().under(POLICY).since(SignedCheckpoint.parse(original("checkpoint"))));
        assertThat(verifier.verify(folder).isWhole()).isTrue();
        Map<Kind, Integer> made = new EnumMap<>(Kind.class);

        for (int round = 0; round < MUTATIONS; round++) {
            Kind kind = Kind.values()[round % Kind.values().length];
            Map<String, byte[]> mutated = mutate(kind);
            long expected = expected(kind, mutated);
            write(mutated);

            VerificationReport report = verifier.verify(folder);

            assertThat(report.firstBadIndex())
                    .as("seed %d, round %d: %s in %s", SEED, round, kind, mutated.keySet())
                    .hasValue(expected);
            made.merge(kind, 1, Integer::sum);
            restore(mutated);
        }

        assertThat(verifier.verify(folder).isWhole()).isTrue();
        assertThat(made)
                .hasSize(Kind.values().length)
                .allSatisfy((_, times) -> assertThat(times).isGreaterThanOrEqualTo(MUTATIONS / Kind.values().length));
    }

    private long expected(Kind kind, Map<String, byte[]> mutated) {
        return switch (kind) {
            // Nothing that the stolen key signs is witnessed.
            case SIGN_AGAIN -> 0;
            // All that is left is witnessed; the checkpoint that was kept says that there was more.
            case ROLL_BACK ->
                SignedCheckpoint.parse(
                                Optional.ofNullable(mutated.get("checkpoint")).orElseThrow())
                        .checkpoint()
                        .size();
            default ->
                mutated.entrySet().stream()
                        .mapToLong(file -> firstDifference(file.getKey(), original(file.getKey()), file.getValue()))
                        .min()
                        .orElseThrow();
        };
    }

    /** Full and partial tiles, two levels, and older partial forms of the last tile. */
    private void writeTheLog() throws IOException {
        try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER)) {
            for (long end : new long[] {100, 300, 560, 640, SIZE}) {
                log.append(entries(log.size(), end));
                log.keep(cosigned(log.checkpoint()), false);
                earlier.put(end, filesInFolder());
            }
        }
        files.putAll(earlier.remove((long) SIZE));
        assertThat(files.keySet())
                .contains("checkpoint", "tile/0/000", "tile/0/002.p/188", "tile/0/002.p/128", "tile/1/000.p/2")
                .hasSize(13);
    }

    private Map<String, byte[]> filesInFolder() throws IOException {
        Map<String, byte[]> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                found.put(folder.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        found.remove("lock");
        return found;
    }

    private static SignedCheckpoint cosigned(SignedCheckpoint checkpoint) {
        SignedCheckpoint cosigned = checkpoint;
        for (Cosigner witness : WITNESSES) {
            cosigned = cosigned.with(witness.cosign(checkpoint.note().text(), NOON));
        }
        return cosigned;
    }

    /** The log with other entries, in order with itself again, under the stolen key. */
    private Map<String, byte[]> signedAgain() {
        List<byte[]> entries = new ArrayList<>(entries(0, SIZE));
        int place = random.nextInt(SIZE);
        switch (random.nextInt(5)) {
            case 0 -> entries.set(place, flipped(entries.get(place)));
            case 1 -> entries.remove(place);
            case 2 -> entries.add(place, entry(SIZE + (long) place));
            case 3 -> Collections.swap(entries, place, (place + 1) % SIZE);
            default -> entries.subList(place, SIZE).clear();
        }
        SignedCheckpoint checkpoint = SignedCheckpoint.parse(original("checkpoint"));
        Map<String, byte[]> made = new TreeMap<>();
        var edge = new RightEdge();
        for (byte[] entry : entries) {
            edge.append(Hash.leaf(entry), (path, hashes) -> made.put(path.toString(), HashTile.encode(hashes)));
        }
        for (int level = 0; level < edge.levels(); level++) {
            List<Hash> tile = edge.partialTile(level);
            if (!tile.isEmpty()) {
                long index = edge.size() / TilePath.entriesPerHash(level) / TilePath.FULL;
                made.put(new TilePath(level, index, tile.size()).toString(), HashTile.encode(tile));
            }
        }
        for (int first = 0; first < entries.size(); first += TilePath.FULL) {
            List<byte[]> bundle = entries.subList(first, Math.min(first + TilePath.FULL, entries.size()));
            made.put(TilePath.entries(first / TilePath.FULL, bundle.size()).toString(), EntryBundle.encode(bundle));
        }
        SignedCheckpoint forged = SignedCheckpoint.sign(new Checkpoint(ORIGIN, edge.size(), edge.root()), SIGNER);
        for (NoteSignature signature : signaturesToCarryOver(checkpoint)) {
            forged = forged.with(signature);
        }
        made.put("checkpoint", forged.encode());
        return replacing(made);
    }

    /** None, or those of the true checkpoint, or those of witnesses who have the names and not the keys. */
    private List<NoteSignature> signaturesToCarryOver(SignedCheckpoint checkpoint) {
        return switch (random.nextInt(3)) {
            case 0 -> List.of();
            case 1 ->
                checkpoint
                        .note()
                        .signatures()
                        .subList(1, checkpoint.note().signatures().size());
            default ->
                WITNESSES.stream()
                        .map(witness -> new Cosigner(
                                        InMemorySigner.ofSeed(witness.key().name(), randomBytes(HASH)))
                                .cosign(checkpoint.note().text(), NOON))
                        .toList();
        };
    }

    /** Drops every file that is not in the other state. */
    private Map<String, byte[]> replacing(Map<String, byte[]> state) {
        Map<String, byte[]> mutated = new TreeMap<>(state);
        files.keySet().forEach(name -> mutated.putIfAbsent(name, new byte[0]));
        return mutated;
    }

    /** Changed files and their new content; an empty array stands for a file that is dropped. */
    private Map<String, byte[]> mutate(Kind kind) {
        while (true) {
            String name = pick(new ArrayList<>(files.keySet()));
            byte[] content = original(name);
            Map<String, byte[]> mutated = new HashMap<>();
            switch (kind) {
                case FLIP_A_BIT -> mutated.put(name, flipped(content));
                case OVERWRITE_BYTES -> mutated.put(name, overwritten(content));
                case DROP_BYTES -> mutated.put(name, spliced(content, 1 + random.nextInt(40), new byte[0]));
                case INSERT_BYTES -> mutated.put(name, spliced(content, 0, randomBytes(1 + random.nextInt(40))));
                case TRUNCATE -> mutated.put(name, Arrays.copyOf(content, 1 + random.nextInt(content.length - 1)));
                case APPEND_BYTES -> mutated.put(name, joined(content, randomBytes(1 + random.nextInt(300))));
                case DROP_A_FILE -> {
                    if (isNeeded(name)) {
                        mutated.put(name, new byte[0]);
                    }
                }
                case SWAP_FILES -> {
                    String other = pick(new ArrayList<>(files.keySet()));
                    mutated.put(name, original(other));
                    mutated.put(other, content);
                }
                case SIGN_AGAIN -> {
                    return signedAgain();
                }
                case ROLL_BACK -> {
                    return replacing(pick(List.copyOf(earlier.values())));
                }
                case DROP_A_PART, INSERT_A_PART, SWAP_PARTS -> {
                    if (!name.equals("checkpoint")) {
                        mutated.put(name, rearranged(kind, name, content));
                    }
                }
            }
            mutated.entrySet().removeIf(file -> isLegitimate(file.getKey(), file.getValue()));
            if (!mutated.isEmpty()) {
                return mutated;
            }
        }
    }

    private byte[] flipped(byte[] content) {
        byte[] changed = content.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private byte[] overwritten(byte[] content) {
        byte[] changed = content.clone();
        byte[] noise = randomBytes(Math.min(content.length, 1 + random.nextInt(64)));
        System.arraycopy(noise, 0, changed, random.nextInt(content.length - noise.length + 1), noise.length);
        return changed;
    }

    private byte[] spliced(byte[] content, int dropped, byte[] inserted) {
        int start = random.nextInt(content.length);
        int end = Math.min(content.length, start + dropped);
        return joined(
                joined(Arrays.copyOf(content, start), inserted), Arrays.copyOfRange(content, end, content.length));
    }

    /** Well-formed damage: whole entries or hashes dropped, doubled or exchanged. */
    private byte[] rearranged(Kind kind, String name, byte[] content) {
        List<byte[]> parts = new ArrayList<>(parts(name, content));
        int first = random.nextInt(parts.size());
        int second = random.nextInt(parts.size());
        switch (kind) {
            case DROP_A_PART -> parts.remove(first);
            case INSERT_A_PART -> parts.add(first, parts.get(second));
            default -> Collections.swap(parts, first, second);
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        parts.forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    /** The lowest index whose entry, or whose covering hash, differs; what follows the last part counts as one more part. */
    private static long firstDifference(String name, byte[] before, byte[] after) {
        if (name.equals("checkpoint")) {
            return 0;
        }
        List<byte[]> old = parts(name, before);
        List<byte[]> found = parts(name, after);
        int part = 0;
        while (part < old.size() && part < found.size() && Arrays.equals(old.get(part), found.get(part))) {
            part++;
        }
        long entriesPerPart = name.startsWith("tile/1/") ? 256 : 1;
        long tile = Long.parseLong(name.replaceAll("^tile/[^/]+/|\\.p/.*$", ""));
        return Math.min(SIZE, (tile * 256 + part) * entriesPerPart);
    }

    /** Entries with their lengths before them, or hashes; what is left over at the end is a part as well. */
    private static List<byte[]> parts(String name, byte[] content) {
        List<byte[]> parts = new ArrayList<>();
        for (int start = 0; start < content.length; start += parts.getLast().length) {
            int length = HASH;
            if (name.startsWith("tile/entries")) {
                int rest = content.length - start;
                length = rest < 2 ? rest : 2 + (content[start] & 0xFF) * 256 + (content[start + 1] & 0xFF);
            }
            parts.add(Arrays.copyOfRange(content, start, Math.min(content.length, start + length)));
        }
        return parts;
    }

    /** No change at all, or an older partial form that is gone, as it may be. */
    private boolean isLegitimate(String name, byte[] content) {
        return Arrays.equals(content, original(name)) || (content.length == 0 && !isNeeded(name));
    }

    private static boolean isNeeded(String name) {
        return !name.contains(".p/") || name.endsWith(".p/188") || name.endsWith("1/000.p/2");
    }

    private void write(Map<String, byte[]> mutated) throws IOException {
        for (Map.Entry<String, byte[]> file : mutated.entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (file.getValue().length == 0) {
                Files.deleteIfExists(path);
            } else {
                Files.createDirectories(path.resolveSibling("."));
                Files.write(path, file.getValue());
            }
        }
    }

    private void restore(Map<String, byte[]> mutated) throws IOException {
        for (String name : mutated.keySet()) {
            if (files.containsKey(name)) {
                Files.write(folder.resolve(name), original(name));
            } else {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
    }

    private byte[] original(String name) {
        return files.getOrDefault(name, new byte[0]);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
