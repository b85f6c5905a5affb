package org.vauban.app.api;

import java.util.List;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.vauban.hub.Hub;
import org.vauban.people.Actor;
import org.vauban.permit.Permit;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Permits, as far as the caller may see them: one's own, or all for members of the committee and auditors. */
@RestController
@RequestMapping("/api/permits")
final class PermitResource {
    private final Hub hub;

    PermitResource(Hub hub) {
        this.hub = hub;
    }

    /** A permit in the API. */
    record PermitDocument(
            String permit,
            String project,
            String state,
            Map<String, String> title,
            String organisation,
            String purpose,
            List<String> editions,
            String end,
            String requested) {
        static PermitDocument of(Permit permit) {
            var terms = permit.terms();
            return new PermitDocument(
                    permit.id().value(),
                    permit.project().value(),
                    permit.state().word(),
                    terms.presentation().title().byLanguage(),
                    terms.presentation().organisation(),
                    terms.purpose().word(),
                    terms.extent().editions().stream()
                            .map(edition -> edition.value())
                            .toList(),
                    terms.end().toString(),
                    permit.requested().toString());
        }
    }

    @GetMapping
    Page<PermitDocument> list(
            @AuthenticationPrincipal Actor actor,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "50") int size) {
        return Page.of(
                hub.permits().list(actor).stream().map(PermitDocument::of).toList(), page, size);
    }

    @GetMapping("/{permit}")
    PermitDocument one(@AuthenticationPrincipal Actor actor, @PathVariable String permit) {
        return hub.permits().list(actor).stream()
                .filter(each -> each.id().value().equals(permit))
                .findFirst()
                .map(PermitDocument::of)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND)
                        .with("what", "permit")
                        .found(permit)
                        .exception());
    }
}
