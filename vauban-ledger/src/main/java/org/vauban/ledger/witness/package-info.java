/**
 * A witness: somebody else's process that sees each checkpoint of a log, makes sure that the log only grew, and says so with a
 * signature (C2SP tlog-witness). A log that shows two histories gets no second signature from an honest witness.
 *
 * <p>Promises never to cosign two checkpoints of one log of which neither is the beginning of the other: what was cosigned is on
 * the disk before the answer leaves, one request at a time for each log. Holds no secret but its own key, learns hashes and sizes
 * only, listens on loopback. Uses {@code tree}, {@code note} and {@code policy}, and the JDK's small HTTP server. An auditor starts at {@link
 * org.vauban.ledger.witness.KnownLog}, where the promise is kept; an operator at {@link org.vauban.ledger.witness.WitnessMain}; the
 * hub asks through {@link org.vauban.ledger.witness.WitnessClient}. The files are described in docs/formats/witness.md.
 */
@NullMarked
package org.vauban.ledger.witness;

import org.jspecify.annotations.NullMarked;
