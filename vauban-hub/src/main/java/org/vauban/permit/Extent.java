package org.vauban.permit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.EditionId;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Period;
import org.vauban.vocabulary.ConceptSet;

/**
 * How far a permit reaches into the data. What is not in it cannot be read.
 *
 * @param editions the editions it covers
 * @param asked the columns that the application lists; {@link #columns()} are those that it grants
 * @param period the days it grants
 * @param population who exists for the project, if that is not everybody
 * @param concepts of a domain that is in it, rows of these concepts alone
 * @param justified why a potential identifier is needed, in the applicant's words
 */
public record Extent(
        List<EditionId> editions,
        Set<CdmColumn> asked,
        Period period,
        Optional<Population> population,
        Map<Domain, ConceptSet> concepts,
        Map<PotentialIdentifier, String> justified) {
    public Extent {
        editions = List.copyOf(editions);
        asked = Set.copyOf(asked);
        concepts = Map.copyOf(concepts);
        justified = Map.copyOf(justified);
        if (editions.isEmpty() || asked.isEmpty()) {
            throw new IllegalArgumentException("A permit names editions and columns");
        }
    }

    /** The columns it grants: those asked for, without potential identifiers that nobody justified. */
    public Set<CdmColumn> columns() {
        return asked(column -> !isUnjustified(column));
    }

    /** The columns that were asked for and are not granted, because nobody wrote why they are needed. */
    public Set<CdmColumn> unjustified() {
        return asked(this::isUnjustified);
    }

    /** Domains whose days a statement is told by the month. */
    public Set<Domain> byMonth() {
        return Arrays.stream(PotentialIdentifier.values())
                .filter(each -> !justified.containsKey(each))
                .flatMap(each -> each.domains().stream())
                .collect(Collectors.toSet());
    }

    /** By table, the concepts whose rows alone are granted, as people read them; a plus stands behind one that counts with its descendants. */
    public SortedMap<String, List<String>> conceptsByTable() {
        SortedMap<String, List<String>> byTable = new TreeMap<>();
        concepts.forEach((domain, set) -> byTable.put(
                domain.table().tableName(),
                set.items().stream()
                        .map(item -> item.conceptId() + (item.includeDescendants() ? "+" : ""))
                        .toList()));
        return byTable;
    }

    /** The rows that are there for a plan: it computes with exact days, and nothing but figures about many leaves it. */
    Reach ofPlan(Period requested) {
        return new Reach(requested, period, population, concepts, Set.of());
    }

    /** The rows that are there for a statement, which may show or sort out any value. */
    Reach ofStatement(Period requested) {
        return new Reach(requested, period, population, concepts, byMonth());
    }

    private Set<CdmColumn> asked(Predicate<CdmColumn> which) {
        return asked.stream().filter(which).collect(Collectors.toSet());
    }

    private boolean isUnjustified(CdmColumn column) {
        return PotentialIdentifier.of(column)
                .filter(identifier -> !justified.containsKey(identifier))
                .isPresent();
    }
}
