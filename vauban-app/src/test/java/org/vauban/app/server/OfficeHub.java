package org.vauban.app.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.vauban.custodian.CustodianServer;
import org.vauban.deposit.envelope.Kind;
import org.vauban.hub.Hub;
import org.vauban.hub.HubConfiguration;
import org.vauban.people.Role;

/** A served hub with an edition and people, on a clock that its test moves. */
final class OfficeHub implements AutoCloseable {
    static final String PASSWORD = "a long enough password";

    /** The login "producer" speaks for it. */
    static final String PRODUCER = "hospital-1";

    private final CustodianServer custodian;
    private final Hub hub;
    private final WebServer web;
    private final String edition;
    private final Map<String, Browser> browsers = new HashMap<>();
    private Instant now = Instant.parse("2026-03-02T08:00:00Z");

    OfficeHub(Path folder) throws IOException {
        Clock clock = InstantSource.tick(() -> now, Duration.ofMillis(1)).withZone(ZoneOffset.UTC);
        custodian = CustodianServer.start(folder.resolve("keys"), "correct horse battery".toCharArray(), clock);
        hub = Hub.open(
                folder.resolve("home"),
                new HubConfiguration(custodian.address(), Optional.empty(), OptionalLong.empty(), clock));
        web = WebServer.start(hub, 0);
        hub.people()
                .claim(hub.firstAdministrator().orElseThrow().oneTimeToken(), "administrator", PASSWORD.toCharArray());
        String administrator = token("administrator");
        for (String login : Set.of(
                "manager",
                "applicant",
                "stranger",
                "member",
                "second",
                "checker",
                "other-checker",
                "auditor",
                "producer",
                "officer")) {
            var invitation = hub.people().invite(hub.people().actor(administrator), login, Set.of(role(login)));
            hub.people().claim(invitation.oneTimeToken(), login, PASSWORD.toCharArray());
        }
        var manager = hub.people().actor(token("manager"));
        hub.deposits().register(manager, PRODUCER, Kind.FHIR, "Convention");
        hub.producers()
                .represent(manager, PRODUCER, hub.people().find("producer").orElseThrow());
        edition = hub.publications()
                .omop(manager, SmallHospital.data(folder.resolve("omop")), folder.resolve("rejects.csv"))
                .edition()
                .id()
                .value();
    }

    private static Role role(String login) {
        return switch (login) {
            case "administrator" -> Role.ADMINISTRATOR;
            case "manager" -> Role.DATA_MANAGER;
            case "applicant", "stranger" -> Role.RESEARCHER;
            case "member", "second" -> Role.COMMITTEE_MEMBER;
            case "auditor" -> Role.AUDITOR;
            case "producer" -> Role.PRODUCER;
            case "officer" -> Role.DATA_PROTECTION_OFFICER;
            default -> Role.OUTPUT_CHECKER;
        };
    }

    Hub hub() {
        return hub;
    }

    String address() {
        return web.address();
    }

    String edition() {
        return edition;
    }

    /** A session's token for the API. */
    String token(String login) {
        return hub.people().login(login, PASSWORD.toCharArray()).token();
    }

    /** Somebody signed in, as long as the clock stands. */
    Browser signedIn(String login) throws Exception {
        if (!browsers.containsKey(login)) {
            var browser = new Browser(address(), "en");
            browser.signIn(login, PASSWORD);
            browsers.put(login, browser);
        }
        return Objects.requireNonNull(browsers.get(login));
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    /** Days pass; nobody is signed in any more. */
    void days(int days) {
        advance(Duration.ofDays(days));
        browsers.clear();
    }

    @Override
    public void close() {
        web.close();
        hub.close();
        custodian.close();
    }
}
