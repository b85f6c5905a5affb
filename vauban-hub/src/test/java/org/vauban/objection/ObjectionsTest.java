package org.vauban.objection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.custodian.CustodianClient;
import org.vauban.custodian.CustodianServer;
import org.vauban.custody.Keys;
import org.vauban.deposit.ObjectionList;
import org.vauban.deposit.Progress;
import org.vauban.deposit.SplitRequest;
import org.vauban.deposit.Splitter;
import org.vauban.deposit.envelope.Kind;
import org.vauban.deposit.envelope.RecipientKey;
import org.vauban.deposit.envelope.Zone;
import org.vauban.hub.TestDatabases;
import org.vauban.hub.TestHub;
import org.vauban.identity.protocol.AnswersClient;
import org.vauban.identity.protocol.DoorClient;
import org.vauban.identity.zone.ZoneServer;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Grant;
import org.vauban.permit.Permit;
import org.vauban.permit.Scope;
import org.vauban.permit.TestTerms;
import org.vauban.problem.ProblemCode;
import org.vauban.pseudonym.Linkages;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Persons;
import org.vauban.trajectory.TrajectorySource;

/** A hospital gave, somebody objects, and the data of that person are in no extract; with a real zone, custodian and splitter. */
class ObjectionsTest {
    private static final Needs YEARS = Needs.of(CdmTable.PERSON, "year_of_birth");

    @TempDir
    Path folder;

    private TestHub hub;
    private CustodianServer identityCustodian;
    private ZoneServer zone;
    private Actor manager;
    private Actor officer;
    private Actor member;
    private Actor researcher;
    private int envelopes;

    @BeforeEach
    void open() throws IOException {
        hub = new TestHub(folder);
        identityCustodian =
                CustodianServer.start(folder.resolve("identity-keys"), "another passphrase".toCharArray(), hub.clock());
        zone = ZoneServer.start(folder.resolve("identity"), identityCustodian.address(), hub.clock());
        hub.person("administrator", Role.ADMINISTRATOR);
        manager = hub.person("manager", Role.DATA_MANAGER);
        officer = hub.person("officer", Role.DATA_PROTECTION_OFFICER);
        member = hub.person("member", Role.COMMITTEE_MEMBER);
        researcher = hub.person("researcher", Role.RESEARCHER);
        hub.hub().deposits().register(manager, "north", Kind.FHIR, "Convention");
    }

    @AfterEach
    void close() {
        zone.close();
        identityCustodian.close();
        hub.close();
    }

    @Test
    void whoObjectsIsAbsentFromEditionsThatAreThereAndFromLaterOnes() throws IOException {
        deposit(1, 2, 3);
        EditionId first = publish();
        Permit permit = granted(first);
        assertThat(persons(permit, first)).isEqualTo(3);

        list("insurer", 2, 9);
        ObjectionVersion made = objections().apply(officer, zone.answers());

        assertThat(made.version()).isEqualTo(1);
        assertThat(List.of(made.lists(), made.records(), made.marks())).containsExactly(1L, 2L, 1L);
        assertThat(persons(permit, first)).isEqualTo(2);
        assertThat(grant(permit, first).described()).containsEntry("objections", "1");
        LogEntry entry = LogEntry.parse(hub.hub().journal().tiles().read(made.logIndex()));
        assertThat(entry.header().act()).isEqualTo("objections-applied");
        assertThat(entry.header().inputs().orElseThrow().count()).isEqualTo(1);

        deposit(2, 4);
        EditionId second = publish();
        assertThat(hub.hub().publications().open(second).rows()).containsEntry(CdmTable.PERSON, 1L);
        assertThat(persons(granted(second), second)).isEqualTo(1);
        assertThat(objections().apply(manager, zone.answers()).marks()).isEqualTo(1);
        assertThat(persons(permit, first)).isEqualTo(2);
        assertThat(objections().list(member)).hasSize(2);
        refusesWith(ProblemCode.ROLE_MISSING, () -> objections().apply(researcher, zone.answers()));
        refusesWith(ProblemCode.ROLE_MISSING, () -> objections().list(researcher));
    }

    @Test
    void aListThatCameAndWasNotAppliedCountsInANewEdition() throws IOException {
        list("insurer", 2);
        deposit(1, 2);

        assertThat(hub.hub().publications().open(publish()).rows()).containsEntry(CdmTable.PERSON, 1L);
    }

    @Test
    void toLetSomebodyGoTakesTwoPeople() throws IOException {
        deposit(1, 2, 3);
        EditionId edition = publish();
        Permit permit = granted(edition);
        list("insurer", 1, 2);
        list("hospital", 1);
        objections().apply(officer, zone.answers());
        list("insurer", 3);

        assertThat(objections().apply(officer, zone.answers()).marks()).isEqualTo(3);
        assertThat(objections().release(officer, zone.answers())).isEmpty();
        assertThat(persons(permit, edition)).isZero();
        refusesWith(ProblemCode.OBJECTIONS_TWO_PEOPLE, () -> objections().release(officer, zone.answers()));
        refusesWith(ProblemCode.ROLE_MISSING, () -> objections().release(manager, zone.answers()));
        ObjectionVersion released = objections().release(member, zone.answers()).orElseThrow();

        assertThat(released.marks()).isEqualTo(2);
        assertThat(persons(permit, edition)).isEqualTo(1);
        // What was accepted stays so, and the next question begins anew.
        assertThat(objections().apply(officer, zone.answers()).marks()).isEqualTo(2);
        assertThat(objections().release(manager, zone.answers())).isEmpty();
    }

    @Test
    void anEditionWithoutADirectoryIsClosedOnceSomebodyObjects() throws IOException {
        deposit(1, 2);
        EditionId edition = publish();
        forgetDirectory(edition);
        Permit asked = request(edition);
        Permit inForce = granted(edition);
        list("insurer");
        objections().apply(officer, zone.answers());
        request(edition);

        list("insurer", 7);
        objections().apply(officer, zone.answers());

        refusesWith(ProblemCode.EDITION_WITHOUT_DIRECTORY, () -> request(edition));
        refusesWith(
                ProblemCode.EDITION_WITHOUT_DIRECTORY, () -> hub.hub().permits().grant(member, asked.id()));
        refusesWith(ProblemCode.EDITION_WITHOUT_DIRECTORY, () -> grant(inForce, edition));
        assertThat(objections().list(officer).getLast().unreached())
                .containsExactly(new ObjectionVersion.Unreached(edition, ProblemCode.EDITION_WITHOUT_DIRECTORY));
    }

    /** Whoever brings a ready data set alone knows who is who in it. */
    @Test
    void aReadyDataSetIsMadeWithoutThoseWhomItsGiverSaysToObject() throws IOException {
        Path data = ready(1, 2, 3);
        list("insurer", 7);
        objections().apply(officer, zone.answers());
        EditionId blind = ingested(data, Optional.empty());
        refusesWith(ProblemCode.EDITION_WITHOUT_DIRECTORY, () -> request(blind));

        Path ids = Files.writeString(folder.resolve("objecting.csv"), "person_id\n2\n77\n");
        EditionId without = ingested(data, Optional.of(ids));

        assertThat(hub.hub().publications().open(without).rows())
                .containsEntry(CdmTable.PERSON, 2L)
                .containsEntry(CdmTable.OBSERVATION_PERIOD, 2L);
        assertThat(Files.readString(folder.resolve("rejects.csv"))).doesNotContain("person.csv,3", "period.csv,3");
        Permit permit = granted(without);
        assertThat(persons(permit, without)).isEqualTo(2);
        assertThat(grant(permit, without).described()).containsEntry("objections", "1");

        // A later version may mean somebody of it, and nobody can look.
        objections().apply(officer, zone.answers());
        refusesWith(ProblemCode.EDITION_WITHOUT_DIRECTORY, () -> grant(permit, without));
        EditionId again = ingested(data, Optional.of(ids));
        assertThat(persons(granted(again), again)).isEqualTo(2);
    }

    @Test
    void aListThatIsNoListOfIdsIsRefusedWithoutRepeatingIt() throws IOException {
        Path ids = Files.writeString(folder.resolve("objecting.csv"), "1\nMARTIN Rose\n");

        var refused = refusesWith(ProblemCode.FIELD_WRONG_VALUE, () -> ingested(ready(1, 2), Optional.of(ids)));

        assertThat(refused).hasMessageContaining("objecting.csv:2").hasMessageNotContaining("MARTIN");
        assertThat(hub.hub().publications().list()).isEmpty();
    }

    private EditionId ingested(Path data, Optional<Path> objecting) {
        return hub.hub()
                .publications()
                .omop(manager, data, folder.resolve("rejects.csv"), objecting)
                .edition()
                .id();
    }

    /** A folder of OMOP tables with these persons. */
    private Path ready(int... persons) throws IOException {
        Path data = Files.createDirectories(folder.resolve("ready"));
        var person =
                new StringBuilder("person_id,gender_concept_id,year_of_birth,race_concept_id,ethnicity_concept_id\n");
        var period = new StringBuilder("observation_period_id,person_id,observation_period_start_date,"
                + "observation_period_end_date,period_type_concept_id\n");
        for (int id : persons) {
            person.append(id).append(",8532,1985,0,0\n");
            period.append(id).append(',').append(id).append(",2019-01-01,2022-12-31,32817\n");
        }
        Files.writeString(data.resolve("person.csv"), person);
        Files.writeString(data.resolve("observation_period.csv"), period);
        return data;
    }

    @Test
    void anEditionWhoseDirectoryOpensNoMoreIsNamedAndDoesNotKeepTheOthersUnmarked() throws IOException {
        deposit(1, 2);
        EditionId lost = publish();
        deposit(3, 4);
        EditionId sound = publish();
        Permit onTheLost = granted(lost);
        Permit onTheSound = granted(sound);
        try (CustodianClient owner = CustodianClient.connect(hub.custodianAddress())) {
            owner.destroyKey(Keys.ofDirectory(lost.value()));
        }

        list("insurer", 3);
        assertThat(objections().apply(officer, zone.answers()).unreached())
                .as("nobody of it objects")
                .isEmpty();
        assertThat(persons(onTheLost, lost)).isEqualTo(2);

        list("insurer", 1, 3);
        ObjectionVersion made = objections().apply(officer, zone.answers());
        assertThat(made.unreached()).containsExactly(new ObjectionVersion.Unreached(lost, ProblemCode.KEYS_REFUSED));
        assertThat(made.marks()).isEqualTo(1);
        refusesWith(ProblemCode.EDITION_WITHOUT_DIRECTORY, () -> grant(onTheLost, lost));
        refusesWith(ProblemCode.EDITION_WITHOUT_DIRECTORY, () -> request(lost));
        assertThat(persons(onTheSound, sound)).isEqualTo(1);
    }

    @Test
    void aVersionIsThereWholeOrNotAtAll() throws IOException {
        deposit(1, 2);
        EditionId edition = publish();
        Permit permit = granted(edition);
        list("insurer", 1);
        refusesWith(ProblemCode.IDENTITY_ZONE_ABSENT, () -> objections().apply(officer, folder.resolve("nobody.sock")));
        assertThat(objections().list(officer)).isEmpty();

        Path inTheWay = hub.placeOfTheNextTile();
        Files.createDirectories(inTheWay.resolve("in the way"));
        refusesWith(ProblemCode.LEDGER_UNWRITABLE, () -> objections().apply(officer, zone.answers()));
        Files.delete(inTheWay.resolve("in the way"));
        Files.delete(inTheWay);
        hub.reopen().recover();

        officer = hub.login("officer");
        researcher = hub.login("researcher");
        assertThat(objections().apply(officer, zone.answers()).marks()).isEqualTo(1);
        assertThat(persons(permit, edition)).isEqualTo(1);
        assertThat(hub.reopen().objections().current().orElseThrow().marks()).isEqualTo(1);
    }

    @Test
    void neitherAPseudonymNorAnIdentityOfWhoObjectsLiesInTheHub() throws IOException {
        deposit(1, 2);
        publish();
        list("insurer", 1);
        objections().apply(officer, zone.answers());
        String pseudonym;
        try (var answers = AnswersClient.connect(zone.answers())) {
            pseudonym = answers.objecting(
                            Linkages.batch(List.of(
                                    hub.hub().deposits().list().getFirst().id().value())),
                            List.of())
                    .pseudonyms()
                    .getFirst();
        }
        byte[] raw = Base64.getUrlDecoder().decode(pseudonym.substring("v1:".length()));
        String number = new String(raw, 0, Long.BYTES, StandardCharsets.ISO_8859_1);

        try (var files = Files.walk(folder.resolve("home"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(pseudonym, number, nir(1), "MARTIN-B");
            }
        }
    }

    // The hub's acts, in the words of these tests.

    private Objections objections() {
        return hub.hub().objections();
    }

    private EditionId publish() {
        return hub.hub()
                .publications()
                .deposits(manager, hub.hub().deposits(), zone.answers(), folder.resolve("rejects.csv"), Set.of())
                .publication()
                .edition()
                .id();
    }

    private Permit request(EditionId edition) {
        return hub.hub()
                .permits()
                .request(researcher, TestTerms.of(edition, YEARS.columns()).terms());
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
                        new Scope(edition, YEARS, Optional.empty(), Optional.empty()),
                        hub.clock().instant());
    }

    private int persons(Permit permit, EditionId edition) {
        Grant grant = grant(permit, edition);
        TrajectorySource source =
                hub.hub().publications().read(grant, hub.hub().permits().lease(grant), EvaluationProgress.SILENT);
        int known = 0;
        for (int bucket = 0; bucket < source.buckets(); bucket++) {
            Persons persons = source.read(bucket, YEARS).persons();
            known += (int)
                    IntStream.range(0, persons.size()).filter(persons::isKnown).count();
        }
        return known;
    }

    /** As an edition that was made before there were directories. */
    private void forgetDirectory(EditionId edition) {
        try (var connection = TestDatabases.beside(hub.home().resolve("control.sqlite"));
                var statement = connection.prepareStatement("update edition set objections = null where id = ?")) {
            statement.setString(1, edition.value());
            assertThat(statement.executeUpdate()).isEqualTo(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The number of social security of a made-up woman, with its key. */
    private static String nir(int person) {
        String number = "28505%02d056%03d".formatted(75, person);
        return number + "%02d".formatted(97 - Long.parseLong(number) % 97);
    }

    private void list(String taker, int... persons) throws IOException {
        Path place = folder.resolve("list-" + ++envelopes);
        Path file = folder.resolve("list-" + envelopes + ".csv");
        Files.writeString(
                file,
                "nir;birth_date;sex\n"
                        + IntStream.of(persons)
                                .mapToObj(person -> nir(person) + ";1985-05-%02d;2\n".formatted(person))
                                .collect(Collectors.joining()));
        try (var door = DoorClient.connect(zone.door())) {
            ObjectionList.seal(
                    file,
                    taker,
                    RecipientKey.of(Zone.IDENTITY, door.publicKey()),
                    place,
                    hub.clock().instant());
            door.give(place.resolve("identity"));
        }
    }

    private void deposit(int... persons) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source-" + ++envelopes));
        var patients = new StringBuilder();
        var stays = new StringBuilder();
        for (int person : persons) {
            patients.append("""
                    {"resourceType":"Patient","id":"patient-%d",\
                    "identifier":[{"system":"urn:oid:1.2.250.1.213.1.4.8","value":"%s"}],\
                    "name":[{"use":"official","family":"MARTIN-%s","given":["Rose"]}],\
                    "gender":"female","birthDate":"1985-05-%02d"}
                    """.formatted(person, nir(person), (char) ('A' + person), person));
            stays.append("""
                    {"resourceType":"Encounter","id":"stay-%d","status":"finished","class":{"code":"IMP"},\
                    "subject":{"reference":"Patient/patient-%d"},"period":{"start":"2019-03-01","end":"2019-03-04"}}
                    """.formatted(person, person));
        }
        Files.writeString(source.resolve("Patient.ndjson"), patients);
        Files.writeString(source.resolve("Encounter.ndjson"), stays);
        Path spool = folder.resolve("spool-" + envelopes);
        try (var door = DoorClient.connect(zone.door())) {
            Splitter.split(
                    new SplitRequest(
                            source,
                            "north",
                            Optional.of(Kind.FHIR),
                            RecipientKey.of(Zone.HEALTH, hub.hub().deposits().deliveryKey(manager, "north")),
                            RecipientKey.of(Zone.IDENTITY, door.publicKey()),
                            spool,
                            Optional.empty(),
                            folder.resolve("split-rejects.csv"),
                            SplitRequest.PART_BYTES_DEFAULT),
                    Progress.silent(),
                    Clock.systemUTC());
            door.give(spool.resolve("identity"));
        }
        hub.hub().deposits().receive(manager, spool.resolve("health"));
    }
}
