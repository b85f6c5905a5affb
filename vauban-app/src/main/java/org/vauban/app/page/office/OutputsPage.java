package org.vauban.app.page.office;

import java.util.Comparator;
import java.util.Locale;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.vauban.airlock.Output;
import org.vauban.hub.Hub;
import org.vauban.people.Actor;
import org.vauban.people.Visitor;

/** Outputs on their way through the airlock: those that wait for the reader first. */
@Controller
final class OutputsPage {
    private final Hub hub;
    private final Sentences sentences;

    OutputsPage(Hub hub, Sentences sentences) {
        this.hub = hub;
        this.sentences = sentences;
    }

    /**
     * An output in the list.
     *
     * @param waits whether the reader may review it now
     * @param readable whether the reader may see its content
     */
    public record Row(
            String address,
            String id,
            String name,
            String kind,
            String analysis,
            String verdict,
            String state,
            String approvals,
            boolean waits,
            boolean readable) {}

    @GetMapping("/office/outputs")
    String outputs(@AuthenticationPrincipal Visitor visitor, Model model, Locale language) {
        Actor actor = visitor.actor();
        Rooms.requireOpen(actor, Rooms.OUTPUTS);
        model.addAttribute(
                "outputs",
                hub.airlock().list(actor).stream()
                        .map(output -> row(output, actor, language))
                        .sorted(Comparator.comparing((Row row) -> !row.waits()))
                        .toList());
        return "office/outputs";
    }

    private Row row(Output output, Actor actor, Locale language) {
        return new Row(
                "/office/outputs/" + output.id(),
                output.id().value(),
                output.name(),
                sentences.say("kind." + output.kind(), language),
                output.analysis().value(),
                sentences.say("verdict." + output.verdict(), language),
                sentences.say("output.state." + output.state(), language),
                output.state().equals("requested")
                        ? sentences.say("output.approvals", language, output.approvals())
                        : "",
                hub.airlock().mayReview(actor, output),
                OutputPage.isReadable(output, actor));
    }
}
