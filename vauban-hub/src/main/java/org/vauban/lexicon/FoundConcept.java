package org.vauban.lexicon;

import java.util.OptionalLong;

/**
 * A concept that was looked for.
 *
 * @param id the OMOP concept id
 * @param name its name in the language asked for, else its own
 * @param matched the text that has the words
 * @param domain such as {@code Condition}
 * @param vocabulary such as {@code SNOMED}
 * @param code its code there
 * @param isStandard whether data are coded with it
 * @param isValid whether it has not been withdrawn or replaced
 * @param records rows of the asker's own data that have it
 * @param recordsBelow rows that have it or one of its descendants
 */
public record FoundConcept(
        int id,
        String name,
        String matched,
        String domain,
        String vocabulary,
        String code,
        boolean isStandard,
        boolean isValid,
        OptionalLong records,
        OptionalLong recordsBelow) {}
