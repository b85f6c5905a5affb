/**
 * The auditor's program: checks a whole log offline, from the files and public keys alone.
 *
 * <p>Promises to find the first index that cannot be vouched for, and never to say that a log is whole when it is not. Shares
 * no class with the writer: it uses {@code tree}, {@code note}, {@code policy} and {@code entry}, and computes the root by another algorithm
 * than the writer does. Start at {@link org.vauban.ledger.verify.Verifier}; {@link org.vauban.ledger.verify.Verify} is its
 * command line.
 */
@NullMarked
package org.vauban.ledger.verify;

import org.jspecify.annotations.NullMarked;
