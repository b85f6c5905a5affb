package org.vauban.register;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The public part of a permit.
 *
 * @param tables the granted columns by table
 * @param state where it stands; a granted one ends by itself at {@code end}
 * @param population the name of the cohort whose persons alone exist for the project; nothing for everybody
 * @param concepts by table, the concepts whose rows alone exist; {@code +} stands behind one that counts with its descendants
 * @param identifiers the potential identifiers that the application justifies
 */
public record PublicPermit(
        String permit,
        String project,
        Map<String, String> title,
        Map<String, String> summary,
        String organisation,
        String purpose,
        List<String> editions,
        Map<String, List<String>> tables,
        LocalDate from,
        LocalDate to,
        LocalDate end,
        int threshold,
        int persons,
        Instant requested,
        String state,
        Optional<String> population,
        Optional<Map<String, List<String>>> concepts,
        Optional<List<String>> identifiers) {
    public PublicPermit {
        title = Map.copyOf(title);
        summary = Map.copyOf(summary);
        editions = List.copyOf(editions);
        tables = Map.copyOf(tables);
        concepts = concepts.map(Map::copyOf);
        identifiers = identifiers.map(List::copyOf);
    }
}
