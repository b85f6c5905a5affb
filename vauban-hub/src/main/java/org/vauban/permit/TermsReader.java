package org.vauban.permit;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vauban.disclosure.DisclosureRules;
import org.vauban.document.Fields;
import org.vauban.document.Node;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.Problems;
import org.vauban.procedure.Label;
import org.vauban.procedure.Procedure;
import org.vauban.procedure.Procedures;

/** Reads the terms of a permit from its document. */
final class TermsReader {
    private TermsReader() {}

    /** All mistakes are reported together, with line and column. */
    static PermitTerms read(Node document) {
        var problems = new Problems();
        Fields fields = Fields.of(document, problems);
        var presentation = new Presentation(
                bilingual(fields.object("title")), bilingual(fields.object("summary")), fields.text("organisation"));
        Purpose purpose = purpose(fields);
        List<String> persons = someOf(fields, "persons", Phrase.AT_LEAST_ONE_LOGIN);
        Optional<Extent> extent = ExtentReader.read(fields);
        LocalDate end = fields.date("end");
        Optional<Integer> threshold = fields.optionalObject("disclosure").flatMap(TermsReader::threshold);
        boolean explores = fields.truth("explore", false);
        Dossier dossier = dossier(fields);
        fields.noOthers();
        problems.throwIfAny();
        return new PermitTerms(presentation, purpose, persons, extent.orElseThrow(), end, threshold, explores, dossier);
    }

    private static Label bilingual(Fields fields) {
        var text = new Label(fields.text("fr"), fields.text("en"));
        fields.noOthers();
        return text;
    }

    /** A forbidden purpose is no mistake in a file: it is refused before anything else is looked at. */
    private static Purpose purpose(Fields fields) {
        fields.optionalText("purpose").flatMap(ForbiddenPurpose::named).ifPresent(forbidden -> {
            throw Problem.of(ProblemCode.PURPOSE_FORBIDDEN)
                    .found(forbidden.word())
                    .at(fields.place("purpose"))
                    .exception();
        });
        return fields.choice("purpose", Purpose.class, null);
    }

    private static Dossier dossier(Fields fields) {
        String procedure = fields.optionalText("procedure").orElse(Procedures.COMMITTEE);
        Optional<Procedure> found = Procedures.named(procedure);
        if (found.isEmpty()) {
            fields.wrongValue(
                    "procedure",
                    Procedures.shipped().stream().map(Procedure::name).collect(Collectors.joining(", ")),
                    procedure);
        }
        ApplicantKind applicant = fields.choice("applicant", ApplicantKind.class, ApplicantKind.RESEARCH);
        Map<String, String> pieces = new TreeMap<>();
        fields.optionalObject("pieces").ifPresent(named -> {
            for (String piece : named.names()) {
                named.optionalText(piece).ifPresent(reference -> pieces.put(piece, reference));
                if (found.isPresent() && !found.get().pieces().contains(piece)) {
                    named.wrongValue(piece, String.join(", ", found.get().pieces()), piece);
                }
            }
        });
        return new Dossier(procedure, applicant, pieces);
    }

    private static Optional<Integer> threshold(Fields fields) {
        int least = DisclosureRules.standard().threshold();
        int threshold = fields.whole("threshold", least, 100, least);
        fields.noOthers();
        return Optional.of(threshold);
    }

    /** A list that must name something. */
    static List<String> someOf(Fields fields, String name, Object expected) {
        List<String> found = fields.texts(name);
        if (found.isEmpty()) {
            fields.wrongValue(name, expected, Phrase.NONE);
        }
        return found;
    }
}
