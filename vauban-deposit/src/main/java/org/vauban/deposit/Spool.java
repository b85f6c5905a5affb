package org.vauban.deposit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.deposit.envelope.Kind;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a deposit has come, kept beside its envelopes until they are whole: the one-time key of its record numbers, and the files
 * whose parts are done. It lies with the producer, who knows the persons anyway, and is removed with the key when the deposit is
 * finished. Safe for many threads.
 */
final class Spool {
    private static final String STATE = "deposit.json";
    private static final int FORMAT = 1;
    private static final int KEY_BYTES = 32;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final DepositId deposit;
    private final String owner;
    private final byte[] key;
    private final Map<String, Done> done = new LinkedHashMap<>();

    private record Done(long bytes, long modified, Taken taken) {}

    private Spool(Path folder, DepositId deposit, String owner, byte[] key) {
        this.folder = folder;
        this.deposit = deposit;
        this.owner = owner;
        this.key = key;
    }

    /** Takes up the deposit that was begun in the folder, or begins one. */
    static Spool open(Path folder, String producer, Kind kind, String hubKey, String identityKey) {
        String owner = String.join(" ", producer, kind.word(), hubKey, identityKey);
        try {
            JsonNode tree = JSON.readTree(Files.readString(folder.resolve(STATE)));
            String found = tree.path("owner").asString("");
            if (tree.path("format").asInt(0) != FORMAT || !found.equals(owner)) {
                throw other("the deposit of " + producer + " that was begun here", "one of " + found.split(" ", 2)[0]);
            }
            var spool = new Spool(
                    folder,
                    new DepositId(tree.path("deposit").asString("")),
                    owner,
                    HexFormat.of().parseHex(tree.path("key").asString("")));
            tree.path("files").forEach(file -> spool.done.put(file.path("name").asString(""), done(file)));
            return spool;
        } catch (NoSuchFileException _) {
            return beginIn(folder, owner);
        } catch (JacksonException | IllegalArgumentException unreadable) {
            throw other(
                    "a deposit's state",
                    "a file that is none: " + unreadable.getClass().getSimpleName());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Spool beginIn(Path folder, String owner) {
        try {
            return begin(folder, owner);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static Spool begin(Path folder, String owner) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var entries = Files.list(folder)) {
                if (entries.findAny().isPresent()) {
                    throw other("an empty folder", "envelopes that are finished, or other files");
                }
            }
        }
        Files.createDirectories(folder);
        var random = new SecureRandom();
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        var spool = new Spool(folder, DepositId.random(random), owner, key);
        spool.save();
        return spool;
    }

    private static ProblemException other(String expected, String found) {
        return Problem.of(ProblemCode.DEPOSIT_OTHER_SPOOL)
                .expected(expected)
                .found(found)
                .exception();
    }

    private static Done done(JsonNode file) {
        List<Manifest.Part> parts = new ArrayList<>();
        for (JsonNode part : file.path("parts")) {
            parts.add(new Manifest.Part(
                    part.path("name").asString(""),
                    part.path("bytes").asLong(0),
                    part.path("sha256").asString("")));
        }
        return new Done(
                file.path("bytes").asLong(0),
                file.path("modified").asLong(0),
                new Taken(
                        file.path("rows").asLong(0),
                        file.path("rejected").asLong(0),
                        file.path("content").asString(""),
                        parts));
    }

    DepositId deposit() {
        return deposit;
    }

    byte[] key() {
        return key.clone();
    }

    /** What came of a file in an earlier attempt, if it is still the same file. */
    synchronized Optional<Taken> find(SourceFile file) {
        return Optional.ofNullable(done.get(file.name()))
                .filter(earlier -> earlier.bytes() == file.bytes() && earlier.modified() == file.modified())
                .map(Done::taken);
    }

    /** Every part of these files that earlier attempts finished. */
    synchronized List<Manifest.Part> parts(List<SourceFile> files) {
        return files.stream()
                .flatMap(file -> find(file).stream())
                .flatMap(taken -> taken.parts().stream())
                .toList();
    }

    /** A file is done; it will not be read again. */
    synchronized void add(SourceFile file, Taken taken) {
        done.put(file.name(), new Done(file.bytes(), file.modified(), taken));
        save();
    }

    /** The deposit is finished: the key and the state are gone. */
    synchronized void destroy() {
        try {
            Files.deleteIfExists(folder.resolve(STATE));
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
    }

    private void save() {
        ObjectNode tree = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("deposit", deposit.value())
                .put("owner", owner)
                .put("key", HexFormat.of().formatHex(key));
        var files = tree.putArray("files");
        done.forEach((name, file) -> {
            ObjectNode written = files.addObject()
                    .put("name", name)
                    .put("bytes", file.bytes())
                    .put("modified", file.modified())
                    .put("rows", file.taken().rows())
                    .put("rejected", file.taken().rejected())
                    .put("content", file.taken().content());
            var parts = written.putArray("parts");
            file.taken()
                    .parts()
                    .forEach(part -> parts.addObject()
                            .put("name", part.name())
                            .put("bytes", part.bytes())
                            .put("sha256", part.sha256()));
        });
        Envelope.writeDurably(
                folder.resolve(STATE), JSON.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8));
    }
}
