package org.vauban.app.page.office;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.vauban.app.page.Days;
import org.vauban.hub.Hub;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.EditionId;
import org.vauban.people.Visitor;
import org.vauban.permit.Extent;
import org.vauban.permit.Permit;
import org.vauban.permit.PermitAct;
import org.vauban.permit.PermitId;
import org.vauban.permit.PermitTerms;
import org.vauban.permit.Progress;
import org.vauban.procedure.Course;
import org.vauban.trajectory.Period;

/** One request: where it stands, what may happen next and who may do it, what happened, and what is asked for. */
@Controller
final class RequestPage {
    private final Hub hub;
    private final Sentences sentences;

    RequestPage(Hub hub, Sentences sentences) {
        this.hub = hub;
        this.sentences = sentences;
    }

    /**
     * A request as the page shows it.
     *
     * @param clock what the clock says, in a sentence
     * @param next what may happen next, and who may do it
     * @param mine what the reader may do now
     */
    public record ShownRequest(
            String address,
            String id,
            String title,
            String state,
            String standing,
            String clock,
            String answerBy,
            boolean overdue,
            List<Next> next,
            List<String> mine,
            ShownCourse course,
            String follows) {}

    /** Something that may happen next. */
    public record Next(String what, String who) {}

    /** What is asked for. */
    public record ShownTerms(
            String summary,
            String organisation,
            String purpose,
            String applicant,
            String procedure,
            String source,
            boolean inForce,
            String requested,
            String persons,
            String editions,
            Map<String, String> tables,
            String period,
            List<String> limits,
            String end,
            String project,
            Map<String, String> pieces,
            String missing) {}

    @GetMapping("/office/requests/{permit}")
    String request(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String permit,
            @RequestParam(defaultValue = "") String done,
            Model model,
            Locale language) {
        Progress progress = hub.permits().progress(visitor.actor(), id(permit));
        model.addAttribute("request", shown(progress, visitor, language));
        model.addAttribute("terms", terms(progress, language));
        model.addAttribute(
                "done",
                Set.of("new", "amend").contains(done) || PermitAct.named(done).isPresent() ? done : "");
        return "office/request";
    }

    private ShownRequest shown(Progress progress, Visitor visitor, Locale language) {
        Permit permit = progress.permit();
        return new ShownRequest(
                "/office/requests/" + permit.id(),
                permit.id().value(),
                Sentences.title(permit, language),
                sentences.state(permit, language),
                sentences.standing(progress, language),
                sentences.clock(progress, language),
                sentences.answerBy(progress, language),
                sentences.isOverdue(progress),
                Sentences.inOrder(hub.permits().possible(progress)).stream()
                        .map(act -> next(act, language))
                        .toList(),
                Sentences.inOrder(hub.permits().possible(visitor.actor(), progress)).stream()
                        .map(PermitAct::word)
                        .toList(),
                ShownCourse.of(progress, sentences, language),
                hub.permits().followed(permit.id()).map(PermitId::value).orElse(""));
    }

    private Next next(PermitAct act, Locale language) {
        String who = switch (act.party()) {
            case APPLICANT -> "party.applicant";
            case COMMITTEE ->
                act == PermitAct.GRANT
                        ? "party.other-member"
                        : act == PermitAct.WITHDRAW ? "party.any-member" : "party.member";
        };
        return new Next(sentences.say("act." + act.word(), language), sentences.say(who, language));
    }

    private ShownTerms terms(Progress progress, Locale language) {
        Permit permit = progress.permit();
        PermitTerms terms = permit.terms();
        Map<String, String> pieces = new TreeMap<>();
        terms.dossier()
                .pieces()
                .forEach((piece, reference) -> pieces.put(sentences.say("field.piece-" + piece, language), reference));
        return new ShownTerms(
                Sentences.summary(permit, language),
                terms.presentation().organisation(),
                sentences.say("purpose." + terms.purpose().word(), language),
                sentences.say("applicant." + terms.dossier().applicant().word(), language),
                progress.procedure().label().in(language),
                progress.procedure().source(),
                progress.inForce(),
                Days.written(Course.day(permit.requested()), language),
                String.join(", ", terms.persons()),
                terms.extent().editions().stream().map(EditionId::value).collect(Collectors.joining(", ")),
                tables(terms),
                terms.extent().period().equals(Period.ALWAYS)
                        ? sentences.say("register.period.all", language)
                        : sentences.say(
                                "register.period.from-to",
                                language,
                                Days.written(terms.extent().period().from(), language),
                                Days.written(terms.extent().period().to(), language)),
                limits(terms.extent(), language),
                Days.written(terms.end(), language),
                permit.project().value(),
                pieces,
                progress.procedure().pieces().stream()
                        .filter(piece -> !terms.dossier().pieces().containsKey(piece))
                        .map(piece -> sentences.say("field.piece-" + piece, language))
                        .collect(Collectors.joining(", ")));
    }

    /** Which persons and rows there are, which potential identifiers and why, and what is not granted although it was asked for. */
    private List<String> limits(Extent extent, Locale language) {
        Stream<String> population =
                extent.population().stream().map(each -> sentences.say("request.population", language, each.name()));
        Stream<String> concepts = extent.conceptsByTable().entrySet().stream()
                .map(each ->
                        sentences.say("request.concepts", language, each.getKey(), String.join(", ", each.getValue())));
        Stream<String> identifiers = extent.justified().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> sentences.say(
                        "request.identifier", language, each.getKey().word(), each.getValue()));
        Stream<String> without = Stream.of(extent.unjustified().stream()
                        .map(CdmColumn::qualifiedName)
                        .sorted()
                        .collect(Collectors.joining(", ")))
                .filter(columns -> !columns.isEmpty())
                .map(columns -> sentences.say("request.unjustified", language, columns));
        return Stream.of(population, concepts, identifiers, without)
                .flatMap(lines -> lines)
                .toList();
    }

    private static Map<String, String> tables(PermitTerms terms) {
        return terms.extent().columns().stream()
                .sorted()
                .collect(Collectors.groupingBy(
                        column -> column.table().tableName(),
                        TreeMap::new,
                        Collectors.mapping(CdmColumn::name, Collectors.joining(", "))));
    }

    /** What is no name of a permit names none. */
    static PermitId id(String permit) {
        try {
            return new PermitId(permit);
        } catch (IllegalArgumentException _) {
            throw Rooms.absent();
        }
    }
}
