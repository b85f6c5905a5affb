package org.vauban.vocabulary;

/** A concept that a definition uses and the vocabulary lacks: it can match nothing. */
public record UnknownConcept(String conceptSet, int conceptId, String conceptName) {}
