package org.vauban.app.page.office;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.vauban.omop.EditionId;
import org.vauban.permit.ApplicantKind;
import org.vauban.permit.Purpose;
import org.vauban.procedure.Procedure;

/** The long form of an application, for a new request and for one that changes a permit. */
@Component
final class ApplicationView {
    private final Checklist checklist;
    private final Sentences sentences;

    ApplicationView(Checklist checklist, Sentences sentences) {
        this.checklist = checklist;
        this.sentences = sentences;
    }

    /**
     * What the form is about.
     *
     * @param address where it is sent
     * @param pieces the names of the pieces that a complete file contains
     */
    public record ShownApplication(
            String address,
            String procedure,
            boolean inForce,
            String edition,
            List<Checklist.Table> tables,
            List<String> purposes,
            List<String> applicants,
            List<String> pieces) {}

    String show(
            String address,
            Procedure procedure,
            EditionId edition,
            Collection<String> columns,
            Form form,
            Model model,
            Locale language) {
        model.addAttribute(
                "filing",
                new ShownApplication(
                        address,
                        procedure.label().in(language),
                        procedure.isInForce(sentences.today()),
                        edition.value(),
                        checklist.tables(edition, columns),
                        List.of(Purpose.values()).stream().map(Purpose::word).toList(),
                        List.of(ApplicantKind.values()).stream()
                                .map(ApplicantKind::word)
                                .toList(),
                        procedure.pieces()));
        model.addAttribute("form", form);
        return "office/application";
    }
}
