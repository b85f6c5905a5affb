package org.vauban.app.page.office;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.vauban.hub.Hub;
import org.vauban.omop.EditionId;
import org.vauban.people.Visitor;
import org.vauban.permit.Permit;
import org.vauban.permit.PermitAct;
import org.vauban.permit.PermitTerms;
import org.vauban.permit.Progress;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** Other terms for a permit: the form of a request, filled in with what the permit says. */
@Controller
final class AmendmentPage {
    private final Hub hub;
    private final Checklist checklist;
    private final Mistakes mistakes;
    private final ApplicationView view;

    AmendmentPage(Hub hub, Checklist checklist, Mistakes mistakes, ApplicationView view) {
        this.hub = hub;
        this.checklist = checklist;
        this.mistakes = mistakes;
        this.view = view;
    }

    @GetMapping("/office/requests/{permit}/amend")
    String fill(@AuthenticationPrincipal Visitor visitor, @PathVariable String permit, Model model, Locale language) {
        Progress progress = hub.permits().progress(visitor.actor(), RequestPage.id(permit));
        if (!hub.permits().possible(visitor.actor(), progress).contains(PermitAct.AMEND)) {
            throw Rooms.absent();
        }
        PermitTerms terms = progress.permit().terms();
        requireSayable(progress.permit());
        return show(progress, ApplicationForm.columns(terms), Form.of(ApplicationForm.values(terms)), model, language);
    }

    @PostMapping("/office/requests/{permit}/amend")
    String filled(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String permit,
            @RequestParam MultiValueMap<String, String> fields,
            HttpServletResponse response,
            Model model,
            Locale language) {
        Progress progress = hub.permits().progress(visitor.actor(), RequestPage.id(permit));
        requireSayable(progress.permit());
        try {
            Permit asked = hub.permits()
                    .amend(
                            visitor.actor(),
                            progress.permit().id(),
                            ApplicationForm.document(
                                    progress.procedure(), edition(progress).value(), fields));
            return "redirect:/office/requests/" + asked.id() + "?done=amend";
        } catch (ProblemException refused) {
            Form form = mistakes.in(Form.of(ApplicationForm.values(fields)), refused, language);
            response.setStatus(refused.code().kind().httpStatus());
            return show(progress, fields.getOrDefault(ApplicationForm.COLUMNS, List.of()), form, model, language);
        }
    }

    /** What the form has no field for would be lost, and the permit would grant more than anybody asked for. */
    private static void requireSayable(Permit permit) {
        if (!ApplicationForm.canSay(permit.terms())) {
            throw Problem.of(ProblemCode.PERMIT_NEEDS_FILE)
                    .with("permit", permit.id())
                    .exception();
        }
    }

    private String show(Progress progress, List<String> columns, Form form, Model model, Locale language) {
        return view.show(
                "/office/requests/" + progress.permit().id() + "/amend",
                progress.procedure(),
                edition(progress),
                columns,
                form,
                model,
                language);
    }

    /** A permit names editions; the form asks for the first that is still there. */
    private EditionId edition(Progress progress) {
        return progress.permit().terms().extent().editions().stream()
                .flatMap(edition -> checklist.edition(edition.value()).stream())
                .findFirst()
                .orElseThrow(Rooms::absent);
    }
}
