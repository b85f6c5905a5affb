package org.vauban.permit;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Period;
import org.vauban.vocabulary.ConceptSet;

/**
 * Which rows of an edition are there under a grant, and how precisely their days are told. Decided here, for plans and statements alike;
 * whoever reads an edition reads through it.
 *
 * @param period the days of the request
 * @param granted the days of the permit: a person of the population enters it on one of them
 * @param population who exists, if that is not everybody
 * @param concepts of a domain that is in it, rows of these concepts alone
 * @param byMonth domains whose days are told by the month
 */
public record Reach(
        Period period,
        Period granted,
        Optional<Population> population,
        Map<Domain, ConceptSet> concepts,
        Set<Domain> byMonth) {
    public Reach {
        concepts = Map.copyOf(concepts);
        byMonth = Set.copyOf(byMonth);
    }
}
