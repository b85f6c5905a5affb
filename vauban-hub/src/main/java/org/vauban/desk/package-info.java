/**
 * The deposit desk: takes the sealed envelopes of registered producers, and keeps them as they came until an edition is made of them.
 *
 * <p>Promises: nobody deposits without a convention on record; an envelope enters whole or not at all, and one that was interrupted
 * goes on where it stopped; the same files are not taken twice; nothing is decrypted at rest: content is opened with the custodian
 * while it is read, and every changed byte is {@code SEAL_BROKEN}. Each deposit is one act in the log.
 *
 * <p>May use {@code deposit.envelope}, {@code journal}, {@code control}, {@code body}, {@code custody} and {@code people}. Start at {@link
 * org.vauban.desk.Deposits}.
 */
@NullMarked
package org.vauban.desk;

import org.jspecify.annotations.NullMarked;
