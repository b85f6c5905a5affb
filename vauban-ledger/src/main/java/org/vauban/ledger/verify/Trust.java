package org.vauban.ledger.verify;

import java.util.List;
import java.util.Optional;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.policy.Policy;

/**
 * What the auditor brings along, from elsewhere than the log's folder.
 *
 * @param log the log's key; without it the log can be checked against itself only, and whoever rewrote it whole goes unseen
 * @param witnesses keys of witnesses whose cosignatures count
 * @param pinned a checkpoint kept from an earlier visit; the log must have grown from it
 * @param policy which witnesses must have cosigned; it may name the log's key as well
 */
public record Trust(
        Optional<VerifierKey> log, List<VerifierKey> witnesses, Optional<SignedCheckpoint> pinned, Policy policy) {

    public Trust {
        witnesses = List.copyOf(witnesses);
        if (log.isPresent() && pinned.isPresent() && !pinned.get().isFrom(log.get())) {
            throw new IllegalArgumentException("The pinned checkpoint is not signed by the log's key.");
        }
    }

    public static Trust nothing() {
        return of(Optional.empty());
    }

    public static Trust in(VerifierKey log) {
        return of(Optional.of(log));
    }

    /** No witness is asked for, and no older checkpoint is at hand. */
    public static Trust of(Optional<VerifierKey> log) {
        return new Trust(log, List.of(), Optional.empty(), Policy.NOBODY);
    }

    public Trust since(SignedCheckpoint checkpoint) {
        return new Trust(log, witnesses, Optional.of(checkpoint), policy);
    }

    public Trust under(Policy newPolicy) {
        return new Trust(log, witnesses, pinned, newPolicy);
    }

    public Trust with(List<VerifierKey> newWitnesses) {
        return new Trust(log, newWitnesses, pinned, policy);
    }
}
