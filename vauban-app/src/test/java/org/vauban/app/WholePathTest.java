package org.vauban.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.app.cli.OpenDoor;
import org.vauban.app.server.RelayServer;
import org.vauban.app.server.WebServer;
import org.vauban.custodian.CustodianServer;
import org.vauban.desk.Deposited;
import org.vauban.hub.Hub;
import org.vauban.hub.HubConfiguration;
import org.vauban.ingest.OmopIngest;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.omop.EditionId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The demonstration once, small, and then everything that can be looked at in its hub: pages, API, relayed verbs, log, and what is left
 * without the custodian.
 */
class WholePathTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path folder = Path.of("");

    private static Path home = Path.of("");
    private static int exitStatus = -1;
    private static String written = "";
    private static String progress = "";
    private static Map<String, String> passwords = Map.of();
    private static Optional<Opened> opened = Optional.empty();
    /** The page of the demonstration's own study; others come to the register. */
    private static String study = "";

    /** What is open while the tests look. */
    private record Opened(CustodianServer custodian, Hub hub, WebServer web, RelayServer relay) {}

    @BeforeAll
    static void runTheDemonstrationAndServeItsHub() throws IOException, InterruptedException {
        home = folder.resolve("a home");
        var terminal = new TestTerminal(Locale.ENGLISH, folder);
        exitStatus = Vauban.run(
                terminal,
                List.of(
                        "demo",
                        "--persons",
                        "1200",
                        "--with-witnesses",
                        "--exit",
                        "--home",
                        home.toString(),
                        "--json"));
        written = terminal.written();
        progress = terminal.complained();
        assertThat(exitStatus).as(progress).isZero();
        passwords = Files.readAllLines(folder.resolve("a home-demo").resolve("people.txt")).stream()
                .map(line -> line.split("\t"))
                .collect(Collectors.toMap(fields -> fields[0], fields -> fields[1]));
        var custodian = custodian();
        var hub = Hub.open(
                home,
                new HubConfiguration(custodian.address(), Optional.empty(), OptionalLong.empty(), Clock.systemUTC()));
        opened = Optional.of(new Opened(
                custodian,
                hub,
                WebServer.start(hub, 0),
                RelayServer.start(home, Vauban.runner(new OpenDoor(hub))::run)));
        Matcher link = Pattern.compile("/register/studies/[a-z0-9-]+")
                .matcher(get("/register").body());
        assertThat(link.find()).isTrue();
        study = link.group();
    }

    @AfterAll
    static void close() {
        opened.ifPresent(all -> {
            all.relay().close();
            all.web().close();
            all.hub().close();
            all.custodian().close();
        });
    }

    private static CustodianServer custodian() throws IOException {
        Path keys = folder.resolve("a home-custodian");
        char[] passphrase = Files.readString(keys.resolve("passphrase")).strip().toCharArray();
        return CustodianServer.start(keys, passphrase, Clock.systemUTC());
    }

    @Test
    void anOptionThatOnlyTheServerCanFollowIsToldToHaveNoEffect() {
        Result list = run(Locale.ENGLISH, "permit", "list", "--memory", "1GiB", "--home", home.toString());

        assertThat(list.err()).contains("--memory has no effect");
    }

    // The demonstration.

    @Test
    void theSummaryHasTheFieldsThatProgramsRelyOn() throws IOException {
        JsonNode summary = JSON.readTree(Files.readString(home.resolve("demo/summary.json")));

        assertThat(JSON.readTree(written)).isEqualTo(summary);
        assertThat(summary.path("persons").asInt()).isEqualTo(1200);
        assertThat(summary.path("events_per_person").path("median").asDouble()).isGreaterThanOrEqualTo(60);
        assertThat(summary.path("stages")
                        .valueStream()
                        .map(stage -> stage.path("name").asString()))
                .containsExactly(
                        "synth",
                        "custodian",
                        "home",
                        "witnesses",
                        "server",
                        "people",
                        "identity-zone",
                        "deposit",
                        "link",
                        "harmonise",
                        "edition",
                        "permit",
                        "study",
                        "airlock",
                        "register",
                        "audit",
                        "outsider",
                        "score",
                        "linkage-score");
        assertThat(summary.path("linkage").path("precision").asDouble()).isGreaterThan(0.99);
        assertThat(summary.path("linkage").path("recall").asDouble()).isGreaterThan(0.97);
        assertThat(summary.path("study").path("truth").asDouble()).isEqualTo(0.7);
        assertThat(summary.path("study").path("estimate").asDouble()).isBetween(0.3, 1.6);
        assertThat(summary.path("study").path("crude").asDouble())
                .isGreaterThan(summary.path("study").path("estimate").asDouble());
        assertThat(summary.path("disclosure").path("cells").asInt()).isPositive();
        assertThat(summary.path("ledger").path("witnesses").asInt(-1)).isBetween(2, 3);
        assertThat(summary.path("edition").path("root").asString()).matches("[0-9a-f]{64}");
        assertThat(summary.path("not_run").isArray()).isTrue();
        assertThat(Files.readString(home.resolve("demo/report.html")))
                .contains("vauban-figure")
                .contains("</html>");
    }

    /** The grant and the releases were effective, so that enough had cosigned; an outsider finds their entries below such a checkpoint. */
    @Test
    void anOutsiderFindsTheGrantAndTheReleasesUnderCheckpointsThatWitnessesCosigned() throws IOException {
        long covered =
                JSON.readTree(written).path("ledger").path("witnessed_entries").asLong();
        Set<String> before = new TreeSet<>();
        for (long index = 0; index < covered; index++) {
            before.add(
                    LogEntry.parse(hub().journal().tiles().read(index)).header().act());
        }

        assertThat(before).contains("permit-granted", "output-released");
        assertThat(Files.readString(folder.resolve("a home-demo/outsider/policy")))
                .startsWith("log vauban.hub/")
                .contains("group all-of-them 2 hospital authority citizens")
                .doesNotContain("http");
        assertThat(progress).contains("two of three cosigned");
    }

    /** Through the splitter's record numbers, the zone's answers and the sealed edition: row for row what the generator planted. */
    @Test
    void everyBusinessRuleFindsExactlyTheErrorsThatWerePlanted() throws IOException {
        JsonNode report = JSON.readTree(hub().publications()
                .open(new EditionId(edition()))
                .document(OmopIngest.REPORT)
                .orElseThrow());
        Map<String, Long> found = new TreeMap<>();
        report.path("attrition").forEach(line -> {
            String rule = line.path("rule").asString();
            // Lines that a regularisation merges are deliveries of the same day; only those it takes back were planted.
            long rows = line.path("dropped").asLong()
                    + (rule.equals("regularisation")
                            ? 0
                            : line.path("merged").asLong()
                                    + line.path("counted").asLong());
            found.merge(rule, rows, Long::sum);
        });
        Map<String, Long> planted = Files.readAllLines(folder.resolve("a home-demo/data/truth/traps.csv")).stream()
                .skip(1)
                .collect(Collectors.groupingBy(line -> line.split(",")[0], TreeMap::new, Collectors.counting()));

        assertThat(planted).hasSize(16);
        assertThat(found).isEqualTo(planted);
    }

    @Test
    void whatIsInTheEditionWaitsNoLongerAndItsPartsAreGone() throws IOException {
        assertThat(hub().deposits().list())
                .hasSize(5)
                .allSatisfy(deposit -> assertThat(deposit.state()).isEqualTo(Deposited.State.CONSUMED));
        assertThat(hub().deposits().waiting()).isEmpty();
        try (Stream<Path> parts = Files.walk(home.resolve("deposits"))) {
            assertThat(parts.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void publishingAgainAndAWrongRuleSayWhatToDo() {
        var manager = new TestTerminal(Locale.ENGLISH, folder).answering(passwords.getOrDefault("data.manager", ""));
        Vauban.run(manager, List.of("login", "data.manager", "--home", home.toString()));

        int again = Vauban.run(manager, List.of("publish", "--home", home.toString()));
        int wrong = Vauban.run(manager, List.of("publish", "--without", "no-such-rule", "--home", home.toString()));

        assertThat(again).isEqualTo(2);
        assertThat(wrong).isEqualTo(2);
        assertThat(manager.complained())
                .contains("NOTHING_TO_PUBLISH")
                .contains("FIELD_WRONG_VALUE")
                .contains("nine-key-join");
    }

    private static Hub hub() {
        return opened.orElseThrow().hub();
    }

    @Test
    void nobodyApprovesAnOwnRequest() {
        assertThat(progress).contains("REVIEW_OWN_OUTPUT").contains("ROLE_MISSING");
    }

    @Test
    void aSecondDemonstrationInTheSameHomeSaysWhatToDo() {
        Result result = run(Locale.FRENCH, "demo", "--persons", "10", "--exit", "--home", home.toString());

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("OUTPUT_EXISTS").contains("--again");
    }

    @Test
    void aHomeThatSomebodyOwnsIsNotReplaced() {
        Result result = run(Locale.ENGLISH, "demo", "--again", "--exit", "--home", home.toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("HOME_IN_USE");
        assertThat(home.resolve("home.json")).exists();
    }

    // Pages.

    @ParameterizedTest
    @ValueSource(strings = {"/", "/register", "/catalogue", "/audit", "/demo", "/register/studies/"})
    void everyPageIsWholeInBothLanguagesAndNeedsNoScript(String path) throws Exception {
        String address = path.endsWith("studies/") ? studyPath() : path;
        for (String language : List.of("fr", "en")) {
            HttpResponse<String> page = get(address + "?lang=" + language);

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.body())
                    .startsWith("<!DOCTYPE html>")
                    .contains("<html lang=\"" + language + "\"")
                    .contains("class=\"skip\"")
                    .contains(
                            language.equals("fr")
                                    ? "un hébergeur qui détient les deux peut"
                                    : "a host that holds both can read")
                    .doesNotContain("<script")
                    .doesNotContain(" style=")
                    .doesNotContain("<style")
                    .doesNotContain("??");
            assertThat(Pattern.compile("<h1[ >]").matcher(page.body()).results().count())
                    .isEqualTo(1);
        }
    }

    @Test
    void theStudyShowsFlowCurvesAndForestEachWithItsTableAndItsCsv() throws Exception {
        String page = get(studyPath()).body();

        for (String name : List.of("attrition", "kaplan-meier", "estimates")) {
            int section = page.indexOf("<section id=\"" + name + "\"");
            assertThat(section).as(name).isPositive();
            String part = page.substring(section, page.indexOf("</section>", section));
            assertThat(part)
                    .contains("<svg")
                    .contains("<table")
                    .contains("<caption>")
                    .contains(".csv");
        }
        Matcher csv = Pattern.compile("/register/outputs/[a-z0-9-]+\\.csv").matcher(page);
        assertThat(csv.find()).isTrue();
        HttpResponse<String> file = get(csv.group());
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
        assertThat(file.body()).contains("result_id,cdm_name,group_name");
    }

    @Test
    void theBrowserChoosesTheLanguageAndALinkChangesIt() throws Exception {
        HttpResponse<String> french = get("/", "Accept-Language", "fr-CA,fr;q=0.9,en;q=0.5");
        HttpResponse<String> english = get("/?lang=en", "Accept-Language", "fr");

        assertThat(french.body()).contains("lang=\"fr\"").contains("href=\"/?lang=en\"");
        assertThat(english.body()).contains("<html lang=\"en\"");
        assertThat(english.headers().firstValue("Set-Cookie").orElse("")).startsWith("lang=en");
    }

    @Test
    void anAbsentOutputIsAnsweredWithAPage() throws Exception {
        HttpResponse<String> page = get("/register/outputs/o-absent00?lang=fr");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("Il n’y a rien ici").contains("NOT_FOUND");
    }

    @Test
    void theCheckpointAndTilesArePublicAndNoOtherFileIs() throws Exception {
        HttpResponse<String> checkpoint = get("/audit/checkpoint");
        String size = checkpoint.body().lines().skip(1).findFirst().orElse("");

        assertThat(checkpoint.statusCode()).isEqualTo(200);
        assertThat(get("/audit/tile/0/000.p/" + size).statusCode()).isEqualTo(200);
        assertThat(get("/audit/tile/../../home.json").statusCode()).isIn(400, 401, 404);
        assertThat(get("/audit/tile/%2e%2e/%2e%2e/home.json").statusCode()).isIn(400, 401, 403, 404);
    }

    // Who may come in.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/permits",
                "/api/permits/p-12345678",
                "/api/outputs",
                "/api/nothing",
                "/actuator/health",
                "/actuator/env",
                "/v3/api-docs",
                "/nothing",
                "/login",
                "/admin"
            })
    void everyRouteThatIsNotPublicAnswers401WithoutAToken(String path) throws Exception {
        HttpResponse<String> refused = get(path);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(JSON.readTree(refused.body()).path("code").asString()).isEqualTo("LOGIN_REQUIRED");
    }

    @Test
    void theServerListensOnLoopbackAloneAndAnswersToNoOtherName() throws Exception {
        URI address = URI.create(opened.orElseThrow().web().address());
        for (var network : java.util.Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (var outside : java.util.Collections.list(network.getInetAddresses())) {
                if (!outside.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(outside, address.getPort()).close())
                            .isInstanceOf(IOException.class);
                }
            }
        }

        try (var socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            socket.getOutputStream()
                    .write("GET /register HTTP/1.1\r\nHost: hub.example.org\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void publicRoutesAreForReadingOnly() throws Exception {
        for (String method : List.of("POST", "PUT", "DELETE")) {
            HttpResponse<String> refused = send(request("/register")
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build());

            assertThat(refused.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aSessionOpensTheApiAsFarAsItsPersonMayKnow() throws Exception {
        String researcher = "Bearer " + token("researcher");
        String administrator = "Bearer " + token("administrator");

        JsonNode permits =
                JSON.readTree(get("/api/permits", "Authorization", researcher).body());
        String permit = permits.path("items").path(0).path("permit").asString();

        assertThat(permits.path("total").asInt()).isEqualTo(1);
        assertThat(get("/api/permits/" + permit, "Authorization", researcher).statusCode())
                .isEqualTo(200);
        assertThat(get("/api/permits/" + permit, "Authorization", administrator).statusCode())
                .isEqualTo(404);
        assertThat(get("/api/permits/p-absent00", "Authorization", researcher).statusCode())
                .isEqualTo(404);
        assertThat(get("/actuator/health", "Authorization", researcher).statusCode())
                .isEqualTo(200);
        JsonNode openApi =
                JSON.readTree(get("/v3/api-docs", "Authorization", researcher).body());
        assertThat(openApi.path("openapi").asString()).startsWith("3.1");
        assertThat(openApi.path("paths").has("/api/permits")).isTrue();
    }

    @Test
    void aWrongTokenIsRefusedInTheReadersLanguage() throws Exception {
        HttpResponse<String> refused = get("/api/permits", "Authorization", "Bearer nonsense", "Accept-Language", "fr");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(JSON.readTree(refused.body()).path("remedy").asString()).containsIgnoringCase("connectez-vous");
    }

    // Verbs while the server owns HOME.

    @Test
    void aVerbIsHandedToTheServerThatOwnsHome() {
        var terminal = new TestTerminal(Locale.FRENCH, folder).answering(passwords.getOrDefault("researcher", ""));

        int login = Vauban.run(terminal, List.of("login", "researcher", "--home", home.toString()));
        int list = Vauban.run(terminal, List.of("output", "list", "--home", home.toString()));

        assertThat(login).as(terminal.complained()).isZero();
        assertThat(terminal.session()).isPresent();
        assertThat(list).isZero();
        assertThat(terminal.written()).contains("publiée").contains("kaplan-meier");
    }

    @Test
    void withoutASessionARelayedVerbIsRefused() {
        Result result = run(Locale.ENGLISH, "output", "list", "--home", home.toString());

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).contains("LOGIN_REQUIRED");
    }

    /** All verbs that {@link DoorsTest} lists, by somebody who is a researcher and whom no permit of that project names. */
    @Test
    void withoutAGrantNoVerbAndNoRouteReadsAnEditionAndNothingReadableIsLeft() throws Exception {
        var terminal = new TestTerminal(Locale.ENGLISH, folder).answering(passwords.getOrDefault("researcher", ""));
        Vauban.run(terminal, List.of("login", "researcher", "--home", home.toString()));
        Path query = Files.writeString(folder.resolve("query.sql"), "SELECT person_id, year_of_birth FROM person");
        String study = folder.resolve("a home-demo/study/STUDY.yaml").toString();
        Map<String, List<String>> arguments = Map.of(
                "study run", List.of(study, "--edition", edition(), "--out", "leak"),
                "sql explore", List.of(query.toString(), "--edition", edition()),
                "sql tabulate", List.of(query.toString(), "--edition", edition(), "--by", "year_of_birth"),
                "project results", List.of("s-12345678", "r-12345678"));
        Set<Path> before = filesThatCouldBeRead();

        assertThat(arguments.keySet()).isEqualTo(DoorsTest.VERBS.keySet());
        arguments.forEach((verb, rest) -> {
            List<String> line = new ArrayList<>(List.of(verb.split(" ")));
            line.addAll(rest);
            line.addAll(List.of("--home", home.toString()));
            assertThat(Vauban.run(terminal, line)).as(verb).isEqualTo(3);
            if (rest.contains("--edition")) {
                line.addAll(List.of("--project", "s-12345678"));
                assertThat(Vauban.run(terminal, line))
                        .as(verb + " in a foreign project")
                        .isEqualTo(3);
            }
        });
        String bearer = "Bearer " + terminal.session().orElse("");
        for (String route :
                List.of("/api/outputs/o-12345678", "/api/permits/p-12345678", "/api/permits/p-12345678/course")) {
            assertThat(get(route, "Authorization", bearer).statusCode())
                    .as(route)
                    .isEqualTo(404);
        }

        assertThat(terminal.complained()).contains("PERMIT_REQUIRED");
        assertThat(terminal.written()).doesNotContain("year_of_birth");
        assertThat(folder.resolve("leak")).doesNotExist();
        assertThat(filesThatCouldBeRead()).isEqualTo(before);
    }

    /** What lies in HOME, without sealed objects and the log, which grow with every refusal, and the control plane's own files. */
    private static Set<Path> filesThatCouldBeRead() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.map(home::relativize)
                    .filter(file -> !file.startsWith("vault/objects")
                            && !file.startsWith("ledger")
                            && !file.toString().startsWith("control.sqlite"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void exactResultsStayInTheProjectSpaceForItsPeople() throws Exception {
        var researcher = new TestTerminal(Locale.ENGLISH, folder).answering(passwords.getOrDefault("researcher", ""));
        var checker = new TestTerminal(Locale.ENGLISH, folder).answering(passwords.getOrDefault("checker.one", ""));
        for (var person :
                Map.of("researcher", researcher, "checker.one", checker).entrySet()) {
            Vauban.run(person.getValue(), List.of("login", person.getKey(), "--home", home.toString()));
        }
        JsonNode permit = JSON.readTree(get(
                        "/api/permits",
                        "Authorization",
                        "Bearer " + researcher.session().orElse(""))
                .body());
        String project = permit.path("items").path(0).path("project").asString();
        String analysis = studyPath().substring(studyPath().lastIndexOf('/') + 1);
        List<String> verb = List.of("project", "results", project, analysis, "--home", home.toString());

        assertThat(Vauban.run(researcher, verb)).isZero();
        assertThat(researcher.written()).contains("# attrition").contains("# estimates");
        assertThat(Vauban.run(checker, verb)).isEqualTo(3);
        assertThat(checker.complained()).contains("PERMIT_REQUIRED");
    }

    @Test
    void aStudyThatComparesNobodyIsAskedShownAtTheAirlockLetOutAndReadOnItsPage() throws Exception {
        Path study = Files.writeString(folder.resolve("a home-demo/study/INCIDENCE.yaml"), """
                study: bleeding-incidence
                title: How often somebody bleeds
                cohorts:
                  outcome: {definition: outcome.json, label: Bleeding | Hémorragie}
                design: {type: incidence, outcome: outcome, by-sex: true, interval: overall}
                """);
        String researcher = token("researcher");
        String project = JSON.readTree(get("/api/permits", "Authorization", "Bearer " + researcher)
                        .body())
                .path("items")
                .path(0)
                .path("project")
                .asString();

        JsonNode receipt =
                answer("researcher", "study", "run", study.toString(), "--edition", edition(), "--project", project);
        String analysis = receipt.path("analysis").asString();
        String output = answer("researcher", "output", "request", analysis, "incidence")
                .path("outputs")
                .path(0)
                .path("output")
                .asString();
        assertThat(answer("checker.one", "output", "show", output).toString()).contains("denominator_count");
        for (String checker : List.of("checker.one", "checker.two")) {
            answer(checker, "output", "review", output, "--decision", "approve", "--comment", "safe");
        }

        for (String language : List.of("fr", "en")) {
            String page =
                    get("/register/studies/" + analysis + "?lang=" + language).body();
            int section = page.indexOf("<section id=\"incidence\"");
            assertThat(section).as(page).isPositive();
            assertThat(page.substring(section, page.indexOf("</section>", section)))
                    .contains("<svg")
                    .contains("<caption>")
                    .contains(language.equals("fr") ? "Hémorragie" : "Bleeding")
                    .contains(".csv");
        }
    }

    /** What a verb answers to somebody, as programs read it. */
    private static JsonNode answer(String login, String... verb) {
        var terminal = new TestTerminal(Locale.ENGLISH, folder).answering(passwords.getOrDefault(login, ""));
        Vauban.run(terminal, List.of("login", login, "--home", home.toString()));
        int before = terminal.written().length();
        List<String> line = new ArrayList<>(List.of(verb));
        line.addAll(List.of("--home", home.toString(), "--json"));
        assertThat(Vauban.run(terminal, line)).as(terminal.complained()).isZero();
        return JSON.readTree(terminal.written().substring(before));
    }

    // The log, and what is left without the custodian.

    @Test
    void theLogIsVerifiedFromACopyAndABrokenOneIsToldWithItsFirstBadIndex() throws IOException {
        Path copy = copyOf(home.resolve("ledger"), folder.resolve("copy of the log"));
        String key = JSON.readTree(Files.readString(home.resolve("home.json")))
                .path("ledgerKey")
                .asString();

        Result whole = run(Locale.ENGLISH, "audit", "verify", "--ledger", copy.toString(), "--key", key);
        Path bundle = bundle(copy);
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[bytes.length / 2] ^= 1;
        Files.write(bundle, bytes);
        Result broken = run(Locale.FRENCH, "audit", "verify", "--ledger", copy.toString(), "--key", key, "--json");

        assertThat(whole.status()).as(whole.err()).isZero();
        assertThat(whole.out()).contains("not witnessed");
        assertThat(broken.status()).isEqualTo(4);
        assertThat(JSON.readTree(broken.out()).path("first_bad_index").asLong(-1))
                .isNotNegative();
        assertThat(broken.err()).contains("LEDGER_BROKEN");
    }

    @Test
    void anEntryIsProvedToBeInTheLog() {
        Result proof = run(Locale.ENGLISH, "audit", "proof", "3", "--home", home.toString(), "--json");

        assertThat(proof.status()).as(proof.err()).isZero();
        assertThat(JSON.readTree(proof.out()).path("path").size()).isPositive();
        assertThat(run(Locale.ENGLISH, "audit", "proof", "99999", "--home", home.toString())
                        .status())
                .isEqualTo(2);
    }

    @Test
    void homeAloneOpensNothing() throws IOException {
        Path alone = copyOf(home, folder.resolve("home alone"));
        Files.deleteIfExists(alone.resolve("lock"));
        Files.deleteIfExists(alone.resolve("serve.sock"));
        var terminal = new TestTerminal(Locale.ENGLISH, folder).answering(passwords.getOrDefault("researcher", ""));

        int status = Vauban.run(
                terminal,
                List.of(
                        "login",
                        "researcher",
                        "--home",
                        alone.toString(),
                        "--custodian",
                        "unix:" + folder.resolve("none.sock")));

        assertThat(status).isEqualTo(1);
        assertThat(terminal.complained()).contains("KEYS_ABSENT");
    }

    // Helpers.

    private record Result(int status, String out, String err) {}

    private static Result run(Locale language, String... arguments) {
        var terminal = new TestTerminal(language, folder);
        int status = Vauban.run(terminal, Arrays.asList(arguments));
        return new Result(status, terminal.written(), terminal.complained());
    }

    private static String token(String login) {
        var terminal = new TestTerminal(Locale.ENGLISH, folder).answering(passwords.getOrDefault(login, ""));
        Vauban.run(terminal, List.of("login", login, "--home", home.toString()));
        return terminal.session().orElseThrow();
    }

    private static String edition() {
        return JSON.readTree(written).path("edition").path("id").asString();
    }

    private static String studyPath() {
        return study;
    }

    private static HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        for (int index = 0; index < headers.length; index += 2) {
            request.header(headers[index], headers[index + 1]);
        }
        return send(request.build());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(opened.orElseThrow().web().address() + path));
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        }
    }

    private static Path bundle(Path log) throws IOException {
        try (Stream<Path> files = Files.walk(log.resolve("tile/entries"))) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    private static Path copyOf(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (Files.isRegularFile(file)) {
                    Files.copy(file, copy);
                }
            }
        }
        return to;
    }
}
