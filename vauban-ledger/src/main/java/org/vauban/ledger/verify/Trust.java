package org.vauban.ledger.verify;

import java.util.List;
import java.util.Optional;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.VerifierKey;

/**
 * What the auditor brings along, from elsewhere than the log's folder.
 *
 * @param log the log's key; without it the log can be checked against itself only, and whoever rewrote it whole goes unseen
 * @param witnesses keys of witnesses whose cosignatures count
 * @param pinned a checkpoint kept from an earlier visit; the log must have grown from it
 */
public record Trust(Optional<VerifierKey> log, List<VerifierKey> witnesses, Optional<SignedCheckpoint> pinned) {

    public Trust {
        witnesses = List.copyOf(witnesses);
        if (log.isPresent() && pinned.isPresent() && !pinned.get().isFrom(log.get())) {
            throw new IllegalArgumentException("The pinned checkpoint is not signed by the log's key.");
        }
    }

    public static Trust nothing() {
        return new Trust(Optional.empty(), List.of(), Optional.empty());
    }

    public static Trust in(VerifierKey log) {
        return new Trust(Optional.of(log), List.of(), Optional.empty());
    }

    public Trust since(SignedCheckpoint checkpoint) {
        return new Trust(log, witnesses, Optional.of(checkpoint));
    }

    public Trust with(List<VerifierKey> newWitnesses) {
        return new Trust(log, newWitnesses, pinned);
    }
}
