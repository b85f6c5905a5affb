package org.vauban.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.vauban.airlock.Airlock;
import org.vauban.airlock.Output;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.custodian.CustodianServer;
import org.vauban.deposit.Progress;
import org.vauban.deposit.SplitRequest;
import org.vauban.deposit.Splitter;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.deposit.envelope.Kind;
import org.vauban.deposit.envelope.RecipientKey;
import org.vauban.deposit.envelope.Zone;
import org.vauban.desk.Deposited;
import org.vauban.desk.DepositedTable;
import org.vauban.gate.Receipt;
import org.vauban.gate.StudyRequest;
import org.vauban.gate.TinyHospital;
import org.vauban.hub.Hub;
import org.vauban.hub.HubConfiguration;
import org.vauban.hub.TestHub;
import org.vauban.identity.protocol.DoorClient;
import org.vauban.identity.zone.ZoneServer;
import org.vauban.ledger.tree.Hash;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Permit;
import org.vauban.permit.TestTerms;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.producer.Withdrawal;
import org.vauban.publication.PublishedEdition;
import org.vauban.register.ReleasedDocument;
import org.vauban.study.StudyDefinition;
import org.vauban.study.StudyPlanner;

/**
 * The life of a small hub on a disk that remembers: people come, producers deposit, editions are published, a study is run and reviewed,
 * permits are granted and withdrawn. Custodian, identity zone, DuckDB and SQLite are the real ones. What the hub says is done becomes a
 * {@link Fact} at that step.
 */
final class Story implements AutoCloseable {
    private static final String IDENTITY = "the identity zone's own passphrase";

    /** Deposits whose keys were destroyed before the story ended. */
    static final Set<DepositId> TAKEN_BACK = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final DiskInMemory disk;
    private final TestHub hub;
    private final CustodianServer identityCustodian;
    private final ZoneServer zone;
    private final Map<String, Actor> people = new HashMap<>();
    private int deposits;
    private Optional<Deposited> lastDeposit = Optional.empty();

    private Story(Path folder, DiskInMemory disk) throws IOException {
        this.folder = folder;
        this.disk = disk;
        Files.createDirectories(home(folder));
        this.hub = new TestHub(folder, disk.path(home(folder)), file -> InterruptedDatabase.remembering(disk, file));
        this.identityCustodian =
                CustodianServer.start(folder.resolve("identity-keys"), IDENTITY.toCharArray(), hub.clock());
        this.zone = ZoneServer.start(folder.resolve("identity"), identityCustodian.address(), hub.clock());
    }

    /** Tells it in a folder: the home is on the disk, SQLite's files and all that is not the hub's are in the folder. */
    static Story tell(Path folder) throws IOException {
        var disk = new DiskInMemory();
        List<Path> above = new ArrayList<>();
        for (Path path = folder.toAbsolutePath().normalize(); path != null; path = path.getParent()) {
            above.addFirst(path);
        }
        for (Path path : above) {
            disk.createFolder(path);
            disk.remember(new Step.SyncNames(path.getParent() == null ? path : path.getParent()));
        }
        var story = new Story(folder, disk);
        story.tell();
        // SQLite's files are needed by those who look at what a crash left.
        story.hub().close();
        return story;
    }

    static Path home(Path folder) {
        return folder.toAbsolutePath().normalize().resolve("home");
    }

    HubConfiguration configuration() {
        return hub.configuration();
    }

    List<Step> steps() {
        return disk.steps();
    }

    private void tell() throws IOException {
        person("administrator", Role.ADMINISTRATOR);
        person("manager", Role.DATA_MANAGER);
        person("researcher", Role.RESEARCHER);
        person("member", Role.COMMITTEE_MEMBER);
        person("first", Role.OUTPUT_CHECKER);
        person("second", Role.OUTPUT_CHECKER);
        person("speaker", Role.PRODUCER);
        hub().deposits().register(person("manager"), "hospital", Kind.FHIR, "Convention");
        deposit("patient-1", "185057800608491");
        withdraw(deposit("patient-2", "197411000000081"));
        EditionId edition = published(hub().publications()
                .omop(person("manager"), TinyHospital.write(folder.resolve("omop")), folder.resolve("rejects.csv"))
                .edition());
        Path study = TinyHospital.study(folder.resolve("study"), "research", "");
        withdraw(grant(request(edition, study)));
        Permit permit = grant(request(edition, study));
        Receipt receipt = run(permit, edition, study);
        List<Output> asked = hub().airlock().request(person("researcher"), receipt.analysis(), List.of());
        asked.forEach(this::know);
        review("first", asked.get(0), Airlock.Decision.APPROVED);
        review("second", asked.get(0), Airlock.Decision.APPROVED);
        review("first", asked.get(1), Airlock.Decision.REFUSED);
        published(hub().publications()
                .deposits(
                        person("manager"),
                        hub().deposits(),
                        zone.answers(),
                        folder.resolve("more-rejects.csv"),
                        Set.of())
                .publication()
                .edition());
        hub().deposits().list().forEach(this::know);
        takeBack(hub().deposits().list().getFirst());
        deposit("patient-3", "200020000000037");
    }

    private Hub hub() {
        return hub.hub();
    }

    /** Somebody of the story, with a session that goes on. */
    Actor person(String login) {
        return java.util.Objects.requireNonNull(people.get(login));
    }

    private void person(String login, Role role) {
        people.put(login, hub.person(login, role));
        know("person/" + login, again -> assertThat(again.people().find(login)).isPresent());
    }

    /** Every fact comes with the log as it was then: what was entered may never leave it. */
    private void know(String about, Consumer<Hub> check) {
        long size = hub().journal().tiles().size();
        String root = hub().journal().checkpoint().checkpoint().root().hex();
        disk.remember(new Step.Acknowledged(new Fact(about, check)));
        disk.remember(new Step.Acknowledged(new Fact("log", again -> {
            assertThat(again.journal().tiles().size()).isGreaterThanOrEqualTo(size);
            List<Hash> leaves = new ArrayList<>();
            for (long index = 0; index < size; index++) {
                leaves.add(Hash.leaf(again.journal().tiles().read(index)));
            }
            assertThat(Hash.root(leaves).hex()).isEqualTo(root);
        })));
        hub.clock().advance(Duration.ofSeconds(1));
    }

    // Deposits.

    /** The deposit that waits at the end. */
    Deposited lastDeposit() {
        return lastDeposit.orElseThrow();
    }

    private Deposited deposit(String patient, String nir) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source-" + ++deposits));
        Files.writeString(source.resolve("Patient.ndjson"), """
                {"resourceType":"Patient","id":"%s","identifier":[{"system":"urn:oid:1.2.250.1.213.1.4.8","value":"%s"}],\
                "name":[{"use":"official","family":"MARTIN","given":["Rose"]}],"gender":"female","birthDate":"1985-05-12"}
                """.formatted(patient, nir));
        Files.writeString(source.resolve("Encounter.ndjson"), """
                {"resourceType":"Encounter","id":"%s-stay","status":"finished","class":{"code":"IMP"},\
                "subject":{"reference":"Patient/%s"},"period":{"start":"2019-03-01","end":"2019-03-04"}}
                """.formatted(patient, patient));
        Path spool = folder.resolve("spool-" + deposits);
        try (var door = DoorClient.connect(zone.door())) {
            Splitter.split(
                    new SplitRequest(
                            source,
                            "hospital",
                            Optional.of(Kind.FHIR),
                            RecipientKey.of(Zone.HEALTH, hub().deposits().deliveryKey(person("manager"), "hospital")),
                            RecipientKey.of(Zone.IDENTITY, door.publicKey()),
                            spool,
                            Optional.empty(),
                            folder.resolve("split-rejects.csv"),
                            SplitRequest.PART_BYTES_DEFAULT),
                    Progress.silent(),
                    Clock.systemUTC());
            door.give(spool.resolve("identity"));
        }
        Deposited deposited = hub().deposits().receive(person("manager"), spool.resolve("health"));
        know(deposited);
        lastDeposit = Optional.of(deposited);
        return deposited;
    }

    private void withdraw(Deposited deposited) {
        hub().deposits().withdraw(person("manager"), deposited.id());
        TAKEN_BACK.add(deposited.id());
        know(hub().deposits().require(deposited.id()));
    }

    /** Its producer takes back what is in an edition. */
    private void takeBack(Deposited deposited) {
        hub().producers()
                .represent(person("manager"), "hospital", person("speaker").account());
        Withdrawal withdrawal =
                hub().producers().withdraw(person("speaker"), "hospital", Optional.of(deposited.id()), "no longer");
        TAKEN_BACK.add(deposited.id());
        know("withdrawal/" + withdrawal.id(), again -> {
            assertThat(again.producers().withdrawals(person("member")))
                    .extracting(Withdrawal::id)
                    .containsExactly(withdrawal.id());
            assertThat(again.deposits().require(deposited.id()).state()).isNotEqualTo(Deposited.State.RECEIVED);
        });
        know(
                "editions closed by " + withdrawal.id(),
                again -> assertThat(again.producers()
                                .withdrawals(person("member"))
                                .getFirst()
                                .editions())
                        .isEqualTo(withdrawal.editions())
                        .isNotEmpty());
    }

    /** A deposit never goes back a state, and while it waits it can be opened as it was. */
    private void know(Deposited deposited) {
        List<String> content = deposited.state() == Deposited.State.RECEIVED ? content(hub(), deposited) : List.of();
        know("deposit/" + deposited.id(), again -> {
            Deposited now = again.deposits().require(deposited.id());
            if (deposited.state() != Deposited.State.RECEIVED) {
                assertThat(now.state()).isEqualTo(deposited.state());
            } else if (now.state() == Deposited.State.RECEIVED && !TAKEN_BACK.contains(now.id())) {
                assertThat(content(again, now)).isEqualTo(content);
            }
        });
    }

    /** The custodian is another machine and no crash takes it back: a key that was destroyed later in the story is gone at every moment of it. */
    static List<String> content(Hub hub, Deposited deposited) {
        List<String> content = new ArrayList<>();
        for (DepositedTable table : tables(hub, deposited)) {
            try (InputStream in = table.content().open()) {
                content.add(table.table() + ' ' + new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return content;
    }

    private static List<DepositedTable> tables(Hub hub, Deposited deposited) {
        try {
            return hub.deposits().open(deposited.id());
        } catch (ProblemException closed) {
            if (closed.code() == ProblemCode.KEYS_REFUSED && TAKEN_BACK.contains(deposited.id())) {
                return List.of();
            }
            throw closed;
        }
    }

    // Editions.

    private EditionId published(PublishedEdition edition) {
        // That what is listed is whole is asked of every edition, whether somebody was told of it or not.
        know(
                "edition/" + edition.id(),
                again -> assertThat(again.publications().require(edition.id()).root())
                        .isEqualTo(edition.root()));
        return edition.id();
    }

    // Permits.

    private Permit request(EditionId edition, Path study) {
        Set<CdmColumn> columns = new TreeSet<>(
                StudyPlanner.plan(StudyDefinition.read(study)).needs().columns());
        return know(hub().permits()
                .request(person("researcher"), TestTerms.of(edition, columns).terms()));
    }

    private Permit grant(Permit permit) {
        return know(hub().permits().grant(person("member"), permit.id()));
    }

    private void withdraw(Permit permit) {
        know(hub().permits().withdraw(person("member"), permit.id(), "no longer"));
    }

    private Permit know(Permit permit) {
        know(
                "permit/" + permit.id(),
                again -> assertThat(again.permits().require(permit.id()).state())
                        .isGreaterThanOrEqualTo(permit.state()));
        return permit;
    }

    // Studies and outputs.

    private Receipt run(Permit permit, EditionId edition, Path study) {
        Receipt receipt = hub().gate()
                .run(
                        person("researcher"),
                        new StudyRequest(study, edition, permit.project()),
                        EvaluationProgress.SILENT);
        int outputs = hub().projects().evidence(receipt.analysis()).size();
        know(
                "analysis/" + receipt.analysis(),
                again -> assertThat(again.projects().evidence(receipt.analysis()))
                        .hasSize(outputs));
        return receipt;
    }

    private void review(String checker, Output output, Airlock.Decision decision) {
        know(hub().airlock().review(person(checker), output.id(), decision, "looked at"));
    }

    private static final List<String> STATES = List.of("inside", "requested", "refused", "released");

    private void know(Output output) {
        Optional<ReleasedDocument> document =
                hub().register().document(output.id().value());
        know("output/" + output.id(), again -> {
            Output now = again.airlock().list(person("first")).stream()
                    .filter(each -> each.id().equals(output.id()))
                    .findFirst()
                    .orElseThrow();
            assertThat(now.approvals()).isGreaterThanOrEqualTo(output.approvals());
            assertThat(STATES.indexOf(now.state())).isGreaterThanOrEqualTo(STATES.indexOf(output.state()));
            document.ifPresent(released ->
                    assertThat(again.register().document(output.id().value())).contains(released));
        });
    }

    @Override
    public void close() {
        zone.close();
        identityCustodian.close();
        hub.close();
    }
}
