/**
 * Which witnesses must have cosigned before a checkpoint counts, as a file that people write (C2SP tlog-policy).
 *
 * <p>The hub reads it to know whom to ask and what to wait for, the auditor to know whom to believe; the two files need not be
 * the same one. Uses {@code note}. Start at {@link org.vauban.ledger.policy.Policy}.
 */
@NullMarked
package org.vauban.ledger.policy;

import org.jspecify.annotations.NullMarked;
