package org.vauban.ledger.policy;

import java.net.URI;
import java.util.Optional;
import org.vauban.ledger.note.VerifierKey;

/**
 * A witness that a policy names.
 *
 * @param name its name in the policy, and nowhere else
 * @param key what its cosignatures are verified with
 * @param address where it takes checkpoints (the submission prefix of C2SP tlog-witness); auditors need none
 */
public record KnownWitness(String name, VerifierKey key, Optional<URI> address) {

    public KnownWitness {
        if (key.kind() != VerifierKey.Kind.COSIGNATURE) {
            throw new IllegalArgumentException("A witness's key is of the kind that cosigns (04).");
        }
    }
}
