package org.vauban.register;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A released output as the public gets it: everything drawn and written once, at release.
 *
 * @param output its name
 * @param analysis the run it comes from
 * @param kind such as {@code survival-curves}
 * @param name its name in the study, such as {@code kaplan-meier}
 * @param released when
 * @param digest SHA-256 of the content that was reviewed
 * @param logIndex the index of the release in the log
 * @param reviewers the accounts of the two who approved
 * @param threshold the fewest persons a shown cell counts
 * @param title by language
 * @param figure SVG by language; empty for outputs without one
 * @param table an HTML table by language
 * @param fileName the name of the CSV file
 * @param csv the CSV file
 */
public record ReleasedDocument(
        String output,
        String analysis,
        String project,
        String permit,
        String edition,
        String kind,
        String name,
        Instant released,
        String digest,
        long logIndex,
        List<String> reviewers,
        int threshold,
        Map<String, String> title,
        Map<String, String> figure,
        Map<String, String> table,
        String fileName,
        String csv) {
    public ReleasedDocument {
        reviewers = List.copyOf(reviewers);
        title = Map.copyOf(title);
        figure = Map.copyOf(figure);
        table = Map.copyOf(table);
    }
}
