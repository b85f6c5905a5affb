package org.vauban.deposit.envelope;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What lies beside the parts of an envelope, readable by whoever carries it. It names no table and counts no person.
 *
 * @param deposit the deposit, the same in both envelopes
 * @param zone whom the parts are sealed for
 * @param producer the producer's name at the hub
 * @param kind what the files were written in
 * @param created when the deposit was finished
 * @param key SHA-256 of the public key the parts are sealed for, 64 hexadecimal digits
 * @param content SHA-256 over the producer's files, so that the hub knows the same files when they come again; the health envelope
 *     alone has it
 * @param parts the sealed parts in the order of their numbers; numbers may be missing
 */
public record Manifest(
        DepositId deposit,
        Zone zone,
        String producer,
        Kind kind,
        Instant created,
        String key,
        Optional<String> content,
        List<Part> parts) {
    /** The file's name in the folder of an envelope. */
    public static final String FILE = "manifest.json";

    /** A manifest of the most parts is shorter. */
    public static final int BYTES_MAX = 16 << 20;

    private static final int FORMAT = 1;
    private static final int PARTS_MAX = 99_999;
    private static final Pattern PRODUCER = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern PART = Pattern.compile("part-(\\d{5})\\.env");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * One sealed part.
     *
     * @param name {@code part-00001.env}
     * @param bytes the length of the file
     * @param sha256 SHA-256 of the file, 64 hexadecimal digits
     */
    public record Part(String name, long bytes, String sha256) {
        public Part {
            require(PART.matcher(name).matches(), "part-00001.env", "another name of a part");
            require(bytes > 0, "a length of part " + name, String.valueOf(bytes));
            require(SHA_256.matcher(sha256).matches(), "64 hexadecimal digits", "another checksum of " + name);
        }

        /** The number that the part's own header carries. */
        public int number() {
            return Integer.parseInt(name, 5, 10, 10);
        }

        static String name(int number) {
            return "part-%05d.env".formatted(number);
        }
    }

    public Manifest {
        parts = List.copyOf(parts);
        requireProducer(producer);
        require(SHA_256.matcher(key).matches(), "the SHA-256 of a public key", "something else");
        require(content.stream().allMatch(text -> SHA_256.matcher(text).matches()), "a SHA-256", "something else");
        require(parts.size() <= PARTS_MAX, "at most " + PARTS_MAX + " parts", String.valueOf(parts.size()));
        require(
                parts.stream().map(Part::name).distinct().count() == parts.size(),
                "each part once",
                "a part named twice");
    }

    /** A producer's name: lower-case letters, digits and hyphens. */
    public static String requireProducer(String name) {
        require(PRODUCER.matcher(name).matches(), "a producer's name of a-z, 0-9 and -", name);
        return name;
    }

    public long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    public byte[] json() {
        ObjectNode tree = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("deposit", deposit.value())
                .put("zone", zone.word())
                .put("producer", producer)
                .put("kind", kind.word())
                .put("created", created.toString())
                .put("key", key);
        content.ifPresent(text -> tree.put("content", text));
        var list = tree.putArray("parts");
        parts.forEach(part -> list.addObject()
                .put("name", part.name())
                .put("bytes", part.bytes())
                .put("sha256", part.sha256()));
        return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a manifest that somebody sent.
     *
     * @throws ProblemException {@code DEPOSIT_MANIFEST} when it is none, or one of a later format
     */
    public static Manifest read(byte[] json) {
        require(json.length <= BYTES_MAX, "at most " + BYTES_MAX + " bytes", json.length + " bytes");
        try {
            JsonNode tree = JSON.readTree(json);
            require(tree.path("format").asInt(0) == FORMAT, "format " + FORMAT, "another format");
            List<Part> parts = new ArrayList<>();
            for (JsonNode part : tree.path("parts")) {
                parts.add(new Part(text(part, "name"), part.path("bytes").asLong(0), text(part, "sha256")));
            }
            return new Manifest(
                    new DepositId(text(tree, "deposit")),
                    Zone.valueOf(text(tree, "zone").toUpperCase(java.util.Locale.ROOT)),
                    text(tree, "producer"),
                    Kind.named(text(tree, "kind")).orElseThrow(() -> wrong("fhir, snds or omop", "another kind")),
                    Instant.parse(text(tree, "created")),
                    text(tree, "key"),
                    tree.has("content") ? Optional.of(text(tree, "content")) : Optional.empty(),
                    parts);
        } catch (JacksonException | IllegalArgumentException | DateTimeParseException unreadable) {
            throw Problem.of(ProblemCode.DEPOSIT_MANIFEST)
                    .expected(Phrase.A_MANIFEST_OF_FORMAT.with(FORMAT))
                    .found(unreadable.getClass().getSimpleName())
                    .at(Place.file(FILE))
                    .exception(unreadable);
        }
    }

    private static String text(JsonNode tree, String field) {
        JsonNode found = tree.path(field);
        require(found.isString(), "the text " + field, "none");
        return found.stringValue();
    }

    private static void require(boolean holds, String expected, String found) {
        if (!holds) {
            throw wrong(expected, found);
        }
    }

    private static ProblemException wrong(String expected, String found) {
        return Problem.of(ProblemCode.DEPOSIT_MANIFEST)
                .expected(expected)
                .found(found)
                .at(Place.file(FILE))
                .exception();
    }
}
