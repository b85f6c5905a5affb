package org.vauban.permit;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.EditionId;
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
        return new Terms(
                terms.titleFrench(),
                terms.titleEnglish(),
                terms.summaryFrench(),
                terms.summaryEnglish(),
                terms.organisation(),
                terms.purpose().name(),
                terms.persons(),
                terms.editions().stream().map(EditionId::value).toList(),
                terms.columns().stream().sorted().map(CdmColumn::qualifiedName).toList(),
                terms.period().from(),
                terms.period().to(),
                terms.end(),
                terms.threshold(),
                Optional.of(terms.dossier()),
                Optional.of(terms.explores()));
    }

    PermitTerms terms() {
        return new PermitTerms(
                titleFrench,
                titleEnglish,
                summaryFrench,
                summaryEnglish,
                organisation,
                Purpose.valueOf(purpose),
                persons,
                editions.stream().map(EditionId::new).toList(),
                columns.stream()
                        .map(name -> CdmColumn.parse(name).orElseThrow())
                        .collect(Collectors.toSet()),
                new Period(from, to),
                end,
                threshold,
                explores.orElse(false),
                dossier.orElseGet(Dossier::toTheCommittee));
    }
}
