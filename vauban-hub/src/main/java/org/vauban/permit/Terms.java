package org.vauban.permit;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.procedure.Label;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Period;
import org.vauban.vocabulary.ConceptSet;

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
        Optional<Boolean> explores,
        Optional<StoredPopulation> population,
        Optional<Map<String, List<StoredConcept>>> concepts,
        Optional<Map<String, String>> justified) {

    /** @param circe the cohort as one line of Circe JSON */
    record StoredPopulation(String name, String circe) {}

    record StoredConcept(int concept, boolean descendants) {}

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
                extent.asked().stream().sorted().map(CdmColumn::qualifiedName).toList(),
                extent.period().from(),
                extent.period().to(),
                terms.end(),
                terms.threshold(),
                Optional.of(terms.dossier()),
                Optional.of(terms.explores()),
                extent.population().map(found -> new StoredPopulation(found.name(), found.circe())),
                Optional.of(stored(extent.concepts())),
                Optional.of(extent.justified().entrySet().stream()
                        .collect(Collectors.toMap(each -> each.getKey().word(), Map.Entry::getValue))));
    }

    PermitTerms terms() {
        return new PermitTerms(
                new Presentation(
                        new Label(titleFrench, titleEnglish), new Label(summaryFrench, summaryEnglish), organisation),
                Purpose.valueOf(purpose),
                persons,
                new Extent(
                        editions.stream().map(EditionId::new).toList(),
                        columns.stream()
                                .map(name -> CdmColumn.parse(name).orElseThrow())
                                .collect(Collectors.toSet()),
                        new Period(from, to),
                        population.map(found -> Population.of(found.name(), found.circe())),
                        concepts.map(Terms::concepts).orElse(Map.of()),
                        justified.map(Terms::justified).orElse(Map.of())),
                end,
                threshold,
                explores.orElse(false),
                dossier.orElseGet(Dossier::toTheCommittee));
    }

    private static Map<String, List<StoredConcept>> stored(Map<Domain, ConceptSet> concepts) {
        Map<String, List<StoredConcept>> stored = new TreeMap<>();
        concepts.forEach((domain, set) -> stored.put(
                domain.table().tableName(),
                set.items().stream()
                        .map(item -> new StoredConcept(item.conceptId(), item.includeDescendants()))
                        .toList()));
        return stored;
    }

    private static Map<Domain, ConceptSet> concepts(Map<String, List<StoredConcept>> stored) {
        Map<Domain, ConceptSet> concepts = new EnumMap<>(Domain.class);
        stored.forEach((table, items) -> concepts.put(
                CdmTable.named(table).flatMap(Domain::of).orElseThrow(),
                new ConceptSet(
                        0,
                        table,
                        items.stream()
                                .map(item -> new ConceptSet.Item(item.concept(), "", item.descendants(), false, false))
                                .toList())));
        return concepts;
    }

    private static Map<PotentialIdentifier, String> justified(Map<String, String> stored) {
        Map<PotentialIdentifier, String> justified = new EnumMap<>(PotentialIdentifier.class);
        stored.forEach(
                (word, why) -> justified.put(PotentialIdentifier.named(word).orElseThrow(), why));
        return justified;
    }
}
