package org.vauban.vocabulary;

/**
 * One concept.
 *
 * @param id the OMOP concept id
 * @param name its name, may be empty when the vocabulary came without names
 * @param domainId such as {@code Condition}
 * @param vocabularyId such as {@code SNOMED}
 * @param isStandard whether data are coded with it
 * @param isValid whether it has not been withdrawn or replaced
 */
public record Concept(int id, String name, String domainId, String vocabularyId, boolean isStandard, boolean isValid) {}
