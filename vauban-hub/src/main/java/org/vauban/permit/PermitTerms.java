package org.vauban.permit;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.vauban.disclosure.DisclosureRules;
import org.vauban.document.Documents;
import org.vauban.document.Node;

/**
 * What a permit says, as written in PERMIT.yaml. {@code permit.schema.json} describes the file.
 *
 * @param presentation what citizens are told
 * @param purpose why
 * @param persons logins of those who may work in the project space
 * @param extent what can be read
 * @param end the last day on which anything can be computed
 * @param threshold the fewest persons a cell may show, if raised above the hub's
 * @param explores whether rows may be looked at inside the project space, by a statement of one's own
 * @param dossier the procedure it is asked under, and its pieces
 */
public record PermitTerms(
        Presentation presentation,
        Purpose purpose,
        List<String> persons,
        Extent extent,
        LocalDate end,
        Optional<Integer> threshold,
        boolean explores,
        Dossier dossier) {

    public PermitTerms {
        persons = List.copyOf(persons);
        if (persons.isEmpty()) {
            throw new IllegalArgumentException("A permit names persons");
        }
    }

    /** Reads PERMIT.yaml; all mistakes are reported together, with line and column. */
    public static PermitTerms read(Path file) {
        return TermsReader.read(document(file));
    }

    /** PERMIT.yaml with the cohort that its population names by a file, as one document. A document that comes by itself names no file. */
    public static Node document(Path file) {
        return PopulationFile.broughtIn(Documents.read(file), file);
    }

    /** The same terms with another last day. */
    PermitTerms until(LocalDate last) {
        return new PermitTerms(presentation, purpose, persons, extent, last, threshold, explores, dossier);
    }

    /** Never weaker than the hub's own rules. */
    public DisclosureRules disclosureRules() {
        return threshold.map(DisclosureRules.standard()::raisedTo).orElseGet(DisclosureRules::standard);
    }
}
