package org.vauban.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.vauban.app.server.Browser.Page;
import org.vauban.procedure.Procedure;
import org.vauban.procedure.Procedures;
import org.vauban.procedure.Step;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The standard procedure of the SNDS through the pages, by people who read French and people who read English, on one clock: question,
 * extension, silence, refusal, appeal, grant, amendment, renewal, withdrawal. After each act the page says what the API says.
 */
final class ProcedureByPages {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String FRENCH = "fr";
    private static final List<String> LANGUAGES = List.of(FRENCH, "en");

    private final OfficeHub office;
    private String auditor;

    /** The request of each language that is under way. */
    private final Map<String, String> permits = new LinkedHashMap<>();

    ProcedureByPages(OfficeHub office) {
        this.office = office;
        this.auditor = office.token("auditor");
    }

    void walk() throws Exception {
        each(this::fileByForm);
        offers("applicant", "retract");
        offers("member", "ask", "conclude", "refuse");

        each(language -> act("member", "conclude", Map.of("outcome", "favourable", "text", "Complet"), language));
        days(7);
        each(language -> act("member", "ask", Map.of("text", "Which hospitals?"), language));
        offers("member");
        days(9);
        assertThat(text("applicant", "/office", FRENCH)).contains("Répondre à une question : Avis du CESREES");
        each(language -> act("applicant", "answer", Map.of("text", "The four."), language));
        each(language -> act(
                "member",
                "conclude",
                Map.of("outcome", "favourable", "text", "Well made.", "document", "sha256:11"),
                language));
        each(language -> act("member", "extend", Map.of("text", "Many requests."), language));
        offers("member", "ask", "conclude", "refuse");

        days(150);
        assertThat(text("member", "/office", "en"))
                .contains("The term has passed")
                .contains("Overdue.");
        assertThat(text("member", "/office", FRENCH))
                .contains("Le délai est passé")
                .contains("En retard.");
        offers("member", "ask", "conclude", "silence", "refuse");
        each(language -> act("member", "silence", Map.of(), language));
        each(language ->
                act("member", "conclude", Map.of("outcome", "unfavourable", "text", "No signature."), language));
        offers("member");
        offers("applicant", "appeal");
        each(language -> act("applicant", "appeal", Map.of("text", "It is signed now."), language));
        each(language -> act("member", "conclude", Map.of("outcome", "favourable", "text", "Signed."), language));
        offers("member", "refuse");
        offers("second", "grant", "refuse");
        each(language -> act("second", "grant", Map.of(), language));
        offers("applicant", "amend", "renew");

        Map<String, String> granted = Map.copyOf(permits);
        each(language -> act("applicant", "amend", Map.of("title-en", "Another title"), language));
        each(this::throughAllSteps);
        for (String permit : granted.values()) {
            assertThat(course(permit).path("state").asString()).isEqualTo("replaced");
        }

        Map<String, String> amended = Map.copyOf(permits);
        each(language -> act("applicant", "renew", Map.of("end", "2029-12-31"), language));
        each(language -> act("second", "refuse", Map.of("text", "Not before a first result."), language));
        permits.putAll(amended);
        offers("second", "withdraw");
        each(language -> act("second", "withdraw", Map.of("text", "The study is over."), language));
        offers("applicant");
    }

    /** An act that a page of the office can do, in one language. */
    private interface Doing {
        void in(String language) throws Exception;
    }

    private void each(Doing act) throws Exception {
        for (String language : LANGUAGES) {
            act.in(language);
        }
    }

    private void days(int days) {
        office.days(days);
        auditor = office.token("auditor");
    }

    private Browser reader(String who, String language) throws Exception {
        return office.signedIn(who).in(language);
    }

    private String text(String who, String path, String language) throws Exception {
        return reader(who, language).get(path).text();
    }

    private void fileByForm(String language) throws Exception {
        Browser applicant = reader("applicant", language);
        Page form = applicant.submit(
                applicant.get("/office/requests/new"),
                "/office/requests/new",
                Map.of("procedure", "snds-standard", "edition", office.edition()));
        Map<String, String> fields = new LinkedHashMap<>(Map.of(
                "title-fr", "Un titre",
                "title-en", "A title",
                "summary-fr", "Pourquoi",
                "summary-en", "Why",
                "organisation", "Une université",
                "purpose", "public-health",
                "persons", "applicant\nstranger",
                "columns", "drug_era.person_id,drug_era.drug_concept_id",
                "from", "2020-01-01"));
        for (String piece : standard().pieces()) {
            fields.put("piece-" + piece, "sha256:00");
        }
        fields.put("to", "not a day");

        Page wrong = applicant.submit(form, form.path(), fields);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.html())
                .contains("href=\"#to\"")
                .contains("href=\"#end\"")
                .contains("id=\"wrong-to\"");

        Page filed = applicant.submit(wrong, form.path(), Map.of("to", "2024-12-31", "end", "2028-12-31"));
        assertThat(filed.text()).contains(words(language, "done.new"));
        permits.put(language, filed.path().replaceAll("\\?.*", "").replaceAll(".*/", ""));
        assertThat(filed.text()).contains("drug_concept_id, person_id").contains("applicant, stranger");
        agrees(applicant, language);
    }

    private void throughAllSteps(String language) throws Exception {
        for (Step step : standard().steps()) {
            assertThat(course(permits.getOrDefault(language, "")).path("step").asString())
                    .isEqualTo(step.name());
            act("member", "conclude", Map.of("outcome", "favourable", "text", "As before."), language);
        }
        act("second", "grant", Map.of(), language);
    }

    /** Follows the button on the request's page, fills in its form, and looks at what came of it. */
    private void act(String who, String act, Map<String, String> fields, String language) throws Exception {
        Browser browser = reader(who, language);
        String address = "/office/requests/" + permits.getOrDefault(language, "");
        String button = browser.get(address).links(address + '/' + act).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError(who + " is not offered to " + act));
        Page done = browser.submit(browser.get(button), button, fields);
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(done.text()).contains(words(language, "done." + act));
        permits.put(language, done.path().replaceAll("\\?.*", "").replaceAll(".*/", ""));
        agrees(browser, language);
    }

    /** What the page offers to somebody now, and nothing else. */
    private void offers(String who, String... acts) throws Exception {
        for (String language : LANGUAGES) {
            String address = "/office/requests/" + permits.getOrDefault(language, "");
            Set<String> offered = new TreeSet<>();
            reader(who, language)
                    .get(address)
                    .links(address + '/')
                    .forEach(link -> offered.add(link.substring(address.length() + 1)));
            assertThat(offered).as("%s, %s", who, language).containsExactlyInAnyOrder(acts);
        }
    }

    /** The page says in its reader's words what the API says at the same moment. */
    private void agrees(Browser browser, String language) throws Exception {
        String permit = permits.getOrDefault(language, "");
        JsonNode course = course(permit);
        String text = browser.get("/office/requests/" + permit).text();
        List<String> expected = new ArrayList<>();
        String state = course.path("state").asString();
        expected.add(words(language, "permit.state." + state));
        boolean underWay = state.equals("requested");
        if (underWay && !course.path("step").isNull()) {
            Step step = standard().step(course.path("step").asString()).orElseThrow();
            expected.add(step.label().in(Locale.of(language)));
        }
        if (underWay && course.path("standing").asString().equals("ready")) {
            expected.add(words(language, "standing.ready"));
        }
        for (String day : List.of("due", "stopped", "answerBy")) {
            if (underWay && !course.path(day).isNull()) {
                expected.add(written(course.path(day).asString(), language));
            }
        }
        course.path("events").forEach(event -> {
            expected.add(words(language, "output.entry")
                    .replace("{0}", event.path("logIndex").asString()));
            expected.add(event.path("text").asString());
            expected.add(
                    event.path("outcome").isNull()
                            ? words(language, "event." + event.path("event").asString())
                            : words(language, "outcome." + event.path("outcome").asString()));
        });
        assertThat(text).contains(expected.toArray(String[]::new));
        assertThat(text.contains(words(language, "clock.late")))
                .as("late, in words")
                .isEqualTo(underWay && course.path("overdue").asBoolean());
    }

    private JsonNode course(String permit) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(office.address() + "/api/permits/" + permit + "/course"))
                        .header("Authorization", "Bearer " + auditor)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static Procedure standard() {
        return Procedures.named("snds-standard").orElseThrow();
    }

    private static String written(String day, String language) {
        return LocalDate.parse(day).format(DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.of(language)));
    }

    private static String words(String language, String key) {
        var texts = new Properties();
        try (var stream = Objects.requireNonNull(
                ProcedureByPages.class.getResourceAsStream("/org/vauban/app/page/pages_" + language + ".properties"))) {
            texts.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException unread) {
            throw new java.io.UncheckedIOException(unread);
        }
        return texts.getProperty(key);
    }
}
