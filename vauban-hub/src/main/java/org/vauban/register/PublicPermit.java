package org.vauban.register;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * The public part of a permit.
 *
 * @param tables the granted columns by table
 * @param state where it stands; a granted one ends by itself at {@code end}
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
        String state) {
    public PublicPermit {
        title = Map.copyOf(title);
        summary = Map.copyOf(summary);
        editions = List.copyOf(editions);
        tables = Map.copyOf(tables);
    }
}
