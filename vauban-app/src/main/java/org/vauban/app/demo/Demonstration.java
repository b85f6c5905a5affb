package org.vauban.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vauban.app.cli.Call;
import org.vauban.app.cli.JsonText;
import org.vauban.app.terminal.Relay;
import org.vauban.hub.Home;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The main job, whole: four hospitals and the insurer deposit, the identity zone links, the warehouse harmonises and publishes, a
 * committee permits, a study runs, two people let its result out, and everybody can read it.
 *
 * <p>Read {@link #run()}: each line is a stage, and each stage is verbs that a user could have typed. Six people act, each at a
 * terminal of their own; one of them tries to review an own output and is refused.
 */
final class Demonstration {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What is not started unless it is asked for: witnesses of one's own prove nothing, and show how it goes. */
    private static final String WITNESSES = "witnesses";

    private static final String STUDY = "celecoxib-diclofenac-bleeding";

    private static final String INSURER = "cnam";
    /** The insurer has most to do and begins first. */
    private static final List<String> PRODUCERS =
            List.of(INSURER, "hospital-1", "hospital-2", "hospital-3", "hospital-4");

    private static final int DEPOSITS_AT_A_TIME = 2;

    private static final List<String> STUDY_FILES =
            List.of("STUDY.yaml", "target.json", "comparator.json", "outcome.json");

    private final Relay.Runner verbs;
    private final DemoFolders folders;
    private final DemoZones zones;
    private final long persons;
    private final long seed;
    private final Call call;
    private final List<String> notRun = new ArrayList<>();
    private final boolean witnessed;
    private final DemoWitnesses witnesses;
    private final StageBoard board;
    private final OptionalLong memoryBytes;
    private final DemoServer server;

    private final Person administrator;
    private final Person dataManager;
    private final Person committeeMember;
    private final Person researcher;
    private final Person firstChecker;
    private final Person secondChecker;

    private double meanEvents;
    private double medianEvents;
    private Summary.Linkage linkage = Summary.Linkage.UNKNOWN;
    private String batch = "";
    private String edition = "";
    private String editionRoot = "";
    private String project = "";
    private String refusedReview = "";
    private List<String> outputs = List.of();
    private Summary.Disclosed disclosed = new Summary.Disclosed(0, 0, 0);

    /**
     * What is to be shown.
     *
     * @param persons how many people are generated
     * @param seed the same seed gives the same people
     * @param witnesses whether witnesses are started that must cosign
     */
    record Wish(long persons, long seed, boolean witnesses) {}

    Demonstration(
            Relay.Runner verbs,
            DemoFolders folders,
            DemoZones zones,
            DemoServer server,
            Wish wish,
            OptionalLong memoryBytes,
            Call call) {
        this.memoryBytes = memoryBytes;
        this.verbs = verbs;
        this.folders = folders;
        this.zones = zones;
        this.server = server;
        this.board = new StageBoard(folders.demo(), wish.persons());
        this.persons = wish.persons();
        this.seed = wish.seed();
        this.witnessed = wish.witnesses();
        this.witnesses = new DemoWitnesses(folders);
        this.call = call;
        this.administrator = person("administrator", "Ada Ministère", "administrator");
        this.dataManager = person("data.manager", "Dan Garde", "data-manager");
        this.committeeMember = person("committee", "Camille Comité", "committee-member");
        this.researcher = person("researcher", "René Chercheur", "researcher");
        this.firstChecker = person("checker.one", "Charlotte Une", "output-checker");
        this.secondChecker = person("checker.two", "Claude Deux", "output-checker");
    }

    private Person person(String login, String displayName, String role) {
        return new Person(login, displayName, role, call.terminal());
    }

    Summary run() {
        long started = System.nanoTime();
        try (var memory = new PeakMemory()) {
            stage("synth", this::generatePeople);
            stage("custodian", this::startCustodian);
            stage("home", this::makeHome);
            if (witnessed) {
                stage(WITNESSES, this::startWitnesses);
            } else {
                notRun.add(WITNESSES);
            }
            stage("server", this::startServer);
            stage("people", this::letPeopleIn);
            stage("identity-zone", this::startIdentityZone);
            stage("deposit", this::deposit);
            publish();
            stage("permit", this::permit);
            stage("study", this::study);
            stage("airlock", this::airlock);
            stage("register", this::register);
            var logged = new Summary.Logged[1];
            stage("audit", () -> logged[0] = audit());
            if (witnessed) {
                stage("outsider", () -> verifyOutside(logged));
            }
            var figures = new Summary.StudyFigures[1];
            stage("score", () -> figures[0] = score());
            stage("linkage-score", this::scoreLinkage);
            double allSeconds = seconds(started);
            Summary.Comparison copy = copyPlainly();
            var summary = new Summary(
                    persons,
                    meanEvents,
                    medianEvents,
                    board.done(),
                    copy,
                    linkage,
                    Objects.requireNonNull(figures[0]),
                    disclosed,
                    Objects.requireNonNull(logged[0]),
                    edition,
                    editionRoot,
                    refusedReview,
                    memory.mebibytes(),
                    allSeconds,
                    notRun);
            write(folders.demo().resolve("summary.json"), JsonText.of(summary.document()) + "\n");
            write(folders.demo().resolve("report.html"), report(summary));
            return summary;
        }
    }

    /** A producer's data, made in a process of its own; the truth stays with it. */
    private Rows generatePeople() {
        JsonNode made = ask(
                dataManager,
                "synth",
                "--kind",
                "france",
                "--persons",
                String.valueOf(persons),
                "--seed",
                String.valueOf(seed),
                "--out",
                folders.data().toString());
        meanEvents = made.path("events_per_person").path("mean").asDouble();
        medianEvents = made.path("events_per_person").path("median").asDouble();
        return new Rows(0, made.path("rows_total").asLong(), 0);
    }

    private Rows startCustodian() {
        zones.startCustodian();
        return Rows.NONE;
    }

    /** From here on the people's verbs travel to it, and the pages show what they do. */
    private Rows startServer() {
        server.start();
        call.progress("            " + call.words().say("demo.watch", server.address() + "/demo"));
        return Rows.NONE;
    }

    /** From here on no grant has an effect and no output leaves before two of the three have cosigned. */
    private Rows startWitnesses() {
        witnesses.start(Home.settings(folders.home()).orElseThrow().ledgerKey(), zones);
        server.willBeTold("--witnesses", witnesses.policy().toString());
        return Rows.NONE;
    }

    private Rows startIdentityZone() {
        zones.startIdentityZone();
        return Rows.NONE;
    }

    private Rows makeHome() {
        JsonNode first = onHub(
                administrator,
                Stream.concat(Stream.of("init"), server.settings().stream()).toArray(String[]::new));
        folders.markAsDemonstration();
        claim(administrator, first.path("one_time_token").asString());
        return Rows.NONE;
    }

    /** Each person takes up an own invitation, with an own password, in an own session. */
    private Rows letPeopleIn() {
        for (Person invited : List.of(dataManager, committeeMember, researcher, firstChecker, secondChecker)) {
            JsonNode invitation =
                    onHub(administrator, "user", "add", "--name", invited.displayName(), "--role", invited.role());
            claim(invited, invitation.path("one_time_token").asString());
        }
        writePrivately(
                folders.outside().resolve("people.txt"),
                Stream.of(administrator, dataManager, committeeMember, researcher, firstChecker, secondChecker)
                        .map(person -> person.login() + "\t" + person.password() + "\t" + person.role() + "\n")
                        .collect(Collectors.joining()));
        return Rows.NONE;
    }

    private void claim(Person person, String oneTimeToken) {
        person.willAnswer(List.of(oneTimeToken, person.password()));
        onHub(person, "user", "claim", person.login());
        person.willAnswer(List.of(person.password()));
        onHub(person, "login", person.login());
    }

    /** The five producers do not wait for each other; two at a time is what a small machine bears. */
    private Rows deposit() {
        try (ExecutorService doors = Executors.newFixedThreadPool(DEPOSITS_AT_A_TIME)) {
            List<Future<Rows>> deposits = PRODUCERS.stream()
                    .map(producer -> doors.submit(() -> deposit(producer)))
                    .toList();
            Rows all = Rows.NONE;
            for (Future<Rows> deposit : deposits) {
                all = all.and(deposit.get());
            }
            return all;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of(ProblemCode.CANCELLED).exception(stopped);
        }
    }

    /** What a producer does at its own door: identities sealed for their zone, health data for the hub. */
    private Rows deposit(String producer) {
        Person manager = dataManager.atAnotherTerminal();
        String kind = producer.equals(INSURER) ? "snds" : "fhir";
        onHub(
                manager,
                "producer",
                "add",
                producer,
                "--kind",
                kind,
                "--convention",
                "Demonstration: people who never lived");
        JsonNode deposited = onHub(
                manager,
                "deposit",
                folders.data().resolve(producer).toString(),
                "--producer",
                producer,
                "--kind",
                kind,
                "--spool",
                folders.atProducers().resolve(producer).toString(),
                "--record-map",
                recordMap(producer).toString(),
                "--rejects",
                folders.atProducers().resolve(producer + "-rejects.csv").toString());
        long rows = deposited.path("rows").asLong();
        long rejected = deposited.path("rows_rejected").asLong();
        return new Rows(rows, rows - rejected, rejected);
    }

    private Path recordMap(String producer) {
        return folders.atProducers().resolve(producer + "-record-map.csv");
    }

    /** One verb, three stages: the identity zone links, the warehouse harmonises, the edition is published. */
    private void publish() {
        board.begins("publish");
        long started = System.nanoTime();
        JsonNode published = onHub(
                dataManager,
                "publish",
                "--rejects",
                folders.outside().resolve("rejects.csv").toString());
        edition = published.path("edition").asString();
        editionRoot = published.path("root").asString();
        batch = published.path("linkage").path("batch").asString();
        double linking = published.path("linkage").path("seconds").asDouble();
        double harmonising = published.path("harmonise_seconds").asDouble();
        add(new Summary.Stage(
                "link",
                published.path("linkage").path("records").asLong(),
                published.path("linkage").path("persons").asLong(),
                0,
                linking));
        add(new Summary.Stage(
                "harmonise",
                published.path("rows_in").asLong(),
                published.path("rows_out").asLong(),
                published.path("rows_rejected").asLong(),
                harmonising));
        add(new Summary.Stage(
                "edition",
                published.path("rows_out").asLong(),
                published.path("rows_out").asLong(),
                0,
                hundredths(seconds(started) - linking - harmonising)));
    }

    /** The zone's operator writes down which records it joined; the process that knows the truth compares. */
    private Rows scoreLinkage() {
        Path clusters = folders.outside().resolve("clusters.csv");
        run(
                researcher,
                "identity",
                "clusters",
                "--zone",
                folders.identity().toString(),
                "--custodian",
                "unix:" + folders.identityCustodian().resolve("custodian.sock"),
                "--batch",
                batch,
                "--out",
                clusters.toString());
        researcher.takeOutput();
        researcher.takeComplaints();
        List<String> verb = new ArrayList<>(List.of(
                "synth",
                "score",
                "--truth",
                folders.data().resolve("truth").toString(),
                "--linkage",
                clusters.toString()));
        for (String producer : PRODUCERS) {
            verb.addAll(List.of("--record-maps", recordMap(producer).toString()));
        }
        JsonNode score = ask(researcher, verb.toArray(String[]::new));
        linkage = new Summary.Linkage(
                Summary.Accuracy.of(score.path("overall")), Summary.Accuracy.of(score.path("without_nir")));
        return new Rows(score.path("records").asLong(), 0, 0);
    }

    private Summary.Comparison copyPlainly() {
        return PlainCopy.of(
                PRODUCERS.stream().map(folders.data()::resolve).toList(),
                folders.outside().resolve("plain-copy"),
                memoryBytes);
    }

    /** The researcher asks, and may not grant; a member of the committee does. */
    private Rows permit() {
        for (String file : STUDY_FILES) {
            write(folders.study().resolve(file), resource(file));
        }
        Path application = folders.study().resolve("PERMIT.yaml");
        write(
                application,
                resource("PERMIT.yaml")
                        .replace("{edition}", edition)
                        .replace("{login}", researcher.login())
                        .replace(
                                "{end}",
                                LocalDate.now(ZoneOffset.UTC).plusYears(1).toString()));
        JsonNode requested = onHub(researcher, "permit", "request", application.toString());
        String permit = requested.path("permit").asString();
        project = requested.path("project").asString();
        refusal(researcher, "permit", "grant", permit);
        onHub(committeeMember, "permit", "grant", permit);
        return Rows.NONE;
    }

    private Rows study() {
        JsonNode receipt = onHub(
                researcher,
                "study",
                "run",
                folders.study().resolve("STUDY.yaml").toString(),
                "--edition",
                edition,
                "--project",
                project,
                "--out",
                folders.outside().resolve("receipt").toString());
        JsonNode asked =
                onHub(researcher, "output", "request", receipt.path("analysis").asString());
        outputs = asked.path("outputs")
                .valueStream()
                .map(output -> output.path("output").asString())
                .toList();
        return new Rows(
                0, receipt.path("outputs").size(), receipt.path("outputs").size() - outputs.size());
    }

    /** The author tries to review and is refused; then two checkers look at each output and approve. */
    private Rows airlock() {
        refusedReview = refusal(researcher, "output", "review", outputs.getFirst(), "--decision", "approve");
        long cells = 0;
        long suppressed = 0;
        long rounded = 0;
        for (String output : outputs) {
            for (Person checker : List.of(firstChecker, secondChecker)) {
                JsonNode shown = onHub(checker, "output", "show", output);
                if (checker == firstChecker) {
                    cells += shown.path("cells").asLong();
                    suppressed += shown.path("suppressed").asLong();
                    rounded += shown.path("rounded").asLong();
                }
                onHub(checker, "output", "review", output, "--decision", "approve", "--comment", "demonstration");
            }
        }
        disclosed = new Summary.Disclosed(cells, suppressed, rounded);
        return new Rows(outputs.size(), outputs.size(), 0);
    }

    private Rows register() {
        JsonNode released =
                onHub(researcher, "register", "list", "--out", released().toString());
        return new Rows(outputs.size(), released.path("outputs").size(), 0);
    }

    private Path released() {
        return folders.demo().resolve("released");
    }

    private Summary.Logged audit() {
        JsonNode verified = witnessed
                ? onHub(
                        researcher,
                        "audit",
                        "verify",
                        "--policy",
                        witnesses.outsidersPolicy().toString())
                : onHub(researcher, "audit", "verify");
        return new Summary.Logged(
                verified.path("size").asLong(),
                verified.path("root").asString(),
                verified.path("witnesses").size(),
                0);
    }

    /** The log's files, the witnesses' keys and the ledger's jar: an outsider needs nothing of the hub. */
    private Rows verifyOutside(Summary.Logged[] logged) {
        Summary.Logged audited = Objects.requireNonNull(logged[0]);
        long covered = witnesses.verifyOutside();
        logged[0] = new Summary.Logged(audited.size(), audited.root(), audited.witnesses(), covered);
        return new Rows(audited.size(), covered, 0);
    }

    /** The released files are compared with the truth after they have left, by the process that knows it. */
    private Summary.StudyFigures score() {
        if (!Files.exists(released().resolve("estimates.csv"))) {
            notRun.add("score");
            return Summary.StudyFigures.withheld(STUDY);
        }
        JsonNode score = ask(
                researcher,
                "synth",
                "score",
                "--truth",
                folders.data().resolve("truth").toString(),
                "--result",
                released().toString());
        JsonNode perfect = score.path("perfect");
        return new Summary.StudyFigures(
                STUDY,
                Summary.Ratio.of(score.path("adjusted")),
                Summary.Ratio.of(score.path("crude")),
                score.path("truth").asDouble(),
                score.path("covered").asBoolean(),
                Summary.Ratio.of(perfect.path("crude")),
                Summary.Ratio.of(perfect.path("adjusted")));
    }

    private String report(Summary summary) {
        List<JsonNode> shown = outputs.stream()
                .map(output -> onHub(researcher, "register", "show", output))
                .toList();
        return DemoReport.html(summary, shown, call.words());
    }

    // Verbs, stages, files.

    /** Rows that went into a stage, came out of it, and were turned away. */
    private record Rows(long in, long out, long rejected) {
        static final Rows NONE = new Rows(0, 0, 0);

        Rows and(Rows others) {
            return new Rows(in + others.in, out + others.out, rejected + others.rejected);
        }
    }

    private interface Work {
        Object run();
    }

    private void stage(String name, Work work) {
        board.begins(name);
        long started = System.nanoTime();
        Rows rows = work.run() instanceof Rows counted ? counted : Rows.NONE;
        add(new Summary.Stage(name, rows.in(), rows.out(), rows.rejected(), seconds(started)));
    }

    private void add(Summary.Stage stage) {
        board.ended(stage);
        call.progress(stage.line(call.words()));
    }

    private static double hundredths(double seconds) {
        return Math.round(seconds * 100) / 100.0;
    }

    private JsonNode onHub(Person person, String... verb) {
        return ask(person, withHome(verb));
    }

    private String[] withHome(String... verb) {
        return Stream.concat(
                        Arrays.stream(verb),
                        Stream.of("--home", folders.home().toString(), "--custodian", folders.custodianAddress()))
                .toArray(String[]::new);
    }

    /** Runs a verb that must succeed, and reads its answer. */
    private JsonNode ask(Person person, String... verb) {
        int status = run(person, verb);
        if (status != 0) {
            complain(person.takeComplaints());
            throw new VerbFailedException(
                    String.join(" ", Arrays.asList(verb).subList(0, Math.min(2, verb.length))), status);
        }
        person.takeComplaints();
        return JSON.readTree(person.takeOutput());
    }

    private void complain(String complaints) {
        if (!complaints.startsWith("{")) {
            // A program of its own said it, in words.
            call.terminal().err().print(complaints);
            return;
        }
        JsonNode problems = JSON.readTree(complaints).path("problems");
        problems.valueStream()
                .forEach(problem -> call.terminal()
                        .err()
                        .println(problem.path("code").asString() + ": "
                                + problem.path("sentence").asString() + " → "
                                + problem.path("remedy").asString()));
    }

    /** Runs a verb that must be refused, and returns the code of the refusal. */
    private String refusal(Person person, String... verb) {
        int status = run(person, withHome(verb));
        person.takeOutput();
        JsonNode problem =
                JSON.readTree(person.takeComplaints()).path("problems").path(0);
        if (status != 3) {
            throw new VerbFailedException(
                    String.join(" ", Arrays.asList(verb).subList(0, 2)), status == 0 ? 1 : status);
        }
        call.progress("            "
                + call.words()
                        .say(
                                "demo.refusal",
                                person.login(),
                                problem.path("code").asString()));
        return problem.path("code").asString();
    }

    private int run(Person person, String... verb) {
        List<String> arguments = new ArrayList<>(Arrays.asList(verb));
        arguments.addAll(
                List.of("--json", "--quiet", "--lang", call.words().language().getLanguage()));
        return verbs.run(person, arguments);
    }

    private static double seconds(long startedNanos) {
        return Math.round((System.nanoTime() - startedNanos) / 1e7) / 100.0;
    }

    private static String resource(String name) {
        try (var stream = Objects.requireNonNull(Demonstration.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static void writePrivately(Path file, String text) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
