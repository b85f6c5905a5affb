package org.vauban.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.vauban.app.server.Browser.Page;
import org.vauban.gate.Gate;
import org.vauban.permit.ProjectId;

/** The door of the office, who may do what on every page that there is, and outputs on their way out. */
class OfficeTest {
    private static final String SIGN_IN = "/office/sign-in";
    private static final Set<String> APPLICANT = Set.of("applicant");
    private static final Set<String> RESEARCHERS = Set.of("applicant", "stranger");
    private static final Set<String> READERS = Set.of("applicant", "member", "second", "auditor");
    private static final Set<String> FOLLOWERS = Set.of("producer", "auditor");
    private static final Set<String> MEMBERS = Set.of("member", "second");

    /**
     * Who may succeed on a route, asked about a request of the applicant that waits for the committee's word. For all others it is not
     * there. A route that is not here is new, and somebody has to think about it.
     */
    private static final Map<String, Set<String>> MAY = Map.ofEntries(
            Map.entry("GET /office", Set.of("*")),
            Map.entry("GET /office/requests", Set.of("applicant", "stranger", "member", "second", "auditor")),
            Map.entry("GET /office/requests/new", RESEARCHERS),
            Map.entry("POST /office/requests/new", RESEARCHERS),
            Map.entry("GET /office/requests/file", RESEARCHERS),
            Map.entry("POST /office/requests/file", Set.of()),
            Map.entry("GET /office/requests/new/{procedure}/{edition}", RESEARCHERS),
            Map.entry("POST /office/requests/new/{procedure}/{edition}", Set.of()),
            Map.entry("GET /office/requests/{permit}", READERS),
            Map.entry("GET /office/requests/{permit}/amend", Set.of()),
            Map.entry("POST /office/requests/{permit}/amend", Set.of()),
            Map.entry("GET /office/requests/{permit}/retract", APPLICANT),
            Map.entry("POST /office/requests/{permit}/retract", APPLICANT),
            Map.entry("GET /office/requests/{permit}/refuse", MEMBERS),
            Map.entry("POST /office/requests/{permit}/refuse", MEMBERS),
            Map.entry("GET /office/requests/{permit}/grant", MEMBERS),
            Map.entry("POST /office/requests/{permit}/grant", MEMBERS),
            Map.entry("GET /office/outputs", Set.of("applicant", "stranger", "checker", "other-checker", "auditor")),
            Map.entry("GET /office/outputs/{output}", Set.of()),
            Map.entry("POST /office/outputs/{output}", Set.of()),
            Map.entry("GET /office/outputs/{output}/asking", Set.of()),
            Map.entry("POST /office/outputs/{output}/asking", Set.of()),
            Map.entry("GET /office/deposits", Set.of("manager")),
            Map.entry("GET /office/deposits/{deposit}/withdraw", Set.of()),
            Map.entry("POST /office/deposits/{deposit}/withdraw", Set.of()),
            Map.entry("GET /office/producers", FOLLOWERS),
            Map.entry("GET /office/producers/{producer}", FOLLOWERS),
            Map.entry("GET /office/producers/{producer}/{delivery}/withdraw", Set.of("producer")),
            Map.entry("POST /office/producers/{producer}/{delivery}/withdraw", Set.of("producer")),
            Map.entry("GET /office/withdrawals", Set.of("producer", "member", "second", "manager", "auditor")),
            Map.entry("GET /office/withdrawals/{withdrawal}/decide", Set.of()),
            Map.entry("POST /office/withdrawals/{withdrawal}/decide", Set.of()),
            Map.entry("GET /office/accounts", Set.of("administrator", "auditor", "officer")),
            Map.entry("POST /office/accounts", Set.of()),
            Map.entry("GET /office/accounts/{account}/review", Set.of()),
            Map.entry("POST /office/accounts/{account}/review", Set.of()),
            Map.entry("GET /office/validity", Set.of("*")),
            Map.entry("POST /office/prove", Set.of()),
            Map.entry("GET /office/accounts/{account}/close", Set.of()),
            Map.entry("POST /office/accounts/{account}/close", Set.of()));

    /** Routes with an act in them are asked with these acts. */
    private static final List<String> ACTS = List.of("retract", "refuse", "grant");

    /** What everybody sees of the office, and what answers for an address that nobody has. */
    private static final Set<String> DOOR = Set.of(
            "GET /office/sign-in",
            "POST /office/sign-in",
            "POST /office/sign-out",
            "POST /office/sign-in/provider",
            "GET /office/sign-in/back",
            "GET /office/claim",
            "POST /office/claim",
            "ANY /office/stale",
            "ANY /office/unfinished",
            "ANY /office/{*rest}");

    @TempDir
    static Path folder = Path.of("");

    private static Optional<OfficeHub> opened = Optional.empty();

    @BeforeAll
    static void open() throws IOException {
        opened = Optional.of(new OfficeHub(folder));
    }

    @AfterAll
    static void close() {
        opened.ifPresent(OfficeHub::close);
    }

    private static OfficeHub office() {
        return opened.orElseThrow();
    }

    // The door.

    @Test
    void theDoorTellsNobodyWhoHasAnAccountAndLeadsToNoOtherSite() throws Exception {
        var browser = new Browser(office().address(), "en");

        Page unknown = browser.signIn("nobody.at.all", OfficeHub.PASSWORD);
        Page wrong = browser.signIn("applicant", "not the password");
        Page away = browser.submit(
                browser.get(SIGN_IN + "?to=https://elsewhere.example/"),
                SIGN_IN,
                Map.of("login", "applicant", "password", OfficeHub.PASSWORD));

        assertThat(unknown.status()).isEqualTo(401);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.text().replace("nobody.at.all", "applicant")).isEqualTo(wrong.text());
        assertThat(away.path()).isEqualTo("/office");
        assertThat(away.status()).isEqualTo(200);
    }

    @Test
    void theCookieIsReadByNoScriptSentByNoOtherSiteAndOpensNoOtherDoor() throws Exception {
        var browser = new Browser(office().address(), "en");
        Page form = browser.get(SIGN_IN);
        String cookie = form.answer().headers().firstValue("Set-Cookie").orElseThrow();

        browser.submit(form, SIGN_IN, Map.of("login", "stranger", "password", OfficeHub.PASSWORD));
        String session = browser.cookies().getOrDefault("vauban-session", "");
        Page asToken =
                new Browser(office().address(), "en").post("/api/permits", "", "Authorization", "Bearer " + session);
        var asCookie = new Browser(office().address(), "en");
        asCookie.cookies().put("vauban-session", office().token("stranger"));

        assertThat(cookie)
                .contains("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/")
                .doesNotContain("Max-Age");
        assertThat(form.answer().headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .doesNotContain("script");
        assertThat(form.answer().headers().firstValue("Cache-Control").orElseThrow())
                .contains("no-store");
        assertThat(session).hasSizeGreaterThan(20);
        assertThat(asToken.status()).isEqualTo(401);
        assertThat(asCookie.get("/office").path()).startsWith(SIGN_IN);

        Page out = browser.submit(browser.get("/office"), "/office/sign-out", Map.of());
        browser.cookies().put("vauban-session", session);
        assertThat(out.path()).isEqualTo("/");
        assertThat(browser.get("/office").path()).startsWith(SIGN_IN);
    }

    @Test
    void aFormWithoutTheTokenOfItsSessionIsRefused() throws Exception {
        Browser applicant = office().signedIn("applicant");
        String strangers = Browser.token(office().signedIn("stranger")
                .get("/office")
                .form("/office/sign-out")
                .orElseThrow());
        String own =
                Browser.token(applicant.get("/office").form("/office/sign-out").orElseThrow());
        String choice = "&procedure=committee&edition=" + office().edition();

        assertThat(applicant.post("/office/requests/new", choice.substring(1)).status())
                .isEqualTo(403);
        assertThat(applicant
                        .post("/office/requests/new", "form-token=" + strangers + choice)
                        .status())
                .isEqualTo(403);
        Page foreign =
                applicant.post("/office/requests/new", "form-token=" + own + choice, "Sec-Fetch-Site", "cross-site");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.text()).contains("FORM_STALE");
        assertThat(applicant
                        .post("/office/requests/new", "form-token=" + own + choice)
                        .status())
                .isEqualTo(200);
    }

    // Who may do what.

    @Test
    void onEveryPageOnlyThoseSucceedWhoMayAndWhatIsForbiddenIsAsIfAbsent() throws Exception {
        Set<String> unexpected = forgotten(routes());
        String waiting = apply();
        List<String> people = List.of(
                "administrator",
                "manager",
                "applicant",
                "stranger",
                "member",
                "checker",
                "auditor",
                "officer",
                "producer");
        Map<String, String> tokens = new HashMap<>();
        for (String who : people) {
            Page entrance = office().signedIn(who).get("/office");
            tokens.put(who, Browser.token(entrance.form("/office/sign-out").orElseThrow()));
        }
        for (String route : new TreeSet<>(MAY.keySet())) {
            String method = route.split(" ", 2)[0];
            String path = route.split(" ", 2)[1];
            Page nobody = ask(new Browser(office().address(), "en"), method, filled(path, waiting), "");
            if (!nobody.path().startsWith(SIGN_IN)) {
                unexpected.add("without a session: " + route + " " + nobody.status());
            }
            for (String who : people) {
                Browser browser = office().signedIn(who);
                String token = tokens.getOrDefault(who, "");
                boolean may = MAY.getOrDefault(route, Set.of()).contains("*")
                        || MAY.getOrDefault(route, Set.of()).contains(who);
                boolean changes = may && method.equals("POST") && path.contains("{permit}");
                // What one person may do must not be in another one's way.
                String permit = changes ? apply() : waiting;
                Page answer = ask(browser, method, filled(path, permit), token);
                if (answer.status() < 300 != may) {
                    unexpected.add(who + ": " + route + " " + answer.status());
                }
                if (path.contains("{permit}") && !READERS.contains(who)) {
                    Page absent = ask(browser, method, filled(path, "p-absent0000"), token);
                    if (absent.status() != 404 || !absent.text().equals(answer.text()) || answer.status() != 404) {
                        unexpected.add(who + ": " + route + " tells that the request exists");
                    }
                }
                if (path.contains("{producer}") && !FOLLOWERS.contains(who)) {
                    Page absent = ask(
                            browser, method, filled(path, waiting).replace(OfficeHub.PRODUCER, "hospital-0"), token);
                    if (absent.status() != 404
                            || answer.status() != 404
                            || !absent.text().equals(answer.text())) {
                        unexpected.add(who + ": " + route + " tells that the producer exists");
                    }
                }
            }
        }

        assertThat(unexpected).isEmpty();
    }

    @Test
    void aNewPageCannotBeForgotten() {
        Set<String> planted = new TreeSet<>(routes());
        planted.add("GET /office/planted");

        assertThat(forgotten(planted)).containsExactly("nobody has said who may GET /office/planted");
        assertThat(routes()).hasSizeGreaterThan(25);
    }

    private static Set<String> forgotten(Set<String> routes) {
        Set<String> forgotten = new TreeSet<>();
        for (String route : routes) {
            if (!MAY.containsKey(route) && !DOOR.contains(route)) {
                forgotten.add("nobody has said who may " + route);
            }
        }
        return forgotten;
    }

    /** Every route of the office, as its pages declare them. */
    static Set<String> routes() {
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
        Set<String> routes = new TreeSet<>();
        for (var found : scan.findCandidateComponents("org.vauban.app.page.office")) {
            try {
                for (Method method : Class.forName(found.getBeanClassName()).getDeclaredMethods()) {
                    var mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                    if (mapping != null) {
                        List<String> methods = new ArrayList<>();
                        for (RequestMethod each : mapping.method()) {
                            methods.add(each.name());
                        }
                        for (String path : mapping.path()) {
                            add(routes, methods.isEmpty() ? List.of("ANY") : methods, path);
                        }
                    }
                }
            } catch (ClassNotFoundException gone) {
                throw new IllegalStateException(gone);
            }
        }
        return routes;
    }

    private static void add(Set<String> routes, List<String> methods, String path) {
        for (String method : methods) {
            if (path.contains("{act}")) {
                ACTS.forEach(act -> routes.add(method + " " + path.replace("{act}", act)));
            } else {
                routes.add(method + " " + path);
            }
        }
    }

    private static String filled(String path, String permit) {
        return path.replace("{permit}", permit)
                .replace("{procedure}", "committee")
                .replace("{edition}", office().edition())
                .replace("{output}", "o-absent0000")
                .replace("{deposit}", "d-absent0000")
                .replace("{producer}", OfficeHub.PRODUCER)
                .replace("{delivery}", "everything")
                .replace("{withdrawal}", "w-absent0000")
                .replace("{account}", "a-absent0000");
    }

    private static Page ask(Browser browser, String method, String path, String token) throws Exception {
        return method.equals("GET")
                ? browser.get(path)
                : browser.post(
                        path,
                        "form-token=" + token + "&text=because&decision=approve&procedure=committee&edition="
                                + office().edition());
    }

    /** A request of the applicant's to the committee, by file: ready to be decided. */
    private static String apply() throws Exception {
        Browser applicant = office().signedIn("applicant");
        Page filed = applicant.upload(
                applicant.get("/office/requests/new"),
                "/office/requests/file",
                "file",
                SmallHospital.application(office().edition()));
        assertThat(filed.status()).as(filed.text()).isEqualTo(200);
        return filed.path().replaceAll("\\?.*", "").replaceAll(".*/", "");
    }

    // The standard procedure.

    @Test
    void theStandardProcedureThroughThePagesInBothLanguages() throws Exception {
        new ProcedureByPages(office()).walk();
    }

    // Producers.

    @Test
    void aProducerTakesItsDataBackThroughThePagesAndAMemberDecidesWhatFollows() throws Exception {
        var producer = new Browser(office().address(), "fr");
        producer.signIn("producer", OfficeHub.PASSWORD);
        String own = "/office/producers/" + OfficeHub.PRODUCER;
        String takeBack = own + "/everything/withdraw";

        assertThat(producer.get("/office/producers").links(own)).isNotEmpty();
        assertThat(producer.get(own).text()).contains("Analyses qui ont pu lire les lignes");
        Page silent = producer.submit(producer.get(takeBack), takeBack, Map.of());
        Page taken = producer.submit(producer.get(takeBack), takeBack, Map.of("text", "La convention a pris fin."));

        assertThat(silent.status()).isEqualTo(400);
        assertThat(silent.html()).contains("href=\"#text\"");
        assertThat(taken.text()).contains("C’est repris").contains("permis en cours : à décider");
        assertThat(taken.links("/office/withdrawals/w-"))
                .as("who takes back decides nothing")
                .isEmpty();

        Browser member = office().signedIn("member");
        assertThat(member.get("/office").text()).contains("Decide what becomes of permits in force");
        String decide = member.get("/office/withdrawals")
                .links("/office/withdrawals/w-")
                .getFirst();
        Page unsaid = member.submit(member.get(decide), decide, Map.of("text", "The agreement says so."));
        Page decided =
                member.submit(member.get(decide), decide, Map.of("permits", "end", "text", "The agreement says so."));

        assertThat(unsaid.html()).contains("href=\"#permits\"");
        assertThat(decided.text()).contains("The decision is on record.").contains("the editions are read no more");
        assertThat(member.get(decide).status()).isEqualTo(404);
    }

    // What cannot be taken back.

    @Test
    void fiveMinutesAfterThePasswordADecisionAsksForItAgain() throws Exception {
        String permit = apply();
        var member = new Browser(office().address(), "en");
        member.signIn("member", OfficeHub.PASSWORD);
        String grant = "/office/requests/" + permit + "/grant";
        assertThat(member.get(grant).html()).doesNotContain("id=\"password\"");

        office().advance(Duration.ofMinutes(5));
        Page form = member.get(grant);
        Page without = member.submit(form, grant, Map.of());
        Page wrong = member.submit(form, grant, Map.of("password", "not the password"));
        Page right = member.submit(form, grant, Map.of("password", OfficeHub.PASSWORD));

        assertThat(form.html()).contains("id=\"password\"");
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.html()).contains("href=\"#password\"");
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.text()).contains("The password is wrong");
        assertThat(right.text()).contains("The permit is granted.");
        member.submit(
                member.get("/office/requests/" + permit + "/withdraw"),
                "/office/requests/" + permit + "/withdraw",
                Map.of("text", "The test is over."));
    }

    // The airlock.

    @Test
    void anOutputLeavesThroughThePagesAfterTwoOtherPeopleApproved() throws Exception {
        String permit = apply();
        Browser member = office().signedIn("member");
        String grant = "/office/requests/" + permit + "/grant";
        member.submit(member.get(grant), grant, Map.of());
        run(permit);

        Browser applicant = office().signedIn("applicant");
        String output =
                applicant.get("/office/outputs").links("/office/outputs/o-").getFirst();
        Page inside = applicant.get(output);
        assertThat(inside.text()).contains("Cleared");
        Page asked = applicant.submit(inside, output + "/asking", Map.of());
        assertThat(asked.text()).contains("The output asks to leave.");
        String own = Browser.token(asked.form("/office/sign-out").orElseThrow());
        assertThat(asked.form(output))
                .as("the author sees no form to review with")
                .isEmpty();
        Page refused = applicant.post(output, "form-token=" + own + "&decision=approve&text=mine");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("An author may not review the own output.");

        Browser checker = office().signedIn("checker");
        assertThat(checker.get("/office").text()).contains("Review an output");
        Page seen = checker.get(output);
        assertThat(seen.text()).contains("The machine’s verdict").contains("0 of 2 approvals");
        assertThat(seen.html()).contains("<table");
        assertThat(checker.submit(seen, output, Map.of("decision", "approve")).text())
                .contains("The field \"Your words\" is missing");
        Page approved = checker.submit(seen, output, Map.of("decision", "approve", "text", "Large groups."));
        assertThat(approved.text()).contains("Your approval is on record.").contains("1 of 2 approvals");
        assertThat(approved.form(output)).as("nobody reviews twice").isEmpty();

        Browser other = office().signedIn("other-checker");
        Page released = other.submit(other.get(output), output, Map.of("decision", "approve", "text", "I agree."));
        assertThat(released.text()).contains("released");
        assertThat(office().hub().register().documents()).isNotEmpty();
    }

    private static void run(String permit) throws Exception {
        var hub = office().hub();
        var researcher = hub.people().actor(office().token("applicant"));
        ProjectId project = hub.permits().list(researcher).stream()
                .filter(each -> each.id().value().equals(permit))
                .findFirst()
                .orElseThrow()
                .project();
        Gate gate = hub.gate();
        gate.run(
                researcher,
                new org.vauban.gate.StudyRequest(
                        SmallHospital.study(folder.resolve("study")),
                        new org.vauban.omop.EditionId(office().edition()),
                        project),
                org.vauban.cohort.EvaluationProgress.SILENT);
    }
}
