package org.vauban.policy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a permit is asked to say, in words that a PERMIT.yaml and the oracle both understand.
 *
 * @param columns such as {@code person.year_of_birth}
 * @param days first and last, if not all days are asked for
 * @param population the conditions of which each person must have one, if not everybody is asked for
 * @param concepts by table, the concepts whose rows are asked for
 * @param identifiers the potential identifiers that are justified
 */
record Wish(
        Set<String> columns,
        Optional<Days> days,
        List<Concept> population,
        Map<String, List<Concept>> concepts,
        Set<String> identifiers) {
    Wish {
        columns = new TreeSet<>(columns);
        population = List.copyOf(population);
        concepts = new TreeMap<>(concepts);
        identifiers = new TreeSet<>(identifiers);
    }

    record Days(LocalDate from, LocalDate to) {
        boolean has(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(to);
        }
    }

    record Concept(int id, boolean withDescendants) {}

    Set<String> tables() {
        return columns.stream()
                .map(column -> column.substring(0, column.indexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Wish withColumns(Set<String> more) {
        Set<String> all = new TreeSet<>(columns);
        all.addAll(more);
        return new Wish(all, days, population, concepts, identifiers);
    }

    /** The application, as a researcher files it. */
    String yaml(String edition) {
        var yaml = new StringBuilder("""
                title: {fr: Un titre, en: A title}
                summary: {fr: Pourquoi, en: Why}
                organisation: A university
                purpose: research
                persons: [researcher]
                editions: [%s]
                explore: true
                end: 2026-12-31
                tables:
                """.formatted(edition));
        for (String table : tables()) {
            yaml.append("  ").append(table).append(": [");
            yaml.append(columns.stream()
                    .filter(column -> column.startsWith(table + "."))
                    .map(column -> column.substring(table.length() + 1))
                    .collect(Collectors.joining(", ")));
            yaml.append("]\n");
        }
        days.ifPresent(of -> yaml.append("period: {from: %s, to: %s}\n".formatted(of.from(), of.to())));
        if (!population.isEmpty()) {
            yaml.append("population:\n  name: the-ill\n  cohort: ")
                    .append(cohort())
                    .append('\n');
        }
        if (!concepts.isEmpty()) {
            yaml.append("concepts:\n");
            concepts.forEach((table, items) -> yaml.append("  %s: [%s]\n"
                    .formatted(
                            table,
                            items.stream()
                                    .map(item -> "{concept: %d, descendants: %s}"
                                            .formatted(item.id(), item.withDescendants()))
                                    .collect(Collectors.joining(", ")))));
        }
        if (!identifiers.isEmpty()) {
            yaml.append("potentialIdentifiers:\n");
            identifiers.forEach(each -> yaml.append("  %s: It is needed.\n".formatted(each)));
            yaml.append(identifiers.size() > 1 ? "  together: All of them.\n" : "");
        }
        return yaml.toString();
    }

    /** Whoever has a condition of the set while being observed. */
    private String cohort() {
        String items = population.stream()
                .map(item -> "{\"concept\": {\"CONCEPT_ID\": %d}, \"includeDescendants\": %s}"
                        .formatted(item.id(), item.withDescendants()))
                .collect(Collectors.joining(", "));
        return "{\"PrimaryCriteria\": {\"CriteriaList\": [{\"ConditionOccurrence\": {\"CodesetId\": 0}}],"
                + " \"ObservationWindow\": {\"PriorDays\": 0, \"PostDays\": 0}, \"PrimaryCriteriaLimit\": {\"Type\": \"All\"}},"
                + " \"ConceptSets\": [{\"id\": 0, \"name\": \"Ill\", \"expression\": {\"items\": [" + items + "]}}],"
                + " \"QualifiedLimit\": {\"Type\": \"All\"}, \"ExpressionLimit\": {\"Type\": \"All\"}, \"InclusionRules\": [],"
                + " \"EndStrategy\": {\"DateOffset\": {\"DateField\": \"EndDate\", \"Offset\": 0}},"
                + " \"CensoringCriteria\": [], \"CollapseSettings\": {\"CollapseType\": \"ERA\", \"EraPad\": 0}, \"CensorWindow\": {}}";
    }
}
