import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Looks for planted words in folders and in the whole memory of running processes, Java's heap and everything beside it: as UTF-8,
 * UTF-16 as this machine writes it, base64 at each of its three offsets and hexadecimal, upper and lower case alike.
 *
 * <p>{@code CanarySearch CANARIES absent|present NAMES PLACE...}: CANARIES has lines {@code name=text}; NAMES are those of them to look for,
 * with commas; a PLACE is a folder, a file ({@code .gz} is unpacked) or {@code pid:NUMBER}. Exit status 1 when a canary is found that must
 * be absent, or is in none of the places where it must be present.
 */
final class CanarySearch {
    private static final int CHUNK = 1 << 20;

    private final Words words;
    private final Map<String, Map<String, Long>> found = new TreeMap<>();
    private long bytes;
    private long unreadable;

    private CanarySearch(Words words) {
        this.words = words;
    }

    public static void main(String[] arguments) throws IOException {
        boolean mustBeThere = arguments[1].equals("present");
        List<String> names = List.of(arguments[2].split(","));
        Map<String, String> canaries = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            int at = line.indexOf('=');
            if (names.contains(line.substring(0, at))) {
                canaries.put(line.substring(0, at), line.substring(at + 1));
            }
        }
        boolean held = canaries.size() == names.size();
        var everywhere = new CanarySearch(new Words(canaries));
        for (String place : Arrays.asList(arguments).subList(3, arguments.length)) {
            everywhere.search(place);
        }
        for (String name : names) {
            Map<String, Long> hits = everywhere.found.getOrDefault(name, Map.of());
            boolean claim = mustBeThere != hits.isEmpty();
            held &= claim;
            System.out.printf(
                    "  %-7s %-10s %s%n", claim ? "held" : "FAILED", name, hits.isEmpty() ? "nowhere" : hits.toString());
        }
        System.out.printf(
                Locale.ROOT,
                "          in %,.1f MiB%s%n",
                everywhere.bytes / 1048576.0,
                everywhere.unreadable > 0 ? ", " + everywhere.unreadable + " areas could not be read" : "");
        if (everywhere.bytes == 0) {
            System.out.println("  FAILED  nothing was searched");
        }
        System.exit(held && everywhere.bytes > 0 ? 0 : 1);
    }

    private void search(String place) throws IOException {
        if (place.startsWith("pid:")) {
            searchMemory(place.substring("pid:".length()));
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(Path.of(place))) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            // A name tells as much as what is in the file.
            scan(
                    0,
                    file.toString().getBytes(StandardCharsets.UTF_8),
                    file.toString().length());
            try (InputStream in = open(file)) {
                byte[] chunk = new byte[CHUNK];
                int state = 0;
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    state = scan(state, chunk, read);
                }
            }
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in, CHUNK) : in;
    }

    /** Every readable area that the process has mapped. The caller has stopped it, so that nothing moves meanwhile. */
    private void searchMemory(String process) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (var memory = new RandomAccessFile("/proc/" + process + "/mem", "r")) {
            for (String line : Files.readAllLines(Path.of("/proc", process, "maps"))) {
                String[] area = line.split("[ -]+", 4);
                if (area[2].startsWith("r") && !line.contains("[v")) {
                    searchArea(memory, Long.parseUnsignedLong(area[0], 16), Long.parseUnsignedLong(area[1], 16), chunk);
                }
            }
        }
    }

    private void searchArea(RandomAccessFile memory, long from, long to, byte[] chunk) {
        int state = 0;
        try {
            memory.seek(from);
            for (long at = from; at < to; ) {
                int read = memory.read(chunk, 0, (int) Math.min(CHUNK, to - at));
                if (read <= 0) {
                    break;
                }
                state = scan(state, chunk, read);
                at += read;
            }
        } catch (IOException guarded) {
            unreadable++;
        }
    }

    private int scan(int from, byte[] chunk, int length) {
        bytes += length;
        int state = from;
        for (int at = 0; at < length; at++) {
            state = words.next[state << 8 | chunk[at] & 0xff];
            if (words.ends[state] != null) {
                for (Form form : words.ends[state]) {
                    found.computeIfAbsent(form.canary(), _ -> new TreeMap<>()).merge(form.encoding(), 1L, Long::sum);
                }
            }
        }
        return state;
    }

    /** One way to write a canary down. */
    private record Form(String canary, String encoding) {}

    /** All forms of all canaries at once, as one automaton over bytes (Aho and Corasick), so that each byte is looked at once. */
    private static final class Words {
        private int[] next = new int[1 << 16];
        private final List<List<Form>> made = new ArrayList<>();
        private final List<Form>[] ends;

        @SuppressWarnings("unchecked")
        Words(Map<String, String> canaries) {
            made.add(new ArrayList<>());
            canaries.forEach((name, text) -> {
                for (String form : List.of(text, text.replace(".", ""))) {
                    addForms(name, form);
                }
            });
            link();
            ends = new List[made.size()];
            for (int state = 0; state < ends.length; state++) {
                ends[state] = made.get(state).isEmpty()
                        ? null
                        : made.get(state).stream().distinct().toList();
            }
        }

        private void addForms(String name, String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            add(name, "UTF-8", utf8);
            add(name, "UTF-16LE", text.getBytes(StandardCharsets.UTF_16LE));
            add(name, "hex", HexFormat.of().formatHex(utf8).getBytes(StandardCharsets.US_ASCII));
            for (int before = 0; before < 3; before++) {
                byte[] shifted = new byte[before + utf8.length];
                System.arraycopy(utf8, 0, shifted, before, utf8.length);
                String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
                // The characters at both ends also depend on what stands beside the text.
                int first = before == 0 ? 0 : before + 1;
                int last = shifted.length % 3 == 0 ? base64.length() : base64.length() - 1;
                add(name, "base64", base64.substring(first, last).getBytes(StandardCharsets.US_ASCII));
            }
        }

        private void add(String canary, String encoding, byte[] form) {
            int state = 0;
            for (byte one : form) {
                int at = state << 8 | folded(one & 0xff);
                if (next[at] == 0) {
                    next[at] = made.size();
                    made.add(new ArrayList<>());
                    next = Arrays.copyOf(next, Math.max(next.length, made.size() + 1 << 8));
                }
                state = next[at];
            }
            made.get(state).add(new Form(canary, encoding));
        }

        private void link() {
            Map<Integer, Integer> fallback = new HashMap<>();
            Deque<Integer> waiting = new ArrayDeque<>();
            waiting.add(0);
            while (!waiting.isEmpty()) {
                int state = waiting.remove();
                int instead = fallback.getOrDefault(state, 0);
                for (int one = 0; one < 256; one++) {
                    int at = state << 8 | one;
                    int child = next[at];
                    int other = state == 0 ? 0 : next[instead << 8 | one];
                    if (child == 0 || child == state) {
                        next[at] = other;
                    } else if (one == folded(one)) {
                        fallback.put(child, other);
                        made.get(child).addAll(made.get(other));
                        waiting.add(child);
                    }
                }
                for (int one = 'A'; one <= 'Z'; one++) {
                    next[state << 8 | one] = next[state << 8 | folded(one)];
                }
            }
        }

        private static int folded(int one) {
            return one >= 'A' && one <= 'Z' ? one + 32 : one;
        }
    }
}
