package org.vauban.lexicon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.vauban.duck.DuckSession;
import org.vauban.ingest.VocabularyIntake;

/**
 * Finds concepts by words, whatever their case and accents.
 *
 * <p>A text is found when each word asked for begins one of its words. The first are those that say just that, then those that begin with
 * it, then those that have the words together, then the others; among equals those in the asker's language, standard ones, valid ones, those
 * with more records, and the shorter ones.
 */
final class ConceptSearch {
    private final DuckSession session;

    ConceptSearch(DuckSession session) {
        this.session = session;
    }

    List<FoundConcept> find(ConceptQuery query) {
        keep(query.records().orElse(Map.of()));
        String folded = folded(query.words());
        if (folded.isEmpty()) {
            return List.of();
        }
        int language = query.language().getLanguage().equals(Locale.FRENCH.getLanguage())
                ? VocabularyIntake.FRENCH
                : VocabularyIntake.ENGLISH;
        String byNumber = folded.matches("\\d{1,9}") ? " OR term.concept_id = " + folded : "";
        String words = List.of(folded.split(" ")).stream()
                .map(word -> "contains(' ' || term.folded, ' " + word + "')")
                .collect(Collectors.joining(" AND ", "(", ")"));
        String domain = query.domain()
                .map(name -> "lower(c.domain_id) = lower(" + literal(name) + ")")
                .orElse("true");
        List<FoundConcept> found = new ArrayList<>();
        session.rows(
                sql(folded, words + byNumber, language, domain, query.limit()),
                row -> found.add(new FoundConcept(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getBoolean(7),
                        row.getBoolean(8),
                        query.records().isPresent() ? OptionalLong.of(row.getLong(9)) : OptionalLong.empty(),
                        OptionalLong.empty())));
        Map<Integer, String> names = language == VocabularyIntake.FRENCH ? names(found, language) : Map.of();
        Map<Integer, Long> below = query.records().isPresent() ? below(found) : Map.of();
        return found.stream()
                .map(each -> new FoundConcept(
                        each.id(),
                        names.getOrDefault(each.id(), each.name()),
                        each.matched(),
                        each.domain(),
                        each.vocabulary(),
                        each.code(),
                        each.isStandard(),
                        each.isValid(),
                        each.records(),
                        each.records().isPresent()
                                ? OptionalLong.of(below.getOrDefault(
                                        each.id(), each.records().getAsLong()))
                                : OptionalLong.empty()))
                .toList();
    }

    private static String sql(String folded, String condition, int language, String domain, int limit) {
        return """
            WITH asked AS (SELECT %1$s AS folded),
            hit AS (
              SELECT term.concept_id, term.text, term.language,
                CASE WHEN term.folded = asked.folded THEN 0
                  WHEN starts_with(term.folded, asked.folded || ' ') THEN 1
                  WHEN contains(' ' || term.folded || ' ', ' ' || asked.folded || ' ') THEN 2
                  ELSE 3 END AS distance
              FROM term, asked WHERE %2$s),
            best AS (
              SELECT concept_id, first(text ORDER BY distance, language <> %3$d, length(text), text) AS text,
                min(distance) AS distance, min(CASE WHEN language = %3$d THEN 0 ELSE 1 END) AS other_language
              FROM hit GROUP BY concept_id)
            SELECT c.concept_id, coalesce(any_value(c.concept_name), '') AS name, any_value(b.text),
              coalesce(any_value(c.domain_id), ''), coalesce(any_value(c.vocabulary_id), ''),
              coalesce(any_value(c.concept_code), ''),
              coalesce(bool_or(c.standard_concept = 'S'), false) AS standard,
              bool_and(c.invalid_reason IS NULL) AS valid, coalesce(any_value(r.records), 0) AS records
            FROM best b JOIN concept c USING (concept_id) LEFT JOIN record r USING (concept_id)
            WHERE %4$s
            GROUP BY c.concept_id
            ORDER BY min(b.distance), min(b.other_language), standard DESC, valid DESC, records DESC,
              length(name), c.concept_id
            LIMIT %5$d
            """.formatted(literal(folded), condition, language, domain, limit);
    }

    private String folded(String words) {
        String[] folded = {""};
        session.rows("SELECT " + VocabularyIntake.folded(literal(words)), row -> folded[0] = row.getString(1));
        return folded[0];
    }

    private void keep(Map<Integer, Long> records) {
        session.execute("CREATE OR REPLACE TEMP TABLE record (concept_id INTEGER, records BIGINT)");
        List<Map.Entry<Integer, Long>> all = List.copyOf(records.entrySet());
        for (int from = 0; from < all.size(); from += 10_000) {
            session.execute("INSERT INTO record VALUES "
                    + all.subList(from, Math.min(all.size(), from + 10_000)).stream()
                            .map(each -> "(" + each.getKey() + ", " + each.getValue() + ")")
                            .collect(Collectors.joining(", ")));
        }
    }

    /** The shortest text of each concept in a language. */
    private Map<Integer, String> names(List<FoundConcept> found, int language) {
        Map<Integer, String> names = new HashMap<>();
        if (!found.isEmpty()) {
            session.rows(
                    "SELECT concept_id, first(text ORDER BY length(text), text) FROM term WHERE language = " + language
                            + " AND concept_id IN " + ids(found) + " GROUP BY 1",
                    row -> names.put(row.getInt(1), row.getString(2)));
        }
        return names;
    }

    private Map<Integer, Long> below(List<FoundConcept> found) {
        Map<Integer, Long> below = new HashMap<>();
        if (!found.isEmpty()) {
            session.rows(
                    "SELECT above, sum(records) FROM (SELECT DISTINCT above, below FROM (SELECT ancestor_concept_id AS"
                            + " above, descendant_concept_id AS below FROM concept_ancestor WHERE ancestor_concept_id IN "
                            + ids(found) + " UNION ALL SELECT concept_id, concept_id FROM concept WHERE concept_id IN "
                            + ids(found) + ")) JOIN record ON record.concept_id = below GROUP BY 1",
                    row -> below.put(row.getInt(1), row.getLong(2)));
        }
        return below;
    }

    private static String ids(List<FoundConcept> found) {
        return Lexicon.list(found.stream().map(FoundConcept::id).toList());
    }

    /** A text as SQL writes it. */
    private static String literal(String text) {
        return "'" + text.replace("'", "''").replace("\0", "") + "'";
    }
}
