package org.vauban.permit;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.EditionId;
import org.vauban.procedure.Label;
import org.vauban.trajectory.Period;

/** The terms as they are sealed: names instead of the model's objects, so that a later model still reads them. */
record Terms(
        String titleFrench,
        String titleEnglish,
        String summaryFrench,
        String summaryEnglish,
        String organisation,
        String purpose,
        List<String> persons,
        List<String> editions,
        List<String> columns,
        LocalDate from,
        LocalDate to,
        LocalDate end,
        Optional<Integer> threshold,
        Optional<Dossier> dossier,
        Optional<Boolean> explores) {

    static Terms of(PermitTerms terms) {
        Presentation presentation = terms.presentation();
        Extent extent = terms.extent();
        return new Terms(
                presentation.title().french(),
                presentation.title().english(),
                presentation.summary().french(),
                presentation.summary().english(),
                presentation.organisation(),
                terms.purpose().name(),
                terms.persons(),
                extent.editions().stream().map(EditionId::value).toList(),
                extent.columns().stream().sorted().map(CdmColumn::qualifiedName).toList(),
                extent.period().from(),
                extent.period().to(),
                terms.end(),
                terms.threshold(),
                Optional.of(terms.dossier()),
                Optional.of(terms.explores()));
    }

    PermitTerms terms() {
        return new PermitTerms(
                new Presentation(
                        new Label(titleFrench, titleEnglish),
                        new Label(summaryFrench, summaryEnglish),
                        organisation),
                Purpose.valueOf(purpose),
                persons,
                new Extent(
                        editions.stream().map(EditionId::new).toList(),
                        columns.stream()
                                .map(name -> CdmColumn.parse(name).orElseThrow())
                                .collect(Collectors.toSet()),
                        new Period(from, to)),
                end,
                threshold,
                explores.orElse(false),
                dossier.orElseGet(Dossier::toTheCommittee));
    }
}
