package org.vauban.provider;

import java.util.Optional;

/**
 * What a browser brings back from the provider. All of it is a stranger's until it has been checked.
 *
 * @param state the question that it answers
 * @param code what the hub exchanges for an identity
 * @param issuer who says to be the provider
 * @param error why there is no code
 */
public record Returned(String state, Optional<String> code, Optional<String> issuer, Optional<String> error) {
    @Override
    public String toString() {
        return "Returned[" + error.orElse("code") + "]";
    }
}
