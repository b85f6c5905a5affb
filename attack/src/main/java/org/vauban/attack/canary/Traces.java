package org.vauban.attack.canary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vauban.attack.home.SealedFile;

/**
 * What is left to see when no byte can be read. Every file has a shape that is known and says why it may be there; what is sealed looks
 * like chance; and the sizes of sealed objects are rounded, so that they tell a few bits.
 *
 * @param unknown files of no known shape
 * @param regular sealed files that do not look like chance
 * @param unrounded sealed objects whose size is not a rounded one
 * @param byShape how many files of each shape there are
 * @param objects how many sealed objects
 * @param sizes how many different sizes they have
 */
public record Traces(
        List<String> unknown,
        List<String> regular,
        List<String> unrounded,
        Map<String, Integer> byShape,
        int objects,
        int sizes) {
    /** Smaller ciphertexts than this say nothing about themselves. */
    private static final int ENTROPY_BYTES_MIN = 512;

    public Traces {
        unknown = List.copyOf(unknown);
        regular = List.copyOf(regular);
        unrounded = List.copyOf(unrounded);
        byShape = Map.copyOf(byShape);
    }

    /**
     * A kind of file that may be there.
     *
     * @param name what it is, and why it may be read
     * @param path what its path below the folder looks like: random names, numbers and fixed words, nothing of a person or a disease
     * @param isSealed whether its content must look like chance
     */
    public record Shape(String name, Pattern path, boolean isSealed) {
        public static Shape open(String name, String path) {
            return new Shape(name, Pattern.compile(path), false);
        }

        public static Shape sealed(String name, String path) {
            return new Shape(name, Pattern.compile(path), true);
        }
    }

    /** Looks at every file below a folder. */
    public static Traces in(Path folder, List<Shape> shapes) {
        List<String> unknown = new ArrayList<>();
        List<String> regular = new ArrayList<>();
        List<String> unrounded = new ArrayList<>();
        Map<String, Integer> byShape = new TreeMap<>();
        Map<Long, Integer> sizes = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList()) {
                String path = folder.relativize(file).toString();
                var shape = shapes.stream()
                        .filter(known -> known.path().matcher(path).matches())
                        .findFirst();
                if (shape.isEmpty()) {
                    unknown.add(path);
                    continue;
                }
                byShape.merge(shape.get().name(), 1, Integer::sum);
                if (!shape.get().isSealed()) {
                    continue;
                }
                byte[] content = Files.readAllBytes(file);
                if (SealedFile.isOne(file)) {
                    SealedFile object = SealedFile.read(file);
                    content = object.ciphertext();
                    sizes.merge(object.paddedBytes(), 1, Integer::sum);
                    if (rounded(object.paddedBytes()) != object.paddedBytes()) {
                        unrounded.add(path);
                    }
                }
                if (!looksLikeChance(content)) {
                    regular.add(path);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new Traces(
                unknown,
                regular,
                unrounded,
                byShape,
                sizes.values().stream().mapToInt(Integer::intValue).sum(),
                sizes.size());
    }

    /** Random bytes have 8 bits each, less what few of them cannot show; the bound is three times that loss, and a little. */
    static boolean looksLikeChance(byte[] bytes) {
        if (bytes.length < ENTROPY_BYTES_MIN) {
            return true;
        }
        long[] counts = new long[256];
        for (byte one : bytes) {
            counts[one & 0xff]++;
        }
        double entropy = 0;
        for (long count : counts) {
            if (count > 0) {
                double share = (double) count / bytes.length;
                entropy -= share * Math.log(share) / Math.log(2);
            }
        }
        double loss = 255 / (2 * Math.log(2) * bytes.length);
        return entropy > 8 - 3 * loss - 0.01;
    }

    /** The Padmé rule, from the paper: a number keeps as many leading bits as its exponent has. At least 1,024. */
    private static long rounded(long size) {
        int exponent = 63 - Long.numberOfLeadingZeros(Math.max(1_024, size));
        int kept = 32 - Integer.numberOfLeadingZeros(exponent);
        long step = 1L << exponent - kept;
        return Math.max(1_024, (size + step - 1) / step * step);
    }
}
