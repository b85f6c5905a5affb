package org.vauban.identity.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an identity deposit says of itself, in the clear: whose it is, for which key, of which parts. It counts no person.
 *
 * @param deposit 32 hexadecimal digits
 * @param producer who deposits
 * @param kind {@code fhir}, {@code snds}, {@code omop} or {@code objections}
 * @param key SHA-256 of the public key the parts are sealed to, in hexadecimal digits
 */
public record DepositManifest(String deposit, String producer, String kind, String key, List<Part> parts) {

    /** The file's name in the folder of an envelope. */
    public static final String FILE = "manifest.json";
    /** The longest manifest. */
    public static final int BYTES_MAX = 4 << 20;
    /** The longest part. */
    public static final long PART_BYTES_MAX = 512L << 20;

    private static final int PARTS_MAX = 9_999;
    private static final long FORMAT = 1;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern PRODUCER = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern PART = Pattern.compile("part-\\d{5}\\.env");
    /** The kind of a list of people who object: no data come with it. */
    public static final String OBJECTIONS = "objections";

    private static final Set<String> KINDS = Set.of("fhir", "snds", "omop", OBJECTIONS);

    /**
     * One sealed part.
     *
     * @param name {@code part-00001.env}
     * @param bytes the length of the file
     * @param sha256 SHA-256 of the file, in hexadecimal digits
     */
    public record Part(String name, long bytes, String sha256) {
        public Part {
            require(PART.matcher(name).matches(), "a part's name is part-00001.env");
            require(bytes > 0 && bytes <= PART_BYTES_MAX, "a part has 1 to " + PART_BYTES_MAX + " bytes");
            require(SHA_256.matcher(sha256).matches(), "a part's checksum has 64 hexadecimal digits");
        }

        /** The number that the part's own header carries. */
        public int number() {
            return Integer.parseInt(name, 5, 10, 10);
        }
    }

    public DepositManifest {
        parts = List.copyOf(parts);
        require(ID.matcher(deposit).matches(), "a deposit's id has 32 hexadecimal digits");
        require(PRODUCER.matcher(producer).matches(), "a producer's name has small letters, digits and hyphens");
        require(KINDS.contains(kind), "the kind is fhir, snds, omop or objections");
        require(SHA_256.matcher(key).matches(), "a key's hash has 64 hexadecimal digits");
        require(!parts.isEmpty() && parts.size() <= PARTS_MAX, "there are 1 to " + PARTS_MAX + " parts");
        Set<String> names = new HashSet<>();
        parts.forEach(part -> require(names.add(part.name()), "each part is named once"));
    }

    /** Whether this is a list of people who object. */
    public boolean isListOfObjections() {
        return kind.equals(OBJECTIONS);
    }

    /** @throws IdentityException protocol, when this is no manifest of an identity deposit */
    public static DepositManifest parse(byte[] bytes) {
        require(bytes.length <= BYTES_MAX, "it has at most " + BYTES_MAX + " bytes");
        Map<String, Object> manifest = Json.object(new String(bytes, StandardCharsets.UTF_8));
        require(number(manifest, "format") == FORMAT, "the format is " + FORMAT);
        require(text(manifest, "zone").equals("identity"), "the zone is identity");
        List<Part> parts = new ArrayList<>();
        if (manifest.get("parts") instanceof List<?> list) {
            for (Object each : list) {
                require(each instanceof Map<?, ?>, "each part is an object");
                Map<?, ?> part = (Map<?, ?>) each;
                parts.add(new Part(text(part, "name"), number(part, "bytes"), text(part, "sha256")));
            }
        }
        return new DepositManifest(
                text(manifest, "deposit"),
                text(manifest, "producer"),
                text(manifest, "kind"),
                text(manifest, "key"),
                parts);
    }

    /** The bytes of a folder's manifest, whole, or a refusal. */
    static byte[] read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw IdentityException.refused("Expected a sealed identity deposit, found no " + file + ".");
        }
        require(Files.size(file) <= BYTES_MAX, "it has at most " + BYTES_MAX + " bytes");
        return Files.readAllBytes(file);
    }

    private static String text(Map<?, ?> object, String name) {
        if (object.get(name) instanceof String text) {
            return text;
        }
        throw wrong(name + " is a text");
    }

    private static long number(Map<?, ?> object, String name) {
        if (object.get(name) instanceof Long number) {
            return number;
        }
        throw wrong(name + " is a number");
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw wrong(rule);
        }
    }

    private static IdentityException wrong(String rule) {
        return IdentityException.protocol("The manifest of an identity deposit is not as expected: " + rule + ".");
    }
}
