package org.vauban.attack.canary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.vauban.app.Vauban;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The way of the data from the producers to the register, by the verbs that people type, with one server killed while it publishes, and
 * another one by the signal of a crash. Everything that a process may leave behind, it leaves in folders that are searched afterwards.
 */
final class Journey {
    static final List<String> PRODUCERS = List.of("cnam", "hospital-1", "hospital-2", "hospital-3", "hospital-4");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PATIENCE_SECONDS = 600;
    private static final String PASSWORD = "a long enough password";

    /** As little as can be asked for: at full size rows wait on disk. */
    private static final String MEMORY = "512MiB";

    private final Path work;
    private final InstalledProgram program;
    private final boolean spills;
    private final Deque<Process> processes = new ArrayDeque<>();
    private int killedWhilePublishing;
    private long spilled;

    /** @param spills whether there are so many people that their rows cannot all be in memory */
    Journey(Path work, InstalledProgram program, boolean spills) {
        this.work = work;
        this.spills = spills;
        this.program = program;
        for (Path folder : List.of(run(), temporary(), producers())) {
            create(folder);
        }
    }

    /** The hub's folder. */
    Path home() {
        return work.resolve("home");
    }

    Path custodian() {
        return work.resolve("home-custodian");
    }

    Path identityZone() {
        return work.resolve("home-identity");
    }

    Path identityCustodian() {
        return work.resolve("home-identity-custodian");
    }

    /** What the producers have: it is theirs to keep. */
    Path producers() {
        return work.resolve("producers");
    }

    /** Where every process works, says what it says, and would leave its crash files. */
    Path run() {
        return work.resolve("run");
    }

    /** Where every process puts its temporary files. */
    Path temporary() {
        return work.resolve("temporary");
    }

    int killedWhilePublishing() {
        return killedWhilePublishing;
    }

    /** Files of rows that waited on disk when the server was killed. */
    long spilled() {
        return spilled;
    }

    /** Leads everybody through, then stops all processes. */
    void lead(List<Canary> people, int others) {
        try {
            var nobody = new Someone(run());
            verb(
                    nobody,
                    "synth",
                    "--persons",
                    String.valueOf(others),
                    "--out",
                    producers().toString());
            Planting.plant(people, producers());
            start(
                    "custodian",
                    "custodian",
                    "serve",
                    "--dir",
                    custodian().toString(),
                    "--passphrase-file",
                    secret(custodian()));
            Process server = serve("server");
            String token = firstToken(run().resolve("server.log"));
            Someone administrator = claimed("administrator", token);
            Someone manager = invited(administrator, "manager", "data-manager");
            start(
                    "identity-custodian",
                    "custodian",
                    "serve",
                    "--dir",
                    identityCustodian().toString(),
                    "--passphrase-file",
                    secret(identityCustodian()));
            start(
                    "identity",
                    "identity",
                    "serve",
                    "--zone",
                    identityZone().toString(),
                    "--custodian",
                    "unix:" + identityCustodian().resolve("custodian.sock"));
            PRODUCERS.forEach(producer -> deposit(manager, producer));
            killWhilePublishing(server, manager);
            server = serve("server-again");
            String edition = verb(manager, publishing()).path("edition").asString();
            study(administrator, edition);
            crash(server);
            starve();
        } finally {
            stopAll();
        }
    }

    private void deposit(Someone manager, String producer) {
        String kind = producer.equals("cnam") ? "snds" : "fhir";
        verb(manager, "producer", "add", producer, "--kind", kind, "--convention", "People who never lived");
        verb(
                manager,
                "deposit",
                producers().resolve(producer).toString(),
                "--producer",
                producer,
                "--kind",
                kind,
                "--spool",
                producers().resolve(producer + "-spool").toString(),
                "--rejects",
                producers().resolve(producer + "-rejects.csv").toString());
    }

    private String[] publishing() {
        return new String[] {
            "publish", "--rejects", run().resolve("rejects.csv").toString()
        };
    }

    /**
     * As soon as the publication has sealed its first objects, the server is gone, without a word; where rows have to wait on disk, as soon
     * as some do.
     */
    private void killWhilePublishing(Process server, Someone manager) {
        long before = objects();
        var publishing = CompletableFuture.supplyAsync(() -> run(manager, publishing()));
        until(() -> publishing.isDone() || (objects() > before + 5 && (!spills || count(spill()) > 3)));
        server.destroyForcibly();
        publishing.join();
        manager.takeOutput();
        keep(manager.takeComplaints());
        ended(server);
        keepTheSpill();
        if (!Files.isDirectory(home().resolve("vault/editions")) || count(home().resolve("vault/editions")) == 0) {
            killedWhilePublishing++;
        }
    }

    /** The next server removes what waited on disk; here it stays among what is searched. */
    private void keepTheSpill() {
        spilled = count(spill());
        try (Stream<Path> files = Files.walk(spill())) {
            create(spillLeft());
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, spillLeft().resolve(file.getFileName()));
            }
        } catch (NoSuchFileException nothingSpilled) {
            // All rows were in memory.
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Path spill() {
        return home().resolve("vault/spill");
    }

    private Path spillLeft() {
        return run().resolve("spill-of-the-killed-server");
    }

    private long objects() {
        return count(home().resolve("vault/objects"));
    }

    /** What a fault in native code does: the machine may write an error file and a core. */
    private void crash(Process server) {
        try {
            new ProcessBuilder("kill", "-SEGV", String.valueOf(server.pid()))
                    .start()
                    .waitFor();
            ended(server);
        } catch (IOException unstarted) {
            throw new UncheckedIOException(unstarted);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void study(Someone administrator, String edition) {
        Someone researcher = invited(administrator, "researcher", "researcher");
        Someone committee = invited(administrator, "committee", "committee-member");
        List<Someone> checkers = List.of(
                invited(administrator, "checker.one", "output-checker"),
                invited(administrator, "checker.two", "output-checker"));
        Path study = create(run().resolve("study"));
        for (String file : List.of("STUDY.yaml", "target.json", "comparator.json", "outcome.json", "PERMIT.yaml")) {
            write(
                    study.resolve(file),
                    resource(file)
                            .replace("{edition}", edition)
                            .replace("{login}", "researcher")
                            .replace(
                                    "{end}",
                                    LocalDate.now(ZoneOffset.UTC).plusYears(1).toString()));
        }
        JsonNode requested = verb(
                researcher, "permit", "request", study.resolve("PERMIT.yaml").toString());
        verb(committee, "permit", "grant", requested.path("permit").asString());
        JsonNode receipt = verb(
                researcher,
                "study",
                "run",
                study.resolve("STUDY.yaml").toString(),
                "--edition",
                edition,
                "--project",
                requested.path("project").asString(),
                "--out",
                run().resolve("receipt").toString());
        JsonNode asked =
                verb(researcher, "output", "request", receipt.path("analysis").asString());
        for (JsonNode output : asked.path("outputs")) {
            for (Someone checker : checkers) {
                verb(checker, "output", "show", output.path("output").asString());
                verb(
                        checker,
                        "output",
                        "review",
                        output.path("output").asString(),
                        "--decision",
                        "approve",
                        "--comment",
                        "seen");
            }
        }
        verb(researcher, "register", "list", "--out", run().resolve("released").toString());
        verb(researcher, "audit", "verify");
    }

    // People and verbs.

    private Someone invited(Someone administrator, String login, String role) {
        return claimed(
                login,
                verb(administrator, "user", "add", "--name", "Person " + login, "--role", role)
                        .path("one_time_token")
                        .asString());
    }

    private Someone claimed(String login, String token) {
        var person = new Someone(run());
        person.willAnswer(token, PASSWORD);
        verb(person, "user", "claim", login);
        person.willAnswer(PASSWORD);
        verb(person, "login", login);
        return person;
    }

    private JsonNode verb(Someone person, String... words) {
        int status = run(person, words);
        String answer = person.takeOutput();
        String complaints = person.takeComplaints();
        keep(complaints);
        if (status != 0) {
            throw new IllegalStateException(String.join(" ", words) + " ended with " + status + ": " + complaints);
        }
        return answer.isBlank() ? JSON.createObjectNode() : JSON.readTree(answer);
    }

    private int run(Someone person, String... words) {
        List<String> arguments = new ArrayList<>(Arrays.asList(words));
        if (!words[0].equals("synth")) {
            arguments.addAll(List.of("--home", home().toString(), "--custodian", address()));
        }
        arguments.addAll(List.of("--json", "--quiet"));
        return Vauban.run(person, arguments);
    }

    private String address() {
        return "unix:" + custodian().resolve("custodian.sock");
    }

    // Processes.

    private Process serve(String name) {
        return start(
                name,
                "serve",
                "--port",
                "0",
                "--memory",
                MEMORY,
                "--home",
                home().toString(),
                "--custodian",
                address());
    }

    /** Starts the program and waits until it says that it listens. */
    private Process start(String name, String... words) {
        Path log = run().resolve(name + ".log");
        Process process = launch(log, "", words);
        until(() -> said(log, "ready ") || said(log, "listens at") || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " did not start: " + read(log));
        }
        return process;
    }

    /**
     * Starts the program by its launcher. The environment asks for a heap dump, a core and an error file; the launcher's settings must
     * win.
     */
    private Process launch(Path log, String javaOptions, String... words) {
        List<String> command = new ArrayList<>(List.of(program.launcher().toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command)
                .directory(run().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("VAUBAN_LANG", "en");
        builder.environment().put("VAUBAN_JAVA_OPTIONS", javaOptions);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TMPDIR", temporary().toString());
        builder.environment()
                .put(
                        "JAVA_TOOL_OPTIONS",
                        "-Djava.io.tmpdir=" + temporary() + " -XX:+HeapDumpOnOutOfMemoryError -XX:HeapDumpPath=" + run()
                                + " -XX:+CreateCoredumpOnCrash -XX:ErrorFile=" + run().resolve("hs_err.log"));
        try {
            Process process = builder.start();
            processes.push(process);
            return process;
        } catch (IOException unstarted) {
            throw new UncheckedIOException(unstarted);
        }
    }

    /** Too little memory: the machine runs out of it, which is when a heap dump would be written. */
    private void starve() {
        Path log = starvedLog();
        Process server =
                launch(log, "-Xmx16m", "serve", "--port", "0", "--home", home().toString(), "--custodian", address());
        until(() -> said(log, "OutOfMemoryError") || !server.isAlive());
        server.destroyForcibly();
        ended(server);
    }

    /** What the server said that ran out of memory. */
    Path starvedLog() {
        return run().resolve("server-starved.log");
    }

    private void stopAll() {
        while (!processes.isEmpty()) {
            Process process = processes.pop();
            process.destroy();
            ended(process);
        }
    }

    private static void ended(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("A process did not end");
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Something that another process brings about: it is looked for, because nobody tells when it happens. */
    @FunctionalInterface
    private interface Event {
        boolean happened();
    }

    private static void until(Event event) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!event.happened()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Waited in vain");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static boolean said(Path log, String word) {
        return read(log).lines().anyMatch(line -> line.contains(word));
    }

    /** The first administrator's invitation stands on a line of its own, indented. */
    private static String firstToken(Path log) {
        return read(log)
                .lines()
                .filter(line -> line.matches("  \\S+"))
                .findFirst()
                .orElseThrow()
                .strip();
    }

    // Files.

    /** What people were told on their terminals is left behind as well. */
    private void keep(String said) {
        try {
            Files.writeString(
                    run().resolve("terminals.log"), said, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String secret(Path folder) {
        create(folder);
        write(folder.resolve("passphrase"), "correct horse battery " + folder.getFileName() + "\n");
        return folder.resolve("passphrase").toString();
    }

    private static long count(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException | UncheckedIOException notYet) {
            return 0;
        }
    }

    private static Path create(Path folder) {
        try {
            return Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String resource(String name) {
        try (var stream = Objects.requireNonNull(Vauban.class.getResourceAsStream("/org/vauban/app/demo/" + name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
