package org.vauban.provider;

import java.net.URI;
import java.time.Instant;

/**
 * A question to the provider that waits for its answer.
 *
 * @param state names the question in the answer
 * @param nonce names the question in the identity
 * @param verifier shows to the provider that whoever redeems the answer asked the question
 * @param back where the answer is brought
 * @param afresh whether the person must show again who they are
 * @param since when it was asked
 */
public record Asked(String state, String nonce, String verifier, URI back, boolean afresh, Instant since) {
    @Override
    public String toString() {
        return "Asked[" + since + "]";
    }
}
