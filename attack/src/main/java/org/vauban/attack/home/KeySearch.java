package org.vauban.attack.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tries every window of every file as a key: the bytes themselves, and what hexadecimal and base64 in them stand for. Windows that were
 * tried before are passed over.
 */
public final class KeySearch {
    /** Larger files hold data; keys are sought in all others. */
    public static final long FILE_BYTES_MAX = 1 << 20;

    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{32,}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{22,}={0,2}");

    private final List<Lock> locks;
    private final Set<Long> tried = ConcurrentHashMap.newKeySet();
    private final AtomicLong attempts = new AtomicLong();

    public KeySearch(List<Lock> locks) {
        this.locks = List.copyOf(locks);
    }

    /** A key that opened something, by the file it was found in; never the key. */
    public record Found(Path file, int offset, String encoding) {}

    /** What a search did. */
    public record Result(List<Found> found, int files, long windows) {}

    /** Searches all files below a folder. */
    public Result search(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> files = walk.filter(Files::isRegularFile)
                    .filter(file -> file.toFile().length() <= FILE_BYTES_MAX)
                    .sorted()
                    .toList();
            List<Found> found = new ArrayList<>();
            for (Path file : files) {
                found.addAll(searchFile(file));
            }
            return new Result(List.copyOf(found), files.size(), attempts.get());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<Found> searchFile(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<Found> found = new ArrayList<>(windows(file, "raw", bytes, 0));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (Matcher run = HEX.matcher(text); run.find(); ) {
            for (int shift = 0; shift < 2; shift++) {
                String digits = run.group().substring(shift);
                byte[] decoded = HexFormat.of().parseHex(digits.substring(0, digits.length() & ~1));
                found.addAll(windows(file, "hex", decoded, run.start()));
            }
        }
        for (Matcher run = BASE64.matcher(text); run.find(); ) {
            String letters = run.group().replace('-', '+').replace('_', '/').replace("=", "");
            for (int shift = 0; shift < 4 && letters.length() - shift >= 22; shift++) {
                String whole = letters.substring(shift);
                // One letter alone stands for no byte.
                String decodable = whole.length() % 4 == 1 ? whole.substring(0, whole.length() - 1) : whole;
                found.addAll(windows(file, "base64", Base64.getDecoder().decode(decodable), run.start()));
            }
        }
        return found;
    }

    private List<Found> windows(Path file, String encoding, byte[] bytes, int start) {
        return IntStream.of(16, 32)
                .boxed()
                .flatMap(length -> IntStream.rangeClosed(0, bytes.length - length)
                        .parallel()
                        .filter(offset -> opens(Arrays.copyOfRange(bytes, offset, offset + length)))
                        .mapToObj(offset -> new Found(file, start + offset, encoding)))
                .toList();
    }

    private boolean opens(byte[] key) {
        if (!tried.add(fingerprint(key))) {
            return false;
        }
        attempts.incrementAndGet();
        for (Lock lock : locks) {
            if (IntStream.of(lock.keyLengths()).anyMatch(length -> length == key.length) && lock.opensWith(key)) {
                return true;
            }
        }
        return false;
    }

    /** 64 bits of a window; among ten million windows two share them with a chance of one in 300,000. */
    private static long fingerprint(byte[] key) {
        ByteBuffer words = ByteBuffer.wrap(key);
        long hash = 0x9E3779B97F4A7C15L * key.length;
        while (words.remaining() >= Long.BYTES) {
            hash = (hash ^ words.getLong()) * 0xBF58476D1CE4E5B9L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
