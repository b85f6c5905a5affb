package org.vauban.app.page.office;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.vauban.document.Documents;
import org.vauban.hub.Hub;
import org.vauban.omop.EditionId;
import org.vauban.people.Role;
import org.vauban.people.Visitor;
import org.vauban.permit.Permit;
import org.vauban.problem.ProblemException;
import org.vauban.procedure.Procedure;
import org.vauban.procedure.Procedures;

/** A new request: its procedure and edition are chosen first, since pieces and tables follow from them; or a file has it all. */
@Controller
final class ApplicationPage {
    private final Hub hub;
    private final Sentences sentences;
    private final Checklist checklist;
    private final Mistakes mistakes;
    private final ApplicationView view;

    ApplicationPage(Hub hub, Sentences sentences, Checklist checklist, Mistakes mistakes, ApplicationView view) {
        this.hub = hub;
        this.sentences = sentences;
        this.checklist = checklist;
        this.mistakes = mistakes;
        this.view = view;
    }

    /** A procedure to choose. */
    public record Choice(String name, String label, boolean inForce) {}

    @GetMapping("/office/requests/new")
    String choose(@AuthenticationPrincipal Visitor visitor, Model model, Locale language) {
        requireApplicant(visitor);
        return choose(Form.EMPTY, model, language);
    }

    @PostMapping("/office/requests/new")
    String chosen(
            @AuthenticationPrincipal Visitor visitor,
            @RequestParam(defaultValue = "") String procedure,
            @RequestParam(defaultValue = "") String edition) {
        requireApplicant(visitor);
        return "redirect:/office/requests/new/" + procedure(procedure).name() + '/' + edition(edition);
    }

    /** The whole request as a file. */
    @PostMapping("/office/requests/file")
    String file(
            @AuthenticationPrincipal Visitor visitor,
            @RequestParam(required = false) @Nullable MultipartFile file,
            HttpServletResponse response,
            Model model,
            Locale language) {
        requireApplicant(visitor);
        try {
            if (file == null || file.isEmpty()) {
                throw Mistakes.missing("file").exception();
            }
            String text = new String(file.getBytes(), StandardCharsets.UTF_8);
            return filed(hub.permits().request(visitor.actor(), Documents.yaml("PERMIT.yaml", text)));
        } catch (ProblemException refused) {
            response.setStatus(refused.code().kind().httpStatus());
            return choose(mistakes.in(Form.EMPTY, refused, language), model, language);
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    /** The file's form stands on the page of choices. */
    @GetMapping("/office/requests/file")
    String file(@AuthenticationPrincipal Visitor visitor) {
        requireApplicant(visitor);
        return "redirect:/office/requests/new";
    }

    @GetMapping("/office/requests/new/{procedure}/{edition}")
    String fill(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String procedure,
            @PathVariable String edition,
            Model model,
            Locale language) {
        requireApplicant(visitor);
        return view.show(
                address(procedure, edition),
                procedure(procedure),
                edition(edition),
                List.of(),
                Form.of(Map.of("applicant", "research", "purpose", "research")),
                model,
                language);
    }

    @PostMapping("/office/requests/new/{procedure}/{edition}")
    String filled(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String procedure,
            @PathVariable String edition,
            @RequestParam MultiValueMap<String, String> fields,
            HttpServletResponse response,
            Model model,
            Locale language) {
        requireApplicant(visitor);
        Procedure chosen = procedure(procedure);
        EditionId data = edition(edition);
        try {
            return filed(
                    hub.permits().request(visitor.actor(), ApplicationForm.document(chosen, data.value(), fields)));
        } catch (ProblemException refused) {
            Form form = mistakes.in(Form.of(ApplicationForm.values(fields)), refused, language);
            response.setStatus(refused.code().kind().httpStatus());
            return view.show(
                    address(procedure, edition),
                    chosen,
                    data,
                    fields.getOrDefault(ApplicationForm.COLUMNS, List.of()),
                    form,
                    model,
                    language);
        }
    }

    private static String filed(Permit permit) {
        return "redirect:/office/requests/" + permit.id() + "?done=new";
    }

    private String choose(Form form, Model model, Locale language) {
        model.addAttribute("form", form);
        model.addAttribute("editions", checklist.editions());
        model.addAttribute(
                "procedures",
                Procedures.shipped().stream()
                        .map(procedure -> new Choice(
                                procedure.name(),
                                procedure.label().in(language),
                                procedure.isInForce(sentences.today())))
                        .toList());
        return "office/new";
    }

    private static void requireApplicant(Visitor visitor) {
        if (!visitor.actor().roles().contains(Role.RESEARCHER)) {
            throw Rooms.absent();
        }
    }

    private static Procedure procedure(String name) {
        return Procedures.named(name).orElseThrow(Rooms::absent);
    }

    private EditionId edition(String id) {
        return checklist.edition(id).orElseThrow(Rooms::absent);
    }

    private static String address(String procedure, String edition) {
        return "/office/requests/new/" + procedure + '/' + edition;
    }
}
