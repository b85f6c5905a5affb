/**
 * Reads tables of persons: CSV files with a header, and the short list that says what each column tells.
 *
 * <p>Promises: every length is bounded; a mistake is told with file, line and column, what was expected and what was found,
 * in French or English, and never with the content of a field that may be a person's.
 *
 * <p>May use linkage, for the words that name traits. Start at {@link org.vauban.identity.table.Csv}.
 */
@NullMarked
package org.vauban.identity.table;

import org.jspecify.annotations.NullMarked;
