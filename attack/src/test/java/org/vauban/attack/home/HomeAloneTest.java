package org.vauban.attack.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.custodian.CustodianAddress;
import org.vauban.custodian.CustodianClient;
import org.vauban.custodian.CustodianServer;
import org.vauban.custodian.KeyName;
import org.vauban.hub.Home;
import org.vauban.hub.Hub;
import org.vauban.hub.HubConfiguration;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * Somebody carries away HOME alone. Nothing in it opens anything in it; with the custodian everything opens. The controls plant a key, and
 * the search must find it: a search that cannot find is no evidence.
 */
class HomeAloneTest {
    private static final String PASSWORD = "a long enough password";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T08:00:00Z"), ZoneOffset.UTC);
    private static final String CANARY = "CANARYCODE";

    @TempDir
    static Path folder;

    static CustodianServer custodian;
    static Path home;
    static EditionId edition;

    @BeforeAll
    static void aHubWithOneEditionAndTwoPeople() throws IOException {
        custodian = CustodianServer.start(folder.resolve("keys"), "correct horse battery".toCharArray(), CLOCK);
        home = folder.resolve("home");
        try (Hub hub = Hub.open(home, configuration(custodianAddress()))) {
            Actor administrator =
                    person(hub, hub.firstAdministrator().orElseThrow().oneTimeToken(), "administrator");
            Actor manager = person(
                    hub,
                    hub.people()
                            .invite(administrator, "Canary Dubois", Set.of(Role.DATA_MANAGER))
                            .oneTimeToken(),
                    "manager");
            edition = hub.publications()
                    .omop(manager, tinyFolder(), folder.resolve("rejects.csv"))
                    .edition()
                    .id();
        }
    }

    @AfterAll
    static void stop() {
        custodian.close();
    }

    @Test
    void homeAloneOpensNothing() throws IOException {
        Path copy = copy("alone");
        CustodianAddress nobody = CustodianAddress.parse("unix:" + folder.resolve("nobody.sock"));

        try (Hub hub = Hub.open(copy, configuration(nobody))) {
            keysAbsent(() -> hub.people().login("administrator", PASSWORD.toCharArray()));
            keysAbsent(() -> hub.people().find("administrator"));
            keysAbsent(() -> hub.publications().open(edition));
        }
    }

    @Test
    void homeAndCustodianOpenEverything() throws IOException {
        Path copy = copy("both");

        try (Hub hub = Hub.open(copy, configuration(custodianAddress()))) {
            hub.recover();
            hub.publications().open(edition).verify();
            assertThat(hub.publications().open(edition).document("ingest-report"))
                    .isPresent();
            assertThat(hub.people()
                            .login("administrator", PASSWORD.toCharArray())
                            .account())
                    .isNotNull();
        }
    }

    @Test
    void noWindowOfHomeIsAKeyToIt() throws Exception {
        Path copy = copy("searched");
        var search = new KeySearch(locks(copy));

        KeySearch.Result result = search.search(copy);

        assertThat(result.found()).isEmpty();
        assertThat(result.files()).isGreaterThan(20);
        assertThat(result.windows()).isGreaterThan(100_000);
        System.out.printf("%d files, %d windows tried as keys, 0 open anything%n", result.files(), result.windows());
    }

    @Test
    void theSearchFindsADataKeyAndASeedThatWerePlanted() throws Exception {
        Path copy = copy("planted");
        SealedFile person = SealedFile.read(personBody(copy));
        byte[] associatedData = person.associatedData(hubId(copy), "body/person", 0);
        byte[] dataKey;
        try (var client = CustodianClient.connect(custodianAddress())) {
            dataKey = client.unwrap(KeyName.of(person.keyName()), person.wrappedKey(), associatedData);
        }
        byte[] seed = HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        byte[] publicKey = HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        Path planted = Files.createDirectory(folder.resolve("planted-only"));
        Files.writeString(planted.resolve("hex"), "key=" + HexFormat.of().formatHex(dataKey) + ";");
        Files.writeString(planted.resolve("base64"), "x" + Base64.getEncoder().encodeToString(seed));

        KeySearch.Result result = new KeySearch(
                        List.of(person.firstChunk(associatedData), new Lock.PublicKey(publicKey)))
                .search(planted);

        assertThat(result.found())
                .extracting(found -> found.file().getFileName() + " " + found.encoding())
                .contains("hex hex", "base64 base64");
    }

    @Test
    void noCanaryIsReadableInHome() throws IOException {
        try (var files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content.contains(CANARY) || content.contains("Canary Dubois"))
                        .as(file.getFileName().toString())
                        .isFalse();
            }
        }
    }

    /** One body whose kind the attacker knows, with its data key and its wrapping, and the public keys that HOME names. */
    private static List<Lock> locks(Path copy) throws Exception {
        SealedFile person = SealedFile.read(personBody(copy));
        byte[] associatedData = person.associatedData(hubId(copy), "body/person", 0);
        List<Lock> locks = new ArrayList<>();
        locks.add(person.firstChunk(associatedData));
        locks.add(person.wrapping(associatedData));
        locks.add(new Lock.PublicKey(
                VerifierKey.parse(Home.settings(copy).orElseThrow().ledgerKey()).publicKey()));
        return locks;
    }

    private static String hubId(Path copy) {
        return Home.settings(copy).orElseThrow().hubId();
    }

    private static Path personBody(Path copy) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + copy.resolve("control.sqlite"));
                var rows = connection.createStatement().executeQuery("select body from account order by created")) {
            rows.next();
            String object = rows.getString(1);
            return copy.resolve("vault")
                    .resolve("objects")
                    .resolve(object.substring(0, 2))
                    .resolve(object);
        }
    }

    private static void keysAbsent(ThrowingCallable call) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, call);
        assertThat(problem).isNotNull();
        assertThat(problem.code()).isEqualTo(ProblemCode.KEYS_ABSENT);
    }

    private static Actor person(Hub hub, String oneTimeToken, String login) {
        hub.people().claim(oneTimeToken, login, PASSWORD.toCharArray());
        return hub.people()
                .actor(hub.people().login(login, PASSWORD.toCharArray()).token());
    }

    private static HubConfiguration configuration(CustodianAddress address) {
        return new HubConfiguration(address, Optional.empty(), OptionalLong.empty(), CLOCK);
    }

    private static CustodianAddress custodianAddress() {
        return CustodianAddress.parse("unix:" + folder.resolve("keys").resolve("custodian.sock"));
    }

    private static Path copy(String name) throws IOException {
        Path copy = folder.resolve(name);
        try (var files = Files.walk(home)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(home.relativize(file)));
            }
        }
        return copy;
    }

    private static Path tinyFolder() throws IOException {
        Path omop = Files.createDirectory(folder.resolve("omop"));
        var person =
                new StringBuilder("person_id,gender_concept_id,year_of_birth,race_concept_id,ethnicity_concept_id\n");
        var condition = new StringBuilder("condition_occurrence_id,person_id,condition_concept_id,condition_start_date,"
                + "condition_type_concept_id,condition_source_value\n");
        for (int id = 1; id <= 20; id++) {
            person.append(id).append(",8507,1960,0,0\n");
            condition
                    .append(id)
                    .append(',')
                    .append(id)
                    .append(",201826,2020-02-03,32817,")
                    .append(CANARY)
                    .append('\n');
        }
        Files.writeString(omop.resolve("person.csv"), person);
        Files.writeString(omop.resolve("condition_occurrence.csv"), condition);
        return omop;
    }
}
