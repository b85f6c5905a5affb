package org.vauban.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.vauban.app.cli.OwnProcess;
import org.vauban.app.terminal.Relay;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A hub, its custodian, the identity zone and the zone's custodian, each a process; somebody works with the hub over its socket, and one
 * of the four is killed in the middle, with the signal that no process can answer. It is started again, and everything that was
 * acknowledged is asked for. Nobody repairs anything.
 */
final class Kills implements AutoCloseable {
    /** What is being done when the process dies. */
    enum Stage {
        DEPOSIT,
        /** The identity zone links, the hub harmonises and publishes. */
        PUBLISH,
        INGEST,
        PERMIT,
        DECISION,
        /** An output asks to leave, or a second pair of eyes lets it go. */
        REVIEW,
        /** A deposit is taken back, and its parts are destroyed. */
        ERASE
    }

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PASSWORD = "a long enough password";
    private static final Map<String, String> ROLES = Map.of(
            "data-manager", "data-manager",
            "researcher", "researcher",
            "committee-member", "committee-member",
            "first-checker", "output-checker",
            "second-checker", "output-checker");
    private static final List<String> CHECKERS = List.of("first-checker", "second-checker");
    private static final int RELEASED = 1 + 2;
    private static final String CUSTODIAN = "org.vauban.custodian.CustodianMain";

    private final Path folder;
    private final Path home;
    private final Random chance;
    private final KillsFiles files;
    private final Map<String, Process> processes = new HashMap<>();
    private final Map<String, String> sessions = new HashMap<>();
    private final Set<String> deposits = new HashSet<>();
    private final Map<String, String> editions = new HashMap<>();
    private final Map<String, String> permits = new HashMap<>();
    private final Map<String, Leaving> outputs = new LinkedHashMap<>();
    private final Set<String> erased = new HashSet<>();
    private final Map<Stage, Long> usualMillis = new EnumMap<>(Stage.class);
    private final Map<Stage, Map<String, Integer>> kills = new EnumMap<>(Stage.class);
    private final List<String> lost = new ArrayList<>();
    private final AtomicInteger half = new AtomicInteger();
    private final AtomicInteger mixed = new AtomicInteger();
    private int repairs;
    private int interrupted;
    private String studied = "";
    private String project = "";
    private String toErase = "";
    private long slowestMillis;

    Kills(Path folder, long seed) {
        this.folder = folder;
        this.home = folder.resolve("home");
        this.chance = new Random(seed);
        this.files = new KillsFiles(folder);
    }

    /** An output, and how far it is: inside, requested, approved once, released. */
    private record Leaving(String output, String analysis, String name, int progress) {
        static Leaving of(JsonNode output) {
            int progress = switch (output.path("state").asString()) {
                case "inside" -> 0;
                case "requested" -> 1 + output.path("approvals").asInt();
                default -> RELEASED;
            };
            return new Leaving(
                    output.path("output").asString(),
                    output.path("analysis").asString(),
                    output.path("name").asString(),
                    progress);
        }

        boolean isReleased() {
            return progress == RELEASED;
        }
    }

    /** What a verb said, if the hub lived long enough to say it. */
    private record Said(int status, JsonNode document, String complaint) {
        boolean done() {
            return status == 0;
        }
    }

    void begin() {
        start("custodian");
        start("identity-custodian");
        start("zone");
        var first = new TestTerminal(Locale.ENGLISH, folder);
        int made = Vauban.run(first, List.of("init", "--json", "--home", home.toString()));
        if (made != 0) {
            throw new IllegalStateException(first.complained());
        }
        start("hub");
        claim("administrator", JSON.readTree(first.written()));
        ROLES.forEach((person, role) -> claim(
                person,
                must("administrator", "user", "add", "--name", person, "--role", role)
                        .document()));
        must("data-manager", "producer", "add", "hospital", "--kind", "fhir", "--convention", "Convention");
        openAProject();
        for (Stage stage : Stage.values()) {
            provide(stage);
            long began = System.nanoTime();
            know(stage, perform(stage));
            usualMillis.put(stage, (System.nanoTime() - began) / 1_000_000);
        }
    }

    private void claim(String person, JsonNode invitation) {
        var terminal = new TestTerminal(Locale.ENGLISH, folder)
                .answering(invitation.path("one_time_token").asString(), PASSWORD, PASSWORD);
        Relay.ask(home, terminal, List.of("user", "claim", person, "--home", home.toString()));
        var again = new TestTerminal(Locale.ENGLISH, folder).answering(PASSWORD);
        Relay.ask(home, again, List.of("login", person, "--home", home.toString()));
        sessions.put(
                person,
                again.session()
                        .orElseThrow(() -> new IllegalStateException(terminal.complained() + again.complained())));
    }

    /** One kill, and what comes after it. */
    void kill(int number) {
        Stage stage = Stage.values()[number % Stage.values().length];
        String victim = victim();
        kills.computeIfAbsent(stage, _ -> new HashMap<>()).merge(victim, 1, Integer::sum);
        provide(stage);
        long delay = (long) (Objects.requireNonNull(usualMillis.get(stage)) * 1_000_000 * chance.nextDouble());
        CompletableFuture<Optional<Said>> verb = CompletableFuture.supplyAsync(() -> perform(stage));
        LockSupport.parkNanos(delay);
        Process killed = Objects.requireNonNull(processes.get(victim));
        killed.destroyForcibly().onExit().join();
        // A verb whose hub goes on is told that a zone is absent, or did not need it any more.
        long began = System.nanoTime();
        if (!victim.equals("hub")) {
            start(victim);
        }
        Optional<Said> said = verb.join();
        interrupted += said.filter(Said::done).isPresent() ? 0 : 1;
        know(stage, said);
        if (victim.equals("hub")) {
            began = System.nanoTime();
            start("hub");
        }
        check(number + " " + stage + " " + victim);
        slowestMillis = Math.max(slowestMillis, (System.nanoTime() - began) / 1_000_000);
        if (said.filter(Said::done).isEmpty()) {
            repeat(stage, number);
        }
    }

    /** An edition with a study's data, a permit for it, and the project. */
    private void openAProject() {
        JsonNode edition = must(
                        "data-manager", "ingest", "omop", files.studied().toString())
                .document();
        studied = edition.path("edition").asString();
        editions.put(studied, edition.path("root").asString());
        String permit = must(
                        "researcher",
                        "permit",
                        "request",
                        files.application(studied).toString())
                .document()
                .path("permit")
                .asString();
        project = must("committee-member", "permit", "grant", permit)
                .document()
                .path("project")
                .asString();
        permits.put(permit, "granted");
    }

    /** What a stage needs before it can begin. */
    private void provide(Stage stage) {
        switch (stage) {
            case PUBLISH, ERASE -> {
                if (waiting().isEmpty()) {
                    know(Stage.DEPOSIT, perform(Stage.DEPOSIT));
                }
                toErase = waiting().getFirst();
            }
            case REVIEW -> {
                if (next().isEmpty()) {
                    analyse();
                }
            }
            case DEPOSIT, INGEST, PERMIT, DECISION -> {}
        }
    }

    /** Computes outputs that may ask to leave. */
    private void analyse() {
        must("researcher", "study", "run", files.study().toString(), "--edition", studied, "--project", project);
        must("researcher", "output", "list")
                .document()
                .path("outputs")
                .valueStream()
                .filter(output -> output.path("verdict").asString().equals("cleared"))
                .forEach(this::know);
    }

    /** The output that is on its way, else one that may set out. */
    private Optional<Leaving> next() {
        return outputs.values().stream()
                .filter(output -> !output.isReleased())
                .max(Comparator.comparingInt(Leaving::progress));
    }

    private String victim() {
        int drawn = chance.nextInt(10);
        return drawn < 7
                ? "hub"
                : List.of("zone", "custodian", "identity-custodian").get(drawn - 7);
    }

    /** What was interrupted is asked for once more; that must work without anybody's help. */
    private void repeat(Stage stage, int number) {
        provide(stage);
        Optional<Said> again = perform(stage);
        know(stage, again);
        if (again.filter(Said::done).isEmpty()) {
            repairs++;
            lost.add(number + " " + stage + " does not work again: "
                    + again.map(Said::complaint).orElse("no answer"));
        }
    }

    private Optional<Said> perform(Stage stage) {
        return switch (stage) {
            case DEPOSIT ->
                ask("data-manager", "deposit", files.source().toString(), "--producer", "hospital", "--kind", "fhir");
            case PUBLISH -> ask("data-manager", "publish");
            case INGEST -> ask("data-manager", "ingest", "omop", files.omop().toString());
            case PERMIT ->
                ask(
                        "researcher",
                        "permit",
                        "request",
                        files.application(studied).toString());
            case DECISION -> {
                Optional<String> asked = permits.entrySet().stream()
                        .filter(permit -> permit.getValue().equals("requested"))
                        .map(Map.Entry::getKey)
                        .findFirst();
                if (asked.isEmpty()) {
                    Optional<Said> request = perform(Stage.PERMIT);
                    know(Stage.PERMIT, request);
                    asked = request.map(said -> said.document().path("permit").asString());
                }
                yield asked.flatMap(permit -> ask("committee-member", "permit", "grant", permit));
            }
            case REVIEW -> next().flatMap(this::goOn);
            case ERASE -> ask("data-manager", "deposit", "withdraw", toErase);
        };
    }

    /** One step of an output's way. */
    private Optional<Said> goOn(Leaving output) {
        return output.progress() == 0
                ? ask("researcher", "output", "request", output.analysis(), output.name())
                : ask(
                        CHECKERS.get(output.progress() - 1),
                        "output",
                        "review",
                        output.output(),
                        "--decision",
                        "approve");
    }

    private void know(Stage stage, Optional<Said> said) {
        if (said.filter(Said::done).isEmpty()) {
            return;
        }
        JsonNode told = said.get().document();
        switch (stage) {
            case DEPOSIT -> deposits.add(told.path("deposit").asString());
            case PUBLISH, INGEST ->
                editions.put(told.path("edition").asString(), told.path("root").asString());
            case PERMIT -> permits.put(told.path("permit").asString(), "requested");
            case DECISION -> permits.put(told.path("permit").asString(), "granted");
            case REVIEW -> told.path("outputs").forEach(this::know);
            case ERASE -> erased.add(told.path("deposit").asString());
        }
    }

    private void know(JsonNode output) {
        Leaving leaving = Leaving.of(output);
        outputs.put(leaving.output(), leaving);
    }

    private List<String> waiting() {
        return must("data-manager", "deposit", "list")
                .document()
                .path("deposits")
                .valueStream()
                .filter(deposit -> deposit.path("state").asString().equals("received"))
                .map(deposit -> deposit.path("deposit").asString())
                .toList();
    }

    /** Everything that was ever acknowledged is asked for. */
    private void check(String when) {
        Map<String, String> there = new HashMap<>();
        must("data-manager", "deposit", "list")
                .document()
                .path("deposits")
                .forEach(each -> there.put(
                        each.path("deposit").asString(), each.path("state").asString()));
        require(there.keySet().containsAll(deposits), when, "a deposit");
        erased.forEach(deposit -> require("withdrawn".equals(there.get(deposit)), when, "an erasure"));
        there.forEach((deposit, state) -> require(
                state.equals("received") || KillsFiles.partsOf(home, deposit) == 0,
                when,
                "the end of a deposit's parts"));
        Map<String, String> seen = new HashMap<>();
        must("data-manager", "edition", "list")
                .document()
                .path("editions")
                .forEach(each -> seen.put(
                        each.path("edition").asString(), each.path("root").asString()));
        require(seen.entrySet().containsAll(editions.entrySet()), when, "an edition");
        Map<String, String> decided = new HashMap<>();
        must("committee-member", "permit", "list")
                .document()
                .path("permits")
                .forEach(each -> decided.put(
                        each.path("permit").asString(), each.path("state").asString()));
        permits.forEach((permit, state) -> require(
                state.equals(decided.get(permit)) || state.equals("requested") && "granted".equals(decided.get(permit)),
                when,
                "a decision"));
        // A decision that was interrupted may have been taken.
        decided.forEach((permit, state) -> permits.replace(permit, state));
        checkOutputs(when);
    }

    private void checkOutputs(String when) {
        Map<String, Leaving> seen = must("researcher", "output", "list")
                .document()
                .path("outputs")
                .valueStream()
                .map(Leaving::of)
                .collect(Collectors.toMap(Leaving::output, each -> each));
        Set<String> released = must("researcher", "register", "list")
                .document()
                .path("outputs")
                .valueStream()
                .map(each -> each.path("output").asString())
                .collect(Collectors.toSet());
        outputs.replaceAll((id, known) -> {
            Leaving now = seen.getOrDefault(id, known);
            require(seen.containsKey(id) && now.progress() >= known.progress(), when, "a review");
            require(now.isReleased() == released.contains(id), when, "a release in the register");
            return now;
        });
    }

    private void require(boolean there, String when, String what) {
        if (!there) {
            lost.add(when + ": " + what);
        }
    }

    /** The whole log, at the end. */
    void verifyTheLog() {
        var terminal = new TestTerminal(Locale.ENGLISH, folder);
        require(
                Vauban.run(terminal, List.of("audit", "verify", "--home", home.toString())) == 0,
                "at the end",
                "the log: " + terminal.complained() + terminal.written());
    }

    // Processes.

    private void start(String name) {
        long began = System.nanoTime();
        try {
            Process process =
                    command(name).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            processes.put(name, process);
            var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String ready = lines.readLine();
            if (ready == null || !ready.startsWith("ready")) {
                throw new IllegalStateException(name + " did not start: " + ready);
            }
            Thread.ofPlatform().daemon().start(() -> listen(lines));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        slowestMillis = Math.max(slowestMillis, (System.nanoTime() - began) / 1_000_000);
    }

    private void listen(BufferedReader lines) {
        lines.lines().forEach(line -> {
            if (line.startsWith("half")) {
                half.incrementAndGet();
                System.out.println(line);
            } else if (line.startsWith("mixed")) {
                mixed.incrementAndGet();
                System.out.println(line);
            }
        });
    }

    private ProcessBuilder command(String name) {
        return switch (name) {
            case "custodian" -> custodian(folder.resolve("home-custodian"));
            case "identity-custodian" -> custodian(folder.resolve("home-identity-custodian"));
            case "zone" ->
                OwnProcess.of(
                        "org.vauban.identity.IdentityMain",
                        List.of("org.vauban.custodian.CustodianClient"),
                        List.of(
                                "serve",
                                "--zone",
                                folder.resolve("home-identity").toString(),
                                "--custodian",
                                "unix:"
                                        + folder.resolve("home-identity-custodian")
                                                .resolve("custodian.sock"),
                                "--until-stdin-closes"));
            default ->
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HubToKill.class.getName(),
                        home.toString());
        };
    }

    private static ProcessBuilder custodian(Path folder) {
        try {
            Path passphrase = folder.resolve("passphrase");
            if (!Files.exists(passphrase)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                Files.createFile(
                        passphrase, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(passphrase, "correct horse battery\n");
            }
            return OwnProcess.of(
                    CUSTODIAN,
                    List.of(
                            "serve",
                            "--dir",
                            folder.toString(),
                            "--passphrase-file",
                            passphrase.toString(),
                            "--until-stdin-closes"));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    // Verbs.

    private Said must(String person, String... verb) {
        return ask(person, verb)
                .filter(Said::done)
                .orElseThrow(() -> new IllegalStateException(String.join(" ", verb) + ": "
                        + ask(person, verb).map(Said::complaint).orElse("no answer")));
    }

    /** Empty when the hub died before it answered. */
    private Optional<Said> ask(String person, String... verb) {
        var terminal = new TestTerminal(Locale.ENGLISH, folder);
        terminal.keepSession(sessions.getOrDefault(person, ""));
        List<String> arguments = new ArrayList<>(Arrays.asList(verb));
        arguments.addAll(List.of("--json", "--quiet", "--home", home.toString()));
        try {
            return Relay.ask(home, terminal, arguments)
                    .map(status -> new Said(
                            status,
                            status == 0 ? JSON.readTree(terminal.written()) : JSON.createObjectNode(),
                            terminal.complained() + terminal.written()));
        } catch (UncheckedIOException died) {
            return Optional.empty();
        }
    }

    // What came of it.

    List<String> lost() {
        return lost;
    }

    int halfVisible() {
        return half.get();
    }

    int mixedReads() {
        return mixed.get();
    }

    int repairs() {
        return repairs;
    }

    long slowestMillis() {
        return slowestMillis;
    }

    /** What came of several hubs side by side, in one table. */
    static String report(List<Kills> all) {
        Map<Stage, Map<String, Integer>> killed = new EnumMap<>(Stage.class);
        all.forEach(each -> each.kills.forEach((stage, victims) -> victims.forEach((victim, times) ->
                killed.computeIfAbsent(stage, _ -> new TreeMap<>()).merge(victim, times, Integer::sum))));
        var table = new StringBuilder("kills by stage\n");
        killed.forEach((stage, victims) ->
                table.append("  %-10s %s%n".formatted(stage.name().toLowerCase(Locale.ROOT), victims)));
        table.append(
                "verbs interrupted %d, lost %d, half-visible %d, mixed reads %d, manual repairs %d, slowest restart with its checks %d ms"
                        .formatted(
                                all.stream().mapToInt(each -> each.interrupted).sum(),
                                all.stream().mapToInt(each -> each.lost.size()).sum(),
                                all.stream().mapToInt(Kills::halfVisible).sum(),
                                all.stream().mapToInt(Kills::mixedReads).sum(),
                                all.stream().mapToInt(Kills::repairs).sum(),
                                all.stream()
                                        .mapToLong(Kills::slowestMillis)
                                        .max()
                                        .orElse(0)));
        return table.toString();
    }

    @Override
    public void close() {
        processes.values().forEach(process -> process.destroyForcibly().onExit().join());
    }
}
