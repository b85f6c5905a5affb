package org.vauban.app.api;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vauban.app.api.PermitResource.PermitDocument;
import org.vauban.document.Documents;
import org.vauban.document.Fields;
import org.vauban.hub.Hub;
import org.vauban.people.Actor;
import org.vauban.permit.Applications;
import org.vauban.permit.Happening;
import org.vauban.permit.PermitId;
import org.vauban.permit.Progress;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.Problems;
import org.vauban.procedure.Course;
import org.vauban.procedure.Event;
import org.vauban.procedure.Outcome;
import org.vauban.procedure.Procedure;
import org.vauban.procedure.Procedures;
import org.vauban.procedure.Standing;
import org.vauban.procedure.Step;

/** Requests on their way: what the command line's permit verbs do, for programs. */
@RestController
final class ProcedureResource {
    private final Hub hub;

    ProcedureResource(Hub hub) {
        this.hub = hub;
    }

    /** A procedure in the API. */
    record ProcedureDocument(
            String procedure,
            int version,
            Map<String, String> name,
            String source,
            Optional<LocalDate> from,
            Optional<LocalDate> to,
            boolean inForce,
            List<String> pieces,
            List<String> steps) {
        static ProcedureDocument of(Procedure procedure, LocalDate today) {
            return new ProcedureDocument(
                    procedure.name(),
                    procedure.version(),
                    Map.of(
                            "fr", procedure.label().french(),
                            "en", procedure.label().english()),
                    procedure.source(),
                    procedure.from(),
                    procedure.to(),
                    procedure.isInForce(today),
                    procedure.pieces(),
                    procedure.steps().stream().map(Step::name).toList());
        }
    }

    /** Something that happened to a request, in the API. */
    record EventDocument(
            String event,
            String step,
            Optional<String> outcome,
            String at,
            String by,
            String text,
            String document,
            long logIndex) {
        static EventDocument of(Happening happening) {
            Event event = happening.event();
            return new EventDocument(
                    word(event.kind()),
                    event.step(),
                    event.outcome().map(ProcedureResource::word),
                    event.at().toString(),
                    happening.actor().value(),
                    happening.text(),
                    happening.document(),
                    happening.logIndex());
        }
    }

    /** Where a request stands, in the API. */
    record CourseDocument(
            String permit,
            String state,
            String procedure,
            boolean inForce,
            String standing,
            Optional<String> step,
            Optional<LocalDate> due,
            boolean overdue,
            Optional<LocalDate> stopped,
            Optional<LocalDate> answerBy,
            List<String> possible,
            List<EventDocument> events) {
        static CourseDocument of(Progress progress) {
            Standing standing = progress.standing();
            return new CourseDocument(
                    progress.permit().id().value(),
                    progress.permit().state().word(),
                    progress.procedure().reference(),
                    progress.inForce(),
                    word(standing.state()),
                    standing.step().map(Step::name),
                    standing.clock().map(Standing.Clock::due),
                    standing.clock().map(Standing.Clock::overdue).orElse(false),
                    standing.clock().flatMap(Standing.Clock::stopped),
                    standing.answerBy(),
                    standing.possible().stream()
                            .map(ProcedureResource::word)
                            .sorted()
                            .toList(),
                    progress.happenings().stream().map(EventDocument::of).toList());
        }
    }

    @GetMapping("/api/procedures")
    Page<ProcedureDocument> procedures() {
        LocalDate today = Course.day(hub.clock().instant());
        List<ProcedureDocument> all = Procedures.shipped().stream()
                .map(procedure -> ProcedureDocument.of(procedure, today))
                .toList();
        return Page.of(all, 0, all.size());
    }

    @GetMapping("/api/permits/{permit}/course")
    CourseDocument course(@AuthenticationPrincipal Actor actor, @PathVariable String permit) {
        return CourseDocument.of(hub.permits().progress(actor, id(permit)));
    }

    /** Files an application: PERMIT.yaml, or the same as JSON. */
    @PostMapping("/api/permits")
    @ResponseStatus(HttpStatus.CREATED)
    PermitDocument request(@AuthenticationPrincipal Actor actor, @RequestBody String document) {
        return PermitDocument.of(hub.permits().request(actor, Documents.yaml("PERMIT.yaml", document)));
    }

    /** Asks for other terms in the same project space. */
    @PostMapping("/api/permits/{permit}/amendments")
    @ResponseStatus(HttpStatus.CREATED)
    PermitDocument amend(
            @AuthenticationPrincipal Actor actor, @PathVariable String permit, @RequestBody String document) {
        return PermitDocument.of(
                hub.permits().amend(actor, seen(actor, permit), Documents.yaml("PERMIT.yaml", document)));
    }

    /** Asks for more time: {@code {"end": "2027-12-31"}}. */
    @PostMapping("/api/permits/{permit}/renewals")
    @ResponseStatus(HttpStatus.CREATED)
    PermitDocument renew(
            @AuthenticationPrincipal Actor actor, @PathVariable String permit, @RequestBody String document) {
        var problems = new Problems();
        Fields fields = fields(document, problems);
        LocalDate end = fields.date("end");
        done(fields, problems);
        return PermitDocument.of(hub.permits().renew(actor, seen(actor, permit), end));
    }

    /**
     * A question, an answer, a conclusion: {@code {"event": "concluded", "step": "completeness", "outcome": "favourable", "text": "…",
     * "document": "…"}}. With its step it is refused at any other.
     */
    @PostMapping("/api/permits/{permit}/events")
    CourseDocument proceed(
            @AuthenticationPrincipal Actor actor, @PathVariable String permit, @RequestBody String document) {
        var problems = new Problems();
        Fields fields = fields(document, problems);
        Event.Kind kind = fields.choice("event", Event.Kind.class, null);
        Optional<Outcome> outcome = fields.has("outcome") || kind == Event.Kind.CONCLUDED
                ? Optional.of(fields.choice("outcome", Outcome.class, null))
                : Optional.empty();
        Optional<String> step = fields.optionalText("step");
        String text = fields.optionalText("text").orElse("");
        String signed = fields.optionalText("document").orElse("");
        done(fields, problems);
        return CourseDocument.of(hub.permits()
                .proceed(actor, seen(actor, permit), new Applications.Deed(kind, step, outcome, text, signed)));
    }

    /** What a decision can be. */
    enum Decision {
        GRANT,
        REFUSE,
        WITHDRAW,
        RETRACT
    }

    /** The committee's word, or the applicant's retraction: {@code {"decision": "grant"}}, with a reason for the others. */
    @PostMapping("/api/permits/{permit}/decision")
    PermitDocument decide(
            @AuthenticationPrincipal Actor actor, @PathVariable String permit, @RequestBody String document) {
        var problems = new Problems();
        Fields fields = fields(document, problems);
        Decision decision = fields.choice("decision", Decision.class, null);
        String reason = fields.optionalText("reason").orElse("");
        done(fields, problems);
        PermitId id = seen(actor, permit);
        return PermitDocument.of(
                switch (decision) {
                    case GRANT -> hub.permits().grant(actor, id);
                    case REFUSE -> hub.permits().refuse(actor, id, reason);
                    case WITHDRAW -> hub.permits().withdraw(actor, id, reason);
                    case RETRACT -> hub.permits().retract(actor, id);
                });
    }

    /** What the caller may not see is not there, whatever is asked of it. */
    private PermitId seen(Actor actor, String permit) {
        return hub.permits().progress(actor, id(permit)).permit().id();
    }

    private static PermitId id(String permit) {
        try {
            return new PermitId(permit);
        } catch (IllegalArgumentException _) {
            throw Problem.of(ProblemCode.NOT_FOUND)
                    .with("what", "permit")
                    .found(permit)
                    .exception();
        }
    }

    private static Fields fields(String document, Problems problems) {
        return Fields.of(Documents.json("request", document), problems);
    }

    private static void done(Fields fields, Problems problems) {
        fields.noOthers();
        problems.throwIfAny();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
