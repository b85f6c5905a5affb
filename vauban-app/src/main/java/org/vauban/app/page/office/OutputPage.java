package org.vauban.app.page.office;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.vauban.airlock.Airlock;
import org.vauban.airlock.Output;
import org.vauban.disclosure.Cleared;
import org.vauban.disclosure.Verdict;
import org.vauban.disclosure.Withheld;
import org.vauban.document.Fields;
import org.vauban.hub.Hub;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.people.Visitor;
import org.vauban.print.Printed;
import org.vauban.problem.ProblemException;

/** One output as it would leave, beside the machine's verdict; and a person's decision on it. */
@Controller
final class OutputPage {
    private final Hub hub;
    private final Sentences sentences;
    private final StepUp stepUp;
    private final Mistakes mistakes;

    OutputPage(Hub hub, Sentences sentences, StepUp stepUp, Mistakes mistakes) {
        this.hub = hub;
        this.sentences = sentences;
        this.stepUp = stepUp;
        this.mistakes = mistakes;
    }

    /**
     * An output as the page shows it.
     *
     * @param digest of what is shown: the airlock releases nothing else
     * @param mine whether the reader is its author
     * @param waits whether the reader may review it now
     * @param mayAsk whether its author may ask now that it leave
     */
    public record ShownOutput(
            String address,
            String id,
            String name,
            String kind,
            String analysis,
            String project,
            String edition,
            String state,
            String approvals,
            String digest,
            boolean mine,
            boolean waits,
            boolean mayAsk,
            boolean withPassword) {}

    /**
     * The verdict.
     *
     * @param tally what became of the figures
     * @param figure SVG, or nothing
     * @param table an HTML table
     * @param reasons against it, when it is withheld
     */
    public record ShownVerdict(
            boolean cleared,
            String said,
            String tally,
            String title,
            String figure,
            String table,
            List<Against> reasons) {}

    /** A reason against an output, and what to change. */
    public record Against(String sentence, String remedy) {}

    @GetMapping("/office/outputs/{output}")
    String output(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String output,
            @RequestParam(defaultValue = "") String done,
            Model model,
            Locale language) {
        model.addAttribute("done", List.of("approve", "refuse", "ask").contains(done) ? done : "");
        return show(visitor, seen(visitor.actor(), output), Form.EMPTY, model, language);
    }

    /** One person's decision: {@code approve} or {@code refuse}. */
    @PostMapping("/office/outputs/{output}")
    String review(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String output,
            @RequestParam(defaultValue = "") String decision,
            @RequestParam(defaultValue = "") String text,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Locale language) {
        Output seen = seen(visitor.actor(), output);
        try {
            Airlock.Decision decided = switch (decision) {
                case "approve" -> Airlock.Decision.APPROVED;
                case "refuse" -> Airlock.Decision.REFUSED;
                default -> throw Mistakes.missing("decision").exception();
            };
            if (text.isBlank()) {
                throw Mistakes.missing("text").exception();
            }
            stepUp.require(visitor, request);
            hub.airlock().review(visitor.actor(), seen.id(), decided, text.strip());
            return "redirect:/office/outputs/" + seen.id() + "?done=" + decision;
        } catch (ProblemException refused) {
            Map<String, String> values = new TreeMap<>(Map.of("decision", decision, "text", text));
            return refused(visitor, seen, Form.of(values), refused, response, model, language);
        }
    }

    /** The author asks for it to leave. */
    @PostMapping("/office/outputs/{output}/asking")
    String ask(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String output,
            HttpServletResponse response,
            Model model,
            Locale language) {
        Output seen = seen(visitor.actor(), output);
        try {
            hub.airlock().request(visitor.actor(), seen.analysis(), List.of(seen.name()));
            return "redirect:/office/outputs/" + seen.id() + "?done=ask";
        } catch (ProblemException refused) {
            return refused(visitor, seen, Form.EMPTY, refused, response, model, language);
        }
    }

    /** The question stands on the output's own page. */
    @GetMapping("/office/outputs/{output}/asking")
    String ask(@AuthenticationPrincipal Visitor visitor, @PathVariable String output) {
        return "redirect:/office/outputs/" + seen(visitor.actor(), output).id();
    }

    private String refused(
            Visitor visitor,
            Output output,
            Form form,
            ProblemException refused,
            HttpServletResponse response,
            Model model,
            Locale language) {
        Form wrong = mistakes.in(form, refused, language);
        response.setStatus(refused.code().kind().httpStatus());
        model.addAttribute("done", "");
        return show(visitor, output, wrong, model, language);
    }

    /** What the reader may not know of is not there. */
    private Output seen(Actor actor, String id) {
        return hub.airlock().list(actor).stream()
                .filter(output -> output.id().value().equals(id) && isReadable(output, actor))
                .findFirst()
                .orElseThrow(Rooms::absent);
    }

    /** Its author and reviewers see what would leave; an auditor sees that it is there. */
    static boolean isReadable(Output output, Actor actor) {
        return output.author().equals(actor.account()) || actor.roles().contains(Role.OUTPUT_CHECKER);
    }

    private String show(Visitor visitor, Output output, Form form, Model model, Locale language) {
        Actor actor = visitor.actor();
        boolean mine = output.author().equals(actor.account());
        boolean waits = hub.airlock().mayReview(actor, output);
        model.addAttribute(
                "output",
                new ShownOutput(
                        "/office/outputs/" + output.id(),
                        output.id().value(),
                        output.name(),
                        sentences.say("kind." + output.kind(), language),
                        output.analysis().value(),
                        output.project().value(),
                        output.edition().value(),
                        sentences.say("output.state." + output.state(), language),
                        output.state().equals("requested")
                                ? sentences.say("output.approvals", language, output.approvals())
                                : "",
                        output.digest(),
                        mine,
                        waits,
                        mine
                                && output.state().equals("inside")
                                && output.verdict().equals("cleared"),
                        waits && stepUp.isAsked(visitor)));
        model.addAttribute("verdict", shown(hub.airlock().show(actor, output.id()), output, language));
        model.addAttribute("form", form);
        return "office/output";
    }

    private ShownVerdict shown(Verdict verdict, Output output, Locale language) {
        return switch (verdict) {
            case Cleared cleared -> {
                Printed printed = Printed.of(cleared.content(), output.id().value());
                Cleared.Tally tally = cleared.tally();
                yield new ShownVerdict(
                        true,
                        sentences.say("verdict.cleared", language),
                        sentences.say("verdict.tally", language, tally.cells(), tally.suppressed(), tally.rounded())
                                + cleared.suppression()
                                        .map(found -> " "
                                                + sentences.say(
                                                        "verdict.suppression." + Fields.word(found.proof()), language))
                                        .orElse(""),
                        in(printed.title(), language),
                        in(printed.figure(), language),
                        in(printed.table(), language),
                        List.of());
            }
            case Withheld withheld ->
                new ShownVerdict(
                        false,
                        sentences.say("verdict.withheld", language),
                        "",
                        "",
                        "",
                        "",
                        withheld.reasons().stream()
                                .map(reason -> new Against(reason.sentence(language), reason.remedy(language)))
                                .toList());
        };
    }

    private static String in(Map<String, String> texts, Locale language) {
        return texts.getOrDefault(language.getLanguage(), "");
    }
}
