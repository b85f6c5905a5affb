package org.vauban.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.app.server.Browser.Page;
import org.vauban.custodian.CustodianServer;
import org.vauban.hub.Hub;
import org.vauban.hub.HubConfiguration;
import org.vauban.people.People;
import org.vauban.people.Role;

/** A year in the life of an account, at the pages and at the API. */
class OverdueTest {
    private static final String PASSWORD = "a long enough password";
    private static final String ACCOUNTS = "/office/accounts";

    @TempDir
    Path folder = Path.of("");

    private Instant now = Instant.parse("2026-03-02T08:00:00Z");

    @Test
    void anAccountIsWarnedStopsAndActsAgainOnceSomebodyElseReviewedIt() throws Exception {
        Clock clock = InstantSource.tick(() -> now, Duration.ofMillis(1)).withZone(ZoneOffset.UTC);
        try (var custodian =
                        CustodianServer.start(folder.resolve("keys"), "correct horse battery".toCharArray(), clock);
                Hub hub = Hub.open(
                        folder.resolve("home"),
                        new HubConfiguration(custodian.address(), Optional.empty(), OptionalLong.empty(), clock));
                WebServer web = WebServer.start(hub, 0)) {
            People people = hub.people();
            people.claim(
                    hub.firstAdministrator().orElseThrow().oneTimeToken(), "administrator", PASSWORD.toCharArray());
            var actor = people.actor(token(people, "administrator"));
            people.claim(
                    people.invite(actor, "officer", Set.of(Role.DATA_PROTECTION_OFFICER))
                            .oneTimeToken(),
                    "officer",
                    PASSWORD.toCharArray());

            now = now.plus(Duration.ofDays(340));
            Page warned = signedIn(web, "administrator").get("/office");
            var officer = signedIn(web, "officer");
            String review = ACCOUNTS + "/" + actor.account() + "/review";
            Page form = officer.get(review);
            Page wrong = officer.submit(form, review, Map.of("trained", "2031-01-01"));
            Page reviewed = officer.submit(form, review, Map.of("trained", "2027-02-01"));

            now = now.plus(Duration.ofDays(30));
            var late = signedIn(web, "officer");
            Page stopped = late.get(ACCOUNTS);
            Page posted = late.post(
                    "/office/accounts",
                    "form-token="
                            + Browser.token(stopped.form("/office/sign-out").orElseThrow()));
            HttpResponse<String> api = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(web.address() + "/api/permits"))
                                    .header("Authorization", "Bearer " + token(people, "officer"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(warned.text()).contains("may act until 2 March 2027");
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(reviewed.path()).isEqualTo(ACCOUNTS);
            assertThat(reviewed.text()).contains("1 February 2028");
            assertThat(stopped.path()).isEqualTo("/office/validity");
            assertThat(stopped.text()).contains("Since 2 March 2027").doesNotContain("Invite");
            assertThat(posted.path()).isEqualTo("/office/validity");
            assertThat(api.statusCode()).isEqualTo(403);
            assertThat(api.body()).contains("ACCOUNT_OVERDUE");
            assertThat(signedIn(web, "administrator").get(ACCOUNTS).path()).isEqualTo(ACCOUNTS);
        }
    }

    private static String token(People people, String login) {
        return people.login(login, PASSWORD.toCharArray()).token();
    }

    private static Browser signedIn(WebServer web, String login) throws Exception {
        var browser = new Browser(web.address(), "en");
        browser.signIn(login, PASSWORD);
        return browser;
    }
}
