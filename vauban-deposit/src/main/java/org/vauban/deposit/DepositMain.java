package org.vauban.deposit;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.vauban.deposit.SplitReport.FileReport;
import org.vauban.deposit.SplitReport.Outcome;
import org.vauban.deposit.envelope.Kind;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.deposit.envelope.RecipientKey;
import org.vauban.deposit.envelope.Zone;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The program that a producer runs. A process of its own: the plaintext of a deposit is in no other memory.
 *
 * <p>Exit status: 0 every file was taken; 1 stopped, or failed while running; 2 wrong usage, or a file is in quarantine. Stopping it
 * (Ctrl-C) leaves a state from which the same command goes on.
 */
public final class DepositMain {
    private static final Set<String> VALUED = Set.of(
            "--producer",
            "--kind",
            "--hub-key",
            "--identity-key",
            "--identity-door",
            "--out",
            "--record-map",
            "--rejects",
            "--part-bytes",
            "--lang");
    private static final String OBJECTIONS = "objections";
    private static final Set<String> ALONE = Set.of("--json", "--quiet");
    private static final int STOP_SECONDS_MAX = 20;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final Map<String, String> values;
    private final ResourceBundle words;
    private final Locale language;
    private final PrintStream out;
    private final PrintStream err;

    private DepositMain(Map<String, String> values, Locale language, PrintStream out, PrintStream err) {
        this.values = Map.copyOf(values);
        this.language = language;
        this.words = ResourceBundle.getBundle(
                "org.vauban.deposit.words",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), Locale.getDefault(), out, err, true));
    }

    /**
     * Runs {@code split DIR --producer P --kind K --hub-key HEX --identity-door SOCKET --out SPOOL}, which asks the door for the zone's
     * key, or {@code deliver --out SPOOL --identity-door SOCKET}, which gives the zone its envelope. With {@code --identity-key HEX} in
     * place of the door, somebody else carries that envelope. {@code objections LIST.csv --producer P --out SPOOL} does both with a list of
     * people who object.
     *
     * @param stopsOnSignal whether the end of the process stops the deposit in an orderly way; not when a test calls
     */
    static int run(List<String> arguments, Locale locale, PrintStream out, PrintStream err, boolean stopsOnSignal) {
        Map<String, String> values = new HashMap<>();
        Locale language = locale;
        try {
            read(arguments, values);
        } catch (ProblemException misunderstood) {
            err.println(misunderstood.problem().line(language(values, locale)));
            return misunderstood.code().kind().exitStatus();
        }
        language = language(values, locale);
        try {
            var program = new DepositMain(values, language, out, err);
            if (arguments.indexOf(OBJECTIONS) == 0) {
                return program.objections();
            }
            return arguments.contains("deliver") ? program.deliver() : program.split(stopsOnSignal);
        } catch (ProblemException known) {
            for (Problem problem : known.problems()) {
                err.println(problem.line(language));
            }
            return known.code().kind().exitStatus();
        } catch (UncheckedIOException unwritable) {
            Throwable cause = Objects.requireNonNullElse(unwritable.getCause(), unwritable);
            err.println(Problem.of(ProblemCode.INTERNAL_FAULT)
                    .found(cause.getClass().getSimpleName())
                    .line(language));
            return 1;
        }
    }

    private static Locale language(Map<String, String> values, Locale locale) {
        String named = values.getOrDefault("--lang", locale.getLanguage());
        return named.startsWith("fr") ? Locale.FRENCH : Locale.ENGLISH;
    }

    private static void read(List<String> arguments, Map<String, String> values) {
        Deque<String> left = new ArrayDeque<>(arguments);
        if ("split".equals(left.peek()) || "deliver".equals(left.peek()) || OBJECTIONS.equals(left.peek())) {
            left.pop();
        }
        while (!left.isEmpty()) {
            String word = left.pop();
            String name = word.startsWith("--") ? word : "DIR";
            String value = VALUED.contains(name) ? left.poll() : word;
            boolean isKnown = name.equals("DIR") || ALONE.contains(name) || VALUED.contains(name);
            if (!isKnown || value == null || values.put(name, value) != null) {
                throw usage("split DIR --producer P --hub-key HEX --identity-key HEX --out SPOOL", name);
            }
        }
    }

    private static ProblemException usage(String expected, String found) {
        return Problem.of(ProblemCode.USAGE).expected(expected).found(found).exception();
    }

    private int split(boolean stopsOnSignal) {
        SplitRequest request = request();
        var progress = new Progress(System::nanoTime, this::tell);
        var ended = new CountDownLatch(1);
        Thread stopping = new Thread(() -> stop(progress, ended), "stop-deposit");
        if (stopsOnSignal) {
            Runtime.getRuntime().addShutdownHook(stopping);
        }
        try {
            SplitReport report = Splitter.split(request, progress, Clock.systemUTC());
            return print(report, request);
        } finally {
            ended.countDown();
        }
    }

    private int deliver() {
        door().orElseThrow(() -> usage("--identity-door SOCKET", "-")).deliver(Path.of(require("--out")));
        return 0;
    }

    /** Seals a list, and gives it to the zone; one that was sealed and not given is given as it is. */
    private int objections() {
        Path spool = Path.of(require("--out"));
        if (!Files.exists(spool.resolve(Zone.IDENTITY.word()).resolve(Manifest.FILE))) {
            ObjectionList.Sealed sealed = ObjectionList.seal(
                    Path.of(require("DIR")),
                    require("--producer"),
                    door().map(IdentityDoor::publicKey).orElseGet(() -> key(Zone.IDENTITY, "--identity-key")),
                    spool,
                    Clock.systemUTC().instant());
            out.println(
                    values.containsKey("--json")
                            ? JsonMapper.builder()
                                    .build()
                                    .writeValueAsString(
                                            Map.of("list", sealed.id().value(), "people", sealed.people()))
                            : say("objections", sealed.id(), sealed.people()));
        }
        door().ifPresent(door -> door.deliver(spool));
        return 0;
    }

    private Optional<IdentityDoor> door() {
        return Optional.ofNullable(values.get("--identity-door")).map(Path::of).map(IdentityDoor::new);
    }

    private static void stop(Progress progress, CountDownLatch ended) {
        progress.cancel();
        try {
            ended.await(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private SplitRequest request() {
        try {
            Path spool = Path.of(require("--out"));
            return new SplitRequest(
                    Path.of(require("DIR")),
                    require("--producer"),
                    Optional.ofNullable(values.get("--kind"))
                            .map(word -> Kind.named(word).orElseThrow(() -> usage("fhir, snds, omop", word))),
                    key(Zone.HEALTH, "--hub-key"),
                    door().map(IdentityDoor::publicKey).orElseGet(() -> key(Zone.IDENTITY, "--identity-key")),
                    spool,
                    Optional.ofNullable(values.get("--record-map")).map(Path::of),
                    Optional.ofNullable(values.get("--rejects"))
                            .map(Path::of)
                            .orElseGet(() -> spool.resolveSibling(spool.getFileName() + "-rejects.csv")),
                    Long.parseLong(
                            values.getOrDefault("--part-bytes", String.valueOf(SplitRequest.PART_BYTES_DEFAULT))));
        } catch (InvalidPathException | NumberFormatException wrong) {
            throw Problem.of(ProblemCode.USAGE)
                    .expected("--part-bytes N, --out DIR")
                    .found(wrong.getClass().getSimpleName())
                    .exception(wrong);
        }
    }

    private String require(String name) {
        return Optional.ofNullable(values.get(name)).orElseThrow(() -> usage(name, "-"));
    }

    private RecipientKey key(Zone zone, String name) {
        try {
            return RecipientKey.of(zone, HexFormat.of().parseHex(require(name)));
        } catch (IllegalArgumentException wrong) {
            throw Problem.of(ProblemCode.USAGE)
                    .expected(name + ": 64 hexadecimal digits")
                    .found(Phrase.OTHER_TEXT)
                    .exception(wrong);
        }
    }

    private void tell(Progress.Step step) {
        if (!values.containsKey("--quiet")) {
            double share = step.of() == 0 ? 1 : (double) step.bytes() / step.of();
            err.println(say(
                    "progress",
                    require("--producer"),
                    Math.round(share * 100),
                    megabytes(step.bytes()),
                    megabytes(step.of()),
                    Math.max(1, step.left().toSeconds())));
        }
    }

    private int print(SplitReport report, SplitRequest request) {
        for (FileReport file : report.with(Outcome.QUARANTINED)) {
            err.println(file.problem().map(problem -> problem.line(language)).orElse(file.file()));
        }
        if (values.containsKey("--json")) {
            out.println(json(report, request));
        } else {
            report.files().forEach(this::print);
            out.println(say(
                    report.isSealed() ? "sealed" : "unsealed",
                    report.deposit(),
                    report.rows(),
                    report.persons(),
                    report.rejected(),
                    report.with(Outcome.QUARANTINED).size(),
                    megabytes(report.bytes())));
            if (report.rejected() > 0) {
                out.println(say("rejects", request.rejects()));
            }
        }
        return report.with(Outcome.QUARANTINED).isEmpty() && report.isSealed() ? 0 : 2;
    }

    private void print(FileReport file) {
        out.println("  " + say(file.outcome().name(), file.file(), file.rows(), file.rejected()));
    }

    private String json(SplitReport report, SplitRequest request) {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode tree = mapper.createObjectNode()
                .put("deposit", report.deposit().value())
                .put("producer", report.producer())
                .put("kind", report.kind().word())
                .put("sealed", report.isSealed())
                .put("rows", report.rows())
                .put("persons", report.persons())
                .put("rows_rejected", report.rejected())
                .put("files_quarantined", report.with(Outcome.QUARANTINED).size())
                .put("bytes", report.bytes())
                .put("spool", request.spool().toString())
                .put("rejects_file", report.rejected() > 0 ? request.rejects().toString() : null);
        var files = tree.putArray("files");
        for (FileReport file : report.files()) {
            ObjectNode written = files.addObject()
                    .put("file", file.file())
                    .put("table", file.table())
                    .put(
                            "outcome",
                            file.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .put("rows", file.rows())
                    .put("rows_rejected", file.rejected());
            file.problem().ifPresent(problem -> tell(problem, written.putObject("problem")));
        }
        return mapper.writeValueAsString(tree);
    }

    private void tell(Problem problem, ObjectNode tree) {
        tree.put("code", problem.code().name())
                .put("sentence", problem.sentence(language))
                .put("remedy", problem.remedy(language));
        problem.where().flatMap(place -> boxed(place.line())).ifPresent(line -> tree.put("line", line));
        problem.where().flatMap(place -> boxed(place.column())).ifPresent(column -> tree.put("column", column));
    }

    private static Optional<Integer> boxed(java.util.OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    private static long megabytes(long bytes) {
        return Math.round(bytes / BYTES_PER_MEGABYTE);
    }

    private String say(String key, @Nullable Object... details) {
        return new java.text.MessageFormat(words.getString(key), language).format(details);
    }
}
