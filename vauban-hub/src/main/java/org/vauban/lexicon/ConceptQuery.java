package org.vauban.lexicon;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody looks for.
 *
 * @param words words, the beginnings of words, a code or a concept's number
 * @param domain such as {@code Condition}, if only that is wanted
 * @param language the language in which names are wanted; words are looked for in all of them
 * @param limit at most so many concepts
 * @param records rows of somebody's own data by concept, if they are to be shown
 */
public record ConceptQuery(
        String words, Optional<String> domain, Locale language, int limit, Optional<Map<Integer, Long>> records) {
    public ConceptQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("A search has room for a concept: " + limit);
        }
        records = records.map(Map::copyOf);
    }
}
