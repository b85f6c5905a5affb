/**
 * The two envelopes of a deposit: sealed parts for one zone each, and the manifest beside them.
 *
 * <p>A part is encrypted under a data key of its own, and that key is sealed with HPKE for the public key of one zone, so that
 * whoever carries an envelope can open neither. A part is bound to its deposit, its number and its zone; a changed, cut, swapped or
 * foreign part is {@code SEAL_BROKEN} before its content is used. The bytes are described in {@code docs/formats/deposit.md}.
 *
 * <p>May use {@code problem}, Tink and Jackson. Start at {@link org.vauban.deposit.envelope.PartWriter} to seal, at {@link
 * org.vauban.deposit.envelope.SealedPart} to open.
 */
@NullMarked
package org.vauban.deposit.envelope;

import org.jspecify.annotations.NullMarked;
