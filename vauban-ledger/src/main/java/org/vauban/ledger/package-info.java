/**
 * The log that outsiders can check: an append-only Merkle tree on plain files, written by the hub and verified by anyone
 * with a Java runtime and the log's public key.
 *
 * <p>The rooms, and the only ways between them:
 *
 * <ul>
 *   <li>{@link org.vauban.ledger.tree}: hashes, proofs and the layout of tiles. Uses nothing.
 *   <li>{@link org.vauban.ledger.note}: signed notes, keys and checkpoints. Uses {@code tree}.
 *   <li>{@link org.vauban.ledger.entry}: what one entry says, and the commitment to what it does not say. Uses {@code tree}.
 *   <li>{@link org.vauban.ledger.log}: the one writer. Uses {@code tree} and {@code note}; bytes in, indexes out.
 *   <li>{@link org.vauban.ledger.policy}: which witnesses must have cosigned before a checkpoint counts. Uses {@code note}.
 *   <li>{@link org.vauban.ledger.witness}: the witness, a process of somebody else's, and how the hub asks it. Uses {@code
 *       tree}, {@code note} and {@code policy}.
 *   <li>{@link org.vauban.ledger.verify}: the auditor's program. Uses {@code tree}, {@code note}, {@code policy} and {@code entry}, never
 *       {@code log}.
 * </ul>
 *
 * <p>Nothing here needs more than the JDK. The formats, with test vectors, are in {@code docs/formats/ledger.md}. An auditor
 * starts at {@link org.vauban.ledger.verify.Verifier}, an engineer at {@link org.vauban.ledger.log.TileLog}.
 */
@NullMarked
package org.vauban.ledger;

import org.jspecify.annotations.NullMarked;
