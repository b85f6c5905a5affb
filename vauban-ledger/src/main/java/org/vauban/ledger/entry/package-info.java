/**
 * What one entry of the ledger says: that something happened, when, under which permit and pseudonym, and with which result.
 *
 * <p>An entry is public and for ever, so it holds no person's data: its header takes only codes and pseudonyms, and what was
 * really said (names, queries, reasons) is a body kept elsewhere, to which the entry is bound by a {@link
 * org.vauban.ledger.entry.Commitment}. Erasing body and salt leaves the entry and every proof valid. Promises one way to write
 * each entry. Uses {@code tree} for hashes. Start at {@link org.vauban.ledger.entry.LogEntry}.
 */
@NullMarked
package org.vauban.ledger.entry;

import org.jspecify.annotations.NullMarked;
