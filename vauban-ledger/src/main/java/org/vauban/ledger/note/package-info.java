/**
 * Signed notes, verifier keys and checkpoints, as C2SP defines them (signed-note, tlog-checkpoint, tlog-cosignature), so that
 * tools of others read ours.
 *
 * <p>Promises one way to write each thing: what {@code parse} accepts, {@code encode} writes back byte for byte. Uses {@code
 * tree} for the root hash and the JDK's Ed25519. Start at {@link org.vauban.ledger.note.SignedCheckpoint}; whoever holds the
 * log's key implements {@link org.vauban.ledger.note.Signer}, and a witness signs with a {@link org.vauban.ledger.note.Cosigner}.
 */
@NullMarked
package org.vauban.ledger.note;

import org.jspecify.annotations.NullMarked;
