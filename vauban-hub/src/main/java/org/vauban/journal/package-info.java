/**
 * Brings acts into the log: begun before data is touched, concluded after.
 *
 * <p>A change of state and its pending entry commit in one transaction. One sequencer moves pending entries into the log's
 * tiles, and writes the index back; a row whose entry has no index grants nothing. After a crash the sequencer compares what is
 * pending with the end of the log: no entry is missing and none stands twice. When the log cannot be written the act does not happen.
 * May use {@code control}, {@code body}, {@code custody} and the ledger. Start at {@link org.vauban.journal.Journal}.
 */
@NullMarked
package org.vauban.journal;

import org.jspecify.annotations.NullMarked;
