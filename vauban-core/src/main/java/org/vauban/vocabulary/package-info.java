/**
 * The standardised vocabularies that belong to the data: concepts, their descendants, and which codes map to them.
 *
 * <p>A {@link org.vauban.vocabulary.Vocabulary} is immutable and in memory; readers fill its builder. It resolves a
 * {@link org.vauban.vocabulary.ConceptSet} to concept identifiers exactly as OHDSI's tools do, and names the concepts that a
 * definition uses and the vocabulary lacks.
 *
 * <p>May use the JDK alone. Start at {@link org.vauban.vocabulary.Vocabulary#resolve}.
 */
@NullMarked
package org.vauban.vocabulary;

import org.jspecify.annotations.NullMarked;
