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
import org.vauban.permit.Minimisation;
import org.vauban.permit.Permit;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

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

    /** What was asked, granted, delivered and used, as {@code vauban permit used} says it. */
    record UseDocument(String permit, long studies, long statements, List<ColumnDocument> columns) {
        static UseDocument of(Minimisation used) {
            return new UseDocument(
                    used.permit().value(),
                    used.studies(),
                    used.statements(),
                    used.columns().stream().map(ColumnDocument::of).toList());
        }
    }

    /** One column that was asked for. */
    record ColumnDocument(String table, String column, boolean asked, boolean granted, long delivered, long used) {
        static ColumnDocument of(Minimisation.ColumnUse use) {
            return new ColumnDocument(
                    use.column().table().tableName(),
                    use.column().name(),
                    true,
                    use.granted(),
                    use.delivered(),
                    use.used());
        }
    }

    @GetMapping("/{permit}/used")
    UseDocument used(@AuthenticationPrincipal Actor actor, @PathVariable String permit) {
        return hub.permits().list(actor).stream()
                .filter(each -> each.id().value().equals(permit))
                .findFirst()
                .map(each -> UseDocument.of(hub.permits().minimisation(actor, each.id())))
                .orElseThrow(() -> absent(permit));
    }

    @GetMapping("/{permit}")
    PermitDocument one(@AuthenticationPrincipal Actor actor, @PathVariable String permit) {
        return hub.permits().list(actor).stream()
                .filter(each -> each.id().value().equals(permit))
                .findFirst()
                .map(PermitDocument::of)
                .orElseThrow(() -> absent(permit));
    }

    private static ProblemException absent(String permit) {
        return Problem.of(ProblemCode.NOT_FOUND)
                .with("what", "permit")
                .found(permit)
                .exception();
    }
}
