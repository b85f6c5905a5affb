/**
 * The standardised vocabularies that a home holds: concepts, their descendants, and the words for them in several languages.
 *
 * <p>Vocabularies are public, so they lie in plain Parquet under {@code HOME/vocabulary} and are read without a key and without the
 * home's lock. Promises that a vocabulary is there whole or not at all, and that its loading is in the log. May use {@code ingest} and
 * {@code duck} to read files, {@code journal} and {@code people} for the act. Start at {@link org.vauban.lexicon.Lexicons} to load, at
 * {@link org.vauban.lexicon.Lexicon} to ask.
 */
@NullMarked
package org.vauban.lexicon;

import org.jspecify.annotations.NullMarked;
