package org.vauban.app.page.office;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.vauban.hub.Hub;
import org.vauban.people.Actor;
import org.vauban.people.Visitor;
import org.vauban.permit.Applications;
import org.vauban.permit.PermitAct;
import org.vauban.permit.PermitId;
import org.vauban.permit.Progress;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.procedure.Event;
import org.vauban.procedure.Outcome;
import org.vauban.procedure.Step;

/** One act on a request: what it means, what must be said with it, and the button. */
@Controller
final class ActPage {
    /** What decides asks for the password again. */
    private static final Set<PermitAct> DECIDES =
            EnumSet.of(PermitAct.CONCLUDE, PermitAct.SILENCE, PermitAct.GRANT, PermitAct.REFUSE, PermitAct.WITHDRAW);

    /** What asks for no words. */
    private static final Set<PermitAct> WITHOUT_WORDS =
            EnumSet.of(PermitAct.SILENCE, PermitAct.GRANT, PermitAct.RETRACT, PermitAct.RENEW);

    /** The field that says which step a form was shown for. */
    private static final String STEP = "step";

    private final Hub hub;
    private final Sentences sentences;
    private final StepUp stepUp;
    private final Mistakes mistakes;

    ActPage(Hub hub, Sentences sentences, StepUp stepUp, Mistakes mistakes) {
        this.hub = hub;
        this.sentences = sentences;
        this.stepUp = stepUp;
        this.mistakes = mistakes;
    }

    /**
     * An act as its page shows it.
     *
     * @param step the name of the open step, which the form gives back
     * @param meaning what follows from it
     * @param withText whether it asks for words
     */
    public record ShownAct(
            String word,
            String address,
            String request,
            String title,
            String standing,
            String step,
            String meaning,
            boolean withText,
            boolean withOutcome,
            boolean withEnd,
            boolean withPassword) {}

    @GetMapping("/office/requests/{permit}/{act}")
    String act(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String permit,
            @PathVariable String act,
            Model model,
            Locale language) {
        Progress progress = hub.permits().progress(visitor.actor(), RequestPage.id(permit));
        PermitAct asked = named(act);
        if (!hub.permits().possible(visitor.actor(), progress).contains(asked)) {
            throw Rooms.absent();
        }
        return show(visitor, progress, asked, Form.EMPTY, model, language);
    }

    @PostMapping("/office/requests/{permit}/{act}")
    String act(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String permit,
            @PathVariable String act,
            @RequestParam Map<String, String> fields,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Locale language) {
        Progress progress = hub.permits().progress(visitor.actor(), RequestPage.id(permit));
        PermitAct asked = named(act);
        Map<String, String> values = new TreeMap<>(fields);
        values.remove(StepUp.FIELD);
        try {
            requireSaid(asked, values);
            if (DECIDES.contains(asked)) {
                stepUp.require(visitor, request);
            }
            PermitId where = perform(visitor.actor(), progress.permit().id(), asked, values);
            return "redirect:/office/requests/" + where + "?done=" + asked.word();
        } catch (ProblemException refused) {
            Form form = mistakes.in(Form.of(values), refused, language);
            response.setStatus(refused.code().kind().httpStatus());
            return show(visitor, progress, asked, form, model, language);
        }
    }

    private static PermitAct named(String act) {
        return PermitAct.named(act).filter(found -> found != PermitAct.AMEND).orElseThrow(Rooms::absent);
    }

    private String show(Visitor visitor, Progress progress, PermitAct act, Form form, Model model, Locale language) {
        var permit = progress.permit();
        model.addAttribute(
                "act",
                new ShownAct(
                        act.word(),
                        "/office/requests/" + permit.id() + '/' + act.word(),
                        "/office/requests/" + permit.id(),
                        Sentences.title(permit, language),
                        sentences.standing(progress, language),
                        progress.standing().step().map(Step::name).orElse(""),
                        act == PermitAct.SILENCE
                                ? sentences.silence(progress, language)
                                : sentences.say("act." + act.word() + ".text", language),
                        !WITHOUT_WORDS.contains(act),
                        act == PermitAct.CONCLUDE,
                        act == PermitAct.RENEW,
                        DECIDES.contains(act) && stepUp.isAsked(visitor)));
        model.addAttribute("form", form);
        return "office/act";
    }

    private static void requireSaid(PermitAct act, Map<String, String> values) {
        if (act == PermitAct.CONCLUDE && said(values, "outcome").isEmpty()) {
            throw Mistakes.missing("outcome").exception();
        }
        if (act == PermitAct.RENEW && said(values, "end").isEmpty()) {
            throw Mistakes.missing("end").exception();
        }
        if (!WITHOUT_WORDS.contains(act) && said(values, "text").isEmpty()) {
            throw Mistakes.missing("text").exception();
        }
    }

    private static String said(Map<String, String> values, String field) {
        return values.getOrDefault(field, "").strip();
    }

    /** The hub's own methods, as the verbs and the API call them; gives the request to look at next. */
    private PermitId perform(Actor actor, PermitId permit, PermitAct act, Map<String, String> values) {
        String text = said(values, "text");
        return switch (act) {
            case ASK -> proceed(actor, permit, deed(Event.Kind.ASKED, values));
            case ANSWER -> proceed(actor, permit, deed(Event.Kind.ANSWERED, values));
            case EXTEND -> proceed(actor, permit, deed(Event.Kind.EXTENDED, values));
            case APPEAL -> proceed(actor, permit, deed(Event.Kind.APPEALED, values));
            case SILENCE -> proceed(actor, permit, deed(Event.Kind.SILENCE_NOTED, values));
            case CONCLUDE -> proceed(actor, permit, deed(Event.Kind.CONCLUDED, values));
            case GRANT -> hub.permits().grant(actor, permit).id();
            case REFUSE -> hub.permits().refuse(actor, permit, text).id();
            case WITHDRAW -> hub.permits().withdraw(actor, permit, text).id();
            case RETRACT -> hub.permits().retract(actor, permit).id();
            case RENEW ->
                hub.permits().renew(actor, permit, day(said(values, "end"))).id();
            case AMEND -> throw Rooms.absent();
        };
    }

    /** About the step that was open when the form was shown. */
    private static Applications.Deed deed(Event.Kind kind, Map<String, String> values) {
        return new Applications.Deed(
                kind,
                Optional.of(said(values, STEP)).filter(step -> !step.isEmpty()),
                kind == Event.Kind.CONCLUDED ? Optional.of(outcome(said(values, "outcome"))) : Optional.empty(),
                said(values, "text"),
                said(values, "document"));
    }

    private PermitId proceed(Actor actor, PermitId permit, Applications.Deed deed) {
        return hub.permits().proceed(actor, permit, deed).permit().id();
    }

    private static Outcome outcome(String word) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.name().toLowerCase(Locale.ROOT).equals(word)) {
                return outcome;
            }
        }
        throw Mistakes.missing("outcome").exception();
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException wrong) {
            throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                    .with("field", "end")
                    .expected(Phrase.A_DATE)
                    .found(text)
                    .exception(wrong);
        }
    }
}
