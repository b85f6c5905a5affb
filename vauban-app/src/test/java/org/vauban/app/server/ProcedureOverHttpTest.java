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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.custodian.CustodianServer;
import org.vauban.deposit.envelope.Kind;
import org.vauban.hub.Hub;
import org.vauban.hub.HubConfiguration;
import org.vauban.ledger.policy.Policy;
import org.vauban.people.Role;
import org.vauban.procedure.Procedures;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The standard procedure through the API, day by day on a clock that the test moves; and who may do what on every route that there is. */
class ProcedureOverHttpTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PASSWORD = "a long enough password";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String STRANGER = "stranger";
    private static final String PRODUCER = "hospital-1";

    /**
     * Who may succeed on a route. A permit's route is asked for the permit of the applicant; a route that is not here is new, and somebody
     * has to think about it.
     */
    private static final Map<String, Set<String>> MAY = Map.ofEntries(
            Map.entry("GET /api/permits", Set.of("*")),
            Map.entry("GET /api/outputs", Set.of("*")),
            Map.entry("GET /api/procedures", Set.of("*")),
            Map.entry("GET /api/outputs/{output}", Set.of()),
            Map.entry("GET /api/permits/{permit}", Set.of("applicant", "committee-member", "second-member", "auditor")),
            Map.entry(
                    "GET /api/permits/{permit}/course",
                    Set.of("applicant", "committee-member", "second-member", "auditor")),
            Map.entry(
                    "GET /api/permits/{permit}/used",
                    Set.of("applicant", "committee-member", "second-member", "auditor")),
            Map.entry("GET /api/producers", Set.of("*")),
            Map.entry("GET /api/producers/{producer}/uses", Set.of("producer", "auditor")),
            Map.entry("POST /api/producers/{producer}/withdrawals", Set.of("producer")),
            Map.entry("GET /api/withdrawals", Set.of("*")),
            Map.entry("POST /api/withdrawals/{withdrawal}/decision", Set.of("committee-member", "second-member")),
            Map.entry("POST /api/permits", Set.of("applicant", STRANGER)),
            Map.entry("POST /api/permits/{permit}/events", Set.of("committee-member", "second-member")),
            Map.entry("POST /api/permits/{permit}/decision", Set.of()),
            Map.entry("POST /api/permits/{permit}/renewals", Set.of()),
            Map.entry("POST /api/permits/{permit}/amendments", Set.of()));

    /**
     * What a route names.
     *
     * @param absent a name that is nobody's
     * @param seenBy who may know of the one that is there; to all others the two are the same
     */
    private record Named(String absent, Set<String> seenBy) {}

    private static final Map<String, Named> NAMED = Map.of(
            "{permit}", new Named("p-absent0000", Set.of("applicant", "committee-member", "second-member", "auditor")),
            "{producer}", new Named("hospital-0", Set.of("producer", "auditor")),
            "{withdrawal}",
                    new Named(
                            "w-absent0000",
                            Set.of("committee-member", "second-member", "data-manager", "auditor", "producer")));

    @TempDir
    static Path folder = Path.of("");

    private static final Map<String, String> TOKENS = new HashMap<>();
    private static Instant now = Instant.parse("2026-03-02T08:00:00Z");
    private static Optional<Opened> opened = Optional.empty();

    /** Those who come by the provider: their tokens are the provider's, and may no more and no less. */
    private static final Set<String> VOUCHED = Set.of(STRANGER, "second-member", "output-checker");

    private record Opened(CustodianServer custodian, LyingProvider provider, Hub hub, WebServer web) {}

    @BeforeAll
    static void open() throws Exception {
        Clock clock = InstantSource.tick(() -> now, Duration.ofMillis(1)).withZone(ZoneOffset.UTC);
        var custodian = CustodianServer.start(folder.resolve("keys"), "correct horse battery".toCharArray(), clock);
        var provider = new LyingProvider(clock);
        Hub hub = Hub.open(
                folder.resolve("home"),
                new HubConfiguration(
                        custodian.address(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Policy.NOBODY,
                        Optional.of(provider.settings()),
                        clock));
        opened = Optional.of(new Opened(custodian, provider, hub, WebServer.start(hub, 0)));
        hub.people()
                .claim(hub.firstAdministrator().orElseThrow().oneTimeToken(), "administrator", PASSWORD.toCharArray());
        login("administrator");
        Map<Role, String> others = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            if (role != Role.ADMINISTRATOR && role != Role.RESEARCHER) {
                others.put(role, role.word());
            }
        }
        for (var other : others.entrySet()) {
            join(other.getValue(), other.getKey());
        }
        join("applicant", Role.RESEARCHER);
        join(STRANGER, Role.RESEARCHER);
        join("second-member", Role.COMMITTEE_MEMBER);
        var manager = hub.people().actor(Objects.requireNonNull(TOKENS.get("data-manager")));
        hub.deposits().register(manager, PRODUCER, Kind.FHIR, "Convention");
        hub.producers()
                .represent(manager, PRODUCER, hub.people().find("producer").orElseThrow());
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

    private static void join(String login, Role role) throws Exception {
        var people = opened.orElseThrow().hub().people();
        var invitation =
                people.invite(people.actor(Objects.requireNonNull(TOKENS.get("administrator"))), login, Set.of(role));
        if (VOUCHED.contains(login)) {
            VouchedPeople.claim(people, opened.orElseThrow().provider(), invitation, login);
        } else {
            people.claim(invitation.oneTimeToken(), login, PASSWORD.toCharArray());
        }
        login(login);
    }

    private static void login(String login) {
        if (VOUCHED.contains(login)) {
            TOKENS.put(login, opened.orElseThrow().provider().accessToken(login));
            return;
        }
        TOKENS.put(
                login,
                opened.orElseThrow()
                        .hub()
                        .people()
                        .login(login, PASSWORD.toCharArray())
                        .token());
    }

    @Test
    void theStandardProcedureFromApplicationToGrant() throws Exception {
        String permit = apply("snds-standard");
        assertThat(course(permit).path("step").asString()).isEqualTo("completeness");
        assertThat(course(permit).path("due").asString()).isEqualTo("2026-03-11");

        conclude("committee-member", permit, "favourable");
        days(7);
        event("committee-member", permit, "{\"event\":\"asked\",\"text\":\"Which hospitals?\"}", 200);
        days(9);
        assertThat(course(permit).path("stopped").asString()).isEqualTo("2026-03-09");
        event("applicant", permit, "{\"event\":\"answered\",\"text\":\"The four.\"}", 200);
        assertThat(course(permit).path("due").asString()).isEqualTo("2026-04-11");
        conclude("committee-member", permit, "favourable");
        decide("second-member", permit, "grant", 403);

        days(90);
        event("committee-member", permit, "{\"event\":\"silence-noted\"}", 200);
        conclude("committee-member", permit, "favourable");
        decide("committee-member", permit, "grant", 403);
        decide("second-member", permit, "grant", 200);

        JsonNode end = course(permit);
        assertThat(end.path("state").asString()).isEqualTo("granted");
        assertThat(end.path("events")
                        .valueStream()
                        .map(each -> each.path("event").asString()))
                .containsExactly("concluded", "asked", "answered", "concluded", "silence-noted", "concluded");
        decide("second-member", permit, "withdraw", 200);
    }

    @Test
    void askedAgainWithTheSameKeyAnApplicationIsMadeOnce() throws Exception {
        String document = application(Procedures.COMMITTEE);

        var first = post("applicant", "/api/permits", document, "Idempotency-Key", "one");
        var again = post("applicant", "/api/permits", document, "Idempotency-Key", "one");
        var other = post("applicant", "/api/permits", application("mr-004"), "Idempotency-Key", "one");
        var foreign = post(STRANGER, "/api/permits", document, "Idempotency-Key", "one");

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(JSON.readTree(other.body()).path("code").asString()).isEqualTo("KEY_REUSED");
        assertThat(foreign.body()).as("another person's key is another key").isNotEqualTo(first.body());
    }

    /** A write that is ready to be sent, about something that was made for it. */
    private record Write(String who, String path, String body) {
        HttpResponse<String> send(String... headers) throws Exception {
            return post(who, path, body, headers);
        }
    }

    /** Makes one ready. */
    private interface Preparation {
        Write ready() throws Exception;
    }

    private static Map<String, Preparation> writes() {
        return Map.of(
                "POST /api/permits",
                () -> new Write("applicant", "/api/permits", application(Procedures.COMMITTEE)),
                "POST /api/permits/{permit}/amendments",
                () -> new Write(
                        "applicant", "/api/permits/" + granted() + "/amendments", application(Procedures.COMMITTEE)),
                "POST /api/permits/{permit}/renewals",
                () -> new Write("applicant", "/api/permits/" + granted() + "/renewals", "{\"end\":\"2027-01-01\"}"),
                "POST /api/permits/{permit}/events",
                () -> new Write(
                        "committee-member",
                        "/api/permits/" + apply("snds-standard") + "/events",
                        "{\"event\":\"concluded\",\"outcome\":\"favourable\",\"text\":\"because\",\"document\":\"ref\"}"),
                "POST /api/permits/{permit}/decision",
                () -> new Write(
                        "committee-member",
                        "/api/permits/" + apply(Procedures.COMMITTEE) + "/decision",
                        "{\"decision\":\"grant\"}"),
                "POST /api/producers/{producer}/withdrawals",
                () -> new Write("producer", "/api/producers/" + PRODUCER + "/withdrawals", "{\"reason\":\"because\"}"),
                "POST /api/withdrawals/{withdrawal}/decision",
                () -> new Write(
                        "committee-member",
                        "/api/withdrawals/" + takeBack() + "/decision",
                        "{\"permits\":\"continue\",\"reason\":\"because\"}"));
    }

    private static String granted() throws Exception {
        String permit = apply(Procedures.COMMITTEE);
        decide("committee-member", permit, "grant", 200);
        return permit;
    }

    @Test
    void everyWriteThatIsSentTwiceWithItsKeyIsDoneOnce() throws Exception {
        Set<String> unexpected = new TreeSet<>();
        Set<String> routes = postRoutes();
        try (var two = Executors.newFixedThreadPool(2)) {
            for (String route : routes) {
                if (!writes().containsKey(route)) {
                    unexpected.add("nobody has sent " + route + " twice");
                    continue;
                }
                Write first = Objects.requireNonNull(writes().get(route)).ready();
                String key = route + " once";
                long before = entries();
                var done = first.send("Idempotency-Key", key);
                long acts = entries() - before;
                var again = first.send("Idempotency-Key", key);
                if (done.statusCode() >= 300 || acts < 1) {
                    unexpected.add(route + " is not done: " + done.body());
                }
                if (!again.body().equals(done.body())
                        || again.statusCode() != done.statusCode()
                        || entries() - before != acts) {
                    unexpected.add(route + " once more: " + again.body());
                }

                Write second = Objects.requireNonNull(writes().get(route)).ready();
                before = entries();
                Callable<HttpResponse<String>> call = () -> second.send("Idempotency-Key", route + " at once");
                Set<Integer> statuses = new TreeSet<>();
                for (var sent : two.invokeAll(List.of(call, call))) {
                    statuses.add(sent.get().statusCode());
                }
                // The second is told to wait, or is answered like the first.
                statuses.remove(409);
                if (!statuses.equals(Set.of(done.statusCode())) || entries() - before != acts) {
                    unexpected.add(route + " at once: " + statuses + ", " + (entries() - before) + " entries");
                }
            }
        }

        assertThat(unexpected).isEmpty();
        assertThat(routes).hasSizeGreaterThan(5);
    }

    @Test
    void withoutAKeyWhatDecidesIsDoneOnceAndWhatAsksIsAskedTwice() throws Exception {
        Set<String> twice = new TreeSet<>();
        for (var write : writes().entrySet()) {
            Write ready = write.getValue().ready();
            assertThat(ready.send().statusCode()).as(write.getKey()).isLessThan(300);
            if (ready.send().statusCode() < 300) {
                twice.add(write.getKey());
            }
        }

        assertThat(twice)
                .containsExactly(
                        "POST /api/permits",
                        "POST /api/permits/{permit}/amendments",
                        "POST /api/permits/{permit}/events",
                        "POST /api/permits/{permit}/renewals",
                        "POST /api/producers/{producer}/withdrawals");
    }

    /** What a conclusion is about is said beside it, so that it never concludes the next step. */
    @Test
    void anEventThatNamesItsStepIsDoneOnceWithoutAKeyToo() throws Exception {
        String permit = apply("snds-standard");
        String event = "{\"event\":\"concluded\",\"step\":\"completeness\",\"outcome\":\"favourable\","
                + "\"text\":\"because\",\"document\":\"ref\"}";

        event("committee-member", permit, event, 200);
        var again = post("committee-member", "/api/permits/" + permit + "/events", event);

        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(JSON.readTree(again.body()).path("code").asString()).isEqualTo("PROCEDURE_STEP");
        assertThat(course(permit).path("step").asString()).isEqualTo("cesrees");
    }

    /** Every route that writes, as the server says itself. */
    private static Set<String> postRoutes() throws Exception {
        JsonNode paths = JSON.readTree(send("auditor", HttpRequest.newBuilder(), "/v3/api-docs")
                        .body())
                .path("paths");
        Set<String> routes = new TreeSet<>();
        for (var path : paths.properties()) {
            for (var operation : path.getValue().properties()) {
                if (!operation.getKey().equals("get")) {
                    routes.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        return routes;
    }

    private static long entries() {
        return opened.orElseThrow().hub().journal().tiles().size();
    }

    @Test
    void aProducerFollowsItsRowsAndTakesThemBackAndTheCommitteeDecidesOnce() throws Exception {
        JsonNode followed = JSON.readTree(send("producer", HttpRequest.newBuilder(), "/api/producers")
                        .body())
                .path("items");
        JsonNode uses = JSON.readTree(send("producer", HttpRequest.newBuilder(), "/api/producers/" + PRODUCER + "/uses")
                .body());
        var silent = post("producer", "/api/producers/" + PRODUCER + "/withdrawals", "{}");
        String withdrawal = takeBack();
        String decision = "/api/withdrawals/" + withdrawal + "/decision";
        var decided = post("second-member", decision, "{\"permits\":\"end\",\"reason\":\"the agreement\"}");
        var again = post("committee-member", decision, "{\"permits\":\"continue\",\"reason\":\"no\"}");

        assertThat(followed.valueStream().map(JsonNode::asString)).containsExactly(PRODUCER);
        assertThat(uses.path("deliveries").isArray()).isTrue();
        assertThat(silent.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(decided.body()).path("decided").asString()).isEqualTo("end");
        assertThat(JSON.readTree(again.body()).path("code").asString()).isEqualTo("WITHDRAWAL_DECIDED");
    }

    @Test
    void aForbiddenPurposeIsRefusedOverHttpToo() throws Exception {
        var refused = post(
                "applicant", "/api/permits", application(Procedures.COMMITTEE).replace("research", "advertising"));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(JSON.readTree(refused.body()).path("code").asString()).isEqualTo("PURPOSE_FORBIDDEN");
    }

    @Test
    void onEveryRouteOnlyThoseSucceedWhoMayAndWhatIsForbiddenIsAsIfAbsent() throws Exception {
        JsonNode paths = JSON.readTree(send("auditor", HttpRequest.newBuilder(), "/v3/api-docs")
                        .body())
                .path("paths");
        Set<String> unexpected = forgotten(paths);
        for (var path : paths.properties()) {
            for (var operation : path.getValue().properties()) {
                String method = operation.getKey().toUpperCase(Locale.ROOT);
                String route = method + " " + path.getKey();
                if (!MAY.containsKey(route)) {
                    continue;
                }
                Set<String> may = MAY.getOrDefault(route, Set.of());
                Map<String, String> there = there(path.getKey());
                int anonymous = HTTP.send(
                                request(HttpRequest.newBuilder(), method, filled(path.getKey(), there), route)
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode();
                if (anonymous != 401) {
                    unexpected.add("without a token: " + route + " " + anonymous);
                }
                for (String who : TOKENS.keySet()) {
                    // What one person may do must not be in another one's way.
                    there = method.equals("GET") ? there : there(path.getKey());
                    var answer = call(who, method, filled(path.getKey(), there), route);
                    boolean succeeds = answer.statusCode() < 300;
                    if (succeeds != (may.contains("*") || may.contains(who))) {
                        unexpected.add(who + ": " + route + " " + answer.statusCode() + " " + answer.body());
                    }
                    for (var name : there.entrySet()) {
                        Named named = Objects.requireNonNull(NAMED.get(name.getKey()));
                        if (named.seenBy().contains(who)) {
                            continue;
                        }
                        var absent = call(who, method, path.getKey().replace(name.getKey(), named.absent()), route);
                        if (absent.statusCode() != 404
                                || answer.statusCode() != 404
                                || !absent.body()
                                        .replace(named.absent(), name.getValue())
                                        .equals(answer.body())) {
                            unexpected.add(who + ": " + route + " tells that it exists");
                        }
                    }
                }
            }
        }

        assertThat(unexpected).isEmpty();
        assertThat(paths.size()).isGreaterThan(6);
    }

    @Test
    void aNewRouteCannotBeForgotten() {
        JsonNode planted = JSON.readTree("{\"/api/permits\": {\"get\": {}}, \"/api/planted\": {\"post\": {}}}");

        assertThat(forgotten(planted)).containsExactly("nobody has said who may POST /api/planted");
    }

    private static Set<String> forgotten(JsonNode paths) {
        Set<String> forgotten = new TreeSet<>();
        for (var path : paths.properties()) {
            for (var operation : path.getValue().properties()) {
                String route = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                if (!MAY.containsKey(route)) {
                    forgotten.add("nobody has said who may " + route);
                }
            }
        }
        return forgotten;
    }

    /** Of what a path names, something that is there, and that nobody has done anything with. */
    private static Map<String, String> there(String path) throws Exception {
        if (path.contains("{permit}")) {
            return Map.of("{permit}", apply(Procedures.COMMITTEE));
        }
        if (path.contains("{withdrawal}")) {
            return Map.of("{withdrawal}", takeBack());
        }
        return path.contains("{producer}") ? Map.of("{producer}", PRODUCER) : Map.of();
    }

    private static String takeBack() throws Exception {
        var taken = post("producer", "/api/producers/" + PRODUCER + "/withdrawals", "{\"reason\":\"because\"}");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        return JSON.readTree(taken.body()).path("withdrawal").asString();
    }

    private static String filled(String path, Map<String, String> there) {
        String filled = path.replace("{output}", "o-absent0000");
        for (var name : there.entrySet()) {
            filled = filled.replace(name.getKey(), name.getValue());
        }
        return filled;
    }

    private static HttpResponse<String> call(String who, String method, String path, String route) throws Exception {
        return HTTP.send(
                request(HttpRequest.newBuilder(), method, path, route)
                        .header("Authorization", "Bearer " + TOKENS.get(who))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Something that whoever may do it can do with a request that was just made. */
    private static HttpRequest.Builder request(HttpRequest.Builder builder, String method, String path, String route) {
        HttpRequest.Builder to = builder.uri(address(path));
        if (method.equals("GET")) {
            return to.GET();
        }
        String body = switch (route) {
            case "POST /api/permits" -> application("mr-002");
            case "POST /api/permits/{permit}/events" -> "{\"event\":\"refused\",\"text\":\"no\"}";
            case "POST /api/permits/{permit}/renewals" -> "{\"end\":\"2027-01-01\"}";
            case "POST /api/producers/{producer}/withdrawals" -> "{\"reason\":\"because\"}";
            case "POST /api/withdrawals/{withdrawal}/decision" -> "{\"permits\":\"continue\",\"reason\":\"because\"}";
            default -> "{\"decision\":\"withdraw\"}";
        };
        return to.method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    private static void days(int days) {
        now = now.plus(Duration.ofDays(days));
        List.copyOf(TOKENS.keySet()).forEach(ProcedureOverHttpTest::login);
    }

    private static String apply(String procedure) throws Exception {
        var answer = post("applicant", "/api/permits", application(procedure));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).path("permit").asString();
    }

    private static JsonNode course(String permit) throws Exception {
        return JSON.readTree(send("auditor", HttpRequest.newBuilder(), "/api/permits/" + permit + "/course")
                .body());
    }

    private static void conclude(String who, String permit, String outcome) throws Exception {
        event(
                who,
                permit,
                "{\"event\":\"concluded\",\"outcome\":\"" + outcome + "\",\"text\":\"because\",\"document\":\"ref\"}",
                200);
    }

    private static void event(String who, String permit, String event, int status) throws Exception {
        var answer = post(who, "/api/permits/" + permit + "/events", event);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    private static void decide(String who, String permit, String decision, int status) throws Exception {
        var answer = post(
                who,
                "/api/permits/" + permit + "/decision",
                "{\"decision\":\"" + decision + "\",\"reason\":\"because\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    private static HttpResponse<String> post(String who, String path, String body, String... headers) throws Exception {
        var builder = HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return send(who, builder, path);
    }

    private static HttpResponse<String> send(String who, HttpRequest.Builder builder, String path) throws Exception {
        return HTTP.send(
                builder.uri(address(path))
                        .header("Authorization", "Bearer " + TOKENS.get(who))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static URI address(String path) {
        return URI.create(opened.orElseThrow().web().address() + path);
    }

    private static String application(String procedure) {
        StringBuilder pieces = new StringBuilder();
        Procedures.named(procedure)
                .orElseThrow()
                .pieces()
                .forEach(piece -> pieces.append("\n  ").append(piece).append(": \"sha256:00\""));
        return """
                title: {fr: "Un titre", en: "A title"}
                summary: {fr: "Pourquoi", en: "Why"}
                organisation: A university
                purpose: research
                procedure: %s
                persons: [applicant]
                editions: [e-11111111]
                tables:
                  drug_era: [person_id, drug_concept_id]
                end: 2026-12-31
                %s
                """.formatted(procedure, pieces.isEmpty() ? "" : "pieces:" + pieces);
    }
}
