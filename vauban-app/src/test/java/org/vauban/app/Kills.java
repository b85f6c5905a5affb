package org.vauban.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
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
        DECISION
    }

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PASSWORD = "a long enough password";
    private static final List<String> ROLES = List.of("data-manager", "researcher", "committee-member");
    private static final String CUSTODIAN = "org.vauban.custodian.CustodianMain";

    private final Path folder;
    private final Path home;
    private final Random chance;
    private final Map<String, Process> processes = new HashMap<>();
    private final Map<String, String> sessions = new HashMap<>();
    private final Set<String> deposits = new HashSet<>();
    private final Map<String, String> editions = new HashMap<>();
    private final Map<String, String> permits = new HashMap<>();
    private final Map<Stage, Long> usualMillis = new EnumMap<>(Stage.class);
    private final Map<Stage, Map<String, Integer>> kills = new EnumMap<>(Stage.class);
    private final List<String> lost = new ArrayList<>();
    private final AtomicInteger half = new AtomicInteger();
    private final AtomicInteger mixed = new AtomicInteger();
    private int repairs;
    private int interrupted;
    private int sources;
    private long slowestMillis;

    Kills(Path folder, long seed) {
        this.folder = folder;
        this.home = folder.resolve("home");
        this.chance = new Random(seed);
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
        for (String role : ROLES) {
            claim(
                    role,
                    must("administrator", "user", "add", "--name", role, "--role", role)
                            .document());
        }
        must("data-manager", "producer", "add", "hospital", "--kind", "fhir", "--convention", "Convention");
        for (Stage stage : Stage.values()) {
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
        if (stage == Stage.PUBLISH && waiting() == 0) {
            know(Stage.DEPOSIT, perform(Stage.DEPOSIT));
        }
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

    private String victim() {
        int drawn = chance.nextInt(10);
        return drawn < 7
                ? "hub"
                : List.of("zone", "custodian", "identity-custodian").get(drawn - 7);
    }

    /** What was interrupted is asked for once more; that must work without anybody's help. */
    private void repeat(Stage stage, int number) {
        if (stage == Stage.PUBLISH && waiting() == 0) {
            return;
        }
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
                ask("data-manager", "deposit", source().toString(), "--producer", "hospital", "--kind", "fhir");
            case PUBLISH -> ask("data-manager", "publish");
            case INGEST -> ask("data-manager", "ingest", "omop", omop().toString());
            case PERMIT -> ask("researcher", "permit", "request", application().toString());
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
        };
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
        }
    }

    private long waiting() {
        return must("data-manager", "deposit", "list")
                .document()
                .path("deposits")
                .valueStream()
                .filter(deposit -> deposit.path("state").asString().equals("received"))
                .count();
    }

    /** Everything that was ever acknowledged is asked for. */
    private void check(String when) {
        Set<String> there = new HashSet<>();
        must("data-manager", "deposit", "list")
                .document()
                .path("deposits")
                .forEach(each -> there.add(each.path("deposit").asString()));
        require(there.containsAll(deposits), when, "a deposit");
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

    // What is brought.

    private Path source() {
        String patient = "patient-" + ++sources;
        return write(
                folder.resolve("source-" + sources),
                Map.of("Patient.ndjson", """
                {"resourceType":"Patient","id":"%s","name":[{"use":"official","family":"MARTIN","given":["Rose"]}],\
                "gender":"female","birthDate":"1985-05-12"}
                """.formatted(patient), "Encounter.ndjson", """
                {"resourceType":"Encounter","id":"%s-stay","status":"finished","class":{"code":"IMP"},\
                "subject":{"reference":"Patient/%s"},"period":{"start":"2019-03-01","end":"2019-03-04"}}
                """.formatted(patient, patient)));
    }

    private Path omop() {
        var person =
                new StringBuilder("person_id,gender_concept_id,year_of_birth,race_concept_id,ethnicity_concept_id\n");
        var observed = new StringBuilder("observation_period_id,person_id,observation_period_start_date,"
                + "observation_period_end_date,period_type_concept_id\n");
        int persons = 20 + ++sources;
        for (int id = 1; id <= persons; id++) {
            person.append(id + ",8507," + (1940 + id % 50) + ",0,0\n");
            observed.append(id + "," + id + ",2019-01-01,2022-12-31,32817\n");
        }
        return write(
                folder.resolve("omop-" + sources),
                Map.of("person.csv", person.toString(), "observation_period.csv", observed.toString()));
    }

    private Path application() {
        try (InputStream in =
                Objects.requireNonNull(Vauban.class.getResourceAsStream("/org/vauban/app/demo/PERMIT.yaml"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{edition}", editions.keySet().iterator().next())
                    .replace("{login}", "researcher")
                    .replace("{end}", "2099-12-31");
            return write(folder.resolve("application"), Map.of("PERMIT.yaml", text))
                    .resolve("PERMIT.yaml");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path write(Path folder, Map<String, String> files) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            return folder;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
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

    String report() {
        var table = new StringBuilder("kills by stage\n");
        kills.forEach((stage, victims) ->
                table.append("  %-10s %s%n".formatted(stage.name().toLowerCase(Locale.ROOT), victims)));
        table.append(
                "verbs interrupted %d, lost %d, half-visible %d, mixed reads %d, manual repairs %d, slowest restart with its checks %d ms"
                        .formatted(interrupted, lost.size(), half.get(), mixed.get(), repairs, slowestMillis));
        return table.toString();
    }

    @Override
    public void close() {
        processes.values().forEach(process -> process.destroyForcibly().onExit().join());
    }
}
