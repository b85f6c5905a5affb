package org.vauban.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.custodian.CustodianServer;
import org.vauban.custodian.KeyInfo;
import org.vauban.custody.Keys;
import org.vauban.deposit.Progress;
import org.vauban.deposit.SplitRequest;
import org.vauban.deposit.Splitter;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.deposit.envelope.Kind;
import org.vauban.deposit.envelope.RecipientKey;
import org.vauban.deposit.envelope.Zone;
import org.vauban.gate.StudyRequest;
import org.vauban.gate.TinyHospital;
import org.vauban.hub.TestDatabases;
import org.vauban.hub.TestHub;
import org.vauban.identity.protocol.DoorClient;
import org.vauban.identity.zone.ZoneServer;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Grant;
import org.vauban.permit.Permit;
import org.vauban.permit.Scope;
import org.vauban.permit.TestTerms;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.study.StudyDefinition;
import org.vauban.study.StudyPlanner;
import org.vauban.trajectory.Needs;

/** Two hospitals gave; one sees what was read of its rows, and takes them back. */
class ProducersTest {
    @TempDir
    Path folder;

    private TestHub hub;
    private CustodianServer identityCustodian;
    private ZoneServer zone;
    private Actor manager;
    private Actor member;
    private Actor researcher;
    private Actor north;
    private Path study;
    private int patients;

    @BeforeEach
    void open() throws IOException {
        hub = new TestHub(folder);
        identityCustodian =
                CustodianServer.start(folder.resolve("identity-keys"), "another passphrase".toCharArray(), hub.clock());
        zone = ZoneServer.start(folder.resolve("identity"), identityCustodian.address(), hub.clock());
        hub.person("administrator", Role.ADMINISTRATOR);
        manager = hub.person("manager", Role.DATA_MANAGER);
        member = hub.person("member", Role.COMMITTEE_MEMBER);
        researcher = hub.person("researcher", Role.RESEARCHER);
        north = hub.person("north", Role.PRODUCER);
        study = TinyHospital.study(folder.resolve("study"), "research", "");
        for (String name : List.of("north", "south")) {
            hub.hub().deposits().register(manager, name, Kind.FHIR, "Convention");
        }
        producers().represent(manager, "north", north.account());
    }

    @AfterEach
    void close() {
        zone.close();
        identityCustodian.close();
        hub.close();
    }

    @Test
    void aProducerSeesProjectsEditionsKindsOfQueryAndTimesOfItsOwnRows() throws IOException {
        DepositId given = deposit("north");
        EditionId both = publish();
        deposit("south");
        EditionId ofSouth = publish();
        Permit permit = granted(both);
        Permit other = granted(ofSouth);
        run(permit, both);
        run(other, ofSouth);

        Uses uses = producers().uses(north, "north");

        assertThat(uses.deliveries())
                .extracting(Delivered::deposit, Delivered::editions, Delivered::isTakenBack)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(given, List.of(both), false));
        assertThat(uses.uses()).singleElement().satisfies(use -> {
            assertThat(use.project()).isEqualTo(permit.project());
            assertThat(use.edition()).isEqualTo(both);
            assertThat(use.query()).isEqualTo(QueryClass.STUDY);
            assertThat(use.at()).isEqualTo(hub.clock().instant());
            assertThat(header(use.logIndex()))
                    .contains("act analysis", permit.project().value());
        });
        assertThat(uses.toString()).doesNotContain(researcher.account().value(), "tiny");
        refusesWith(ProblemCode.ROLE_MISSING, () -> producers().uses(researcher, "north"));
        refusesWith(ProblemCode.NOT_FOUND, () -> producers().uses(north, "south"));
        refusesWith(ProblemCode.NOT_FOUND, () -> producers().uses(north, "nowhere"));
    }

    @Test
    void whatIsTakenBackIsInNoLaterEditionAndClosesTheOnesThatHoldIt() throws IOException {
        DepositId published = deposit("north");
        deposit("south");
        EditionId first = publish();
        Permit before = granted(first);
        Permit asked = request(first);
        DepositId waiting = deposit("north");
        DepositId ofSouth = deposit("south");
        refusesWith(
                ProblemCode.NOT_FOUND, () -> producers().withdraw(north, "north", Optional.of(ofSouth), "not ours"));

        Withdrawal withdrawal = producers().withdraw(north, "north", Optional.empty(), "a new director");

        assertThat(withdrawal.editions()).containsExactly(first);
        assertThat(withdrawal.permits()).containsExactly(before.id());
        assertThat(withdrawal.inForce()).isEmpty();
        EditionId second = publish();
        assertThat(madeOf(second)).containsExactly(ofSouth);
        assertThat(hub.hub().deposits().require(waiting).state().word()).isEqualTo("withdrawn");
        assertThat(keysOfDeliveries()).as("of north's two, not of south's two").isEqualTo(2);
        refusesWith(ProblemCode.PRODUCER_WITHDRAWN, () -> deposit("north"));
        refusesWith(ProblemCode.EDITION_CLOSED, () -> request(first));
        refusesWith(ProblemCode.EDITION_CLOSED, () -> hub.hub().permits().grant(member, asked.id()));
        run(before, first);
        run(granted(second), second);
        assertThat(producers().uses(north, "north").deliveries())
                .allMatch(Delivered::isTakenBack)
                .extracting(Delivered::deposit)
                .containsExactlyInAnyOrder(published, waiting);
    }

    @Test
    void aPersonDecidesWhetherWorkThatBeganBeforeGoesOn() throws IOException {
        DepositId one = deposit("north");
        EditionId edition = publish();
        Permit permit = granted(edition);
        Grant grant = grant(permit, edition);
        Withdrawal withdrawal = producers().withdraw(north, "north", Optional.of(one), "an error in the files");
        assertThat(hub.hub().permits().lapse(grant, hub.clock().instant())).isEmpty();
        refusesWith(
                ProblemCode.ROLE_MISSING,
                () -> producers().decide(manager, withdrawal.id(), Withdrawal.InForce.END, "mine to say"));

        Withdrawal decided =
                producers().decide(member, withdrawal.id(), Withdrawal.InForce.END, "article 7 of the agreement");

        assertThat(decided.inForce()).contains(Withdrawal.InForce.END);
        assertThat(hub.hub().permits().lapse(grant, hub.clock().instant()))
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.EDITION_ENDED));
        refusesWith(
                ProblemCode.EDITION_ENDED,
                () -> hub.hub()
                        .gate()
                        .run(
                                researcher,
                                new StudyRequest(study, edition, permit.project()),
                                EvaluationProgress.SILENT));
        refusesWith(
                ProblemCode.WITHDRAWAL_DECIDED,
                () -> producers().decide(member, withdrawal.id(), Withdrawal.InForce.CONTINUE, "or not"));
        deposit("north");
    }

    @Test
    void aWithdrawalThatTheLogTakesLateIsFinishedThen() throws IOException {
        DepositId waiting = deposit("north");
        Path inTheWay = hub.placeOfTheNextTile();
        Files.createDirectories(inTheWay.resolve("in the way"));
        refusesWith(
                ProblemCode.LEDGER_UNWRITABLE,
                () -> producers().withdraw(north, "north", Optional.of(waiting), "no longer"));
        assertThat(producers().withdrawals(member)).isEmpty();
        Files.delete(inTheWay.resolve("in the way"));
        Files.delete(inTheWay);

        hub.reopen().recover();

        assertThat(producers().withdrawals(hub.login("member"))).hasSize(1);
        assertThat(keysOfDeliveries()).isEqualTo(1);
        assertThat(folder.resolve("home/deposits/" + waiting)).doesNotExist();
        assertThat(hub.hub().deposits().waiting()).isEmpty();
    }

    @Test
    void whatAnEditionWasMadeOfIsReadFromTheLogWhereItIsNotNoted() throws Exception {
        DepositId one = deposit("north");
        EditionId edition = publish();
        try (var connection = TestDatabases.beside(hub.home().resolve("control.sqlite"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("delete from edition_deposit");
        }
        assertThat(madeOf(edition)).isEmpty();

        hub.reopen().recover();

        assertThat(madeOf(edition)).containsExactly(one);
    }

    // The hub's acts, in the words of these tests.

    private Producers producers() {
        return hub.hub().producers();
    }

    private List<DepositId> madeOf(EditionId edition) {
        Actor auditor = hub.person("auditor-" + ++patients, Role.AUDITOR);
        return List.of("north", "south").stream()
                .flatMap(name -> producers().uses(auditor, name).deliveries().stream())
                .filter(delivery -> delivery.editions().contains(edition))
                .map(Delivered::deposit)
                .toList();
    }

    private long keysOfDeliveries() {
        try (var keys = new Keys(hub.custodianAddress(), Optional.empty())) {
            return keys.keys().stream()
                    .filter(key -> key.name().text().startsWith("delivery/"))
                    .map(KeyInfo::destroyed)
                    .filter(Optional::isPresent)
                    .count();
        }
    }

    private String header(long index) {
        return LogEntry.parse(hub.hub().journal().tiles().read(index))
                        .header()
                        .act()
                        .equals("analysis")
                ? "act analysis "
                        + LogEntry.parse(hub.hub().journal().tiles().read(index))
                                .header()
                                .object()
                                .orElseThrow()
                : "another act";
    }

    private EditionId publish() {
        return hub.hub()
                .publications()
                .deposits(manager, hub.hub().deposits(), zone.answers(), folder.resolve("rejects.csv"), Set.of())
                .publication()
                .edition()
                .id();
    }

    private Set<org.vauban.omop.CdmColumn> columns() {
        return StudyPlanner.plan(StudyDefinition.read(study)).needs().columns();
    }

    private Permit request(EditionId edition) {
        return hub.hub()
                .permits()
                .request(researcher, TestTerms.of(edition, columns()).terms());
    }

    private Permit granted(EditionId edition) {
        return hub.hub().permits().grant(member, request(edition).id());
    }

    private Grant grant(Permit permit, EditionId edition) {
        return hub.hub()
                .permits()
                .require(
                        researcher,
                        permit.project(),
                        new Scope(edition, new Needs(columns()), Optional.empty(), Optional.empty()),
                        hub.clock().instant());
    }

    /** Whether so few persons give a result is not asked here: the analysis was begun. */
    private void run(Permit permit, EditionId edition) {
        try {
            hub.hub()
                    .gate()
                    .run(researcher, new StudyRequest(study, edition, permit.project()), EvaluationProgress.SILENT);
        } catch (ProblemException none) {
            assertThat(none.code().kind()).isNotEqualTo(org.vauban.problem.ProblemKind.REFUSAL);
        }
    }

    private DepositId deposit(String producer) throws IOException {
        String patient = "patient-" + ++patients;
        Path source = Files.createDirectories(folder.resolve(patient));
        Files.writeString(source.resolve("Patient.ndjson"), """
                {"resourceType":"Patient","id":"%s","name":[{"use":"official","family":"MARTIN-%s","given":["Rose"]}],\
                "gender":"female","birthDate":"1985-05-%02d"}
                """.formatted(patient, (char) ('A' + patients), patients));
        Files.writeString(source.resolve("Encounter.ndjson"), """
                {"resourceType":"Encounter","id":"%s-stay","status":"finished","class":{"code":"IMP"},\
                "subject":{"reference":"Patient/%s"},"period":{"start":"2019-03-01","end":"2019-03-04"}}
                """.formatted(patient, patient));
        Path spool = folder.resolve(patient + "-spool");
        try (var door = DoorClient.connect(zone.door())) {
            Splitter.split(
                    new SplitRequest(
                            source,
                            producer,
                            Optional.of(Kind.FHIR),
                            RecipientKey.of(Zone.HEALTH, hub.hub().deposits().deliveryKey(manager, producer)),
                            RecipientKey.of(Zone.IDENTITY, door.publicKey()),
                            spool,
                            Optional.empty(),
                            folder.resolve("split-rejects.csv"),
                            SplitRequest.PART_BYTES_DEFAULT),
                    Progress.silent(),
                    Clock.systemUTC());
            door.give(spool.resolve("identity"));
        }
        return hub.hub().deposits().receive(manager, spool.resolve("health")).id();
    }
}
