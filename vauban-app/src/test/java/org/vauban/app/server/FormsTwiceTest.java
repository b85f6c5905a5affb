package org.vauban.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.airlock.Airlock;
import org.vauban.airlock.Output;
import org.vauban.app.server.Browser.Filled;
import org.vauban.app.server.Browser.Page;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.deposit.Progress;
import org.vauban.deposit.SplitRequest;
import org.vauban.deposit.Splitter;
import org.vauban.deposit.envelope.Kind;
import org.vauban.deposit.envelope.RecipientKey;
import org.vauban.deposit.envelope.Zone;
import org.vauban.document.Documents;
import org.vauban.gate.StudyRequest;
import org.vauban.hub.Hub;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Applications;
import org.vauban.permit.Permit;
import org.vauban.permit.PermitAct;
import org.vauban.permit.PermitId;
import org.vauban.permit.PermitState;
import org.vauban.procedure.Event;
import org.vauban.procedure.Outcome;
import org.vauban.procedure.Procedures;

/**
 * Every form of the office, sent twice: one after the other as after a lost answer, and both at once as by a double click. Its act is done
 * once, which the log counts, and both are answered alike.
 */
class FormsTwiceTest {
    private static final String INSURER = "insurer";

    /** They say who is at the browser; what they make is a session, and a second one harms nobody. */
    private static final Set<String> OF_THE_SESSION = Set.of(
            "POST /office/sign-in",
            "POST /office/sign-in/provider",
            "POST /office/sign-out",
            "POST /office/claim",
            "POST /office/prove");

    @TempDir
    static Path folder = Path.of("");

    private static Optional<OfficeHub> opened = Optional.empty();
    private static final Map<String, Actor> ACTORS = new HashMap<>();
    private static final Set<String> USED = new HashSet<>();
    private static int number;

    @BeforeAll
    static void open() throws IOException {
        opened = Optional.of(new OfficeHub(folder));
        hub().deposits().register(actor("manager"), INSURER, Kind.SNDS, "Convention");
    }

    @AfterAll
    static void close() {
        opened.ifPresent(OfficeHub::close);
    }

    /** Somebody with a form that is filled in and ready to be sent. */
    private record Ready(Browser browser, Filled form) {}

    /** Makes something new that the form can be about. */
    private interface Preparation {
        Ready ready() throws Exception;
    }

    @Test
    void aFormThatIsSentTwiceDoesItsActOnce() throws Exception {
        Map<String, Preparation> forms = forms();
        Set<String> unexpected = forgotten(OfficeTest.routes(), forms.keySet());
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (var form : forms.entrySet()) {
                Ready first = form.getValue().ready();
                long before = entries();
                HttpResponse<String> done = first.browser().send(first.form());
                long entries = entries() - before;
                HttpResponse<String> again = first.browser().send(first.form());
                long more = entries() - before - entries;

                Ready second = form.getValue().ready();
                before = entries();
                Callable<HttpResponse<String>> click = () -> second.browser().send(second.form());
                List<HttpResponse<String>> both = new ArrayList<>();
                for (var sent : two.invokeAll(List.of(click, click))) {
                    both.add(sent.get());
                }
                long atOnce = entries() - before;

                boolean acts = !form.getKey().equals("POST /office/requests/new");
                if (done.statusCode() >= 400 || acts != entries > 0) {
                    unexpected.add(form.getKey() + " is not done: " + done.statusCode() + ", " + entries + " entries "
                            + new Page(0, "", done.body(), done).text());
                }
                if (more != 0 || !alike(done, again)) {
                    unexpected.add(form.getKey() + " once more: " + again.statusCode() + ", " + more + " entries");
                }
                if (atOnce != entries
                        || !alike(both.getFirst(), both.getLast())
                        || both.getFirst().statusCode() >= 400) {
                    unexpected.add(
                            form.getKey() + " at once: " + both.getFirst().statusCode() + ", "
                                    + both.getLast().statusCode() + ", " + atOnce + " entries");
                }
            }
        }

        assertThat(unexpected).isEmpty();
        assertThat(forms).hasSizeGreaterThan(20);
    }

    @Test
    void aNewFormCannotBeForgotten() {
        Set<String> planted = new TreeSet<>(OfficeTest.routes());
        planted.add("POST /office/planted");

        assertThat(forgotten(planted, forms().keySet())).containsExactly("nobody has sent POST /office/planted twice");
    }

    @Test
    void theSamePageWithOtherWordsIsAnotherForm() throws Exception {
        Browser applicant = office().signedIn("applicant");
        Page page = applicant.get("/office/requests/new");
        String application = SmallHospital.application(office().edition());
        Filled one = applicant.attached(page, "/office/requests/file", "file", application);
        Filled other =
                applicant.attached(page, "/office/requests/file", "file", application.replace("A title", "Another"));

        String first = location(applicant.send(one));
        String second = location(applicant.send(other));

        assertThat(first).contains("done=new");
        assertThat(second).contains("done=new").isNotEqualTo(first);
        assertThat(location(applicant.send(one))).isEqualTo(first);
    }

    /** The grant is decided, and the log does not take it: it has its effect when the log does, and by no second form. */
    @Test
    void aFormWhoseEndNobodyKnowsIsNotTakenAgainAndSaysSo() throws Exception {
        PermitId permit = requested();
        Ready ready = act("member", permit, "grant", Map.of());
        long before = entries();
        Path inTheWay = hub().ledgerFolder().resolve("tile/0/000.p/" + (before + 1));
        Files.createDirectories(inTheWay.resolve("in the way"));

        HttpResponse<String> fault = ready.browser().send(ready.form());
        HttpResponse<String> again = ready.browser().send(ready.form());
        Files.delete(inTheWay.resolve("in the way"));
        Files.delete(inTheWay);
        HttpResponse<String> later = ready.browser().send(ready.form());

        assertThat(fault.statusCode()).as(fault.body()).isBetween(500, 599);
        assertThat(again.body()).contains("FORM_UNFINISHED");
        assertThat(later.statusCode()).isEqualTo(403);
        assertThat(later.body()).contains("FORM_UNFINISHED");
        assertThat(entries()).isEqualTo(before + 1);
        assertThat(hub().permits().progress(actor("member"), permit).permit().state())
                .isEqualTo(PermitState.GRANTED);
    }

    private static Set<String> forgotten(Set<String> routes, Set<String> sent) {
        Set<String> forgotten = new TreeSet<>();
        for (String route : routes) {
            if (route.startsWith("POST ") && !route.contains("/requests/{permit}/")) {
                if (!sent.contains(route) && !OF_THE_SESSION.contains(route)) {
                    forgotten.add("nobody has sent " + route + " twice");
                }
            }
        }
        for (PermitAct act : PermitAct.values()) {
            if (!sent.contains(route(act))) {
                forgotten.add("nobody has sent " + route(act) + " twice");
            }
        }
        return forgotten;
    }

    private static boolean alike(HttpResponse<String> one, HttpResponse<String> other) {
        return one.statusCode() == other.statusCode()
                && location(one).equals(location(other))
                && one.body().equals(other.body());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static Map<String, Preparation> forms() {
        Map<String, Preparation> forms = new LinkedHashMap<>();
        forms.put(
                "POST /office/requests/new",
                () -> form(
                        "applicant",
                        "/office/requests/new",
                        "/office/requests/new",
                        Map.of("procedure", "committee", "edition", office().edition())));
        forms.put("POST /office/requests/file", () -> {
            Browser applicant = office().signedIn("applicant");
            return new Ready(
                    applicant,
                    applicant.attached(
                            applicant.get("/office/requests/new"),
                            "/office/requests/file",
                            "file",
                            SmallHospital.application(office().edition())));
        });
        forms.put("POST /office/requests/new/{procedure}/{edition}", () -> {
            String page = "/office/requests/new/committee/" + office().edition();
            return form(
                    "applicant",
                    page,
                    page,
                    Map.of(
                            "title-fr", "Un titre",
                            "title-en", "A title",
                            "summary-fr", "Pourquoi",
                            "summary-en", "Why",
                            "organisation", "A university",
                            "persons", "applicant",
                            "columns", "drug_era.person_id,drug_era.drug_concept_id",
                            "end", "2026-12-31"));
        });
        forms.put(route(PermitAct.AMEND), () -> act("applicant", granted(), "amend", Map.of("title-en", "Another")));
        forms.put(route(PermitAct.RENEW), () -> act("applicant", granted(), "renew", Map.of("end", "2027-06-30")));
        forms.put(route(PermitAct.WITHDRAW), () -> act("second", granted(), "withdraw", Map.of("text", "because")));
        forms.put(route(PermitAct.RETRACT), () -> act("applicant", requested(), "retract", Map.of()));
        forms.put(route(PermitAct.REFUSE), () -> act("member", requested(), "refuse", Map.of("text", "because")));
        forms.put(route(PermitAct.GRANT), () -> act("member", requested(), "grant", Map.of()));
        forms.put(
                route(PermitAct.CONCLUDE),
                () -> act("member", standard(), "conclude", Map.of("outcome", "favourable", "text", "Complete")));
        forms.put(route(PermitAct.ASK), () -> act("member", standard("favourable"), "ask", Map.of("text", "Which?")));
        forms.put(route(PermitAct.ANSWER), () -> {
            PermitId permit = standard("favourable");
            proceed("member", permit, Event.Kind.ASKED, Optional.empty());
            return act("applicant", permit, "answer", Map.of("text", "All."));
        });
        forms.put(
                route(PermitAct.EXTEND),
                () -> act("member", standard("favourable", "favourable"), "extend", Map.of("text", "Many requests.")));
        forms.put(
                route(PermitAct.APPEAL),
                () -> act("applicant", standard("unfavourable"), "appeal", Map.of("text", "It is complete.")));
        forms.put("POST /office/outputs/{output}/asking", () -> {
            String page = "/office/outputs/" + inside().id();
            return form("applicant", page, page + "/asking", Map.of());
        });
        forms.put("POST /office/outputs/{output}", () -> {
            Output output = inside();
            Airlock airlock = hub().airlock();
            airlock.request(actor("applicant"), output.analysis(), List.of(output.name()));
            String page = "/office/outputs/" + output.id();
            return form("checker", page, page, Map.of("decision", "approve", "text", "Large groups."));
        });
        forms.put("POST /office/deposits/{deposit}/withdraw", () -> {
            String page = "/office/deposits/" + deposited() + "/withdraw";
            return form("manager", page, page, Map.of());
        });
        forms.put("POST /office/producers/{producer}/{delivery}/withdraw", () -> {
            String page = "/office/producers/" + OfficeHub.PRODUCER + "/everything/withdraw";
            return form("producer", page, page, Map.of("text", "because"));
        });
        forms.put("POST /office/withdrawals/{withdrawal}/decide", () -> {
            var taken = hub().producers().withdraw(actor("producer"), OfficeHub.PRODUCER, Optional.empty(), "because");
            String page = "/office/withdrawals/" + taken.id() + "/decide";
            return form("member", page, page, Map.of("permits", "continue", "text", "because"));
        });
        forms.put(
                "POST /office/accounts",
                () -> form(
                        "administrator",
                        "/office/accounts",
                        "/office/accounts",
                        Map.of("name", "Somebody " + ++number, "roles", "researcher")));
        forms.put("POST /office/accounts/{account}/review", () -> {
            String page = "/office/accounts/" + invited() + "/review";
            return form("administrator", page, page, Map.of());
        });
        forms.put("POST /office/accounts/{account}/close", () -> {
            String page = "/office/accounts/" + invited() + "/close";
            return form("administrator", page, page, Map.of());
        });
        // The last, because months pass meanwhile.
        forms.put(route(PermitAct.SILENCE), () -> {
            PermitId permit = standard("favourable", "favourable");
            ACTORS.clear();
            office().days(100);
            return act("member", permit, "silence", Map.of());
        });
        return forms;
    }

    private static String route(PermitAct act) {
        return "POST /office/requests/{permit}/" + act.word();
    }

    private static Ready form(String who, String page, String action, Map<String, String> fields) throws Exception {
        Browser browser = office().signedIn(who);
        return new Ready(browser, browser.filled(browser.get(page), action, fields));
    }

    private static Ready act(String who, PermitId permit, String act, Map<String, String> fields) throws Exception {
        String page = "/office/requests/" + permit + '/' + act;
        return form(who, page, page, fields);
    }

    // What forms are about.

    private static PermitId requested() {
        return file(SmallHospital.application(office().edition())).id();
    }

    private static Permit file(String application) {
        return hub().permits().request(actor("applicant"), Documents.yaml("PERMIT.yaml", application));
    }

    private static PermitId granted() {
        return hub().permits().grant(actor("member"), requested()).id();
    }

    /** A request under the standard procedure, after these outcomes of its first steps. */
    private static PermitId standard(String... outcomes) {
        StringBuilder pieces = new StringBuilder("procedure: snds-standard\npieces:\n");
        Procedures.named("snds-standard")
                .orElseThrow()
                .pieces()
                .forEach(piece -> pieces.append("  ").append(piece).append(": \"sha256:00\"\n"));
        PermitId permit =
                file(SmallHospital.application(office().edition()) + pieces).id();
        for (String outcome : outcomes) {
            proceed(
                    "member",
                    permit,
                    Event.Kind.CONCLUDED,
                    Optional.of(outcome.equals("favourable") ? Outcome.FAVOURABLE : Outcome.UNFAVOURABLE));
        }
        return permit;
    }

    private static void proceed(String who, PermitId permit, Event.Kind kind, Optional<Outcome> outcome) {
        hub().permits().proceed(actor(who), permit, new Applications.Deed(kind, outcome, "because", "sha256:11"));
    }

    /** A cleared output that nobody has asked about. */
    private static Output inside() throws Exception {
        Optional<Output> unused = unused();
        if (unused.isPresent()) {
            return unused.get();
        }
        Permit permit = hub().permits().grant(actor("member"), requested());
        hub().gate()
                .run(
                        actor("applicant"),
                        new StudyRequest(
                                SmallHospital.study(folder.resolve("study")),
                                new EditionId(office().edition()),
                                permit.project()),
                        EvaluationProgress.SILENT);
        return unused().orElseThrow();
    }

    private static Optional<Output> unused() {
        return hub().airlock().list(actor("applicant")).stream()
                .filter(output -> output.state().equals("inside")
                        && output.verdict().equals("cleared")
                        && USED.add(output.id().value()))
                .findFirst();
    }

    private static String deposited() throws IOException {
        Path source = Files.createDirectories(folder.resolve("deposit-" + ++number));
        Files.writeString(source.resolve("T_MCO19D.csv"), "ETA_NUM;RSA_NUM;ASS_DGN\n1;" + number + ";K250\n");
        byte[] key = hub().deposits().deliveryKey(actor("manager"), INSURER);
        Path spool = folder.resolve("spool-" + number);
        Splitter.split(
                new SplitRequest(
                        source,
                        INSURER,
                        Optional.of(Kind.SNDS),
                        RecipientKey.of(Zone.HEALTH, key),
                        RecipientKey.of(Zone.IDENTITY, key),
                        spool,
                        Optional.empty(),
                        folder.resolve("rejects.csv"),
                        SplitRequest.PART_BYTES_DEFAULT),
                Progress.silent(),
                Clock.systemUTC());
        return hub().deposits()
                .receive(actor("manager"), spool.resolve("health"))
                .id()
                .value();
    }

    private static String invited() {
        return hub().people()
                .invite(actor("administrator"), "Somebody " + ++number, Set.of(Role.RESEARCHER))
                .account()
                .value();
    }

    private static OfficeHub office() {
        return opened.orElseThrow();
    }

    private static Hub hub() {
        return office().hub();
    }

    private static Actor actor(String login) {
        return Objects.requireNonNull(
                ACTORS.computeIfAbsent(login, who -> hub().people().actor(office().token(who))));
    }

    private static long entries() {
        return hub().journal().tiles().size();
    }
}
