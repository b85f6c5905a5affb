package org.vauban.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
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
import java.util.Date;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.app.server.Browser.Page;
import org.vauban.app.server.LyingProvider.Lie;
import org.vauban.custodian.CustodianServer;
import org.vauban.hub.Hub;
import org.vauban.hub.HubConfiguration;
import org.vauban.ledger.policy.Policy;
import org.vauban.people.Account;
import org.vauban.people.Actor;
import org.vauban.people.People;
import org.vauban.people.Role;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.provider.Asked;
import org.vauban.provider.OpenIdProvider;
import org.vauban.provider.ProviderSettings;
import org.vauban.provider.Returned;

/** People for whom a provider of identities vouches, at the pages and at the API; and a provider that lies. */
class ProviderTest {
    private static final String PASSWORD = "a long enough password";
    private static final String SIGN_IN = "/office/sign-in";
    private static final URI BACK = URI.create("http://127.0.0.1:8080/office/sign-in/back");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder = Path.of("");

    private static Instant now = Instant.parse("2026-03-02T08:00:00Z");
    private static final Clock CLOCK =
            InstantSource.tick(() -> now, Duration.ofMillis(1)).withZone(ZoneOffset.UTC);
    private static Optional<Opened> opened = Optional.empty();
    private static Optional<Actor> administrator = Optional.empty();

    private record Opened(CustodianServer custodian, LyingProvider provider, Hub hub, WebServer web) {}

    @BeforeAll
    static void open() throws Exception {
        var custodian = CustodianServer.start(folder.resolve("keys"), "correct horse battery".toCharArray(), CLOCK);
        var provider = new LyingProvider(CLOCK);
        Hub hub = Hub.open(
                folder.resolve("home"),
                new HubConfiguration(
                        custodian.address(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Policy.NOBODY,
                        Optional.of(provider.settings()),
                        CLOCK));
        opened = Optional.of(new Opened(custodian, provider, hub, WebServer.start(hub, 0)));
        people().claim(hub.firstAdministrator().orElseThrow().oneTimeToken(), "administrator", PASSWORD.toCharArray());
        invite("checker", Role.OUTPUT_CHECKER);
        invite("officer", Role.DATA_PROTECTION_OFFICER);
    }

    @AfterAll
    static void close() {
        opened.ifPresent(all -> {
            all.web().close();
            all.hub().close();
            all.provider().close();
            all.custodian().close();
        });
    }

    @BeforeEach
    void nobodyIsLockedOutAndNobodyLies() {
        now = now.plus(Duration.ofMinutes(20));
        provider().tell(Lie.NONE);
        provider().rememberEverybody(false);
    }

    private static Hub hub() {
        return opened.orElseThrow().hub();
    }

    private static People people() {
        return hub().people();
    }

    private static LyingProvider provider() {
        return opened.orElseThrow().provider();
    }

    // Coming in.

    @Test
    void anInvitationIsTakenUpByTheProviderAndOpensTheAccountFromThenOn() throws Exception {
        People.Invitation invitation = people().invite(administrator(), "Newcomer", Set.of(Role.AUDITOR));
        var browser = new Browser(address(), "en");

        Page form = browser.get("/office/claim");
        Page in = there(
                browser,
                browser.submit(form, "/office/claim", Map.of("invitation", invitation.oneTimeToken())),
                "newcomer");
        browser.submit(in, "/office/sign-out", Map.of());
        Page again = signIn(browser, "newcomer");
        var late = new Browser(address(), "en");
        Page twice = there(
                late,
                late.submit(
                        late.get("/office/claim"), "/office/claim", Map.of("invitation", invitation.oneTimeToken())),
                "somebody-else");

        assertThat(in.path()).isEqualTo("/office");
        assertThat(in.text()).contains("Newcomer").contains("auditor");
        assertThat(again.path()).isEqualTo("/office");
        assertThat(twice.status()).isEqualTo(401);
        Account account = account("Newcomer");
        assertThat(account.byProvider()).isTrue();
        assertThat(account.state()).isEqualTo("active");
    }

    @Test
    void nobodyEntersBecauseTheProviderSaysSo() throws Exception {
        long before = entries();

        Page stranger = signIn(new Browser(address(), "en"), "somebody-without-an-account");

        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.text()).contains("vouches for nobody who has an account here");
        assertThat(stranger.html()).doesNotContain("no-account");
        assertThat(entries() - before).isEqualTo(1);
    }

    @Test
    void localAccountsKeepTheirPasswordsAndAnAccountHasOneOfTheTwo() throws Exception {
        var browser = new Browser(address(), "fr");

        assertThat(browser.signIn("administrator", PASSWORD).path()).isEqualTo("/office");
        assertThat(browser.get("/office/accounts").text()).contains("checker");
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> people().login("checker", PASSWORD.toCharArray()));
        assertThat(refused.code()).isEqualTo(ProblemCode.LOGIN_WRONG);
    }

    @Test
    void whatAnotherSiteCouldSendOpensNothing() throws Exception {
        var browser = new Browser(address(), "en");
        Page onward = depart(browser);
        URI back = provider().visit(destination(onward), "checker");
        String path = path(back);

        Page foreign = new Browser(address(), "en").get(path);
        Page made = browser.get(path.replaceAll("state=[^&]*", "state=made-up"));
        Page first = browser.get(path);
        Page replayed = browser.get(path);

        assertThat(foreign.status()).isEqualTo(401);
        assertThat(made.status()).isEqualTo(401);
        assertThat(first.status())
                .as("the cookie of the journey went with its first end")
                .isEqualTo(401);
        assertThat(replayed.status()).isEqualTo(401);
    }

    @Test
    void anAnswerIsTakenOnce() throws Exception {
        var browser = new Browser(address(), "en");
        Page onward = depart(browser);
        String journey = browser.cookies().getOrDefault("vauban-journey", "");
        String path = path(provider().visit(destination(onward), "checker"));

        Page first = browser.get(path);
        var again = new Browser(address(), "en");
        again.cookies().put("vauban-journey", journey);

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.get(path).status()).isEqualTo(401);
        assertThat(again.cookies()).doesNotContainKey("vauban-session");
    }

    // Lies.

    @Test
    void everyLieIsFoundByItsName() throws Exception {
        Map<Lie, String> found = new LinkedHashMap<>();
        Map<Lie, String> expected = new LinkedHashMap<>();
        for (Lie lie : EnumSet.complementOf(EnumSet.of(Lie.NONE))) {
            provider().tell(lie);
            var spoken = new OpenIdProvider(provider().settings(), CLOCK);
            ProblemException refused = catchThrowableOfType(ProblemException.class, () -> redeem(spoken, false));

            expected.put(lie, "PROVIDER_REFUSED " + lie.flaw());
            found.put(lie, refused == null ? "believed" : refused.code() + " " + found(refused));
        }

        assertThat(found).isEqualTo(expected);
    }

    @Test
    void everyLieIsRefusedWithOneSentenceAndAnEntry() throws Exception {
        Set<String> wrong = new TreeSet<>();
        Set<String> sentences = new TreeSet<>();
        for (Lie lie : EnumSet.complementOf(EnumSet.of(Lie.NONE, Lie.OTHER_ISSUER, Lie.TOKENS_ELSEWHERE))) {
            provider().tell(lie);
            long before = entries();
            var browser = new Browser(address(), "en");

            Page refused = signIn(browser, "checker");

            if (refused.status() != 401 || browser.cookies().containsKey("vauban-session")) {
                wrong.add(lie + " opened the door: " + refused.status());
            }
            if (entries() - before != 1) {
                wrong.add(lie + " left " + (entries() - before) + " entries");
            }
            sentences.add(refused.text());
        }

        assertThat(wrong).isEmpty();
        assertThat(sentences).hasSize(1);
    }

    @Test
    void aKeyThatTheProviderChangedIsFoundAndAnOldOneIsNotBelievedForLong() throws Exception {
        signIn(new Browser(address(), "en"), "checker");
        String old = provider().accessToken("checker");

        provider().rotateKeys();
        now = now.plus(Duration.ofMinutes(1));
        Page in = signIn(new Browser(address(), "en"), "checker");

        assertThat(in.path()).isEqualTo("/office");
        assertThat(api(old).statusCode()).isEqualTo(401);
    }

    @Test
    void whereTheProviderDoesNotAnswerPasswordsStillDo() throws Exception {
        int nobodys = freePort();
        var away = new OpenIdProvider(
                new ProviderSettings(
                        "http://127.0.0.1:" + nobodys, "vauban", Optional.empty(), Optional.empty(), Optional.empty()),
                CLOCK);

        ProblemException refused = catchThrowableOfType(ProblemException.class, away::describe);

        assertThat(refused.code()).isEqualTo(ProblemCode.PROVIDER_UNREACHABLE);
        assertThat(new Browser(address(), "en")
                        .signIn("administrator", PASSWORD)
                        .path())
                .isEqualTo("/office");
    }

    @Test
    void whatIsTooLongIsNotReadToItsEnd() throws Exception {
        try (var talkative = new LyingProvider(CLOCK)) {
            talkative.talk(1 << 20);
            var spoken = new OpenIdProvider(talkative.settings(), CLOCK);

            ProblemException refused = catchThrowableOfType(ProblemException.class, spoken::describe);

            assertThat(refused.code()).isEqualTo(ProblemCode.PROVIDER_UNREACHABLE);
        }
    }

    @Test
    void theHubCallsTheIssuersOwnAddressAloneAndOnlyWhenSomebodyComes() throws Exception {
        try (var quiet = new LyingProvider(CLOCK)) {
            var spoken = new OpenIdProvider(quiet.settings(), CLOCK);
            assertThat(quiet.called()).isEmpty();
            spoken.describe();
            assertThat(quiet.called()).hasSize(1);
        }
        assertThat(ProviderSettings.isSafe("http://login.example.org")).isFalse();
        assertThat(ProviderSettings.isSafe("https://login.example.org/realm")).isTrue();
        assertThat(ProviderSettings.isSafe("https://somebody@login.example.org"))
                .isFalse();
        assertThat(ProviderSettings.isSafe("file:///etc/passwd")).isFalse();
        assertThat(provider().called()).allMatch(path -> path.startsWith("/realm/"));
    }

    // Who is there, once more.

    @Test
    void whatCannotBeTakenBackAsksTheProviderAgainAndLooksAtTheTime() throws Exception {
        var browser = new Browser(address(), "en");
        signIn(browser, "officer");
        String review = "/office/accounts/" + account("checker").id() + "/review";

        Page form = browser.get(review);
        Page unproved = browser.submit(form, review, Map.of());
        provider().rememberEverybody(true);
        Page lazy = prove(browser, review, "officer");
        Page stillUnproved = browser.submit(browser.get(review), review, Map.of());
        provider().rememberEverybody(false);
        Page other = prove(browser, review, "checker");
        Page proved = prove(browser, review, "officer");
        Page done = browser.submit(proved, review, Map.of());
        now = now.plus(Duration.ofMinutes(6));
        Page late = browser.submit(browser.get(review), review, Map.of());

        assertThat(form.text()).contains("Show who I am").doesNotContain("Password");
        assertThat(unproved.status()).isEqualTo(403);
        assertThat(unproved.text()).contains("once more who you are");
        assertThat(lazy.status()).isEqualTo(401);
        assertThat(stillUnproved.status()).isEqualTo(403);
        assertThat(other.status()).isEqualTo(401);
        assertThat(proved.path()).isEqualTo(review);
        assertThat(done.path()).isEqualTo("/office/accounts");
        assertThat(late.status()).isEqualTo(403);
    }

    // The API.

    @Test
    void aTokenOfTheProviderOpensTheApiAsTheAccountItIsBoundTo() throws Exception {
        String token = provider().accessToken("checker");
        long before = entries();

        HttpResponse<String> first = api(token);
        HttpResponse<String> second = api(token);
        long after = entries();

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(after - before).as("one login for one token").isEqualTo(1);
        Actor actor = people().actor(token);
        assertThat(actor.roles()).containsExactly(Role.OUTPUT_CHECKER);
        now = now.plus(Duration.ofMinutes(6));
        assertThat(api(token).statusCode()).isEqualTo(401);
    }

    @Test
    void everyWrongTokenIsRefusedAsTheStandardHasItWithAnEntry() throws Exception {
        String right = provider().accessToken("checker");
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("forged", provider().forged(right));
        wrong.put("unsigned", provider().unsigned(right));
        wrong.put("for another", changed(claims -> claims.audience("https://elsewhere.example/api")));
        wrong.put("an identity", changed(claims -> claims.audience(LyingProvider.CLIENT)));
        wrong.put("of another issuer", changed(claims -> claims.issuer(LyingProvider.ELSEWHERE)));
        wrong.put("ended", changed(claims -> claims.expirationTime(Date.from(now.minusSeconds(120)))));
        wrong.put("without an end", changed(claims -> claims.expirationTime(null)));
        wrong.put("not yet", changed(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(3600)))));
        wrong.put("bound to a key", changed(claims -> claims.claim("cnf", Map.of("jkt", "x"))));
        wrong.put("with a nonce", changed(claims -> claims.claim("nonce", "x")));
        wrong.put("of nobody here", provider().accessToken("somebody-without-an-account"));
        wrong.put("a notice", provider().notice(claims -> claims.subject("checker")));
        wrong.put("three.parts.only", "three.parts.only");
        Set<String> mistakes = new TreeSet<>();
        for (var each : wrong.entrySet()) {
            long before = entries();
            HttpResponse<String> refused = api(each.getValue());
            if (refused.statusCode() != 401
                    || !refused.headers()
                            .firstValue("WWW-Authenticate")
                            .orElse("")
                            .contains("error=\"invalid_token\"")
                    || entries() - before != 1) {
                mistakes.add(each.getKey() + ": " + refused.statusCode() + ", " + (entries() - before) + " entries");
            }
        }

        assertThat(mistakes).isEmpty();
        assertThat(HTTP.send(
                                HttpRequest.newBuilder(URI.create(address() + "/api/permits"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .headers()
                        .firstValue("WWW-Authenticate"))
                .contains("Bearer");
    }

    @Test
    void aClosedAccountsTokenFailsAtOnceAndItsPersonMayBeInvitedAgain() throws Exception {
        invite("leaver", Role.AUDITOR);
        String token = provider().accessToken("leaver");
        assertThat(api(token).statusCode()).isEqualTo(200);

        people().close(administrator(), account("leaver").id());

        assertThat(api(token).statusCode()).isEqualTo(401);
        assertThat(api(provider().accessToken("leaver")).statusCode()).isEqualTo(401);
        invite("leaver", Role.AUDITOR);
        assertThat(api(provider().accessToken("leaver")).statusCode()).isEqualTo(200);
    }

    // Signing out at the provider.

    @Test
    void whoSignsOutAtTheProviderIsSignedOutHere() throws Exception {
        var browser = new Browser(address(), "en");
        signIn(browser, "checker");
        String used = provider().accessToken("checker");
        String unused = provider().accessToken("checker");
        assertThat(api(used).statusCode()).isEqualTo(200);
        String notice = provider().notice(claims -> claims.subject("checker"));

        assertThat(notify(notice).statusCode()).isEqualTo(200);

        assertThat(browser.get("/office").path()).startsWith(SIGN_IN);
        assertThat(api(used).statusCode()).isEqualTo(401);
        assertThat(api(unused).statusCode()).isEqualTo(401);
        assertThat(notify(notice).statusCode()).as("a notice counts once").isEqualTo(400);
        now = now.plus(Duration.ofSeconds(2));
        assertThat(api(provider().accessToken("checker")).statusCode()).isEqualTo(200);
    }

    @Test
    void aNoticeMayNameTheSessionAloneAndABrowserMayBringIt() throws Exception {
        var one = new Browser(address(), "en");
        signIn(one, "checker");
        notify(provider().notice(claims -> claims.claim("sid", "session-of-checker")));
        assertThat(one.get("/office").path()).startsWith(SIGN_IN);

        now = now.plus(Duration.ofSeconds(2));
        signIn(one, "checker");
        get("/provider/logout?iss=" + LyingProvider.ELSEWHERE + "&sid=session-of-checker");
        get("/provider/logout?iss=" + provider().issuer() + "&sid=made-up");
        assertThat(one.get("/office").path()).isEqualTo("/office");
        assertThat(get("/provider/logout?iss=" + provider().issuer() + "&sid=session-of-checker")
                        .statusCode())
                .isEqualTo(200);
        assertThat(one.get("/office").path()).startsWith(SIGN_IN);
    }

    @Test
    void aWrongNoticeEndsNothing() throws Exception {
        var browser = new Browser(address(), "en");
        signIn(browser, "checker");
        String right = provider().notice(claims -> claims.subject("checker"));
        List<String> wrong = List.of(
                "",
                provider().forged(right),
                provider().unsigned(right),
                provider().accessToken("checker"),
                provider().notice(claims -> claims.subject("checker").claim("nonce", "x")),
                provider().notice(claims -> claims.subject("checker").claim("events", Map.of("else", Map.of()))),
                provider().notice(claims -> claims.subject("checker").audience("somebody-else")),
                provider().notice(claims -> claims.subject("checker").issuer(LyingProvider.ELSEWHERE)),
                provider()
                        .notice(claims ->
                                claims.subject("checker").issueTime(Date.from(now.minus(Duration.ofHours(1))))),
                provider().notice(claims -> claims));
        for (String notice : wrong) {
            long before = entries();
            assertThat(notify(notice).statusCode()).isEqualTo(400);
            assertThat(entries() - before).isEqualTo(1);
        }

        assertThat(browser.get("/office").path()).isEqualTo("/office");
    }

    // The test's own language.

    private static String address() {
        return opened.orElseThrow().web().address();
    }

    private static long entries() {
        return hub().journal().tiles().size();
    }

    /** Logged in once: passwords are slow on purpose. */
    private static Actor administrator() {
        if (administrator.isEmpty()) {
            administrator = Optional.of(people().actor(people().login("administrator", PASSWORD.toCharArray())
                    .token()));
        }
        return administrator.get();
    }

    private static void invite(String subject, Role role) throws Exception {
        VouchedPeople.claim(people(), provider(), people().invite(administrator(), subject, Set.of(role)), subject);
    }

    private static Account account(String name) {
        return people().list(administrator()).stream()
                .filter(account ->
                        account.displayName().equals(name) && !account.state().equals("closed"))
                .findFirst()
                .orElseThrow();
    }

    private static Page depart(Browser browser) throws Exception {
        return browser.submit(browser.get(SIGN_IN), SIGN_IN + "/provider", Map.of());
    }

    private static Page signIn(Browser browser, String subject) throws Exception {
        return there(browser, depart(browser), subject);
    }

    private static Page prove(Browser browser, String to, String subject) throws Exception {
        String token = Browser.token(browser.get(to).form(to).orElseThrow());
        return there(browser, browser.post("/office/prove", "form-token=" + token + "&to=" + to), subject);
    }

    /** To the provider and back. What comes from there brings the cookie of the journey and, as browsers do it, no other. */
    private static Page there(Browser browser, Page onward, String subject) throws Exception {
        URI back = provider().visit(destination(onward), subject);
        var arriving = new Browser(address(), "en");
        arriving.cookies().put("vauban-journey", browser.cookies().getOrDefault("vauban-journey", ""));
        Page arrived = arriving.get(path(back));
        browser.cookies().remove("vauban-journey");
        browser.cookies().putAll(arriving.cookies());
        return arrived.status() == 200 ? browser.get(destination(arrived)) : arrived;
    }

    private static String destination(Page onward) {
        return onward.answer()
                .headers()
                .firstValue("Refresh")
                .orElseThrow(() -> new AssertionError(onward.status() + " " + onward.text()))
                .replace("0; url=", "");
    }

    private static String path(URI address) {
        return address.getRawPath() + "?" + address.getRawQuery();
    }

    private static void redeem(OpenIdProvider spoken, boolean afresh) throws Exception {
        Asked asked = spoken.ask(BACK, afresh);
        Map<String, String> query =
                VouchedPeople.query(provider().visit(spoken.address(asked).toString(), "checker"));
        spoken.redeem(
                asked,
                new Returned(
                        query.getOrDefault("state", ""),
                        Optional.ofNullable(query.get("code")),
                        Optional.ofNullable(query.get("iss")),
                        Optional.ofNullable(query.get("error"))));
    }

    private static String found(ProblemException refused) {
        return refused.problem().arguments().getOrDefault("found", "");
    }

    private static String changed(java.util.function.UnaryOperator<JWTClaimsSet.Builder> change) {
        return provider().accessToken("checker", change);
    }

    private static HttpResponse<String> api(String token) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(address() + "/api/permits"))
                        .header("Authorization", "bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(address() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> notify(String notice) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(address() + "/provider/logout"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("logout_token=" + notice))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
