package org.vauban.app.api;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.vauban.airlock.Output;
import org.vauban.hub.Hub;
import org.vauban.people.Actor;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Outputs on their way through the airlock: one's own, or those that wait for review. States only; no content. */
@RestController
@RequestMapping("/api/outputs")
final class OutputResource {
    private final Hub hub;

    OutputResource(Hub hub) {
        this.hub = hub;
    }

    /** An output in the API. */
    record OutputDocument(
            String output,
            String analysis,
            String project,
            String edition,
            String name,
            String kind,
            String verdict,
            String state,
            int approvals) {
        static OutputDocument of(Output output) {
            return new OutputDocument(
                    output.id().value(),
                    output.analysis().value(),
                    output.project().value(),
                    output.edition().value(),
                    output.name(),
                    output.kind(),
                    output.verdict(),
                    output.state(),
                    output.approvals());
        }
    }

    @GetMapping
    Page<OutputDocument> list(
            @AuthenticationPrincipal Actor actor,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "50") int size) {
        return Page.of(
                hub.airlock().list(actor).stream().map(OutputDocument::of).toList(), page, size);
    }

    @GetMapping("/{output}")
    OutputDocument one(@AuthenticationPrincipal Actor actor, @PathVariable String output) {
        return hub.airlock().list(actor).stream()
                .filter(each -> each.id().value().equals(output))
                .findFirst()
                .map(OutputDocument::of)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND)
                        .with("what", "output")
                        .found(output)
                        .exception());
    }
}
