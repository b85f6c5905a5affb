/**
 * The one writer of a log: bytes in, indexes out, on plain files.
 *
 * <p>Promises: an index is returned only after the entry, the tiles above it and a signed checkpoint are on the disk; a crash
 * at any moment leaves the last published checkpoint and everything under it readable; when the log cannot be written it says
 * so and nothing has happened. It does not know what an entry means. Uses {@code tree} and {@code note}. Start at {@link
 * org.vauban.ledger.log.TileLog}.
 */
@NullMarked
package org.vauban.ledger.log;

import org.jspecify.annotations.NullMarked;
